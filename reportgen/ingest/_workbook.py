"""Checks a workbook and turns it into text; runs in the limited child alone, where a crash harms nobody."""

from __future__ import annotations

import io
from dataclasses import asdict
from typing import Any

import python_calamine

from reportgen.ingest._answer import AnswerWriter
from reportgen.ingest._gate import check_workbook
from reportgen.ingest._gate_xlsx import SheetFacts
from reportgen.ingest._value_text import value_text
from reportgen.ingest._workbook_faults import damaged, encrypted
from reportgen.wording import scrub


def parse_sheets(data: bytes, kind: str) -> bytes:
    """The rows with a cell in them, sheet by sheet, each with its number in front, for `_answer.read_answer`.

    The facts: `sheets`, a list of objects with name, is_visible, n_rows and `facts` (see SheetFacts), in
    the workbook's order; `notes`. Raises ReportgenError (RG-021, 022, 031, 032, 033, 034).
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
    n_rows = 0
    for number, values in enumerate(workbook.get_sheet_by_name(listed.name).iter_rows(), start=1):
        row = [value_text(value)[0] for value in values]
        if any(row):
            writer.add([str(number), *row])
            n_rows += 1
    is_visible = listed.visible == python_calamine.SheetVisibleEnum.Visible
    return {"name": listed.name, "is_visible": is_visible, "n_rows": n_rows, "facts": asdict(facts)}
