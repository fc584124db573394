"""Takes out numbers that stand for a missing value: 999, −1 or age 0, far apart from all others of their column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import narwhals as nw

from reportgen import language, wording
from reportgen.clean._look import aggregate, show_number
from reportgen.clean.base import Plan, Step, Work
from reportgen.records.table import CleaningNote, Role

NAME = "stand_in_numbers"
NINES = (99.0, 999.0, 9_999.0, 99_999.0, 999_999.0, 9_999_999.0)
NEGATIVES = (-1.0, -9.0, -99.0, -999.0, -9_999.0)
LEAST_SHARE = 0.01
"""Cells that hold the number; a rarer one may be a true extreme."""
YOUNGEST = 10.0
"""Years. An age of 0 beside younger customers is a child's; where nobody is younger, nobody said the age."""
SPIKE = 10.0
"""Times the cells of an ordinary value from which such a number among the others is worth a word."""
GAP = 3.0
"""Distance to the nearest other value, in ranges of the others: 999 beside 0 to 27."""


@dataclass(frozen=True, slots=True)
class Ends:
    """The largest and the smallest value of a column, and what comes next."""

    n_known: int
    n_distinct: int
    low: float
    high: float
    next_low: float
    """Smallest value above the lowest."""
    next_high: float
    """Largest value below the highest."""
    n_low: int
    n_high: int


@dataclass(frozen=True, slots=True)
class Decision:
    """Header name → numbers to take out, and the log."""

    numbers: Mapping[str, tuple[float, ...]]
    notes: tuple[CleaningNote, ...]


def look(work: Work) -> dict[str, Ends]:
    """Header name → ends of the columns whose extreme is a number that often stands for a missing value."""
    names = [column.name for column in work.plan.of_kind("number") if not column.is_derived]
    low = aggregate(work.frame, {name: nw.col(name).min() for name in names})
    high = aggregate(work.frame, {name: nw.col(name).max() for name in names})
    ages = {column.name for column in work.plan.columns if column.role is Role.AGE}
    asked = [
        name for name in names if low[name] in NEGATIVES or high[name] in NINES or (name in ages and low[name] == 0)
    ]
    ends = {}
    for name in asked:
        value = nw.col(name)
        seen = aggregate(
            work.frame,
            {
                "known": value.count(),
                "distinct": value.n_unique(),
                "next_low": nw.when(value > low[name]).then(value).min(),
                "next_high": nw.when(value < high[name]).then(value).max(),
                "n_low": (value == low[name]).sum(),
                "n_high": (value == high[name]).sum(),
            },
        )
        if seen["next_low"] is None or seen["next_low"] != seen["next_low"]:
            continue
        ends[name] = Ends(
            n_known=int(seen["known"]),
            n_distinct=int(seen["distinct"]),
            low=float(low[name]),
            high=float(high[name]),
            next_low=float(seen["next_low"]),
            next_high=float(seen["next_high"]),
            n_low=int(seen["n_low"]),
            n_high=int(seen["n_high"]),
        )
    return ends


def decide(facts: dict[str, Ends], plan: Plan) -> Decision:
    numbers: dict[str, tuple[float, ...]] = {}
    notes = []
    for name, ends in facts.items():
        found = age_zero(ends) if plan.column(name).role is Role.AGE else []
        found = found or stand_ins(ends)
        notes += [suspicion(name, number, n, ends) for number, n in spikes(ends) if number not in dict(found)]
        if not found:
            continue
        numbers[name] = tuple(number for number, _ in found)
        others = language.text(
            "{low} to {high}", low=show_number(_lowest(ends, found)), high=show_number(_highest(ends, found))
        )
        for number, n in found:
            share = wording.format_share(n / ends.n_known)
            reason = language.text(
                "in {share} of the cells and far from all others ({others}): it stands for a missing value",
                share=share,
                others=others,
            )
            notes.append(CleaningNote(NAME, name, n, show_number(number), language.text("missing"), reason))
    return Decision(numbers, tuple(notes))


def suspicion(name: str, number: float, n: int, ends: Ends) -> CleaningNote:
    share = wording.format_share(n / ends.n_known)
    reason = language.text(
        "in {share} of the cells, far more than any ordinary value: it may stand for a missing value", share=share
    )
    return CleaningNote(NAME, name, n, show_number(number), language.text("kept"), reason)


def spikes(ends: Ends) -> list[tuple[float, int]]:
    """(number, cells) of those that stand there far too often for a value among others."""
    ordinary = ends.n_known / max(1, ends.n_distinct)
    pairs = ((ends.low, ends.n_low, NEGATIVES), (ends.high, ends.n_high, NINES))
    return [(number, n) for number, n, known in pairs if number in known and n >= SPIKE * ordinary]


def age_zero(ends: Ends) -> list[tuple[float, int]]:
    """(0, cells) where all other ages are those of grown customers."""
    return [(ends.low, ends.n_low)] if ends.low == 0 and ends.next_low >= YOUNGEST else []


def stand_ins(ends: Ends) -> list[tuple[float, int]]:
    """(number, cells) of those that stand for a missing value."""
    found = []
    least = LEAST_SHARE * ends.n_known
    if ends.low in NEGATIVES and ends.next_low >= 0 and ends.n_low >= least:
        found.append((ends.low, ends.n_low))
    low = ends.next_low if found else ends.low
    spread = ends.next_high - low
    if ends.high in NINES and ends.n_high >= least and spread > 0 and ends.high - ends.next_high > GAP * spread:
        found.append((ends.high, ends.n_high))
    return found


def _lowest(ends: Ends, found: list[tuple[float, int]]) -> float:
    return ends.next_low if ends.low in dict(found) else ends.low


def _highest(ends: Ends, found: list[tuple[float, int]]) -> float:
    return ends.next_high if ends.high in dict(found) else ends.high


def apply(work: Work, decision: Decision) -> Work:
    taken_out = {
        name: nw.when(~nw.col(name).is_in(list(numbers))).then(nw.col(name))
        for name, numbers in decision.numbers.items()
    }
    return work.rewrite(taken_out).with_notes(decision.notes)


STEP: Step[dict[str, Ends], Decision] = Step(NAME, look, decide, apply)
