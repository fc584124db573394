"""Sets aside order lines without a readable day, and those after the day that recency is counted to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import narwhals as nw

from reportgen import language
from reportgen.errors import ReportgenError
from reportgen.orders.base import DAY, Fate, Finding, Lines
from reportgen.records.orders import Part

NAME = "unread_days"


def find(lines: Lines) -> Iterator[Finding]:
    """Raises ReportgenError (RG-060) for a reference date that is no day."""
    name = lines.name(Part.DATE)
    why = language.text("without its day a purchase is neither recent nor old")
    yield Finding(
        NAME,
        name,
        nw.col(DAY).is_null(),
        Fate.SET_ASIDE,
        language.text("no readable date"),
        language.text("no readable date"),
        why,
    )
    if last := reference_day(lines):
        reason = language.text("after the reference date {day}", day=last.isoformat())
        late = nw.col(DAY) > day_number(last)
        yield Finding(NAME, name, late, Fate.SET_ASIDE, reason, reason, language.text("the settings count to that day"))


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
