"""Parses a workbook's bytes into text; runs in the limited child alone, where a crash of the parser harms nobody."""

from __future__ import annotations

import datetime
import io
import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import python_calamine

from reportgen.ingest._workbook_faults import damaged, encrypted
from reportgen.wording import scrub

PLAIN_DIGITS = 21
"""Digits up to which a number is written out; Excel itself keeps 15 and writes longer ones with an exponent."""


def parse_sheets(data: bytes) -> bytes:
    """The worksheets in the workbook's order as JSON: objects with the fields of `reportgen.ingest.workbook._Sheet`.

    Raises ReportgenError (RG-032, RG-033).
    """
    try:
        workbook = python_calamine.load_workbook(io.BytesIO(data))
        kinds = python_calamine.SheetTypeEnum
        sheets = [
            _sheet(workbook.get_sheet_by_name(sheet.name), sheet.visible == python_calamine.SheetVisibleEnum.Visible)
            for sheet in workbook.sheets_metadata
            if sheet.typ == kinds.WorkSheet
        ]
    except python_calamine.PasswordError:
        raise encrypted() from None
    except (python_calamine.CalamineError, ValueError, OverflowError) as fault:
        raise damaged(scrub(fault, 80)) from None
    except BaseException as fault:
        if type(fault).__name__ != "PanicException":
            raise
        raise damaged("its structure makes no sense") from None
    return json.dumps(sheets).encode()


def _sheet(sheet: python_calamine.CalamineSheet, is_visible: bool) -> dict[str, Any]:
    rows, numbers = [], []
    for number, values in enumerate(sheet.iter_rows(), start=1):
        row = [_TEXTS[type(value)](value) for value in values]
        if any(row):
            rows.append(row)
            numbers.append(number)
    return {"name": sheet.name, "is_visible": is_visible, "rows": rows, "numbers": numbers}


def number_text(value: float) -> str:
    """The shortest digits that give the number again, written out: `12`, `86.5`, `0.0000001`."""
    text = repr(value + 0.0).removesuffix(".0")  # adding zero turns -0.0 into 0.0
    if "e" not in text:
        return text
    digits = Decimal(text)
    return f"{digits:f}" if abs(digits.adjusted()) < PLAIN_DIGITS else text


def _duration_text(value: datetime.timedelta) -> str:
    """Hours, minutes, seconds; the hours go on past 24."""
    sign = "-" if value < datetime.timedelta(0) else ""
    seconds = abs(value).days * 86_400 + abs(value).seconds
    return f"{sign}{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


_TEXTS: dict[type, Callable[[Any], str]] = {
    str: str,
    float: number_text,
    int: str,
    bool: lambda value: "TRUE" if value else "FALSE",
    datetime.date: datetime.date.isoformat,
    datetime.datetime: lambda value: value.isoformat(sep=" "),
    datetime.time: datetime.time.isoformat,
    datetime.timedelta: _duration_text,
}
"""How each type that the parser returns is written."""
