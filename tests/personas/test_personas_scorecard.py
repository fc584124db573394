"""Which segments are worth a campaign of their own."""

from __future__ import annotations

from dataclasses import replace

import pytest
from persona_facts import TRUSTED, UNTRUSTED, column, facts, number, segment

from reportgen.config import ScorecardSettings
from reportgen.personas.naming import Name
from reportgen.personas.numbers import Numbers
from reportgen.personas.scorecard import answer_priority, write_scorecard
from reportgen.records.profile import Rule, SegmentProfile
from reportgen.records.study import Scorecard

SPENDING = column("Spending")
RULE = Rule("Spending ≥ 70", (("Spending", ">", 70.0),), 0.9, 0.8)
WEIGHTS = tuple(ScorecardSettings().model_dump().items())


def one(**changes: object) -> SegmentProfile:
    return replace(segment(1, number("Spending", 1.0)), **changes)


def numbers_of(*segments: SegmentProfile, **weights: float) -> Numbers:
    given = tuple(weights.items()) or WEIGHTS
    return Numbers(replace(facts((SPENDING,), list(segments), value="Spending"), weights=given))


def card_of(only: SegmentProfile, **weights: float) -> Scorecard:
    card = write_scorecard(numbers_of(only, segment(2, number("Spending", 0.0), value_share=0.4), **weights), only)
    assert card is not None
    return card


def test_each_criterion_is_what_the_note_says() -> None:
    """Rule's coverage, share of value against the largest, contact data, Jaccard, size against 2 × 393 for .2 SD."""
    card = card_of(one(rule=RULE, reach=0.25))
    assert dict(card.marks) == {
        "measurable": pytest.approx(0.8),
        "substantial": pytest.approx(0.5),
        "accessible": pytest.approx(0.25),
        "differentiable": pytest.approx(0.8),
        "actionable": pytest.approx(40 / 786),
    }
    assert card.score == pytest.approx(100 * (0.8 + 2 * 0.5 + 0.25 + 2 * 0.8 + 40 / 786) / 7)
    assert card.claim.text == (
        "The scorecard gives 53 points: measurable 80, substantial 50, accessible 25, differentiable 80 "
        "and actionable 5."
    )


def test_what_the_export_does_not_tell_counts_for_nothing() -> None:
    """Without contact columns the mean is taken over the others; without a rule nothing is measurable."""
    card = card_of(one(), measurable=1, accessible=5, differentiable=1)
    assert dict(card.marks)["accessible"] is None
    assert card.score == pytest.approx(40)
    assert "accessible not known" in card.claim.text


def test_a_segment_that_does_not_come_back_is_knocked_out() -> None:
    """Whatever it is worth."""
    card = card_of(one(trust=UNTRUSTED, value_share=0.9))
    assert card.score is None
    assert card.claim.text == "Knocked out: resampled customers do not form it again (40 customers)."


def test_weights_of_nothing_ask_for_no_scorecard() -> None:
    """The settings can leave out a criterion, or all of them."""
    assert write_scorecard(numbers_of(one(), measurable=0.0, substantial=0.0), one()) is None
    assert [name for name, _ in card_of(one(), measurable=0.0, substantial=1.0).marks] == ["substantial"]


def test_the_best_two_are_named() -> None:
    """In the order of points; a knocked-out segment is neither."""
    rich = one(value_share=0.5)
    poor = replace(segment(2, number("Spending", 0.0)), value_share=0.3, trust=TRUSTED)
    out = replace(segment(3, number("Spending", -1.0)), value_share=0.2, trust=UNTRUSTED)
    names = {place: Name(f"Name {'ABC'[place - 1]}", ()) for place in (1, 2, 3)}
    said = answer_priority(numbers_of(rich, poor, out), names)
    assert said is not None
    assert said.text.startswith("Worth a campaign first, by the scorecard: Name A (")
    assert ", then Name B (" in said.text
    assert answer_priority(numbers_of(rich, out), names) is None
