"""Counts how clearly customers belong to their segment, so that no bin tells of few."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from reportgen.records.profile import Clearness
from reportgen.records.segments import FloatArray
from reportgen.small_cells import is_small, protect, spread_out

BINS = 10
"""Tenths of the confidence: as many as a reader tells apart in a small picture."""


def clearness_of(confidences: Sequence[FloatArray], min_cell: int) -> tuple[Clearness, ...]:
    """By segment; `confidences`: of its members, 0..1. Empty where there is one group alone."""
    if len(confidences) < 2:
        return ()
    counts = [np.histogram(one, BINS, (0.0, 1.0))[0].tolist() for one in confidences]
    grouping = protect(counts, min_cell, in_order=True)
    return tuple(
        Clearness(
            None if is_small(len(one), min_cell) else float(one.mean()),
            spread_out(row, groups, (1.0,) * BINS, min_cell),
        )
        for one, row, groups in zip(confidences, counts, grouping, strict=True)
    )
