"""Exact quantiles of any number of values without holding them: counted in fine bins, then read off a few bins only.

A first pass counts each group's values in bins; that tells in which bin each wanted rank lies. A second pass collects
the values of those bins, each once with its count. Munro & Paterson (1980) show that two passes need no more memory
than this.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.intp]
BoolArray = npt.NDArray[np.bool_]

FINE_BINS = 1024
"""A wanted rank's bin holds about a thousandth of the values; so many edges are searched in the processor's cache."""


def fine_edges(drawn: FloatArray) -> FloatArray:
    """Rising edges that part drawn values (NaN: not known) into about FINE_BINS bins of like counts; may be empty."""
    known = drawn[~np.isnan(drawn)]
    if not len(known):
        return np.empty(0)
    edges: FloatArray = np.unique(np.quantile(known, np.arange(1, FINE_BINS) / FINE_BINS, method="inverted_cdf"))
    return edges


def histogram(values: FloatArray, groups: IntArray, edges: FloatArray, n_groups: int) -> IntArray:
    """n_groups × (edges + 1) counts of the known values; a bin includes its lower edge."""
    known = ~np.isnan(values)
    bins = np.searchsorted(edges, values[known], side="right")
    n_bins = len(edges) + 1
    return np.bincount(groups[known] * n_bins + bins, minlength=n_groups * n_bins).reshape(n_groups, n_bins)


@dataclass(frozen=True, slots=True, eq=False)
class Wanted:
    """The bins whose values a second pass has to collect."""

    edges: FloatArray
    bins: BoolArray
    """n_groups × bins; the values of a bin that all groups together want are wanted of each."""


def bins_of_ranks(counts: IntArray, probabilities: Sequence[float]) -> BoolArray:
    """(1 + n_groups) × bins: where the ranks of the probabilities lie among all values (first) and in each group."""
    rows = np.vstack([counts.sum(axis=0), counts])
    wanted = np.zeros(rows.shape, dtype=np.bool_)
    for row, cumulative in enumerate(rows.cumsum(axis=1)):
        if cumulative[-1]:
            for rank in np.ravel([ranks_of(int(cumulative[-1]), p)[:2] for p in probabilities]):
                wanted[row, np.searchsorted(cumulative, rank, side="right")] = True
    return wanted


def ranks_of(n: int, probability: float) -> tuple[int, int, float]:
    """(rank below, rank above, weight of the one above) of a quantile of n values, interpolated (Hyndman & Fan 1996,
    type 7)."""
    place = (n - 1) * probability
    below = int(place)
    return below, min(below + 1, n - 1), place - below


def collect(values: FloatArray, groups: IntArray, wanted: Wanted) -> FloatArray:
    """3 × m: group, value and count of each value of a group in its wanted bins."""
    known = np.flatnonzero(~np.isnan(values))
    bins = np.searchsorted(wanted.edges, values[known], side="right")
    taken = known[wanted.bins[groups[known], bins]]
    return counted(np.vstack([groups[taken].astype(np.float64), values[taken], np.ones(len(taken))]))


def counted(found: FloatArray) -> FloatArray:
    """The same with each value of a group once, by rising group and value, counts added up."""
    if not found.shape[1]:
        return found
    order = np.lexsort((found[1], found[0]))
    group, value, count = found[:, order]
    is_new = np.concatenate([[True], (np.diff(group) != 0) | (np.diff(value) != 0)])
    starts = np.flatnonzero(is_new)
    return np.vstack([group[starts], value[starts], np.add.reduceat(count, starts)])


@dataclass(frozen=True, slots=True, eq=False)
class Ranks:
    """What both passes found of one column."""

    edges: FloatArray
    counts: IntArray
    """n_groups × bins."""
    found: FloatArray
    """3 × m, as `collect` gives it."""

    def quantile(self, probability: float, group: int | None = None) -> float:
        """Of one group, or of all values; NaN where there is none. Its rank must have been among those wanted."""
        counts = self.counts.sum(axis=0) if group is None else self.counts[group]
        n = int(counts.sum())
        if not n:
            return float("nan")
        below, above, weight = ranks_of(n, probability)
        low, high = self._value_at(counts, below, group), self._value_at(counts, above, group)
        # As numpy interpolates, from the nearer end, so that both give the same digits.
        return high - (high - low) * (1.0 - weight) if weight >= 0.5 else low + (high - low) * weight

    def beside(self, threshold: float) -> tuple[IntArray, IntArray]:
        """(below, above): values of each group on either side of a threshold in a bin that was wanted of all."""
        place = int(np.searchsorted(self.edges, threshold, side="right"))
        below, above = self.counts[:, :place].sum(axis=1), self.counts[:, place + 1 :].sum(axis=1)
        group, value, count = self.found
        is_here = np.searchsorted(self.edges, value, side="right") == place
        for side, is_on in ((below, value < threshold), (above, value > threshold)):
            side += np.bincount(
                group[is_here & is_on].astype(np.intp), count[is_here & is_on], minlength=len(self.counts)
            ).astype(np.intp)
        return below, above

    def _value_at(self, counts: IntArray, rank: int, group: int | None) -> float:
        place = int(np.searchsorted(counts.cumsum(), rank, side="right"))
        before = int(counts[:place].sum())
        of_group, value, count = self.found
        is_here = np.searchsorted(self.edges, value, side="right") == place
        if group is not None:
            is_here &= of_group == group
        order = np.argsort(value[is_here], kind="stable")
        at = int(np.searchsorted(count[is_here][order].cumsum(), rank - before, side="right"))
        return float(value[is_here][order][at])
