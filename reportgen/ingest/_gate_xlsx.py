"""Measures the sheet of an .xlsx workbook on its XML, without parsing it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from reportgen.errors import ReportgenError
from reportgen.ingest._number_formats import Runs, column_number, shown_in

MAX_ROW = 1_048_576
MAX_LETTERS = 3
"""Excel's own limits: XFD1048576 is the last cell of a sheet."""
_COLUMN_REFERENCE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]+)""")
_ROW_REFERENCE = re.compile(rb"""\sr\s*=\s*["'][A-Za-z]*(\d+)""")
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_ROW = re.compile(rb"<(?:\w+:)?row\b")
_ERROR = re.compile(rb"""<(?:\w+:)?c\b[^>]*\bt\s*=\s*["']e["']""")
_NO_RESULT = re.compile(
    rb"""<(?:\w+:)?c\b(?![^>]*\bt\s*=\s*["']str["'])(?:[^>]*?\br\s*=\s*["'][A-Z]+(\d+))?[^>]*>\s*<f\b(?:[^>]*/>|[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>"""
)
"""A result that is a text may be empty."""
_HIDDEN_ROW = re.compile(rb"""<row\b[^>]*\bhidden\s*=\s*["'](?:1|true)["']""")
_HIDDEN_COLUMN = re.compile(rb"""<(?:\w+:)?col\b[^>]*\bhidden\s*=\s*["'](?:1|true)["']""")
"""A run of hidden columns, which stands for one or more."""

Range = tuple[tuple[int, int], tuple[int, int]]
"""First and last cell, as (row, column) from 0."""


@dataclass(frozen=True, slots=True)
class SheetFacts:
    area: int = 0
    """Cells between the first and the last corner, as the parser lays them out."""
    n_errors: int = 0
    """Cells that hold #N/A, #REF! and the like."""
    n_without_result: int = 0
    """Formulas that were never computed, in rows that hold anything else."""
    uncomputed: tuple[int, ...] = ()
    """Row of each such formula, those of other rows among them."""
    n_hidden_rows: int = 0
    n_hidden_columns: int = 0
    formats: tuple[tuple[int, str, Runs], ...] = ()
    """See `_number_formats.shown_in`."""
    merged: tuple[Range, ...] = ()
    """Merged cells, of .ods alone: of other workbooks the parser tells them."""


def scan_sheet(xml: bytes, styles: Mapping[bytes, str]) -> SheetFacts:
    """What the sheet's XML says about its size and its cells. Raises ReportgenError (RG-031).

    `styles`: see `_number_formats.special_styles`.
    """
    letters, n_references = _distinct(_COLUMN_REFERENCE, xml)
    rows, _ = _distinct(_ROW_REFERENCE, xml)
    if any(len(letter) > MAX_LETTERS for letter in letters) or any(len(row) > len(str(MAX_ROW)) for row in rows):
        raise _beyond()
    columns = {column_number(letter.upper()) for letter in letters}
    numbers = {int(row) for row in rows}
    if max(numbers, default=0) > MAX_ROW or max(columns, default=0) > column_number(b"XFD"):
        raise _beyond()
    n_rows = max(numbers, default=0) - min(numbers, default=0) + 1
    n_columns = max(columns, default=0) - min(columns, default=0) + 1
    if _count(_CELL, xml) > n_references:
        n_rows = max(n_rows, _count(_ROW, xml))
        n_columns = max([max(columns, default=0), *(_count(_CELL, row) for row in _ROW.split(xml))])
    has_formulas = b"<f" in xml
    uncomputed = tuple(int(match[1] or 0) for match in _NO_RESULT.finditer(xml)) if has_formulas else ()
    return SheetFacts(
        area=n_rows * n_columns,
        n_errors=_count(_ERROR, xml),
        n_without_result=len(uncomputed),
        n_hidden_rows=_count(_HIDDEN_ROW, xml),
        n_hidden_columns=_count(_HIDDEN_COLUMN, xml),
        uncomputed=uncomputed,
        formats=tuple(shown_in(xml, styles)),
    )


def _distinct(pattern: re.Pattern[bytes], xml: bytes) -> tuple[set[bytes], int]:
    """What the pattern's group matches, each once, and the number of matches; millions are never held at a time."""
    found: set[bytes] = set()
    n = 0
    for match in pattern.finditer(xml):
        found.add(match[1])
        n += 1
    return found, n


def _count(pattern: re.Pattern[bytes], xml: bytes) -> int:
    return sum(1 for _ in pattern.finditer(xml))


def _beyond() -> ReportgenError:
    return ReportgenError(
        "RG-031", "a cell stands beyond the last cell of a sheet, XFD1048576.", "Save the table as a new workbook."
    )
