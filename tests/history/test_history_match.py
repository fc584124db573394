"""Which of a new fit's segments are those known before."""

from __future__ import annotations

import months
import numpy as np
import numpy.typing as npt

from reportgen.history.match import match_segments
from reportgen.records.history import Month

NO_KEYS, NO_IDENTITIES = np.empty(0, dtype="V16"), np.empty(0, dtype=np.int32)
BEFORE = months.month("2026-09", {1: range(100), 2: range(100, 180), 3: range(180, 240)})


def labels_of(*members: range | list[int]) -> tuple[npt.NDArray[np.void], npt.NDArray[np.intp]]:
    """Keys and labels 1.. of the customers of each segment."""
    customers = [customer for segment in members for customer in segment]
    return months.keyed(customers, [n for n, segment in enumerate(members, 1) for _ in segment])


def without_ids(centroids: npt.ArrayLike) -> Month:
    model = months.model((1, 2, 3), centroids)
    return months.month(
        "2026-09", {1: range(100), 2: range(80), 3: range(60)}, keys=NO_KEYS, identities=NO_IDENTITIES, model=model
    )


def test_shared_customers_decide() -> None:
    """Segments in another order keep the identity of the customers in them."""
    matching = match_segments(BEFORE, *labels_of(range(180, 240), range(100), range(100, 180)), None, 3)
    assert matching.identities == (3, 1, 2)
    assert (matching.new, matching.retired, matching.descents) == ((), (), ())


def test_half_a_segment_is_not_the_segment() -> None:
    """At a Jaccard of one half a segment has dissolved: both halves are new, and the split is told."""
    matching = match_segments(BEFORE, *labels_of(range(100, 180), range(180, 240), range(50), range(50, 100)), None, 4)
    assert matching.identities[:2] == (2, 3)
    assert (set(matching.identities[2:]), matching.retired) == ({4, 5}, (1,))
    assert [(d.kind, d.before, d.now) for d in matching.descents] == [("split", (1,), (4, 5))]


def test_the_larger_of_two_that_merge_lives_on() -> None:
    """A merge keeps the identity of the segment that makes up most of it."""
    matching = match_segments(BEFORE, *labels_of([*range(100), *range(180, 240)], range(100, 180)), None, 2)
    assert matching.identities == (1, 2)
    assert matching.retired == (3,)
    assert [(d.kind, d.before, d.now) for d in matching.descents] == [("merge", (1, 3), (1,))]


def test_a_segment_of_newcomers_comes_out_of_none() -> None:
    """Three old customers among a hundred new ones do not make a new segment a part of theirs."""
    newcomers = [0, 1, 2, *range(1000, 1100)]
    matching = match_segments(BEFORE, *labels_of(range(3, 100), range(100, 180), range(180, 240), newcomers), None, 4)
    assert matching.new == (4,)
    assert matching.descents == ()


def test_centroids_decide_without_ids() -> None:
    """Without ids the nearest old centroid decides, and one far from all is new."""
    before = without_ids([[0, 0], [4, 0], [0, 4]])
    moved = np.array([[0.3, 4.1], [0.5, 0.0], [9.0, 9.0]])
    matching = match_segments(before, NO_KEYS, np.array([1, 1, 1, 2, 2, 3]), moved, 3)
    assert matching.identities == (3, 1, 4)
    assert matching.retired == (2,)


def test_few_shared_customers_leave_it_to_the_centroids() -> None:
    """An overlap of a handful of customers is chance."""
    before = months.month("2026-09", {1: range(100), 2: range(100, 180)}, model=months.model((1, 2), [[0, 0], [4, 0]]))
    keys, labels = labels_of([*range(100, 105), *range(1000, 1060)], [*range(5), *range(2000, 2050)])
    assert match_segments(before, keys, labels, np.array([[0.1, 0], [3.9, 0]]), 2).identities == (1, 2)


def test_nothing_to_match_with_makes_all_new() -> None:
    """After a month without segments every segment is new, under numbers never used."""
    before = months.month("2026-09", {1: range(100)}, segments=(), verdict="no_segments", next_identity=4)
    matching = match_segments(before, *labels_of(range(60), range(60, 100)), None, 2)
    assert matching.identities == (4, 5)
    assert matching.next_identity == 6


def test_new_segments_are_numbered_by_size_whatever_their_order() -> None:
    """The number of a new segment does not depend on the number that k-means gave it."""
    old, large, small = range(100), range(1000, 1080), range(2000, 2050)
    before = months.month("2026-09", {1: old})
    assert match_segments(before, *labels_of(old, small, large), None, 3).identities == (1, 3, 2)
    assert match_segments(before, *labels_of(large, old, small), None, 3).identities == (2, 1, 3)
