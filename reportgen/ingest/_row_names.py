"""Recognises row numbers without a name above them, as R writes them: a header of one name less than its rows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from reportgen.ingest._cells import is_typed
from reportgen.ingest._layout import Row

ROW_NAME = "row"
LEAST_ROWS = 3
"""Rows whose first cells count up; two do by chance."""


def lacks_row_name(header: Row, rows: Sequence[Row], delimiter: str) -> bool:
    """Whether the first cell of every row counts the rows and the header names the others alone.

    Not where a decimal comma may have made the field too many: `1,12,50` below `id,amount`.
    """
    width = len(header) + 1
    if len(rows) < LEAST_ROWS or any(len(row) != width for row in rows) or not all(map(_is_word, header)):
        return False
    counted = [int(row[0]) for row in rows if row[0].isascii() and row[0].isdecimal()]
    is_count = len(counted) == len(rows) and counted[0] in (0, 1) and all(b - a == 1 for a, b in pairwise(counted))
    return is_count and not (delimiter == "," and _may_hold_decimal_commas(rows))


def _is_word(name: str) -> bool:
    return bool(name.strip()) and not is_typed(name)


def _may_hold_decimal_commas(rows: Sequence[Row]) -> bool:
    """Whether two columns side by side may be one of amounts: whole numbers, and two digits in every row."""
    columns = list(zip(*rows, strict=True))
    return any(
        all(cell.lstrip("+-").isdecimal() for cell in left) and all(len(c) == 2 and c.isdecimal() for c in right)
        for left, right in pairwise(columns)
    )
