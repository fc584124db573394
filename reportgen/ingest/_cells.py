"""Looks at one cell's text: is it a number, a date or a flag, or is it words."""

from __future__ import annotations

import re

_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mai|mär|okt|dez"
_TYPED = re.compile(
    rf"[\s\d.,:/+\-−()%$€£¥'’]*\d[\s\d.,:/+\-−()%$€£¥'’]*(?:[TZ][\d:.+\-]*|[eE][+-]?\d+|[ap]m)?Z?"
    rf"|\d{{1,2}}[ .-]*(?:{_MONTHS})[a-z]*[ .-]*\d{{2,4}}"
    r"|true|false",
    re.IGNORECASE,
)
MAX_TYPED = 40
"""Characters of the longest number or date with time and zone; longer cells are words."""
PLACEHOLDERS = frozenset(
    (
        "",
        "-",
        "--",
        "?",
        ".",
        "*",
        "na",
        "n/a",
        "#n/a",
        "nan",
        "null",
        "none",
        "nil",
        "unknown",
        "missing",
        "k.a.",
        "tbd",
    )
)
"""What stands for no value: says nothing about whether a row is a header."""


def is_typed(cell: str) -> bool:
    """Whether the cell is a number, an amount, a date, a time or true/false."""
    return len(cell) <= MAX_TYPED and _TYPED.fullmatch(cell.strip()) is not None


def is_placeholder(cell: str) -> bool:
    return cell.strip().casefold() in PLACEHOLDERS
