"""Days written as six or eight digits with the year by two of them, or behind: `260802`, `02082026`."""

from __future__ import annotations

import re

from reportgen.engine.text_dates import COMPACT, DAY_FIRST, MONTH_FIRST, YEAR_FIRST, read_date

ORDERS = (YEAR_FIRST, DAY_FIRST, MONTH_FIRST)
_DIGITS = re.compile(r"[0-9]{5,8}(?:\.0)?")
SHORT, LONG = 6, 8
"""Digits with a year of two and of four; a spreadsheet takes the 0 before them off."""


def parted(text: str) -> str:
    """The digits with dashes between, `26-08-02`; empty for other texts, and for `20260802`, which has one order."""
    text = text.strip()
    if not _DIGITS.fullmatch(text):
        return ""
    digits = text.removesuffix(".0")
    digits = digits.zfill(SHORT if len(digits) <= SHORT else LONG)
    if len(digits) == LONG and read_date(digits, COMPACT):
        return ""
    return f"{digits[:2]}-{digits[2:4]}-{digits[4:]}"


def may_be_day(text: str) -> bool:
    """Whether the digits are a day in some order."""
    dashed = parted(text)
    return bool(dashed) and any(read_date(dashed, order) for order in ORDERS)
