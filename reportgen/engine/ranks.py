"""Exact quantiles of any number of values without holding them: counted in fine bins, then read off a few bins only.

A first pass counts each group's values in bins; that tells in which bin each wanted rank lies. A second pass collects
the values of those bins, each once with its count. Munro & Paterson (1980) show that two passes need no more memory
than this.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from reportgen.records.everyone import Partial

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.intp]
BoolArray = npt.NDArray[np.bool_]

FINE_BINS = 1024
"""A wanted rank's bin holds about a thousandth of the values."""

CROWDED = 0.05
"""Largest share of drawn values that one of many evenly wide bins may hold; else bins follow the values."""

ENDS = (0.001, 0.999)
"""Quantiles of the drawn values between which bins are evenly wide."""


@dataclass(frozen=True, slots=True, eq=False)
class Bins:
    """Rising bins that every number falls into one of: evenly wide ones, which are found by arithmetic, twenty times as
    fast as a search, or those between edges."""

    low: float
    per_unit: float
    edges: FloatArray
    """Lower edges of all bins but the first; empty: evenly wide ones."""

    @property
    def n(self) -> int:
        return len(self.edges) + 1 if self.per_unit == 0 else FINE_BINS

    def places(self, values: FloatArray) -> IntArray:
        """The bin of each value, 0..n − 1; a bin includes its lower edge. No NaN."""
        if self.per_unit == 0:
            return np.searchsorted(self.edges, values, side="right")
        # Subtraction and product are monotone to the last digit: a larger value never lies in a lower bin.
        scaled = (values - self.low) * self.per_unit
        return np.clip(scaled, 0, FINE_BINS - 1).astype(np.intp)


def fine_bins(drawn: FloatArray) -> Bins:
    """About FINE_BINS bins for values like the drawn ones (NaN: not known)."""
    known = drawn[~np.isnan(drawn)]
    if not len(known):
        return Bins(0.0, 0.0, np.empty(0))
    low, high = np.quantile(known, ENDS).tolist()
    if low < high and np.isfinite(FINE_BINS / (high - low)):
        even = Bins(low, FINE_BINS / (high - low), np.empty(0))
        if np.bincount(even.places(known)).max() <= CROWDED * len(known):
            return even
    shares = np.arange(1, FINE_BINS) / FINE_BINS
    return Bins(0.0, 0.0, np.unique(np.quantile(known, shares, method="inverted_cdf")))


def histogram(values: FloatArray, groups: IntArray, bins: Bins, n_groups: int) -> IntArray:
    """n_groups × bins counts of the known values."""
    values, groups = known_of(values, groups)
    return np.bincount(groups * bins.n + bins.places(values), minlength=n_groups * bins.n).reshape(n_groups, bins.n)


def known_of(values: FloatArray, groups: IntArray) -> tuple[FloatArray, IntArray]:
    """The values that are known, with their groups."""
    is_unknown = np.isnan(values)
    return (values[~is_unknown], groups[~is_unknown]) if is_unknown.any() else (values, groups)


@dataclass(frozen=True, slots=True, eq=False)
class Wanted:
    """The bins whose values a second pass has to collect."""

    bins: Bins
    is_wanted: BoolArray
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
    values, groups = known_of(values, groups)
    taken = np.flatnonzero(wanted.is_wanted[groups, wanted.bins.places(values)])
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


def gathered(one: Partial, other: Partial) -> Partial:
    """What `collect` found of each column in two stretches, as one."""
    return {name: counted(np.hstack([one[name], other[name]])) for name in one}


@dataclass(frozen=True, slots=True, eq=False)
class Ranks:
    """What both passes found of one column."""

    bins: Bins
    counts: IntArray
    """n_groups × bins."""
    found: FloatArray
    """3 × m, as `collect` gives it."""

    @property
    def n(self) -> int:
        """How many values there are."""
        return int(self.counts.sum())

    def median(self) -> float:
        """The middle of all values, or the mean of the two there."""
        return (self.value_at((self.n - 1) // 2) + self.value_at(self.n // 2)) / 2

    def quantile(self, probability: float, group: int | None = None) -> float:
        """Of one group, or of all values; NaN where there is none. Its rank must have been among those wanted."""
        n = int(self._counts_of(group).sum())
        if not n:
            return float("nan")
        below, above, weight = ranks_of(n, probability)
        low, high = self.value_at(below, group), self.value_at(above, group)
        # As numpy interpolates, from the nearer end, so that both give the same digits.
        return high - (high - low) * (1.0 - weight) if weight >= 0.5 else low + (high - low) * weight

    def value_at(self, rank: int, group: int | None = None) -> float:
        """The value of that rank (from 0) in one group, or among all values."""
        counts = self._counts_of(group)
        place = int(np.searchsorted(counts.cumsum(), rank, side="right"))
        of_group, value, count = self.found
        is_here = self.bins.places(value) == place
        if group is not None:
            is_here &= of_group == group
        order = np.argsort(value[is_here], kind="stable")
        rest = rank - int(counts[:place].sum())
        at = int(np.searchsorted(count[is_here][order].cumsum(), rest, side="right"))
        return float(value[is_here][order][at])

    def beside(self, threshold: float) -> tuple[IntArray, IntArray]:
        """(below, above): values of each group on either side of a threshold in a bin that was wanted of all."""
        place = int(self.bins.places(np.array([threshold]))[0])
        below, above = self.counts[:, :place].sum(axis=1), self.counts[:, place + 1 :].sum(axis=1)
        group, value, count = self.found
        is_here = self.bins.places(value) == place
        for side, is_on in ((below, value < threshold), (above, value > threshold)):
            found = is_here & is_on
            side += np.bincount(group[found].astype(np.intp), count[found], len(self.counts)).astype(np.intp)
        return below, above

    def _counts_of(self, group: int | None) -> IntArray:
        counts: IntArray = self.counts.sum(axis=0) if group is None else self.counts[group]
        return counts


def middle_of(counted: Iterable[tuple[float, int]]) -> float:
    """The lower median of (value, times it stands there) pairs; NaN without any."""
    pairs = sorted(counted)
    half, seen = sum(n for _, n in pairs) / 2, 0
    for value, n in pairs:
        seen += n
        if seen >= half:
            return value
    return float("nan")
