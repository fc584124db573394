"""The plan of a study's figures, and drawing any part of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from chart_studies import STUDIES, THEME, drawn, mall_study, no_structure_study, shop_study, with_facts

from reportgen.charts.base import CHARTS
from reportgen.charts.stage import MOST_COLUMN_FIGURES, READING_ORDER, draw_figures, plan_figures, tell_figures
from reportgen.records.study import Figure, Skipped


def test_the_plan_is_in_reading_order() -> None:
    """Figures come in the order in which the report is read, segments within a chart by id."""
    charts = [name.partition(":")[0] for name, _ in plan_figures(mall_study())]
    assert charts == sorted(charts, key=READING_ORDER.index)
    assert [segment for name, segment in plan_figures(mall_study()) if name == "difference_chart"] == [1, 2, 3, 4, 5]


def test_shaping_columns_come_first() -> None:
    """Of more columns than there is room for, those that made the segments are drawn."""
    names = [name for name, _ in plan_figures(shop_study()) if name.startswith("distribution:")]
    shaping = {feature.name for feature in shop_study().facts.profile.features}
    assert len(names) == MOST_COLUMN_FIGURES
    assert {name.partition(":")[2] for name in names} == shaping


def test_categories_that_differ_come_first() -> None:
    """A category that sets the segments apart is shown before one that does not."""
    names = [name for name, _ in plan_figures(shop_study()) if name.startswith("category_split:")]
    assert names == ["category_split:Newsletter", "category_split:City <b>"]


def test_column_figures_are_named_by_place() -> None:
    """A header may hold anything: its figure is named by its place in the export."""
    named = {figure.name for figure in drawn("six features")}
    assert {"distribution-2", "category_split-8", "category_split-9"} <= named


def test_any_split_gives_the_same_figures() -> None:
    """Two processes that draw every other figure draw what one would."""
    study = mall_study()
    plan = plan_figures(study)
    halves = [draw_figures(study, THEME, plan[start::2]) for start in (0, 1)]
    assert sorted((*halves[0], *halves[1]), key=lambda f: f.name) == sorted(
        drawn("five segments"), key=lambda f: f.name
    )


def test_figures_are_told_before_they_are_drawn() -> None:
    """What is told of each figure, its words and its size, is what the drawn one has."""
    told = tell_figures(mall_study())
    drawn_alike = [
        replace(one, svg="", print_svg="", png=b"") if isinstance(one, Figure) else one
        for one in drawn("five segments")
    ]
    assert sorted(told, key=lambda f: f.name) == sorted(drawn_alike, key=lambda f: f.name)


def test_segment_charts_decline_without_segments() -> None:
    """Where there are no segments, each segment chart is named once, with the reason."""
    skipped = {figure.name: figure.reason for figure in drawn("no structure") if isinstance(figure, Skipped)}
    assert skipped["difference_chart"] == skipped["segment_map"] == "no segments were found"


def test_only_mail_figures_have_pixels_for_it() -> None:
    """Which figures go into the mail is the caller's choice."""
    (figure,) = draw_figures(mall_study(), THEME, [("elbow", None)], mail=["elbow"])
    assert isinstance(figure, Figure)
    assert figure.png.startswith(b"\x89PNG")
    assert not draw_figures(mall_study(), THEME, [("segment_sizes", None)], mail=[])[0].png


def test_the_brand_dresses_the_charts() -> None:
    """Evidence is drawn in the brand's primary colour."""
    green = replace(THEME, primary="#0B6E4F")
    (figure,) = draw_figures(mall_study(), green, [("elbow", None)])
    assert "#0b6e4f" in figure.svg
    assert THEME.primary.lower() not in figure.svg


def test_a_matplotlibrc_changes_nothing() -> None:
    """Settings of the machine's matplotlib do not reach a picture."""
    from matplotlib import rc_context

    with rc_context({"svg.fonttype": "none", "font.family": ["serif"], "text.usetex": False, "lines.linewidth": 9}):
        (figure,) = draw_figures(mall_study(), THEME, [("elbow", None)])
    assert figure in drawn("five segments")


def test_nothing_missing_needs_no_picture() -> None:
    """Without a gap in the data the picture of gaps declines."""
    study = mall_study()
    whole = with_facts(study, quality=tuple(replace(q, n_missing=0, n_imputed=0) for q in study.facts.quality))
    (figure,) = draw_figures(whole, THEME, [("missing_values", None)])
    assert figure == Skipped("missing_values", "no cell is missing")


@pytest.mark.parametrize("name", STUDIES)
def test_every_chart_declines_with_a_reason_a_reader_understands(name: str) -> None:
    """Reasons are clauses without a full stop, fit for the appendix."""
    for figure in drawn(name):
        if isinstance(figure, Skipped):
            assert figure.reason[0].islower()
            assert not figure.reason.endswith(".")


def test_a_study_without_segments_still_fills_its_pages() -> None:
    """At least eight figures describe customers that fall into no segments."""
    assert sum(isinstance(figure, Figure) for figure in drawn("no structure")) >= 8
    assert no_structure_study().personas == ()
    assert len(list(CHARTS)) == len(READING_ORDER)
