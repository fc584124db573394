"""Recognises row numbers without a name above them, as R writes them: a header of one name less than its rows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from reportgen.ingest._cells import is_typed
from reportgen.ingest._layout import Row

ROW_NAME = "row"
LEAST_ROWS = 3
"""Rows whose first cells count up; two do by chance."""


def lacks_row_name(header: Row, rows: Sequence[Row], lines: Sequence[str], delimiter: str) -> bool:
    """Whether the first cell of every row names or counts the rows and the header names the others alone.

    `lines`: as each of them is written, the header first. Not where a decimal comma may have made the field too many:
    `1,12,50` below `id,amount`.
    """
    width = len(header) + 1
    if len(rows) < LEAST_ROWS or any(len(row) != width for row in rows) or not all(map(_is_word, header)):
        return False
    counted = [int(row[0]) for row in rows if row[0].isascii() and row[0].isdecimal()]
    is_count = len(counted) == len(rows) and counted[0] in (0, 1) and all(b - a == 1 for a, b in pairwise(counted))
    if not is_count:
        return _are_names(header, rows, lines, delimiter)
    return not (delimiter == "," and _may_hold_decimal_commas(rows))


def _are_names(header: Row, rows: Sequence[Row], lines: Sequence[str], delimiter: str) -> bool:
    """Whether the first cells are all different words, and quoted as R does: every name and text, and no number.

    A header that lost a delimiter has as few names; in quotes it would show.
    """
    first = [row[0] for row in rows]
    if len(set(first)) < len(first) or not all(map(_is_word, first)):
        return False
    is_quoted = lines[0].rstrip("\r\n") == delimiter.join(f'"{name}"' for name in header)
    are_quoted = all(line.startswith(f'"{name}"{delimiter}') for name, line in zip(first, lines[1:], strict=True))
    has_number = any(is_typed(cell) and f"{delimiter}{cell}" in lines[1] for cell in rows[0][1:])
    return is_quoted and are_quoted and has_number


def _is_word(name: str) -> bool:
    return bool(name.strip()) and not is_typed(name)


def _may_hold_decimal_commas(rows: Sequence[Row]) -> bool:
    """Whether two columns side by side may be one of amounts: whole numbers, and two digits in every row."""
    columns = list(zip(*rows, strict=True))
    return any(
        all(cell.lstrip("+-").isdecimal() for cell in left) and all(len(c) == 2 and c.isdecimal() for c in right)
        for left, right in pairwise(columns)
    )
