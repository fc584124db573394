"""Decides the order of day, month and year for each sign in each column, or shows the readings and asks."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from reportgen import language, wording
from reportgen.clean._digits import STRAY_SHARE
from reportgen.clean._look import Counts, quote
from reportgen.clean.base import Plan
from reportgen.engine.text_dates import (
    DAY_FIRST,
    EPOCH_DAYS,
    ISO,
    MONTH_FIRST,
    NAMED,
    SERIAL,
    SERIAL_1904,
    YEAR_FIRST,
    read_date,
    separator_of,
    short_parts,
)
from reportgen.errors import ReportgenError
from reportgen.records.table import Column, Role
from reportgen.settings_file import toml_value

ORDERS = (DAY_FIRST, MONTH_FIRST, YEAR_FIRST)
LAST_DAY = 31
LONG_AGO = 1965
"""No customer of today joined or bought before; day numbers up to here, counted from 1970, end in 2035."""
MANY_YEARS = 15
"""Years that the dates of one column rarely span."""
DASH, DOT = "-", "."
"""No language writes the month first between dots (Unicode CLDR, date formats of all locales)."""


@dataclass(frozen=True, slots=True)
class Votes:
    """Cells of one column with one sign between three numbers, by what they say on day, month and year."""

    only: Mapping[str, int] = field(default_factory=dict)
    """Order → cells that nothing else explains."""
    n_open: int = 0
    """Two days and more: `03/04/2012`."""
    example: str = ""
    """The most frequent of those."""
    among: tuple[str, ...] = (DAY_FIRST, MONTH_FIRST)
    """The orders that the column may have: a year by two digits stands first only where first numbers are fewer."""

    @property
    def proven(self) -> str:
        """The order that some cell proves and none contradicts, or empty."""
        return next(iter(self.only)) if len(self.only) == 1 else ""

    @property
    def major(self) -> str:
        """The order of most cells that prove one, the others being stray; empty without any, or where more differ."""
        if not self.only:
            return ""
        order = max(self.only, key=lambda one: self.only[one])
        total = sum(self.only.values())
        return order if total - self.only[order] <= STRAY_SHARE * total else ""


class Choice(NamedTuple):
    """How cells of three numbers with one sign between them are read."""

    order: str
    """One of ORDERS; empty: a cell with two readings stays unread."""
    why: str = ""
    """For the log, where the cells alone do not say."""
    is_guess: bool = False
    among: tuple[str, ...] = ()
    """The orders in which a cell is read that has one reading alone."""
    is_set: bool = False
    """Whether the settings say so, and cells of another order are set missing."""


Signs = Mapping[str, Votes]
"""Sign between the numbers → what the cells say."""


def count_votes(counts: Counts) -> dict[str, Votes]:
    """What the texts of one column say, by the sign between their numbers."""
    by_sign: dict[str, list[tuple[str, int]]] = {}
    for text, n in counts:
        if sign := separator_of(text):
            by_sign.setdefault(sign, []).append((text, n))
    return {sign: _votes(sign, texts) for sign, texts in by_sign.items()}


def _votes(sign: str, texts: list[tuple[str, int]]) -> Votes:
    among = ORDERS if _may_start_with_year(sign, texts) else ORDERS[:2]
    only, n_open, example = Counter[str](), 0, ""
    for text, n in texts:
        days = {order: day for order in among if (day := read_date(text, order))}
        if len(days) == 1:
            only[next(iter(days))] += n
        elif len(set(days.values())) > 1:
            n_open, example = n_open + n, example or text
    return Votes(only, n_open, example, among)


def _may_start_with_year(sign: str, texts: list[tuple[str, int]]) -> bool:
    """Whether the first of three short numbers may be the year.

    It is past every day, or there are fewer firsts than lasts, as there are fewer years than days; but between dots
    and slashes, where the day is usually first, lasts so near to each other are years.
    """
    n_cells = sum(n for _, n in texts)
    n_readable = sum(n for text, n in texts if read_date(text, YEAR_FIRST))
    if n_cells - n_readable > STRAY_SHARE * n_cells:
        return False
    parts = [(part, n) for text, n in texts if (part := short_parts(text))]
    if sum(n for (first, _), n in parts if first > LAST_DAY) > STRAY_SHARE * n_cells:
        return True
    firsts, lasts = {first for (first, _), _ in parts}, {last for (_, last), _ in parts}
    return len(firsts) < len(lasts) and (sign == DASH or max(lasts) - min(lasts) >= MANY_YEARS)


def choose_orders(columns: Mapping[str, Signs], plan: Plan) -> dict[str, dict[str, Choice]]:
    """Header name → sign → order; what proves none follows the same sign elsewhere. Raises ReportgenError (RG-007)."""
    return {name: {sign: _choose(name, sign, columns, plan) for sign in signs} for name, signs in columns.items()}


def _choose(name: str, sign: str, columns: Mapping[str, Signs], plan: Plan) -> Choice:
    votes, setting = columns[name][sign], plan.settings.input.dates
    choice = _by_its_cells(name, votes, setting)
    if choice is None and sign == DOT and YEAR_FIRST not in votes.among and not _is_meant(setting, columns):
        choice = Choice(DAY_FIRST, language.text("dates between dots have the day first"))
    if choice is None and setting in votes.among and read_date(votes.example, setting):
        choice = Choice(setting, language.text("as the settings say"))
    return (choice or _follow(name, sign, columns, plan))._replace(among=votes.among)


def _by_its_cells(name: str, votes: Votes, setting: str) -> Choice | None:
    """The order that the cells prove; none is needed where both are the same day. Raises ReportgenError (RG-007)."""
    if votes.proven:
        return Choice(votes.proven)
    if votes.only and setting in votes.among:
        return _as_set(name, votes, setting)
    if votes.only:
        return Choice(votes.major)
    return None if votes.n_open else Choice(DAY_FIRST)


def _as_set(name: str, votes: Votes, setting: str) -> Choice:
    """The setting's order, which few cells contradict. Raises ReportgenError (RG-007) where more do."""
    total = sum(votes.only.values())
    n_other = total - votes.only.get(setting, 0)
    if n_other > STRAY_SHARE * total:
        others = wording.join_words([order for order in votes.only if order != setting], "or")
        raise ReportgenError(
            "RG-007",
            f"The column {wording.scrub(name)} mixes orders of day and month: the settings say {setting}, but "
            f"{wording.plural(n_other, 'cell')} can only have the {others.removesuffix(' first')} first.",
            "Write the column in one order, or leave it out: "
            f"ignore = {toml_value((wording.scrub(name),))} under [columns] of the settings.",
        )
    return Choice(setting, language.text("as the settings say"), is_set=True)


def _is_meant(setting: str, columns: Mapping[str, Signs]) -> bool:
    """Whether the setting of an order is for dots: nothing else in the export is open."""
    is_other = any(votes.n_open for signs in columns.values() for sign, votes in signs.items() if sign != DOT)
    return setting != "auto" and not is_other


def _follow(name: str, sign: str, columns: Mapping[str, Signs], plan: Plan) -> Choice:
    """The order that the same sign has elsewhere, else another sign in another column; else a guess or a question.

    Dots say nothing on other signs, nor does another sign in the same column: two systems have written it.
    """
    votes = columns[name][sign]
    proven = {
        (other, mark): seen.proven
        for other, signs in columns.items()
        for mark, seen in signs.items()
        if seen.proven in votes.among and other != name
    }
    same = {place: order for place, order in proven.items() if place[1] == sign}
    near = {place: order for place, order in proven.items() if place[1] != DOT and len(columns[name]) == 1}
    for others in (same, near):
        if len(set(others.values())) == 1:
            first = next(iter(others))
            why = language.text("as {first} proves; no date of this column does", first=wording.scrub(first[0]))
            return Choice(others[first], why)
    if plan.column(name).role is Role.BIRTH and YEAR_FIRST not in votes.among:
        return Choice(DAY_FIRST)  # only the year is kept
    if plan.settings.input.when_unsure == "guess":
        why = language.text("no date in the export decides between day and month first")
        return Choice(DAY_FIRST, why, is_guess=True)
    raise _question(name, sign, votes, among_signs=len(columns[name]) > 1)


def _question(name: str, sign: str, votes: Votes, *, among_signs: bool) -> ReportgenError:
    found = {order: read_date(votes.example, order) for order in votes.among}
    days = {order: day for order, day in found.items() if day}
    readings = [f"{in_words(day)} with the {order.removesuffix(' first')} first" for order, day in days.items()]
    which = f" written with {sign!r}" if among_signs else ""
    settings = " or ".join(f'dates = "{order}"' for order in days)
    return ReportgenError(
        "RG-007",
        f"The column {wording.scrub(name)} has {'two' if len(days) == 2 else 'three'} readings: {quote(votes.example)} "
        f"is {', '.join(readings)}, and no date of the export{which} tells which.",
        f"Say which: {settings} under [input] of the settings.",
    )


def in_words(day: dt.date | None) -> str:
    """`3 April 2012`, whatever the locale."""
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}" if day else "no day"


MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def choose_base(column: Column, counts: Counts, others: tuple[dt.date, dt.date] | None) -> str:
    """From when a column's day numbers count: as spreadsheets do from 1904 where only that fits the written dates.

    Programs count from 1970: what then is of our days would for a spreadsheet all be long ago, as only births are.
    `others`: first and last date written out, in the column or the export; None without any.
    """
    serials = [day for text, _ in counts if (day := read_date(text, SERIAL))]
    if serials and max(serials).year < LONG_AGO and column.role is not Role.BIRTH:
        return EPOCH_DAYS
    if others is None:
        return SERIAL
    fits = {}
    for order in (SERIAL, SERIAL_1904):
        days = [(read_date(text, order), n) for text, n in counts]
        fits[order] = sum(n for day, n in days if day and others[0] <= day <= others[1])
    return SERIAL_1904 if fits[SERIAL_1904] > 2 * fits[SERIAL] else SERIAL


def written_days(counts: Counts, choices: Mapping[str, Choice]) -> list[dt.date]:
    """The days of one column that are written out, in the orders chosen."""
    found = []
    for text, _ in counts:
        choice = choices.get(separator_of(text))
        ways = (ISO, NAMED, choice.order) if choice and choice.order else (ISO, NAMED)
        found.append(next((day for day in (read_date(text, way) for way in ways) if day), None))
    return [day for day in found if day]


def way_in_words(way: str) -> str:
    """The order of day, month and year, as a note says it."""
    return language.text_in("order of a date", way)
