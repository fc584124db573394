"""Times of day behind a date, and the zone they are in."""

from __future__ import annotations

import re

TIME = (
    r",?(?: (?:um|at|à|às|alle|a las|om|kl\.?))?[T ]\s?"
    r"[0-9]{1,2}(?:[:h][0-9]{2}[^ ]*(?: (?:[^ 0-9][^ ]*|[0-9][^ ]{0,2})?)*"
    r"|\.[0-9]{2}(?:\.[0-9]{2})?(?: Uhr)?|(?: Uhr|h))$"
)
"""What follows a day: `T10:30:00Z`, `, 10:30 PM`, ` um 10:30 Uhr`, ` 10:30:00 GMT+0200 (CEST)`; Python and RE2.

A year may not follow: `Mon Jan 05 10:00:00 CET 2026` is a day around its time.
"""
ZONED = r"(?:[Zz)]|[+-][0-9]{2}:?[0-9]{2}|[A-Z]{3,5})$"
"""A text that ends in a zone."""
BEFORE_ZONE = r"^[^:]{1,40}:[0-9]{2}(?::[0-9]{2})?(?:[.,][0-9]{1,9})?\s?(?:[AaPp]\.?\s?[Mm]\.?)?\s?"
"""All of a text up to its zone."""

ZONE_HOURS = {
    **dict.fromkeys(("Z", "UTC", "GMT", "WET", "UT"), 0.0),
    **dict.fromkeys(("CET", "MEZ", "WEST", "BST"), 1.0),
    **dict.fromkeys(("CEST", "MESZ", "EET", "SAST"), 2.0),
    **dict.fromkeys(("EEST", "MSK"), 3.0),
    "IST": 5.5,
    "JST": 9.0,
    "AEST": 10.0,
    "EDT": -4.0,
    **dict.fromkeys(("EST", "CDT"), -5.0),
    **dict.fromkeys(("CST", "MDT"), -6.0),
    **dict.fromkeys(("MST", "PDT"), -7.0),
    "PST": -8.0,
}
"""Zone as exports of shops write it → hours east of UTC."""

_CLOCK = re.compile(r"([0-9]{1,2})[:.h]([0-9]{2})(?::([0-9]{2}))?(?:[.,][0-9]{1,9})?\s?(?:([AaPp])\.?\s?[Mm]\.?)?")
_OFFSET = re.compile(r"^(?:GMT|UTC)?([+-])([0-9]{2}):?([0-9]{2})")
_MIDNIGHT = re.compile(r"^[T ]\s?00:00(?::00(?:[.,]0+)?)?(?![0-9:.,])(?!\s?[AaPp])")
NOON = 12
LONGEST_TIME = 60
"""Characters of a time with its zone."""


def is_midnight(time: str) -> bool:
    """Whether a time of day, as TIME finds it, is the first moment of a day in its own zone."""
    return bool(_MIDNIGHT.match(time))


def zone_hours(zone: str) -> float | None:
    """Hours east of UTC of a zone such as `Z`, `+02:00`, `GMT+0200 (CEST)`, `CET`; None for one not known."""
    text = zone.strip().upper()
    if not text:
        return 0.0
    found = _OFFSET.match(text)
    if found:
        hours = int(found[2]) + int(found[3]) / 60
        return -hours if found[1] == "-" else hours
    return ZONE_HOURS.get(text)


def days_to_utc(time: str) -> int | None:
    """−1, 0 or 1: the days by which a time with its zone lies before or behind in UTC; None for no such time."""
    found = _CLOCK.search(time[:LONGEST_TIME])
    if not found:
        return 0
    hour, minute = int(found[1]), int(found[2])
    if found[4]:
        hour = hour % NOON + (NOON if found[4] in "Pp" else 0)
    offset = zone_hours(time[found.end() :])
    if offset is None or hour >= 2 * NOON:
        return None
    return int((hour + minute / 60 - offset) // (2 * NOON))
