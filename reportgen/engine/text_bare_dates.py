"""Days written as six or eight digits with the year by two of them, or behind: `260802`, `02082026`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

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


def orders_of(text: str) -> tuple[str, ...]:
    """The orders in which the digits are a day."""
    dashed = parted(text)
    return tuple(order for order in ORDERS if read_date(dashed, order)) if dashed else ()


def may_be_day(text: str) -> bool:
    """Whether the digits are a day in some order."""
    return bool(orders_of(text))


def bare_days(texts: Iterable[str], counted: Mapping[str, int]) -> list[str]:
    """Those that are days in one order, that of most cells; `counted`: text → cells."""
    orders = {text: orders_of(text) for text in texts}
    among = [[text for text, found in orders.items() if order in found] for order in ORDERS]
    return max(among, key=lambda days: sum(counted[text] for text in days))
