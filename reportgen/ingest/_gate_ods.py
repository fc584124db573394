"""Measures the sheets of an .ods workbook on its XML: rows and cells may be repeated by a mere number."""

from __future__ import annotations

import re

_TOKEN = re.compile(
    rb"(<table:table-row\b[^>]*>)|(<table:(?:covered-)?table-cell\b[^>]*>)|(</table:table-row>)|(<table:table\b)"
)
_ROW_REPEAT = re.compile(rb"""number-rows-repeated\s*=\s*["'](\d+)""")
_CELL_REPEAT = re.compile(rb"""number-columns-repeated\s*=\s*["'](\d+)""")
_VALUE = re.compile(rb"\bvalue(?:-type)?\s*=|\b(?:date|time|string|boolean)-value\s*=")
MAX_DIGITS = 9
"""Digits of a repeat that are worth reading; more is far beyond any sheet."""


def scan_ods(xml: bytes) -> int:
    """Cells of the largest sheet: rows down to the last filled one by cells up to the last filled one, with repeats."""
    largest = n_rows = n_columns = at = filled = 0
    for token in _TOKEN.finditer(xml):
        row, cell, row_end, table = token.groups(b"")
        if table:
            n_rows = n_columns = 0
        elif row_end or row:
            if filled:
                n_columns = max(n_columns, filled)
                largest = max(largest, n_rows * n_columns)
            if row:
                n_rows += _repeat(_ROW_REPEAT, row)
            at = filled = 0
        else:
            at += _repeat(_CELL_REPEAT, cell)
            if not cell.endswith(b"/>") or _VALUE.search(cell):
                filled = at
    return largest


def _repeat(pattern: re.Pattern[bytes], attributes: bytes) -> int:
    match = pattern.search(attributes)
    return int(match[1][: MAX_DIGITS + 1]) if match else 1
