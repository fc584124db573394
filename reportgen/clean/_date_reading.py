"""How the dates of one column are written, and what day each of its texts is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from reportgen.clean._date_orders import Choice
from reportgen.clean._look import Counts
from reportgen.engine.text_dates import (
    CENTURY_TURN,
    COMPACT,
    EPOCH,
    ISO,
    JULIAN,
    MONTH,
    NAMED,
    read_date,
    separator_of,
    split_time,
)
from reportgen.engine.text_times import is_midnight
from reportgen.records.table import Column, Role

BIRTH_TURN = 10
"""Two-digit birth years from here on are 19xx: customers of old age are many, customers under fifteen are few."""
NO_DAY, OPEN, AGAINST = "no day", "open", "against the settings"
"""Why a text is no day: it is none, it has two readings, or only an order that the settings exclude reads it."""

Choices = Mapping[str, Choice]
"""Sign between the numbers of a date → how they are read."""
Found = tuple[dt.date | None, str]
"""(day, way of writing), or (None, one of LISTED)."""


@dataclass(frozen=True, slots=True)
class Written:
    """How one column's dates are written."""

    texts: Counts
    """Without their time, unless zones are mixed."""
    drops_time: bool
    """Whether the cells hold a time that `texts` does not."""
    zones: tuple[str, ...]
    """Time zones, where there are several; else empty."""


def are_local_days(written: Written) -> bool:
    """Whether every text with a time stands at midnight of its own zone: then it is a day, whatever it is in UTC."""
    return all(is_midnight(time) for time in (split_time(text)[1] for text, _ in written.texts) if time)


def turn_of(column: Column) -> int:
    """The two-digit year from which on the last century is meant."""
    return BIRTH_TURN if column.role is Role.BIRTH else CENTURY_TURN


def read_text(text: str, choices: Choices, base: str, turn: int, *, utc: bool) -> Found:
    """(day, way of writing) of one text; without a day one of LISTED in place of the way."""
    choice = choices.get(separator_of(text))
    if choice is None:
        ways = (ISO, NAMED, COMPACT, MONTH, base, JULIAN, EPOCH)
        return next(((day, way) for way in ways if (day := read_date(text, way, turn, utc=utc))), (None, NO_DAY))
    days = {order: day for order in choice.among if (day := read_date(text, order, turn, utc=utc))}
    if choice.order in days:
        return days[choice.order], choice.order
    if not days or choice.is_set:
        return None, AGAINST if days else NO_DAY
    return (None, OPEN) if len(set(days.values())) > 1 else (next(iter(days.values())), next(iter(days)))
