"""Takes out numbers that stand for a missing value where nothing else explains them; names those in doubt.

999, −1, an age of 0 or a birth in 1900 are looked at. What may as well be a price, a level or a true extreme is kept,
with the setting that takes it out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import narwhals as nw

from reportgen import language, wording
from reportgen.clean._look import aggregate, show_cell, show_number
from reportgen.clean._stand_ins import LEAST_SHARE, NEGATIVES, NINES, Ends, are_sure, codes_of, far_ends, spikes
from reportgen.clean.base import Plan, Step, Work
from reportgen.config import resolve_column
from reportgen.records.table import CleaningNote, Column, Role
from reportgen.settings_file import toml_value

NAME = "stand_in_numbers"
FEW_VALUES = 20
"""Distinct numbers up to which they are looked at one by one."""
FIRST_YEAR, OLDEST = 1900.0, 15.0
"""What systems give to births that nobody told; the years between it and the next birth that no age explains."""
YOUNGEST = 10.0
"""Years. An age of 0 beside younger customers is a child's; where nobody is younger, nobody said the age."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is asked of the numbers of the table."""

    ends: Mapping[str, Ends]
    """Header name → ends of the columns whose extreme is a number that often stands for a missing value."""
    named: Mapping[str, Mapping[float, int]]
    """Header name → number that the settings take out → cells."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Header name → numbers to take out, and the log."""

    numbers: Mapping[str, tuple[float, ...]]
    notes: tuple[CleaningNote, ...]


def look(work: Work) -> Facts:
    columns = [column for column in work.plan.of_kind("number") if not column.is_derived]
    names = [column.name for column in columns]
    low = aggregate(work.frame, {name: nw.col(name).min() for name in names})
    high = aggregate(work.frame, {name: nw.col(name).max() for name in names})
    ages = {column.name for column in columns if column.role is Role.AGE}
    births = {column.name for column in columns if column.role is Role.BIRTH}
    scores = {column.name for column in columns if column.role is Role.SCORE}
    asked = [
        name
        for name in names
        if low[name] in NEGATIVES
        or high[name] in NINES
        or (name in ages and low[name] == 0)
        or (name in births and low[name] == FIRST_YEAR)
        or (name in scores and high[name] == 9)
    ]
    ends = {name: ends_of(work, name, float(low[name]), float(high[name])) for name in asked}
    return Facts({name: found for name, found in ends.items() if found is not None}, count_named(work, names))


def ends_of(work: Work, name: str, low: float, high: float) -> Ends | None:
    """The ends of one column, None where it has one value alone."""
    value = nw.col(name)
    questions = {
        "known": value.count(),
        "distinct": value.n_unique(),
        "next_low": nw.when(value > low).then(value).min(),
        "next_high": nw.when(value < high).then(value).max(),
        "n_low": (value == low).sum(),
        "n_high": (value == high).sum(),
        "fractions": (value > value.floor()).sum(),
    }
    seen = aggregate(work.frame, questions)
    if seen["next_low"] is None or seen["next_low"] != seen["next_low"]:
        return None
    n_known = int(seen["known"])
    n_distinct = int(seen["distinct"]) - (n_known < work.plan.n_rows)
    return Ends(
        n_known=n_known,
        n_distinct=n_distinct,
        low=low,
        high=high,
        next_low=float(seen["next_low"]),
        next_high=float(seen["next_high"]),
        n_low=int(seen["n_low"]),
        n_high=int(seen["n_high"]),
        has_fractions=bool(seen["fractions"]),
        few=values_of(work, name) if n_distinct <= FEW_VALUES else (),
    )


def values_of(work: Work, name: str) -> tuple[tuple[float, int], ...]:
    """(number, cells) of a column, the numbers rising."""
    values = work.frame.select(value=nw.col(name)).filter(~nw.col("value").is_null())
    counted = values.group_by("value").agg(n=nw.len()).sort("value").collect()
    return tuple((float(value), int(n)) for value, n in counted.select("value", "n").rows())


def count_named(work: Work, names: list[str]) -> dict[str, dict[float, int]]:
    """The cells of the numbers that the settings take out. Raises ReportgenError (RG-062) for an unknown column."""
    labels = {column.name: column.label for column in work.plan.columns}
    counted = {}
    for wanted, numbers in work.plan.settings.clean.stand_in_numbers.numbers.items():
        name = resolve_column("clean.stand_in_numbers.numbers", wanted, labels)
        if name in names:
            seen = aggregate(work.frame, {str(number): (nw.col(name) == number).sum() for number in numbers})
            counted[name] = {number: int(seen[str(number)] or 0) for number in numbers}
    return counted


def decide(facts: Facts, plan: Plan) -> Decision:
    numbers: dict[str, tuple[float, ...]] = {name: tuple(counted) for name, counted in facts.named.items()}
    notes = [
        CleaningNote(NAME, name, n, show_number(number), language.text("missing"), language.text("the settings say so"))
        for name, counted in facts.named.items()
        for number, n in counted.items()
        if n
    ]
    for name, ends in facts.ends.items():
        column = plan.column(name)
        found = untold_age(ends, column.role)
        found = found or [end for end in far_ends(ends) if are_sure(end[0], ends, column)]
        found = [end for end in found if end[0] not in numbers.get(name, ())]
        settled = {number for number, _ in found} | set(numbers.get(name, ()))
        numbers[name] = (*numbers.get(name, ()), *(number for number, _ in found))
        notes += taken_notes(column, found, ends)
        doubted = dict([*far_ends(ends), *spikes(ends), *codes_of(ends, column)])
        notes += [suspicion(name, number, n, ends) for number, n in sorted(doubted.items()) if number not in settled]
    return Decision({name: taken for name, taken in numbers.items() if taken}, tuple(notes))


def untold_age(ends: Ends, role: Role) -> list[tuple[float, int]]:
    """(0, cells) where all other customers are grown up; (1900, cells) where nobody else is nearly as old."""
    is_zero = role is Role.AGE and ends.low == 0 and ends.next_low >= YOUNGEST
    is_first = role is Role.BIRTH and ends.low == FIRST_YEAR and ends.next_low >= FIRST_YEAR + OLDEST
    is_many = ends.n_low >= LEAST_SHARE * ends.n_known
    return [(ends.low, ends.n_low)] if is_zero or (is_first and is_many) else []


def taken_notes(column: Column, found: list[tuple[float, int]], ends: Ends) -> Iterable[CleaningNote]:
    """What was taken out, and why: a repair, for the cells held a number."""
    name, out = column.name, dict(found)
    lowest = ends.next_low if ends.low in out else ends.low
    highest = ends.next_high if ends.high in out else ends.high
    others = language.text("{low} to {high}", low=show_cell(lowest, column), high=show_cell(highest, column))
    for number, n in found:
        reason = language.text(
            "in {share} of the cells and far from all others ({others}): it stands for a missing value",
            share=wording.format_share(n / ends.n_known),
            others=others,
        )
        yield CleaningNote(NAME, name, n, show_cell(number, column), language.text("missing"), reason, is_fix=True)


def suspicion(name: str, number: float, n: int, ends: Ends) -> CleaningNote:
    """A number that may stand for a missing value and may be one: kept, with the setting that takes it out."""
    value = int(number) if number.is_integer() else number
    reason = language.text(
        "in {share} of the cells: if it stands for a missing value, write {setting} under {section} of the settings",
        share=wording.format_share(n / ends.n_known),
        setting=f"numbers = {toml_value({wording.scrub(name): (value,)})}",
        section=f"[clean.{NAME}]",
    )
    return CleaningNote(NAME, name, n, show_number(number), language.text("kept"), reason)


def apply(work: Work, decision: Decision) -> Work:
    taken_out = {
        name: nw.when(~nw.col(name).is_in(list(numbers))).then(nw.col(name))
        for name, numbers in decision.numbers.items()
    }
    return work.rewrite(taken_out).with_notes(decision.notes)


STEP: Step[Facts, Decision] = Step(NAME, look, decide, apply)
