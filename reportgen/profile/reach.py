"""Counts for whom the export knows a way to write or call."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from reportgen.engine.base import Engine
from reportgen.engine.text_missing import is_missing_word
from reportgen.records.segments import IntArray
from reportgen.records.table import CleanTable


def reach_by_segment(table: CleanTable, groups: Sequence[IntArray], engine: Engine) -> tuple[float | None, ...]:
    """The share of all customers (first) and of each segment with contact data, 0..1; None without such a column."""
    names = [column.name for column in table.columns if column.contact]
    if not names:
        return (None,) * (1 + len(groups))
    cells = engine.to_arrays(table.frame, names)
    is_known = np.zeros(len(cells[names[0]]), dtype=bool)
    for name in names:
        # Cleaning leaves personal columns as they stand, words for missing included.
        is_known |= np.array([isinstance(cell, str) and not is_missing_word(cell) for cell in cells[name]])
    return (float(is_known.mean()), *(float(is_known[rows].mean()) for rows in groups))
