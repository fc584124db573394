"""The contract of a criterion: it reads one scorecard and chooses a k, or declines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reportgen.errors import NotApplicable
from reportgen.language import text
from reportgen.records.segments import KScore, Vote
from reportgen.registry import Registry

ByK = tuple[tuple[int, float], ...]
"""(k, figure) by rising k."""


@dataclass(frozen=True, slots=True)
class Scorecard:
    """Everything that criteria may look at."""

    scores: tuple[KScore, ...]
    """By rising k, from 2; at least one."""
    total_inertia: float
    """Inertia with one segment, on the rows of `scores`."""
    prediction_strength: ByK
    """Per k of `scores`, 0..1."""
    instability: ByK
    """Share of pairs of customers that two bootstraps disagree about, per k of `scores`."""
    gap: ByK
    """Gap statistic from k = 1, up to the first k that leaves no spread."""
    gap_error: ByK
    """Its standard error, for the same k."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A criterion's answer."""

    k: int
    reason: str
    """One clause; its numbers are `value` or stand in the scores."""
    value: float
    """The figure at k."""
    values: ByK


@dataclass(frozen=True, slots=True)
class Criterion:
    """One way to choose k."""

    label: str
    """The reader's name."""
    choose: Callable[[Scorecard], Choice]
    """Raises NotApplicable with the reason where it has no answer."""


CRITERIA: Registry[Criterion] = Registry("reportgen.segment.criteria", "CRITERION")


def cast_votes(card: Scorecard) -> tuple[Vote, ...]:
    """One vote a criterion, in the order of their names; k is None where it declines."""
    votes = []
    for name, criterion in CRITERIA.items():
        try:
            choice = criterion.choose(card)
        except NotApplicable as declined:
            votes.append(Vote(name, text(criterion.label), None, str(declined)))
        else:
            votes.append(Vote(name, text(criterion.label), choice.k, choice.reason, choice.value, choice.values))
    return tuple(votes)


def highest(values: ByK) -> tuple[int, float]:
    """The k with the largest figure, the smaller k of equals, and the figure."""
    return max(values, key=lambda pair: (pair[1], -pair[0]))


def lowest(values: ByK) -> tuple[int, float]:
    """The k with the smallest figure, the smaller k of equals, and the figure."""
    return min(values, key=lambda pair: (pair[1], pair[0]))


def require_choice(card: Scorecard) -> None:
    """Raises NotApplicable where only one k could be tried: the extreme of one figure says nothing."""
    if len(card.scores) < 2:
        raise NotApplicable(text("only one number of segments could be tried"))
