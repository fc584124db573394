"""Bins a numeric column at round numbers."""

from __future__ import annotations

import math

import numpy as np

from reportgen.profile.numbers import count_in_bins
from reportgen.records.profile import Distribution
from reportgen.records.segments import FloatArray

MOST_BINS = 20
"""More bars than this cannot be told apart in a small histogram."""

STEPS = (1, 2, 5)
"""Bin widths a reader counts in, times a power of ten."""

EDGE_DIGITS = 12
"""Significant decimals of an edge, so that 3 × 0.1 is 0.3."""


def distribution_of(column: str, values: FloatArray) -> Distribution:
    """All customers' known values in bins at round numbers; whole numbers (ages, counts) in bins of whole width."""
    known = values[~np.isnan(values)]
    is_whole = bool(np.all(known == np.floor(known)))
    edges = round_edges(float(known.min()), float(known.max()), bins_for(len(known)), is_whole=is_whole)
    return Distribution(column, edges, count_in_bins(known, edges))


def bins_for(n_values: int) -> int:
    """The Rice rule, 2 ∛n, up to MOST_BINS."""
    return min(MOST_BINS, max(1, math.ceil(2 * math.cbrt(n_values))))


def round_edges(low: float, high: float, most_bins: int, *, is_whole: bool) -> tuple[float, ...]:
    """Rising multiples of the smallest round step that covers low..high in at most `most_bins` bins.

    Whole numbers get a top edge above `high`, so that each bin holds equally many of them.
    """
    if not is_whole and low == high:
        is_whole, low, high = True, math.floor(low), math.floor(high)
    exponent = 0 if is_whole else math.floor(math.log10((high - low) / most_bins)) - 1
    while True:
        for step in STEPS:
            width = step * 10.0**exponent
            first = math.floor(low / width)
            last = math.floor(high / width) + 1 if is_whole else math.ceil(high / width)
            if last - first <= most_bins:
                decimals = max(0, EDGE_DIGITS - exponent) if exponent < 0 else 0
                return tuple(round(i * width, decimals) for i in range(first, last + 1))
        exponent += 1
