"""Bins a numeric column at round numbers."""

from __future__ import annotations

import math

import numpy as np

from reportgen.profile.numbers import count_in_bins
from reportgen.records.profile import Distribution
from reportgen.records.segments import FloatArray
from reportgen.small_cells import merged_bins

MOST_BINS = 20
"""More bars than this cannot be told apart in a small histogram."""

STEPS = (1, 2, 5)
"""Bin widths a reader counts in, times a power of ten."""

EDGE_DIGITS = 12
"""Significant decimals of an edge, so that 3 × 0.1 is 0.3."""


BENT_BINS = 16
"""Bins of a column that is clustered on a compressed scale."""

BENT_DIGITS = 3
"""Significant digits of their edges, which lie evenly on that scale and so are not round by themselves."""


def distribution_of(column: str, values: FloatArray, least: int = 1, scaled: FloatArray | None = None) -> Distribution:
    """All customers' known values in bins at round numbers; whole numbers (ages, counts) in bins of whole width.

    Bins reach from the `least`-th lowest to the `least`-th highest value and are put together where they hold fewer
    than `least` customers. `scaled`: the values as they are clustered, where that is a compressed scale; bins are then
    evenly wide on it.
    """
    is_known = ~np.isnan(values)
    known = values[is_known]
    is_whole = bool(np.all(known == np.floor(known)))
    rank = min(least, (len(known) + 1) // 2) - 1
    ordered = np.sort(known)
    low, high = float(ordered[rank]), float(ordered[-1 - rank])
    if scaled is not None and low < high:
        edges = bent_edges(known, scaled[is_known], low, high, is_whole=is_whole)
    else:
        edges = round_edges(low, high, bins_for(len(known)), is_whole=is_whole)
    return merge_thin(column, edges, count_in_bins(known, edges), least)


def merge_thin(column: str, edges: tuple[float, ...], counts: tuple[int, ...], least: int) -> Distribution:
    groups = merged_bins(counts, least)
    return Distribution(
        column,
        (*(edges[group[0]] for group in groups), edges[-1]),
        tuple(sum(counts[place] for place in group) for group in groups),
    )


def bent_edges(values: FloatArray, scaled: FloatArray, low: float, high: float, *, is_whole: bool) -> tuple[float, ...]:
    """Edges from low to high, evenly spaced as the values are scaled; whole where the values are."""
    order = np.argsort(values, kind="stable")
    start, end = np.interp((low, high), values[order], scaled[order]).tolist()
    edges = np.interp(np.linspace(start, end, BENT_BINS + 1), scaled[order], values[order])
    if is_whole:
        return tuple(np.unique(np.append(np.ceil(edges[:-1]), high + 1)).tolist())
    rounded = np.array([float(f"{edge:.{BENT_DIGITS}g}") for edge in edges.tolist()])
    return tuple(np.unique(rounded).tolist()) if rounded[0] < rounded[-1] else (low, high)


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
