"""Checks a workbook and turns it into text; runs in the limited child alone, where a crash harms nobody."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, replace
from typing import Any

import python_calamine

from reportgen.ingest._answer import AnswerWriter
from reportgen.ingest._gate import check_workbook
from reportgen.ingest._gate_xlsx import Range, SheetFacts
from reportgen.ingest._number_formats import AsShown, Runs, extend
from reportgen.ingest._value_text import value_text
from reportgen.ingest._workbook_faults import damaged, encrypted
from reportgen.wording import scrub

_NUMBER = re.compile(r"\s*[-+]?\d+(?:\.\d*)?\s*", re.ASCII)
"""What a cell of text holds that shows a plain number."""


def parse_sheets(data: bytes, kind: str) -> bytes:
    """The rows with a cell in them, sheet by sheet, each with its number in front, for `_answer.read_answer`.

    The facts: `sheets`, a list of objects with name, is_visible, n_rows, `facts` (see SheetFacts), `text_numbers`,
    `n_merged` and `n_shown` (see _sheet), in the workbook's order; `notes`.
    Raises ReportgenError (RG-021, 022, 031, 032, 033, 034).
    """
    facts = check_workbook(kind, data)
    writer = AnswerWriter()
    try:
        workbook = python_calamine.load_workbook(io.BytesIO(data))
        sheets = [
            _sheet(workbook, listed, facts.sheets.get(listed.name, SheetFacts()), writer)
            for listed in workbook.sheets_metadata
            if listed.typ == python_calamine.SheetTypeEnum.WorkSheet
        ]
    except python_calamine.PasswordError:
        raise encrypted() from None
    except (python_calamine.CalamineError, ValueError, OverflowError) as fault:
        raise damaged(scrub(fault, 80)) from None
    except BaseException as fault:
        if type(fault).__name__ != "PanicException":
            raise
        raise damaged("its structure makes no sense") from None
    return writer.answer(sheets=sheets, notes=facts.notes)


def _sheet(
    workbook: python_calamine.CalamineWorkbook,
    listed: python_calamine.SheetMetadata,
    facts: SheetFacts,
    writer: AnswerWriter,
) -> dict[str, Any]:
    """What is listed of one sheet.

    `text_numbers`: by column from 0, the runs of rows, as [first, behind], whose cell is text that shows a number;
    rows are counted from 0 among those with a cell in them. `n_merged`: cells filled from one merged downwards.
    `n_shown`: column from 0, kind (see `AsShown.counts`) and number of cells read as their number format shows them.
    """
    n_rows = 0
    text_numbers: dict[int, Runs] = {}
    sheet = workbook.get_sheet_by_name(listed.name)
    merged = _Merged(sheet.merged_cell_ranges or facts.merged)
    as_shown = AsShown(facts.formats)
    uncomputed, n_uncomputed = Counter(facts.uncomputed), 0
    for number, values in enumerate(sheet.iter_rows(), start=1):
        if values.count("") == len(values):
            continue  # a stray cell in Excel's last row has a million such rows above it
        row = [value_text(value)[0] for value in values]
        as_shown.write(row, values, number)
        merged.fill(row, number - 1)
        if any(row):
            writer.add([str(number), *row])
            n_uncomputed += uncomputed[number]
            for at, value in enumerate(values):
                if type(value) is str and value and _NUMBER.fullmatch(value):
                    extend(text_numbers.setdefault(at, []), n_rows)
            n_rows += 1
    is_visible = listed.visible == python_calamine.SheetVisibleEnum.Visible
    return {
        "name": listed.name,
        "is_visible": is_visible,
        "n_rows": n_rows,
        "facts": asdict(
            replace(facts, n_without_result=n_uncomputed + uncomputed[0], uncomputed=(), formats=(), merged=())
        ),
        "text_numbers": list(text_numbers.items()),
        "n_merged": merged.n_filled,
        "n_shown": [[column, kind, n] for (column, kind), n in as_shown.counts.items()],
    }


class _Merged:
    """Cells merged downwards: the value stands in the first, and is that of every row beside it."""

    def __init__(self, ranges: Iterable[Range]) -> None:
        self.last = {first: last[0] for first, last in ranges if first[1] == last[1] and last[0] > first[0]}
        self.open: dict[int, tuple[int, str]] = {}
        """Column → last row and value of the cell that reaches down to here."""
        self.n_filled = 0

    def fill(self, row: list[str | None], number: int) -> None:
        """Puts the values into a row of the sheet, counted from 0; a row without any other cell stays empty."""
        is_filled = any(row)
        for column, (last, value) in list(self.open.items()):
            if number > last:
                del self.open[column]
            elif is_filled and column < len(row) and not row[column]:
                row[column] = value
                self.n_filled += 1
        for column, cell in enumerate(row):
            if cell and (number, column) in self.last:
                self.open[column] = (self.last[number, column], cell)
