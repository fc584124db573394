"""Collects the number formats of an .xls workbook's cells from its records ([MS-XLS])."""

from __future__ import annotations

import struct
from collections.abc import Mapping

from reportgen.ingest._number_formats import BUILT_IN, Runs, extend, kind_of

_BOF, _BOUND_SHEET, _FORMAT, _STYLE = 0x0809, 0x0085, 0x041E, 0x00E0
_NUMBERS = frozenset((0x0203, 0x027E, 0x0006, 0x0406))
"""NUMBER, RK, FORMULA: row, column, style."""
_MANY_NUMBERS = 0x00BD
"""MULRK: row, first column, then style and four bytes of each number."""
_PLACE, _STYLED = struct.Struct("<HH"), struct.Struct("<H4x")
_VERSION_8 = 0x0600
"""Excel 97 and later; what is older writes its texts otherwise, and is read without its formats."""

Formats = tuple[tuple[int, str, Runs], ...]
"""See `_number_formats.shown_in`."""


class XlsFormats:
    """Takes the records of a workbook's stream one by one."""

    def __init__(self) -> None:
        self.names: dict[int, str] = {}
        """Where each sheet's records start → its name."""
        self.kinds: dict[int, str] = {int(number): kind for number, kind in BUILT_IN.items()}
        self.styles: dict[int, str] = {}
        """Number of a style whose format shows more than a number → kind."""
        self.n_styles = 0
        self.sheets: dict[str, dict[tuple[int, str], Runs]] = {}
        self.cells: dict[tuple[int, str], Runs] = {}

    def take(self, kind: int, start: int, body: bytes) -> None:
        """`start`: of the record in the stream. Raises struct.error or IndexError on a record that is cut off."""
        if kind == _BOF:
            self.cells = self.sheets.setdefault(self.names.get(start, ""), {})
            if _PLACE.unpack_from(body)[0] != _VERSION_8:
                self.kinds = {}
        elif kind == _BOUND_SHEET:
            self.names[struct.unpack_from("<I", body)[0]] = _text(body[6:], body[6], 1)
        elif kind == _FORMAT:
            number, length = _PLACE.unpack_from(body)
            if shown := kind_of(_text(body[2:], length, 2)):
                self.kinds[number] = shown
        elif kind == _STYLE:
            if shown := self.kinds.get(_PLACE.unpack_from(body)[1], ""):
                self.styles[self.n_styles] = shown
            self.n_styles += 1
        elif self.styles:
            self._cell(kind, body)

    def _cell(self, kind: int, body: bytes) -> None:
        if kind in _NUMBERS:
            row, column, style = struct.unpack_from("<HHH", body)
            self._add(row, column, style)
        elif kind == _MANY_NUMBERS:
            row, first = _PLACE.unpack_from(body)
            for at, (style,) in enumerate(_STYLED.iter_unpack(body[4 : 4 + (len(body) - 6) // 6 * 6])):
                self._add(row, first + at, style)

    def _add(self, row: int, column: int, style: int) -> None:
        if kind := self.styles.get(style):
            extend(self.cells.setdefault((column, kind), []), row + 1)

    def of_sheets(self) -> Mapping[str, Formats]:
        return {
            name: tuple((column, kind, runs) for (column, kind), runs in cells.items())
            for name, cells in self.sheets.items()
            if cells
        }


def _text(body: bytes, length: int, n_counted: int) -> str:
    """A string behind its length of `n_counted` bytes and a byte of flags: one byte a character, or two."""
    start = n_counted + 1
    if body[n_counted] & 1:
        return body[start : start + 2 * length].decode("utf-16-le", "replace")
    return body[start : start + length].decode("latin-1")
