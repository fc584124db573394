"""Finds days that no other day of a column is near: stand-ins for a missing date, and slips of a century."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from reportgen import language, wording
from reportgen.records.table import CleaningNote, Column, Role

NAME = "dates"
STAND_INS = frozenset(
    dt.date(year, month, day)
    for year, month, day in (
        *((1800, 1, 1), (1899, 12, 30), (1899, 12, 31), (1900, 1, 1), (1900, 1, 2), (1901, 1, 1), (1904, 1, 1)),
        *((1970, 1, 1), (1980, 1, 1), (2099, 1, 1), (2099, 12, 31), (2100, 1, 1), (2100, 12, 31), (2199, 12, 31)),
    )
)
"""Days on which programs begin or end to count: they stand where nobody entered one."""
LEAST_SHARE = 0.01
"""Cells that hold such a day from which it is a spike."""
NEAR_YEARS = 5
"""A stand-in has no other day within so many years."""
FAR_YEARS = 50
"""Any other day so far from the middle 90 % is a slip: no column of one business spans so much by itself."""
MIDDLE = (0.05, 0.95)
YEAR_DAYS = 365.25


@dataclass(frozen=True, slots=True)
class FarDays:
    """Days to set missing."""

    taken: frozenset[dt.date]
    listed: Mapping[dt.date, str]
    """Of them, those listed record by record, with the reason."""
    notes: tuple[CleaningNote, ...]

    def __contains__(self, day: dt.date) -> bool:
        return day in self.taken


def find_far_days(column: Column, known: Counter[dt.date]) -> FarDays:
    """What is far from all others, of days with their cells; nothing for birth dates, whose limits are ages."""
    stand_ins = find_stand_ins(known)
    slips = set() if column.role is Role.BIRTH else find_slips(known) - set(stand_ins)
    notes = []
    for day, is_sure in stand_ins.items():
        share = wording.format_share(known[day] / known.total())
        where = (
            language.text("in {share} of the cells and far from all others", share=share)
            if is_sure
            else language.text("in {share} of the cells", share=share)
        )
        why = (
            language.text("{where}: it stands for a missing date", where=where)
            if is_sure
            else language.text("{where}: it may stand for a missing date", where=where)
        )
        notes.append(
            CleaningNote(
                NAME, column.name, known[day], f"'{day}'", language.text("missing" if is_sure else "kept"), why
            )
        )
    if slips:
        n = sum(known[day] for day in slips)
        shown = wording.join_words([f"'{day}'" for day in sorted(slips)[:3]])
        notes.append(
            CleaningNote(NAME, column.name, n, shown, language.text("missing"), wording.up_to_listed(n, far_reason()))
        )
    sure = {day for day, is_sure in stand_ins.items() if is_sure}
    reasons = {day: language.text("{day} is {reason}", day=day, reason=far_reason()) for day in slips}
    return FarDays(frozenset(sure | slips), reasons, tuple(notes))


def far_reason() -> str:
    return language.text("more than {n} years from nearly all other dates", n=FAR_YEARS)


def find_stand_ins(known: Counter[dt.date]) -> dict[dt.date, bool]:
    """Day → whether it surely stands for a missing one, for every stand-in that is a spike."""
    found = {}
    for day in sorted(STAND_INS & set(known)):
        others = [other for other in known if other not in STAND_INS]
        if known[day] < LEAST_SHARE * known.total() or not others:
            continue
        gap = min(abs((other - day).days) for other in others) / YEAR_DAYS
        if gap > NEAR_YEARS or known[day] >= SPIKE * known.total() / len(known):
            found[day] = gap > NEAR_YEARS
    return found


SPIKE = 10.0
"""Times the cells of an ordinary day from which a stand-in among the others is worth a word."""


def find_slips(known: Counter[dt.date]) -> set[dt.date]:
    """Days far from the middle of the others."""
    low, high = (quantile(known, share) for share in MIDDLE)
    if low is None or high is None:
        return set()
    far = FAR_YEARS * YEAR_DAYS
    return {day for day in known if (low - day).days > far or (day - high).days > far}


def quantile(known: Counter[dt.date], share: float) -> dt.date | None:
    """The day up to which so large a share of the cells lies; None without any."""
    seen, goal = 0, share * known.total()
    for day in sorted(known):
        seen += known[day]
        if seen >= goal:
            return day
    return None
