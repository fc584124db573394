"""Every criterion keeps the contract of `reportgen.segment.criteria.base`."""

from __future__ import annotations

import dataclasses
import re

import pytest
from segment_cards import MALL_LIKE, ONE_K, flat

from reportgen import wording
from reportgen.errors import NotApplicable
from reportgen.records.segments import KScore
from reportgen.segment.criteria.base import CRITERIA, Choice, Criterion, Scorecard, cast_votes

CARDS = {"clear": MALL_LIKE, "one k": ONE_K, "flat": flat(range(2, 8)), "two": flat(range(2, 4))}
FEWEST_CRITERIA = 8

every_criterion = pytest.mark.parametrize("criterion", [plugin for _, plugin in CRITERIA.items()], ids=list(CRITERIA))
every_card = pytest.mark.parametrize("card", CARDS.values(), ids=list(CARDS))


def answer(criterion: Criterion, card: Scorecard) -> Choice | None:
    try:
        return criterion.choose(card)
    except NotApplicable:
        return None


def figures(score: KScore) -> list[float]:
    return [value for value in dataclasses.astuple(score) if isinstance(value, float)]


def test_no_criterion_got_lost() -> None:
    """The folder is the list, and every file of it is there under its own label."""
    labels = {plugin.label for _, plugin in CRITERIA.items()}
    assert len(labels) == len(list(CRITERIA)) >= FEWEST_CRITERIA


@every_criterion
@every_card
def test_it_chooses_one_of_its_own_values_or_declines(criterion: Criterion, card: Scorecard) -> None:
    """k is a key of `values`, `value` its figure, and `values` rise by k."""
    choice = answer(criterion, card)
    if choice is not None:
        assert dict(choice.values)[choice.k] == choice.value
        assert [k for k, _ in choice.values] == sorted({k for k, _ in choice.values})


@every_criterion
def test_it_has_an_answer_where_the_answer_is_clear(criterion: Criterion) -> None:
    """On clear figures no criterion declines."""
    assert answer(criterion, MALL_LIKE) is not None


@every_criterion
@every_card
def test_it_says_the_same_twice(criterion: Criterion, card: Scorecard) -> None:
    """The same card gives the same choice."""
    assert answer(criterion, card) == answer(criterion, card)


@every_criterion
def test_every_number_in_its_reason_stands_in_the_records(criterion: Criterion) -> None:
    """A reason prints its value or a figure of the chosen k, in one of the project's formats."""
    choice = criterion.choose(MALL_LIKE)
    chosen = [score for score in MALL_LIKE.scores if score.k == choice.k]
    allowed = [choice.value, *(value for score in chosen for value in figures(score))]
    printed = {wording.format_number(value, decimals) for value in allowed for decimals in (0, 1, 2, 3)}
    assert set(re.findall(r"[−\d][\d,.]*\d", choice.reason)) <= printed


@every_criterion
def test_its_reason_is_a_clause(criterion: Criterion) -> None:
    """Lower-case, without a full stop, short."""
    reason = criterion.choose(MALL_LIKE).reason
    assert reason[0].islower()
    assert not reason.endswith(".")
    assert len(reason) < 100


@every_card
def test_every_criterion_casts_a_vote(card: Scorecard) -> None:
    """One that declines votes for no k and gives its reason."""
    votes = cast_votes(card)
    assert [vote.criterion for vote in votes] == list(CRITERIA)
    assert all(vote.reason for vote in votes)
    assert all((vote.k is None) == (vote.value is None) for vote in votes)
