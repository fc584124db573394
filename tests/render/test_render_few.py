"""Segments of fewer customers than may be told, on their page."""

from __future__ import annotations

from dataclasses import replace

from chart_studies import THEME, mall_study, with_facts

from reportgen.charts.stage import draw_figures
from reportgen.records.study import Figure, Skipped
from reportgen.render.view_segments import segment_views

LEAST = 30
"""More than the smallest segments of the mall-like customers have."""


def test_a_segment_of_few_is_named_and_no_more() -> None:
    """Neither its size nor its typical customer, rule, pictures or actions are told, and it is not to be targeted."""
    study = mall_study()
    study = with_facts(study, profile=replace(study.facts.profile, min_cell=LEAST))
    small = [profile.id for profile in study.facts.profile.segments if profile.n_customers < LEAST]
    views = {view.id: view for view in segment_views(study, ())}
    assert small
    for place, view in views.items():
        assert (view.n_customers == "fewer than 30") is (place in small)
        assert view.do_not_target or place not in small
        assert not (view.typical or view.rule or view.value_share or view.actions) or place not in small


def test_a_segment_of_few_is_not_drawn() -> None:
    """The charts of one segment decline, and say why."""
    study = mall_study()
    study = with_facts(study, profile=replace(study.facts.profile, min_cell=LEAST))
    wanted = [(name, 5) for name in ("difference_chart", "segment_distributions")]
    found = draw_figures(study, THEME, wanted)
    assert not [one for one in found if isinstance(one, Figure)]
    assert {one.reason for one in found if isinstance(one, Skipped)} == {
        "the segment has too few customers to be described"
    }
