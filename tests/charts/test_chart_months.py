"""The charts of several months: who went where, and how the shares have run."""

from __future__ import annotations

from dataclasses import replace

import pytest
from changed_facts import thin
from chart_studies import changed_study, mall_study, no_structure_study, with_facts

from reportgen.charts import segments_moved, share_trend
from reportgen.charts._months import color_of
from reportgen.errors import NotApplicable
from reportgen.records.history import TrendPoint
from reportgen.records.study import Study


def trend(study: Study, *points: tuple[str, int, float]) -> Study:
    """The study with those shares by month and identity."""
    change = study.facts.change
    assert change is not None
    made = tuple(
        TrendPoint(period, identity, f"Segment {identity}", 10, share, None) for period, identity, share in points
    )
    return with_facts(study, change=replace(change, trend=made))


def test_bands_hold_every_customer() -> None:
    """The bands add up to all who are there, were there, or both; the blocks on both sides to the same."""
    shown = segments_moved.numbers(changed_study("busy"))
    assert sum(flow.n for flow in shown.flows) == 188 + 12 + 12
    assert sum(block.n for block in shown.before) == sum(block.n for block in shown.now) == 212
    assert sum(flow.n for flow in shown.flows if flow.is_move) == shown.n_moved == 12


def test_the_largest_move_is_the_title() -> None:
    """How many are elsewhere, of how many, and the largest move by name."""
    assert segments_moved.finding(segments_moved.numbers(changed_study("busy"))).text == (
        "12 of 188 customers are in another segment than in September 2026; the largest move: 12 from Middle-Income "
        "Average Spenders to High-Income Spenders"
    )


def test_flows_of_few_are_not_drawn_one_by_one() -> None:
    """Bands and what is left open add up to each segment; no band is of fewer than ten; the subtitle says so."""
    shown = segments_moved.numbers(with_facts(mall_study(), change=thin(mall_study().facts).change))
    assert shown.has_open
    assert all(flow.n >= 10 for flow in shown.flows)
    for place, block in enumerate(shown.before):
        assert block.n == block.n_open + sum(flow.n for flow in shown.flows if flow.start == place)
    assert "wedges: ways of few" in segments_moved.subtitle(shown)
    assert segments_moved.finding(shown).text.startswith("15 of the then ")


@pytest.mark.parametrize(
    ("study", "reason"),
    [
        (mall_study, "no earlier month"),
        (no_structure_study, "no earlier month"),
        (lambda: changed_study("quiet"), "nothing moved"),
        (lambda: changed_study("without ids"), "cannot be followed"),
    ],
)
def test_without_movement_there_is_no_picture_of_it(study: type[Study], reason: str) -> None:
    """The first month, a quiet one and one without ids say why the picture is absent."""
    with pytest.raises(NotApplicable, match=reason):
        segments_moved.numbers(study())


def test_a_segment_that_is_gone_keeps_its_colour() -> None:
    """A retired segment is drawn in the colour of its identity, a living one in its persona's."""
    shown = segments_moved.numbers(changed_study("renewed"))
    colors = {block.known.name: block.known.color for block in (*shown.before, *shown.now)}
    assert colors["Patient 7s"] == color_of(7)
    persona = changed_study("renewed").personas[1]
    assert colors[persona.name] == persona.color


def test_the_trend_names_the_steepest() -> None:
    """The segment whose share changed most since its first month is the title."""
    study = changed_study("busy")
    points = [("2026-08", 1, 0.4), ("2026-08", 2, 0.6), ("2026-10", 1, 0.55), ("2026-10", 2, 0.45)]
    text = share_trend.finding(share_trend.numbers(trend(study, *points))).text
    assert text == f"{study.personas[0].name} grew from 40% to 55% since August 2026"


def test_the_trend_says_that_shares_hold() -> None:
    """Where no printed share differs, that is the title."""
    study = changed_study("quiet")
    text = share_trend.finding(share_trend.numbers(study)).text
    assert text.startswith("The shares hold: ")
    assert text.endswith(", as in August 2026")


def test_the_trend_leaves_retired_segments_out_of_its_title() -> None:
    """A segment that is gone is drawn to its last month, and never called grown or shrunk."""
    study = changed_study("busy")
    points = [("2026-08", 1, 0.4), ("2026-08", 9, 0.6), ("2026-09", 9, 0.1), ("2026-10", 1, 0.5)]
    shown = share_trend.numbers(trend(study, *points))
    assert [run.points[-1].month - shown.first for run in shown.runs] == [2, 1]
    assert shown.steepest.known.name == study.personas[0].name


def test_one_month_is_no_trend() -> None:
    """A line needs two months with segments."""
    with pytest.raises(NotApplicable, match="no earlier month"):
        share_trend.numbers(trend(changed_study("busy"), ("2026-10", 1, 1.0)))
