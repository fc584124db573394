"""Reads dates in text, one order for a whole column: roles recognise them, cleaning rewrites them as ISO dates."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from reportgen.engine.text_marks import LONGEST_VALUE, plain_marks
from reportgen.engine.text_months import BESIDE_MONTHS, MONTHS, WEEKDAY_OR_MARCH, WEEKDAYS
from reportgen.engine.text_times import TIME, days_to_utc
from reportgen.engine.text_year_months import first_of_month

ISO, DAY_FIRST, MONTH_FIRST, COMPACT, NAMED = "ISO", "day first", "month first", "compact", "named"
YEAR_FIRST = "year first"
"""The year by two digits: `23-01-03`."""
MONTH = "year and month, the first day of it"
SERIAL, SERIAL_1904, EPOCH = "spreadsheet day numbers", "spreadsheet day numbers from 1904", "seconds since 1970"
EPOCH_DAYS, JULIAN = "days since 1970", "Julian day numbers"
EXCHANGED = "ISO, day and month exchanged back"
"""Dates that a spreadsheet of another country has turned around."""

EARLIEST, LATEST = 1800, 2200
"""Years a customer export can speak of; outside them a text is no date."""

CENTURY_TURN = 69
"""Two-digit years from 69 on are 19xx, the others 20xx (POSIX strptime)."""

SERIAL_DAYS = (10_000, 80_000)
"""Spreadsheet day numbers of 1927 to 2119; smaller ones are counts or amounts."""
SERIAL_ZERO = dt.date(1899, 12, 30)
"""Day 0 of spreadsheets as they count from March 1900 on."""
DAYS_BEYOND = {SERIAL: 0, SERIAL_1904: 1_462, EPOCH_DAYS: 25_569}
"""Way of counting days → by how many its day 0 lies behind SERIAL_ZERO."""
JULIAN_ZERO = 1_721_424.5
"""The Julian day number at the start of the day before 1 January of the year 1."""

EPOCH_ZERO = dt.date(1970, 1, 1)
EPOCH_SECONDS = (315_532_800, 4_102_444_800)
"""Seconds of 1980 to 2100."""
EPOCH_DIGITS = {9: 1, 10: 1, 13: 10**3, 16: 10**6, 19: 10**9}
"""Digits of a time → its parts of a second."""
DAY_SECONDS = 86_400
MOST_SPLIT = 16_384
"""Texts whose day and time are kept apart: one is asked for in each order and way of counting."""

_PATTERNS = {
    ISO: re.compile(r"^([0-9]{4})\s?[-/.年년]\s?([0-9]{1,2})\s?[-/.月월]\s?([0-9]{1,2})[日일]?\.?$"),
    DAY_FIRST: re.compile(
        r"^([0-9]{1,2})\s?([-/.])\s?([0-9]{1,2})\s?(?:\2\s?([0-9]{4}|[0-9]{2})|[-/.]\s?([0-9]{4}))\.?$"
    ),
    YEAR_FIRST: re.compile(r"^([0-9]{2})\s?([-/.])\s?([0-9]{1,2})\s?\2\s?([0-9]{1,2})\.?$"),
    COMPACT: re.compile(r"^((?:18|19|20|21)[0-9]{2})([0-9]{2})([0-9]{2})(?:T?[0-9]{6}(?:Z|[+-][0-9]{4})?)?$"),
    SERIAL: re.compile(r"^([0-9]{5})(?:[.,][0-9]{1,12})?$"),
    JULIAN: re.compile(r"^(24[4-7][0-9]{4}(?:\.[0-9]{1,12})?)$"),
    EPOCH: re.compile(r"^([0-9]{9,19})(?:\.[0-9]{1,9})?$"),
}
_TIME = re.compile(TIME)
_LETTERS = re.compile(r"[^\W\d_]")
_COUNTED = re.compile(r"\s*[0-9]{5}")
"""Fewer digits at the start count no days or seconds, and name no day without separators."""
_TWO_NUMBERS = re.compile(r"[0-9][^0-9]+[0-9]")
"""A day and a year at least; ids and words rarely have them."""
_TOKENS = re.compile(r"[^\W\d_]+|[0-9]+")
_WEEKDAY = re.compile(r"^([^\W\d_]{2,12})(?:[.,] ?| )(?=[0-9])")
_AROUND_TIME = re.compile(
    r"^([^\W\d_]{2,9},? [^\W\d_]{3,9} {1,2}[0-9]{1,2})"
    r"( [0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?: [A-Z]{2,5}| [+-][0-9]{4})?) ([0-9]{4})$"
)
"""`Mon Jan 05 10:00:00 CET 2026`, as C and Java print a day."""
_ZONE_NAME = re.compile(r" \([^()]*\)$")
_NUMBERED = re.compile(r"[0-9]\s?[-/.]\s?[0-9]")
"""A day and a month by number: `mar. 04/09/2012` is a Tuesday, `Mar 21, 2025` is in March."""
_NAMED_TEXT = re.compile(r"^[^\W_](?:[\w ,./º°ª'-])*$")


def read_date(text: str, order: str, turn: int = CENTURY_TURN, *, utc: bool = False) -> dt.date | None:
    """The day a text names, read in that order; None where it is no such day (30 February).

    Two-digit years from `turn` on are 19xx, those before 20xx. `utc`: the day it then is in UTC, by time and zone.
    """
    text = _short(text)
    if len(text) > LONGEST_VALUE:
        return None
    body, time = _split(text)
    parts = _parts(body, order)
    if parts is None:
        return None
    year, month, day = parts
    if 0 <= year < 100:
        year += 1900 if year >= turn else 2000
    if not EARLIEST <= year <= LATEST:
        return None
    try:
        found = dt.date(year, month, day)
    except ValueError:
        return None
    shift = days_to_utc(time) if utc else 0
    return None if shift is None else found + dt.timedelta(days=shift)


def may_be_counted(text: str) -> bool:
    """False only where none of COMPACT, MONTH and the ways of counting finds a day; costs a tenth of asking."""
    return not (text.isascii() and text.isprintable()) or bool(_COUNTED.match(text))


def _short(text: str) -> str:
    """The text without the name of its zone in brackets, if it is too long: `… GMT+0100 (Central European Time)`."""
    return text if len(text) <= LONGEST_VALUE else _ZONE_NAME.sub("", text[: 2 * LONGEST_VALUE])


def split_time(text: str) -> tuple[str, str]:
    """(day, time with zone) of a text; the time is empty where none is written."""
    found = _TIME.search(text)
    return (text[: found.start()].rstrip(), found.group()) if found else (text, "")


@lru_cache(maxsize=MOST_SPLIT)
def _split(text: str) -> tuple[str, str]:
    """(day, time with zone) of a text, without a weekday or an apostrophe before its first digit."""
    plain = plain_marks(text)
    if plain.isdecimal():
        return plain, ""
    if around := _AROUND_TIME.match(plain):
        plain = f"{around[1]} {around[3]}{around[2]}"
    body, time = split_time(plain)
    body = body.removeprefix("'")
    found = _WEEKDAY.match(body) if body[:1].isalpha() else None
    word = found[1].lower() if found else ""
    is_weekday = word in WEEKDAYS if word != WEEKDAY_OR_MARCH else bool(_NUMBERED.search(body))
    return (
        (body[found.end() :], time) if found and is_weekday and not _LETTERS.search(body, found.end()) else (body, time)
    )


def _parts(text: str, order: str) -> tuple[int, int, int] | None:
    """(year, month, day) as written."""
    if order in DAYS_BEYOND or order in (EPOCH, JULIAN):
        return _counted(text, order)
    if order == NAMED:
        return _named(text)
    if order == MONTH:
        return first_of_month(text)
    found = _PATTERNS[DAY_FIRST if order == MONTH_FIRST else order].match(text)
    if not found:
        return None
    if order in (ISO, COMPACT):
        return _year(found[1]), int(found[2]), int(found[3])
    if order == YEAR_FIRST:
        return int(found[1]), int(found[3]), int(found[4])
    first, second, year = int(found[1]), int(found[3]), _year(found[4] or found[5])
    return (year, second, first) if order == DAY_FIRST else (year, first, second)


def _named(text: str) -> tuple[int, int, int] | None:
    """A month by name with day and year around it: `4. März 2012`, `Tue, Sep 4th, 2012`, `2012-Sep-04`."""
    if not _NAMED_TEXT.match(text):
        return None
    tokens = [token.lower() for token in _TOKENS.findall(text)]
    numbers = [token for token in tokens if token.isdecimal()]
    words = [token for token in tokens if not token.isdecimal() and token not in BESIDE_MONTHS]
    if len(words) > 1 and WEEKDAY_OR_MARCH in words:
        words.remove(WEEKDAY_OR_MARCH)
    if len(words) != 1 or words[0] not in MONTHS or len(numbers) != 2:
        return None
    first, second = numbers
    day, year = (second, first) if len(first) == 4 else (first, second)
    if len(day) > 2 or len(year) not in (2, 4):
        return None
    return _year(year), MONTHS[words[0]], int(day)


def _year(digits: str) -> int:
    """The year as written; −1 for the years 0000 to 0099, which two digits would be read as."""
    return int(digits) if len(digits) == 2 or not digits.startswith("00") else -1


def _counted(text: str, order: str) -> tuple[int, int, int] | None:
    """Days that a spreadsheet counts, or days or seconds that a program counts."""
    found = _PATTERNS[SERIAL if order in DAYS_BEYOND else order].match(text)
    if not found:
        return None
    if order == EPOCH:
        seconds = int(found[1]) // EPOCH_DIGITS.get(len(found[1]), 10**19)
        if not EPOCH_SECONDS[0] <= seconds <= EPOCH_SECONDS[1]:
            return None
        day = EPOCH_ZERO + dt.timedelta(days=seconds // DAY_SECONDS)
    elif order == JULIAN:
        day = dt.date.fromordinal(int(float(found[1]) - JULIAN_ZERO))
    else:
        if not SERIAL_DAYS[0] <= int(found[1]) <= SERIAL_DAYS[1]:
            return None
        day = SERIAL_ZERO + dt.timedelta(days=int(found[1]) + DAYS_BEYOND[order])
    return day.year, day.month, day.day


def separator_of(text: str) -> str:
    """The sign between day, month and year where no name and no ISO order tells them apart, or empty."""
    body, _ = _split(text[:LONGEST_VALUE])
    found = _PATTERNS[DAY_FIRST].match(body) or _PATTERNS[YEAR_FIRST].match(body)
    return found[2] if found else ""


def short_parts(text: str) -> tuple[int, int] | None:
    """(first, last) number of a date with separators and a year of two digits, None for any other text."""
    found = _PATTERNS[YEAR_FIRST].match(_split(text[:LONGEST_VALUE])[0])
    return (int(found[1]), int(found[4])) if found else None


def has_short_year(text: str) -> bool:
    """True where only two digits of the year are written."""
    body, _ = _split(text[:LONGEST_VALUE])
    orders = (DAY_FIRST, YEAR_FIRST, NAMED)
    return any(0 <= parts[0] < 100 for parts in (_parts(body, order) for order in orders) if parts)


def looks_like_date(text: str) -> bool:
    """True for text written as a date, in a way that no plain number shares; the day need not exist."""
    text = _short(text)
    if len(text) > LONGEST_VALUE:
        return False
    plain = plain_marks(text)
    if not _TWO_NUMBERS.search(plain):
        return False
    body, _ = _split(text)
    return any(_parts(body, order) is not None for order in (ISO, DAY_FIRST, NAMED))
