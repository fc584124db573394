"""A series of 24 months whose truth is known: identities, movement, births, deaths, a split and a merge."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

import months
import numpy as np
import pytest

from reportgen.history.match import Matching, match_segments
from reportgen.history.movement import follow_customers
from reportgen.records.history import Month, Movement
from reportgen.records.segments import IntArray

NOISE = (0.005, 0.01)
"""Share of customers whom refitting these well separated segments may move."""


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """One month as the project tells it, beside the truth."""

    true: months.TrueMonth
    identities: IntArray
    """Of each customer of `true`, as matched."""
    matching: Matching | None
    movement: Movement | None
    n_truly_moved: int
    n_shared: int


@cache
def tell_series(seed: int, draw: int = 0) -> tuple[Told, ...]:
    """The series fitted anew every month; `draw`: seeds of k-means and the random numbering of its segments."""
    generator = np.random.default_rng([seed, draw])
    told: list[Told] = []
    before: Month | None = None
    truly: dict[int, int] = {}
    for true in months.true_series(seed):
        labels, k = months.found_segments(true, generator)
        matching = None
        identities = by_truth(labels, true.truth, k)
        if before is not None:
            keys, sorted_labels = months.keyed(true.customers.tolist(), labels)
            matching = match_segments(before, keys, sorted_labels, None, k)
            identities = matching.identities
        of_customer = np.array(identities)[labels - 1]
        members = {i: true.customers[of_customer == i].tolist() for i in sorted(set(identities))}
        month = months.month(true.period, members)
        if before is not None and matching is not None:
            month = replace(month, next_identity=matching.next_identity)
        movement = follow_customers(before, month, NOISE) if before else None
        then = truly
        truly = dict(zip(true.customers.tolist(), true.truth.tolist(), strict=True))
        shared = then.keys() & truly.keys()
        n_moved = sum(then[customer] != truly[customer] for customer in shared)
        told.append(Told(true, of_customer, matching, movement, n_moved, len(shared)))
        before = month
    return tuple(told)


def by_truth(labels: IntArray, truth: IntArray, k: int) -> tuple[int, ...]:
    """In the first month a segment is called as most of its customers truly are."""
    return tuple(int(np.bincount(truth[labels == segment]).argmax()) for segment in range(1, k + 1))


def share_of_right_identities(told: tuple[Told, ...]) -> float:
    """Over all segment-months: whether most of a segment's customers truly are in the segment of that identity."""
    right = [
        np.bincount(month.true.truth[month.identities == identity]).argmax() == identity
        for month in told
        for identity in np.unique(month.identities)
    ]
    return float(np.mean(right))


def assert_told_right(told: tuple[Told, ...]) -> None:
    assert share_of_right_identities(told) >= 0.95
    for month in told[1:]:
        assert month.movement is not None
        slack = NOISE[1] * month.n_shared
        assert abs(month.movement.n_moved - month.n_truly_moved) <= slack, month.true.period


def test_identity_and_movement_are_right_over_two_years() -> None:
    """Each segment keeps its identity over 24 months, and the customers who moved are those who truly did."""
    assert_told_right(tell_series(1))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 14))
def test_identity_and_movement_are_right_for_many_series(seed: int) -> None:
    """The same for other series."""
    assert_told_right(tell_series(seed))


def test_births_deaths_splits_and_merges_are_named_in_their_month() -> None:
    """In the four months of an event, and in no other, a segment is new, retired, split or merged."""
    told = [month.matching for month in tell_series(1)]
    events = {
        n: (matching.new, matching.retired, [(d.kind, d.before, d.now) for d in matching.descents])
        for n, matching in enumerate(told)
        if matching is not None and (matching.new or matching.retired or matching.descents)
    }
    assert events == {
        months.BORN: ((5,), (), []),
        months.DIED: ((), (4,), []),
        months.SPLIT: ((6,), (), [("split", (1,), (1, 6))]),
        months.MERGED: ((), (3,), [("merge", (2, 3), (2,))]),
    }


def test_label_order_and_seeds_change_nothing() -> None:
    """Other seeds of k-means and other numbers of its segments give each customer the same identity."""
    first, second = tell_series(1), tell_series(1, draw=1)
    for one, other in zip(first, second, strict=True):
        assert one.movement == other.movement
        assert np.mean(one.identities == other.identities) > 0.999


def test_the_same_customers_with_a_little_noise_have_not_moved() -> None:
    """With 1 % noise on every value nothing moves beyond what refitting alone would."""
    generator = np.random.default_rng(4)
    true = next(months.true_series(4))
    noisy = replace(true, points=true.points + 0.01 * true.points.std() * generator.standard_normal(true.points.shape))
    labels, k = months.found_segments(true, generator)
    identities = by_truth(labels, true.truth, k)
    members = {i: true.customers[np.array(identities)[labels - 1] == i].tolist() for i in sorted(identities)}
    before = months.month("2026-09", members)
    again, _ = months.found_segments(noisy, generator)
    keys, sorted_labels = months.keyed(true.customers.tolist(), again)
    matching = match_segments(before, keys, sorted_labels, None, k)
    now = {i: true.customers[np.array(matching.identities)[again - 1] == i].tolist() for i in matching.identities}
    movement = follow_customers(before, months.month("2026-10", now), NOISE)
    assert movement is not None
    assert not movement.is_beyond_noise
    assert not matching.new


def test_a_retired_identity_is_never_used_again() -> None:
    """Segments born after a death get numbers of their own."""
    seen = [matching.new for month in tell_series(1) if (matching := month.matching)]
    assert [identity for new in seen for identity in new] == [5, 6]
