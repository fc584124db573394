"""What readers are told where it is about few customers: counts left open, values of single records left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reportgen.records.table import CleaningNote
from reportgen.small_cells import is_small, protect, told

IN_THE_LOG = "see cleaning_log.csv"
"""In the place of a value that stands in the records of few customers; the log is for those who hold the export."""


def told_table(counts: Sequence[Sequence[int]], min_cell: int) -> list[list[int | None]]:
    """A table of customers in which no cell of few is told or follows from the sums."""
    grouping = protect(counts, min_cell, in_order=False)
    shown = [told(row, groups) for row, groups in zip(counts, grouping, strict=True)]
    return [[cells.get(place) for place in range(len(row))] for row, cells in zip(counts, shown, strict=True)]


def told_sizes(sizes: Sequence[int], min_cell: int) -> tuple[int, ...]:
    """The leading sizes of a division, largest first, that do not give a small one away by what is left of the sum."""
    shown = list(sizes)
    hidden: list[int] = []
    while shown and (is_small(shown[-1], min_cell) or len(hidden) == 1 or is_small(sum(hidden), min_cell)):
        hidden.append(shown.pop())
    return tuple(shown)


def told_share(share: float, n_customers: int, min_cell: int) -> float | None:
    """The share of those customers that is told: not where it, or what is left over, is of few."""
    n = round(share * n_customers)
    return None if is_small(n, min_cell) or is_small(n_customers - n, min_cell) else share


def told_note(note: CleaningNote, min_cell: int) -> CleaningNote:
    """A line of the cleaning log without the values of few records."""
    tells_values = note.column and not note.before.startswith("missing")
    return replace(note, before=IN_THE_LOG) if tells_values and is_small(note.n_rows, min_cell) else note
