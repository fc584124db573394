"""Reads dates in text, one order for a whole column: roles recognise them, cleaning rewrites them as ISO dates."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

ISO, DAY_FIRST, MONTH_FIRST, COMPACT, NAMED, SERIAL = "ISO", "day first", "month first", "compact", "named", "serial"
ORDERS = (ISO, DAY_FIRST, MONTH_FIRST, COMPACT, NAMED, SERIAL)

EARLIEST, LATEST = 1800, 2200
"""Years a customer export can speak of; outside them a text is no date."""

CENTURY_TURN = 69
"""Two-digit years from 69 on are 19xx, the others 20xx (POSIX strptime)."""

SERIAL_DAYS = (15_000, 80_000)
"""Spreadsheet day numbers of 1941 to 2119; smaller ones are counts or amounts."""
SERIAL_ZERO = dt.date(1899, 12, 30)
"""Day 0 of spreadsheets as they count from March 1900 on."""

_TIME = r"(?:[T ]\s*[0-9]{1,2}:[0-9]{2}.{0,24})?"
_PATTERNS = {
    ISO: re.compile(rf"^([0-9]{{4}})[-/.]([0-9]{{1,2}})[-/.]([0-9]{{1,2}}){_TIME}$"),
    DAY_FIRST: re.compile(rf"^([0-9]{{1,2}})([-/.])([0-9]{{1,2}})[-/.]([0-9]{{4}}|[0-9]{{2}}){_TIME}$"),
    COMPACT: re.compile(r"^((?:18|19|20|21)[0-9]{2})([0-9]{2})([0-9]{2})$"),
    NAMED: re.compile(
        rf"^([0-9]{{1,2}})[-. ]{{1,2}}([A-Za-zäéû]{{3,10}})\.?[-, ]{{1,2}}([0-9]{{4}}|[0-9]{{2}}){_TIME}$"
    ),
    "american": re.compile(rf"^([A-Za-z]{{3,9}})\.? ([0-9]{{1,2}}),? ([0-9]{{4}}){_TIME}$"),
    SERIAL: re.compile(r"^([0-9]{5})(?:\.[0-9]{1,12})?$"),
}
_MONTHS = {
    month: i + 1
    for i, names in enumerate(
        (
            "jan january januar janvier janv ene enero",
            "feb february februar février févr febrero",
            "mar march märz mrz mars marzo",
            "apr april avril avr abr abril",
            "may mai mayo",
            "jun june juni juin junio",
            "jul july juli juillet juil julio",
            "aug august août aout ago agosto",
            "sep sept september septembre septiembre",
            "oct october okt oktober octobre octubre",
            "nov november novembre noviembre",
            "dec december dez dezember déc décembre dic diciembre",
        )
    )
    for month in names.split()
}


def read_date(text: str, order: str, turn: int = CENTURY_TURN) -> dt.date | None:
    """The day a text names, read in that order; None where it is no such day (30 February).

    Two-digit years from `turn` on are 19xx, those before 20xx.
    """
    parts = _parts(text.strip(), order)
    if parts is None:
        return None
    year, month, day = parts
    if year < 100:
        year += 1900 if year >= turn else 2000
    if not EARLIEST <= year <= LATEST:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _parts(text: str, order: str) -> tuple[int, int, int] | None:
    if order == SERIAL:
        return _serial(text)
    if order == NAMED:
        return _named(text)
    found = _PATTERNS[DAY_FIRST if order == MONTH_FIRST else order].match(text)
    if not found:
        return None
    if order in (ISO, COMPACT):
        return int(found[1]), int(found[2]), int(found[3])
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    return (year, second, first) if order == DAY_FIRST else (year, first, second)


def _named(text: str) -> tuple[int, int, int] | None:
    found = _PATTERNS[NAMED].match(text)
    if found and found[2].lower() in _MONTHS:
        return int(found[3]), _MONTHS[found[2].lower()], int(found[1])
    found = _PATTERNS["american"].match(text)
    if found and found[1].lower() in _MONTHS:
        return int(found[3]), _MONTHS[found[1].lower()], int(found[2])
    return None


def _serial(text: str) -> tuple[int, int, int] | None:
    found = _PATTERNS[SERIAL].match(text)
    if not found or not SERIAL_DAYS[0] <= int(found[1]) <= SERIAL_DAYS[1]:
        return None
    day = SERIAL_ZERO + dt.timedelta(days=int(found[1]))
    return day.year, day.month, day.day


def order_votes(texts: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Order → cells (of text and count) that are a day when read so; orders without a cell left out."""
    votes = dict.fromkeys(ORDERS, 0)
    for text, n in texts:
        for order in ORDERS:
            votes[order] += n if read_date(text, order) is not None else 0
    return {order: n for order, n in votes.items() if n}


def looks_like_date(text: str) -> bool:
    """True for text that is a day in an order that no plain number shares."""
    return any(read_date(text, order) is not None for order in (ISO, DAY_FIRST, MONTH_FIRST, NAMED))
