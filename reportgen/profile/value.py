"""Shares the value column's sum out among the segments."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from reportgen.engine.base import Engine
from reportgen.records.segments import Features, IntArray
from reportgen.records.table import CleanTable


def value_shares(
    table: CleanTable, features: Features, groups: Sequence[IntArray], engine: Engine
) -> tuple[float, ...] | None:
    """The share of the value column's sum by segment, 0..1; None where value is unknown.

    A sum that is not positive, or is negative for a segment (refunds), cannot be shared out: then value is unknown too.
    """
    name = features.value_column
    if not name:
        return None
    values = engine.to_arrays(table.frame, [name])[name]
    return shares_of(float(np.nansum(values)), [float(np.nansum(values[rows])) for rows in groups])


def shares_of(total: float, sums: Sequence[float]) -> tuple[float, ...] | None:
    """Each sum's share of the total; None where it cannot be shared out."""
    if total <= 0 or any(part < 0 for part in sums):
        return None
    return tuple(part / total for part in sums)
