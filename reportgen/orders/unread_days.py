"""Sets aside order lines without a readable day, those after the day that recency is counted to, and days far ahead."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import narwhals as nw

from reportgen import language, wording
from reportgen.errors import ReportgenError
from reportgen.orders.base import DAY, Fate, Finding, Lines
from reportgen.records.orders import Part

NAME = "unread_days"
MOST_UNREAD = 0.25
"""Share of the lines without a readable day from which the rest is no picture of the purchases."""
AHEAD_SHARE = 0.01
"""Share of the lines up to which the last days may be slips; one line always may."""
AHEAD_DAYS = 180
"""Days without a line before them: the half year that no shop pauses for."""
AHEAD_TIMES = 3
"""Times the longest other pause, from which it is none of the shop's own."""
FEWEST_DAYS = 10
"""Days with lines that make a habit: the pauses between fewer say nothing."""


def find(lines: Lines) -> Iterator[Finding]:
    """Raises ReportgenError: RG-060 for a reference date that is no day, RG-007 where too many lines have no day."""
    refuse_unread(lines)
    name, said = lines.name(Part.DATE), language.text("no readable date")
    why = language.text("without its day a purchase is neither recent nor old")
    yield Finding(NAME, name, nw.col(DAY).is_null(), Fate.SET_ASIDE, said, said, why)
    if last := reference_day(lines):
        reason = language.text("after the reference date {day}", day=last.isoformat())
        late = nw.col(DAY) > day_number(last)
        yield Finding(NAME, name, late, Fate.SET_ASIDE, reason, reason, language.text("the settings count to that day"))
        return
    if ahead := days_ahead(lines.days):
        shown = wording.join_words([iso(int(day)) for day, _ in ahead[:3]])
        why = language.text(
            "half a year and more after all other lines: every customer's recency would be counted to a slip; "
            "orders.reference_date keeps what comes up to it"
        )
        late = nw.col(DAY) >= ahead[0][0]
        yield Finding(NAME, name, late, Fate.SET_ASIDE, language.text("a day far ahead of all others"), shown, why)


def refuse_unread(lines: Lines) -> None:
    """Raises ReportgenError (RG-007) where so many lines have no day that the others would be a part of the story."""
    n_unread = lines.n_rows - sum(n for _, n in lines.days)
    if n_unread <= MOST_UNREAD * lines.n_rows or lines.settings.input.when_unsure == "guess":
        return
    raise ReportgenError(
        "RG-007",
        f"The column {wording.scrub(lines.name(Part.DATE))} has no readable day in {wording.format_count(n_unread)} of "
        f"{wording.plural(lines.n_rows, 'order line')}: it is empty there, or writes day and month in two orders.",
        "Write the days in one order, or name another column as the date under [orders.columns]; --guess sets these"
        " lines aside.",
    )


def last_day(lines: Lines) -> int:
    """The day that recency is counted to: as the settings say, else the last sound one; from 1970-01-01."""
    if chosen := reference_day(lines):
        return day_number(chosen)
    return int(lines.days[len(lines.days) - len(days_ahead(lines.days)) - 1][0])


def days_of(frame: nw.LazyFrame[Any]) -> list[tuple[float, int]]:
    """(days since 1970-01-01, lines) of every day that has any, rising."""
    counted = frame.filter(~nw.col(DAY).is_null()).group_by(DAY).agg(nw.len().alias("__n__"))
    return [(float(day), int(n)) for day, n in counted.sort(DAY).collect().rows()]


def days_ahead(days: Sequence[tuple[float, int]]) -> Sequence[tuple[float, int]]:
    """The last days, if they are of so few lines and so far ahead of the others that they are slips of the pen.

    The export's own clock tells them: the same export gives the same answer whenever it is read.
    """
    pauses = [after - before for (before, _), (after, _) in pairwise(days)]
    most = max(1.0, AHEAD_SHARE * sum(n for _, n in days))
    n_lines = 0
    for place in range(len(days) - 1, FEWEST_DAYS - 1, -1):
        n_lines += days[place][1]
        if n_lines > most:
            return ()
        others = max(pauses[: place - 1])
        if pauses[place - 1] > max(AHEAD_DAYS, AHEAD_TIMES * others):
            return days[place:]
    return ()


def reference_day(lines: Lines) -> dt.date | None:
    """The day that the settings name, None where they name none. Raises ReportgenError (RG-060)."""
    given = lines.rules.reference_date
    if not given:
        return None
    try:
        return dt.date.fromisoformat(given)
    except ValueError:
        raise ReportgenError(
            "RG-060", f"The setting orders.reference_date is {given!r}, which is no day.", "Write it as 2026-10-31."
        ) from None


def day_number(day: dt.date) -> int:
    """Days since 1970-01-01."""
    return (day - dt.date(1970, 1, 1)).days


def iso(day: int) -> str:
    """The same day as 2026-10-31."""
    return (dt.date(1970, 1, 1) + dt.timedelta(days=day)).isoformat()
