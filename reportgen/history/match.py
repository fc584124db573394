"""Says which of a new fit's segments are the ones known before, which are new, and what was split or merged."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from reportgen.history._shared import share_customers
from reportgen.records.history import Descent, KeyArray, Month
from reportgen.records.segments import FloatArray, IntArray

SAME_SEGMENT = 0.5
"""A segment is another's successor only with a similarity above this: at a Jaccard of one half or less a segment counts
as dissolved (Hennig 2007), and above it no segment can have two successors."""

MOST_OF_IT = 0.5
"""A segment comes out of another if more than this part of it does (MONIC: Spiliopoulou et al. 2006)."""

FEWEST_SHARED = 30
"""Customers of both months below which an overlap is chance; centroids then decide."""


@dataclass(frozen=True, slots=True)
class Matching:
    """Which segment is which."""

    identities: tuple[int, ...]
    """Segment id 1..k → identity; those of new segments follow on, the largest new segment first."""
    next_identity: int
    """For the next segment that is born."""
    new: tuple[int, ...]
    """Identities born this month."""
    retired: tuple[int, ...]
    """Identities of the month before without a successor, rising."""
    descents: tuple[Descent, ...]
    """Splits, then merges; none where customers cannot be followed."""


def match_segments(
    past: Month, keys: KeyArray, labels: IntArray, centroids_in_old_scale: FloatArray | None, k: int
) -> Matching:
    """The identity of each of the k segments of a new fit.

    `keys` and `labels` (1..k) are of the same customers, in any order. `centroids_in_old_scale`: k × p in the scale of
    `past.model`, by segment id; None where the features are others. They decide where customers cannot be followed.
    """
    lasting = past.model.identities if past.model else ()
    known = tuple(sorted({*lasting, *(segment.identity for segment in past.segments)}))
    sizes = np.bincount(labels, minlength=k + 1)[1:]
    order = canonical_order(sizes, keys, labels)
    table = overlap_table(past, known, keys, labels, k)[:, order]
    can_follow = table.sum() >= FEWEST_SHARED
    nearness = nearness_to(past, known, centroids_in_old_scale, k)[:, order]
    similarity = jaccard_of(table) if can_follow else nearness
    successor = match_best(similarity)
    by_place = {int(order[place]): identity for identity, place in zip(known, successor, strict=True) if place >= 0}
    newborn = [int(place) for place in order if int(place) not in by_place]
    by_place |= {place: past.next_identity + n for n, place in enumerate(newborn)}
    identities = tuple(by_place[place] for place in range(k))
    return Matching(
        identities=identities,
        next_identity=past.next_identity + len(newborn),
        new=tuple(by_place[place] for place in newborn),
        retired=tuple(identity for identity in known if identity not in identities),
        descents=find_descents(table, past, known, [identities[p] for p in order], sizes[order]) if can_follow else (),
    )


def canonical_order(sizes: npt.NDArray[np.intp], keys: KeyArray, labels: IntArray) -> IntArray:
    """Segments (from 0) by falling size, of equals the one with the least key: whatever their numbers."""
    first = np.arange(len(sizes))
    if len(keys):
        by_key = np.empty(len(keys), dtype=np.intp)
        by_key[np.argsort(keys, kind="stable")] = np.arange(len(keys))
        first = np.full(len(sizes), len(keys))
        np.minimum.at(first, labels - 1, by_key)
    return np.lexsort((first, -sizes))


def overlap_table(past: Month, known: tuple[int, ...], keys: KeyArray, labels: IntArray, k: int) -> FloatArray:
    """len(known) × k customers of both months."""
    before, now = share_customers(past.keys, keys)
    then = past.identities[before]
    is_known = np.isin(then, known)
    cells = np.searchsorted(known, then[is_known]) * k + labels[now][is_known] - 1
    return np.bincount(cells, minlength=len(known) * k).reshape(len(known), k).astype(np.float64)


def jaccard_of(table: FloatArray) -> FloatArray:
    """Customers in both segments over customers in either, 0..1."""
    either = table.sum(axis=1)[:, None] + table.sum(axis=0)[None, :] - table
    similarity: FloatArray = table / np.maximum(either, 1.0)
    return similarity


def nearness_to(past: Month, known: tuple[int, ...], centroids: FloatArray | None, k: int) -> FloatArray:
    """len(known) × k: 1 on the old centroid's spot, 0 as far away as the two nearest old centroids are from each other.

    Above one half, no other old centroid is nearer. All 0 where there is nothing to compare.
    """
    nearness = np.zeros((len(known), k))
    if past.model is None or centroids is None or len(past.model.centroids) < 2:
        return nearness
    old = past.model.centroids
    between = np.linalg.norm(old[:, None] - old[None, :], axis=2)
    apart = between[np.triu_indices(len(old), 1)].min()
    distance = np.linalg.norm(old[:, None] - centroids[None, :], axis=2)
    rows = np.searchsorted(known, past.model.identities)
    nearness[rows] = np.maximum(0.0, 1.0 - distance / max(float(apart), np.finfo(float).tiny))
    return nearness


def match_best(similarity: FloatArray) -> IntArray:
    """For each known segment the column of its successor, or −1: one to one, the most similarity in all (Kuhn 1955)."""
    from scipy.optimize import linear_sum_assignment  # costs .3 s; only a month that is fitted anew needs it

    eligible = np.where(similarity > SAME_SEGMENT, similarity, 0.0)
    successor = np.full(len(similarity), -1, dtype=np.intp)
    for row, column in zip(*linear_sum_assignment(eligible, maximize=True), strict=True):
        if eligible[row, column] > 0:
            successor[row] = column
    return successor


def find_descents(
    table: FloatArray, past: Month, known: tuple[int, ...], now: list[int], sizes: npt.NDArray[np.intp]
) -> tuple[Descent, ...]:
    """What was split and what was merged, by the customers of both months: `table` is known × now.

    A part is measured against the shared customers that a segment of its size has on average: of one that is almost
    all gone, or almost all new, the few who are shared prove nothing.
    """
    n_shared = table.sum()
    of_size = {segment.identity: segment.n_customers for segment in past.segments}
    sizes_before = np.array([of_size.get(identity, 0) for identity in known])
    expected_before = sizes_before * n_shared / max(1, int(sizes_before.sum()))
    expected_now = sizes * n_shared / max(1, int(sizes.sum()))
    parts = table > MOST_OF_IT * np.maximum(table.sum(axis=0), expected_now)[None, :]
    wholes = table > MOST_OF_IT * np.maximum(table.sum(axis=1), expected_before)[:, None]
    splits = [
        Descent("split", (known[row],), tuple(sorted(now[column] for column in np.flatnonzero(parts[row]))))
        for row in range(len(known))
        if parts[row].sum() > 1
    ]
    merges = [
        Descent("merge", tuple(known[row] for row in np.flatnonzero(wholes[:, column])), (now[column],))
        for column in range(len(now))
        if wholes[:, column].sum() > 1
    ]
    return (*splits, *sorted(merges, key=lambda merge: merge.before))
