"""Empties cells of dates that hold the number 0, which sheets show as 00.01.1900: no day was written there."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reportgen.ingest._names import listed
from reportgen.wording import plural

ZERO = "00:00:00"
"""How 0 is read where the format is one of dates; among times it is midnight."""
LEAST_DAYS = 0.5
"""Share of days among the other cells of a column of dates: words such as `never` stand there, too."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?: [\d:.]+)?")
_TIME = re.compile(r"\d\d:\d\d(?::[\d.]+)?")


def empty_day_zero(rows: Sequence[list[str]], names: Sequence[str]) -> list[str]:
    """Empties them in their place; one sentence on it, or none."""
    found = sorted({at for row in rows if ZERO in row for at, cell in enumerate(row[: len(names)]) if cell == ZERO})
    counts = {at: _empty(rows, at) for at in found}
    filled = [at for at, n in counts.items() if n]
    if not filled:
        return []
    n_cells = sum(counts.values())
    columns = listed([names[at] for at in filled])
    return [f"{plural(n_cells, 'cell')} of {columns} with 0 for a date (shown as 00.01.1900) read as empty."]


def _empty(rows: Sequence[list[str]], column: int) -> int:
    """The number of cells that were emptied; none where other cells hold a time without a day."""
    others = [row[column] for row in rows if row[column] and row[column] != ZERO]
    n_days = sum(bool(_DAY.fullmatch(cell)) for cell in others)
    if n_days <= LEAST_DAYS * len(others) or any(map(_TIME.fullmatch, others)):
        return 0
    zeros = [row for row in rows if row[column] == ZERO]
    for row in zeros:
        row[column] = ""
    return len(zeros)
