"""Rewrites dates as ISO dates, one order decided for the whole column; of birth dates only the year stays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import narwhals as nw

from reportgen import wording
from reportgen.clean._look import Counts, aggregate, count_values, list_cells, listed, quote_counts
from reportgen.clean.base import Plan, Step, Work
from reportgen.engine.text_dates import CENTURY_TURN, DAY_FIRST, ISO, MONTH_FIRST, NAMED, order_votes, read_date
from reportgen.records.table import CleaningNote, Column, Role

NAME = "dates"
TIME = r"[T ]\s*[0-9]{1,2}:[0-9]{2}.*$"
YEAR = r"^\s*[0-9]{4}\s*$"
BIRTH_TURN = 10
"""Two-digit birth years from here on are 19xx: customers of old age are many, customers under fifteen are few."""
UNAMBIGUOUS = (ISO, NAMED)
"""Orders that a cell may have beside the column's own."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How one column's texts are read."""

    days: Mapping[str, str | None]
    """Text without its time → ISO date, or year for a birth date; None where it is no day."""
    note: CleaningNote | None
    unreadable: Counts


Decision = Mapping[str, Reading]


def day_text(name: str) -> nw.Expr:
    """The cell without its time of day."""
    return nw.col(name).str.strip_chars().str.replace_all(TIME, "")


def look(work: Work) -> dict[str, Counts]:
    """Header name → texts with their cells, for columns of dates and of birth dates."""
    births = [column.name for column in work.plan.of_kind("number") if column.role is Role.BIRTH]
    years = aggregate(work.frame, {name: nw.col(name).str.contains(YEAR).sum() for name in births})
    known = aggregate(work.frame, {name: nw.col(name).count() for name in births})
    names = [column.name for column in work.plan.of_kind("date")]
    names += [name for name in births if years[name] < known[name] / 2]
    return {name: count_values(work.frame, day_text(name)) for name in names}


def decide(facts: dict[str, Counts], plan: Plan) -> Decision:
    return {name: read_column(plan.column(name), counts) for name, counts in facts.items()}


def read_column(column: Column, counts: Counts) -> Reading:
    """One order for all texts: the one that reads most cells; day before month where nothing decides."""
    votes = order_votes(counts)
    order = max(votes, key=lambda name: votes[name], default=ISO)
    turn = BIRTH_TURN if column.role is Role.BIRTH else CENTURY_TURN
    days: dict[str, str | None] = {}
    for text, _ in counts:
        found = next((day for day in (read_date(text, name, turn) for name in (order, *UNAMBIGUOUS)) if day), None)
        days[text] = (str(found.year) if column.role is Role.BIRTH else found.isoformat()) if found else None
    unreadable = tuple((text, n) for text, n in counts if days[text] is None)
    undecided = order == DAY_FIRST and votes.get(MONTH_FIRST) == votes[DAY_FIRST]
    return Reading(days, _note(column, order, undecided, counts, days), unreadable)


def _note(
    column: Column, order: str, undecided: bool, counts: Counts, days: Mapping[str, str | None]
) -> CleaningNote | None:
    changed = [(text, n) for text, n in counts if days[text] not in (None, text)]
    if not changed:
        return None
    first = changed[0][0]
    why = "birth dates: only the year is kept" if column.role is Role.BIRTH else f"dates read in the order {order}"
    if undecided:
        why += "; no date in the column decides between day and month first"
    n_cells = sum(n for _, n in changed)
    return CleaningNote(NAME, column.name, n_cells, f"'{wording.scrub(first)}'", f"'{days[first]}'", why)


def apply(work: Work, decision: Decision) -> Work:
    expressions, notes, repairs = {}, [], []
    for name, reading in decision.items():
        if reading.unreadable:
            bad = [text for text, _ in reading.unreadable]
            why = f"{wording.scrub(name)} is not a date; set missing"
            repairs += [(line, why) for line, _ in list_cells(work.frame, name, day_text(name).is_in(bad))]
            n_bad = sum(n for _, n in reading.unreadable)
            reason = listed(n_bad, "not a day in the column's order of day, month and year")
            notes.append(CleaningNote(NAME, name, n_bad, quote_counts(reading.unreadable), "missing", reason))
        if reading.note:
            notes.append(reading.note)
        old, new = list(reading.days), list(reading.days.values())
        expressions[name] = day_text(name).replace_strict(old, new, default=None, return_dtype=nw.String)
    return work.rewrite(expressions).with_repairs(repairs).with_notes(notes)


STEP: Step[dict[str, Counts], Decision] = Step(NAME, look, decide, apply)
