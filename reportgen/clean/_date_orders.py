"""Decides the order of day and month of every column of dates, or shows both readings and asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from reportgen import language, wording
from reportgen.clean._digits import STRAY_SHARE
from reportgen.clean._look import Counts, quote
from reportgen.clean.base import Plan
from reportgen.engine.text_dates import (
    DAY_FIRST,
    ISO,
    MONTH_FIRST,
    NAMED,
    SERIAL,
    SERIAL_1904,
    read_date,
    separator_of,
)
from reportgen.errors import ReportgenError
from reportgen.records.table import Role

OTHER = {DAY_FIRST: MONTH_FIRST, MONTH_FIRST: DAY_FIRST}
DOT = "."
"""No language writes the month first between dots (Unicode CLDR, date formats of all locales)."""


@dataclass(frozen=True, slots=True)
class Votes:
    """Cells of one column written as two numbers and a year, by what they say on day and month."""

    day: int = 0
    """Only a day first explains them."""
    month: int = 0
    alike: int = 0
    """The same day either way: `02/02/2012`."""
    open: int = 0
    """Two days: `03/04/2012`."""
    example: str = ""
    """The most frequent of those."""
    separator: str = ""

    @property
    def proven(self) -> str:
        """The order that some cell proves and none contradicts, or empty."""
        if bool(self.day) == bool(self.month):
            return ""
        return DAY_FIRST if self.day else MONTH_FIRST


class Choice(NamedTuple):
    """How cells of two numbers and a year are read."""

    order: str
    """DAY_FIRST or MONTH_FIRST; empty: a cell with two readings stays unread."""
    why: str = ""
    """For the log, where the column alone does not say."""
    is_guess: bool = False


def count_votes(counts: Counts) -> Votes:
    """What the texts of one column say."""
    day = month = alike = open_ = 0
    example = separator = ""
    for text, n in counts:
        sign = separator_of(text)
        if not sign:
            continue
        separator = separator or sign
        as_day, as_month = read_date(text, DAY_FIRST), read_date(text, MONTH_FIRST)
        if as_day and as_month and as_day != as_month:
            open_, example = open_ + n, example or text
        elif as_day and as_month:
            alike += n
        else:
            day, month = day + n * bool(as_day), month + n * bool(as_month)
    return Votes(day, month, alike, open_, example, separator)


def choose_orders(votes: Mapping[str, Votes], plan: Plan) -> dict[str, Choice]:
    """Header name → order; a column that proves none follows the others of the export. Raises ReportgenError."""
    return {name: _choose(name, votes, plan) for name in votes}


def _choose(name: str, columns: Mapping[str, Votes], plan: Plan) -> Choice:
    votes, setting = columns[name], plan.settings.input.dates
    if votes.proven:
        return Choice(votes.proven)
    if setting != "auto":
        return Choice(setting, language.text("as the settings say") if votes.open else "")
    n_minor = min(votes.day, votes.month)
    if n_minor:
        major = DAY_FIRST if votes.day > votes.month else MONTH_FIRST
        if n_minor <= STRAY_SHARE * (votes.day + votes.month):
            return Choice(major)
        return Choice("")
    if not votes.open:
        return Choice(DAY_FIRST)
    if votes.separator == DOT:
        return Choice(DAY_FIRST, language.text("dates between dots have the day first"))
    return _follow(name, votes, columns, plan)


def _follow(name: str, votes: Votes, columns: Mapping[str, Votes], plan: Plan) -> Choice:
    """The order that the other columns prove, else a guess or a question."""
    for others in (
        {other: seen.proven for other, seen in columns.items() if seen.proven and seen.separator == votes.separator},
        {other: seen.proven for other, seen in columns.items() if seen.proven},
    ):
        if len(set(others.values())) == 1:
            first = next(iter(others))
            return Choice(
                others[first],
                language.text("as {first} proves; no date of this column does", first=wording.scrub(first)),
            )
    if plan.column(name).role is Role.BIRTH:
        return Choice(DAY_FIRST)  # only the year is kept
    if plan.settings.input.when_unsure == "guess":
        return Choice(
            DAY_FIRST, language.text("no date in the export decides between day and month first"), is_guess=True
        )
    as_day, as_month = read_date(votes.example, DAY_FIRST), read_date(votes.example, MONTH_FIRST)
    raise ReportgenError(
        "RG-007",
        f"The column {wording.scrub(name)} has two readings: {quote(votes.example)} is {in_words(as_day)} with the day "
        f"first, {in_words(as_month)} with the month first, and no date of the export tells which.",
        'Say which: dates = "day first" or dates = "month first" under [input] of the settings.',
    )


def in_words(day: dt.date | None) -> str:
    """`3 April 2012`, whatever the locale."""
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}" if day else "no day"


MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def choose_base(counts: Counts, others: tuple[dt.date, dt.date] | None) -> str:
    """The calendar of a column's spreadsheet day numbers: that of 1904 where only it fits the written dates.

    `others`: first and last date written out, in the column or the export; None without any.
    """
    if others is None:
        return SERIAL
    fits = {}
    for order in (SERIAL, SERIAL_1904):
        days = [(read_date(text, order), n) for text, n in counts]
        fits[order] = sum(n for day, n in days if day and others[0] <= day <= others[1])
    return SERIAL_1904 if fits[SERIAL_1904] > 2 * fits[SERIAL] else SERIAL


def written_days(counts: Counts, order: str) -> list[dt.date]:
    """The days of one column that are written out, in the order chosen."""
    orders = (ISO, NAMED, order) if order else (ISO, NAMED)
    days = (next((day for day in (read_date(text, way) for way in orders) if day), None) for text, _ in counts)
    return [day for day in days if day]


def way_in_words(way: str) -> str:
    """The order of day, month and year, as a note says it."""
    return language.text_in("order of a date", way)
