"""The scorecard's table."""

from __future__ import annotations

from dataclasses import replace

from render_studies import THEME
from studies import mall_like_facts

from reportgen.personas.stage import write_study
from reportgen.render.view_compare import compare_view


def test_weights_are_printed_as_the_settings_give_them() -> None:
    """Half a weight is no weight of nought, and a criterion without one has no column."""
    weights = (("measurable", 0.5), ("substantial", 1.5), ("accessible", 0.0), ("differentiable", 2.0))
    scorecard = compare_view(write_study(replace(mall_like_facts(), weights=weights), THEME)).scorecard
    titles = [cell.text for cell in scorecard.header]
    assert titles == ["Segment", "Points", "Measurable ×0.5", "Substantial ×1.5", "Differentiable ×2"]


def test_a_criterion_that_no_segment_is_measured_by_has_no_column() -> None:
    """Without contact data nothing is said of access, however much it would weigh."""
    weights = (("substantial", 1.0), ("accessible", 1.0))
    scorecard = compare_view(write_study(replace(mall_like_facts(), weights=weights), THEME)).scorecard
    assert [cell.text for cell in scorecard.header] == ["Segment", "Points", "Substantial ×1"]
    assert {len(row) for row in scorecard.rows} == {3}


def test_the_table_shows_the_points_of_the_sentences() -> None:
    """Each row has the numbers of its segment's claim, the best segment first."""
    study = write_study(replace(mall_like_facts(), weights=(("substantial", 1.0), ("actionable", 1.0))), THEME)
    rows = {row[0].text: [cell.text for cell in row[1:]] for row in compare_view(study).scorecard.rows}
    said = {p.name: [q.shown for q in p.scorecard.claim.quantities] for p in study.personas if p.scorecard}
    assert rows == said
    points = [int(row[0]) for row in rows.values()]
    assert points == sorted(points, reverse=True)


def test_a_scorecard_of_knocked_out_segments_is_no_table() -> None:
    """Where no segment may be targeted there is nothing to put first."""
    facts = mall_like_facts()
    trust = [replace(segment.trust, do_not_target=True) for segment in facts.profile.segments]
    segments = tuple(replace(s, trust=t) for s, t in zip(facts.profile.segments, trust, strict=True))
    weak = replace(facts, profile=replace(facts.profile, segments=segments), weights=(("substantial", 1.0),))
    assert compare_view(write_study(weak, THEME)).scorecard.rows == ()
