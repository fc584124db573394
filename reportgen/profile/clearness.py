"""Counts how clearly customers belong to their segment, so that no bin tells of few."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from reportgen.records.profile import Clearness
from reportgen.records.segments import FloatArray
from reportgen.small_cells import Row, is_small, merged_bins, spread_out

BINS = 10
"""Tenths of the confidence: as many as a reader tells apart in a small picture."""


def clearness_of(confidences: Sequence[FloatArray], min_cell: int) -> tuple[Clearness, ...]:
    """By segment; `confidences`: of its members, 0..1. Empty where there is one group alone."""
    if len(confidences) < 2:
        return ()
    counts = [np.histogram(one, BINS, (0.0, 1.0))[0].tolist() for one in confidences]
    return clearness_from(counts, [float(one.mean()) for one in confidences], min_cell)


def clearness_from(counts: Sequence[Sequence[int]], means: Sequence[float], min_cell: int) -> tuple[Clearness, ...]:
    """The same from members by tenth of the confidence, and its means."""
    return tuple(_clearness(row, mean, min_cell) for row, mean in zip(counts, means, strict=True))


def _clearness(counts: Sequence[int], mean: float, min_cell: int) -> Clearness:
    if is_small(sum(counts), min_cell):
        return Clearness(None, ())
    groups = _groups(counts, min_cell)
    told = spread_out(counts, groups, (1.0,) * BINS, min_cell) if len(groups) > 1 else ()
    return Clearness(mean, told)


def _groups(counts: Sequence[int], min_cell: int) -> Row:
    """Bins put together; the first stands alone if it may, for how many are borderline is told elsewhere."""
    if is_small(counts[0], min_cell):
        return merged_bins(counts, min_cell)
    return ((0,), *(tuple(place + 1 for place in group) for group in merged_bins(counts[1:], min_cell)))
