"""Segments that may not be described: of fewer customers than may be told, or beside such."""

from __future__ import annotations

from dataclasses import replace

import pytest
from chart_studies import THEME, mall_study, with_facts

from reportgen.charts.stage import draw_figures
from reportgen.personas.stage import write_study
from reportgen.profile.disclosure import withhold
from reportgen.records.study import Figure, Skipped, Study
from reportgen.render.few import UNTOLD
from reportgen.render.view_compare import compare_view
from reportgen.render.view_rival import rival_view
from reportgen.render.view_segments import segment_views

UNDESCRIBED = (4, 5)


def untold_study(least: int = 23) -> Study:
    """The mall-like customers where the smallest segment has fewer than may be told, and the next would tell of it."""
    facts = with_facts(mall_study()).facts
    segments = withhold(facts.profile.segments, facts.profile.distributions, least, UNDESCRIBED)
    profile = replace(facts.profile, segments=segments, min_cell=least, untold=UNDESCRIBED)
    return write_study(replace(facts, profile=profile), THEME)


def test_a_segment_of_few_is_named_and_no_more() -> None:
    """Neither its size nor its typical customer, rule, pictures or actions are told; so of the one beside it."""
    views = {view.id: view for view in segment_views(untold_study(), ())}
    assert [views[place].n_customers for place in UNDESCRIBED] == ["not told", "fewer than 23"]
    for place, view in views.items():
        assert view.is_told is (place not in UNDESCRIBED)
        assert view.is_told or not (view.typical or view.rule or view.value_share or view.actions)


def test_a_segment_of_few_is_not_drawn() -> None:
    """The charts of one segment decline, and say why."""
    wanted = [(name, 5) for name in ("difference_chart", "segment_distributions")]
    found = draw_figures(untold_study(), THEME, wanted)
    assert not [one for one in found if isinstance(one, Figure)]
    assert {one.reason for one in found if isinstance(one, Skipped)} == {
        "the segment has too few customers, or would tell of one that has"
    }


@pytest.mark.parametrize(
    "name",
    ["segment_map", "profile_heat_map", "snake", "segments_side_by_side", "value_concentration", "silhouette_plot"],
)
def test_charts_of_all_segments_leave_them_out(name: str) -> None:
    """Their rows are missing, and the subtitle says of how many."""
    study = untold_study()
    (found,) = draw_figures(study, THEME, [(name, None)])
    assert isinstance(found, Figure)
    names = [study.persona(place).name for place in UNDESCRIBED]
    assert not [cell for row in (found.table.header, *found.table.rows) for cell in row if cell in names]
    assert "2 segments not told" in found.subtitle


def test_sizes_are_told_in_words() -> None:
    """The bars of sizes give them a row without a bar."""
    (found,) = draw_figures(untold_study(), THEME, [("segment_sizes", None)])
    assert isinstance(found, Figure)
    assert [row[1:3] for row in found.table.rows[-2:]] == [("not told", None), ("fewer than 23", None)]


def test_the_tables_tell_nothing_of_them() -> None:
    """Side by side they have `<23` or a sign in every row; the rival's groups, which tell of them, are left out."""
    study = untold_study()
    (grid,) = compare_view(study).grids
    cells = {cell.text for row in grid.rows for cell in row[4:6]}
    assert cells == {UNTOLD, "<23"}
    assert rival_view(study) is None
