"""Measures the sheets of an .ods workbook on its XML: rows and cells may be repeated by a mere number."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.sax.saxutils import unescape

from reportgen.engine.text_units import CURRENCY_CODES
from reportgen.ingest._gate_xlsx import Range, SheetFacts
from reportgen.ingest._number_formats import CURRENCY, PER_CENT, Runs, extend

_TOKEN = re.compile(
    rb"(<table:table-row\b[^>]*>)|(<table:(?:covered-)?table-cell\b[^>]*>)|(</table:table-row>)|(<table:table\b[^>]*>)"
)
_ROW_REPEAT = re.compile(rb"""number-rows-repeated\s*=\s*["'](\d+)""")
_CELL_REPEAT = re.compile(rb"""number-columns-repeated\s*=\s*["'](\d+)""")
_ROW_SPAN = re.compile(rb"""number-rows-spanned\s*=\s*["'](\d+)""")
_NAME = re.compile(rb"""\btable:name\s*=\s*["']([^"']*)""")
_TELLS = re.compile(rb"""number-rows-spanned|value-type\s*=\s*["'](?:percentage|currency)""")
_CURRENCY = re.compile(rb"""\boffice:currency\s*=\s*["']([A-Za-z]{3})""")
_QUOTE = {"&quot;": '"', "&apos;": "'"}
MAX_REPEATED = 1_000
"""Rows that one row may stand for and still be of a table: more are empty ones, or a column's format."""
_VALUE = re.compile(rb"\bvalue(?:-type)?\s*=|\b(?:date|time|string|boolean)-value\s*=")
MAX_DIGITS = 9
"""Digits of a repeat that are worth reading; more is far beyond any sheet."""


@dataclass(slots=True)
class OdsSheet:
    name: str
    area: int = 0
    """Cells of the rows down to the last filled one by cells up to the last filled one, with repeats."""
    formats: dict[tuple[int, str], Runs] = field(default_factory=dict)
    """(column, kind) → rows: see `_number_formats.shown_in`."""
    merged: list[Range] = field(default_factory=list)
    """Cells merged downwards."""

    def look_at(self, cell: bytes, row: int, column: int, n_rows: int) -> None:
        """Row and column from 0; `n_rows`: how often the row is repeated."""
        if (kind := _kind(cell)) and n_rows <= MAX_REPEATED:
            for number in range(row + 1, row + 1 + n_rows):
                extend(self.formats.setdefault((column, kind), []), number)
        if (span := _repeat(_ROW_SPAN, cell)) > 1:
            self.merged.append(((row, column), (row + span - 1, column)))


def scan_ods(xml: bytes) -> list[OdsSheet]:
    """What the sheets' XML says of their sizes and cells."""
    sheets = [OdsSheet("")]
    n_rows = n_columns = at = filled = n_same = 0
    for token in _TOKEN.finditer(xml):
        row, cell, row_end, table = token.groups(b"")
        sheet = sheets[-1]
        if table:
            n_rows = n_columns = 0
            name = _NAME.search(table)
            sheets.append(OdsSheet(unescape(name[1].decode("utf-8", "replace"), _QUOTE) if name else ""))
        elif row_end or row:
            if filled:
                n_columns = max(n_columns, filled)
                sheet.area = max(sheet.area, n_rows * n_columns)
            if row:
                n_same = _repeat(_ROW_REPEAT, row)
                n_rows += n_same
            at = filled = 0
        else:
            if _TELLS.search(cell):
                sheet.look_at(cell, n_rows - n_same, at, n_same)
            at += _repeat(_CELL_REPEAT, cell)
            if not cell.endswith(b"/>") or _VALUE.search(cell):
                filled = at
    return sheets


def facts_of(sheet: OdsSheet) -> SheetFacts:
    formats = tuple((column, kind, runs) for (column, kind), runs in sheet.formats.items())
    return SheetFacts(area=sheet.area, formats=formats, merged=tuple(sheet.merged))


def _kind(cell: bytes) -> str:
    """What the cell's kind of value shows beside its number: see `_number_formats.kind_of`."""
    if b"percentage" in cell:
        return PER_CENT
    code = _CURRENCY.search(cell)
    unit = CURRENCY_CODES.get(code[1].decode().upper(), "") if code else ""
    return f"{CURRENCY}{unit}" if unit else ""


def _repeat(pattern: re.Pattern[bytes], attributes: bytes) -> int:
    match = pattern.search(attributes)
    return int(match[1][: MAX_DIGITS + 1]) if match else 1
