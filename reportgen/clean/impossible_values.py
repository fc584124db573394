"""Sets impossible values missing and lists each: ages, birth years, values off a declared scale, infinities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import narwhals as nw

from reportgen import wording
from reportgen.clean._look import aggregate, list_cells, listed, quote_values, show_cell, show_number
from reportgen.clean.base import Plan, Step, Work
from reportgen.records.table import CleaningNote, Column, Role

NAME = "impossible_values"
OLDEST = 110
"""Years. A few hundred people alive are older, worldwide: a higher age in an export is a typing error."""
EARLIEST_BIRTH = 1900
"""Where no date in the export tells the age: someone born before is older than OLDEST in any export of today."""
LATEST_BIRTH = 2200
LARGEST = 2.0**53
"""Past it float64 no longer tells whole numbers apart, and squares lose every digit; no customer is measured so."""
DOUBT_SHARE = 0.05
"""If more cells break the limit, the limit is in doubt and not the cells: they are kept and it is said."""


@dataclass(frozen=True, slots=True)
class Limit:
    """What a column's values can be."""

    low: float
    high: float
    why: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What was seen of one column against its limit."""

    limit: Limit
    n_known: int
    n_outside: int
    n_unbounded: int
    """Cells past ±LARGEST."""
    n_negative: int


@dataclass(frozen=True, slots=True)
class Decision:
    """Header name → limit to keep, and the log of what is kept."""

    limits: Mapping[str, Limit]
    counts: Mapping[str, int]
    notes: tuple[CleaningNote, ...]


def look(work: Work) -> dict[str, Finding]:
    """Header name → what breaks the column's limit."""
    latest = latest_year(work)
    limits = {column.name: limit_of(column, latest) for column in work.plan.of_kind("number")}
    findings = {}
    for name, limit in limits.items():
        value = nw.col(name)
        seen = aggregate(
            work.frame,
            {
                "known": value.count(),
                "outside": ((value < limit.low) | (value > limit.high)).sum(),
                "unbounded": ((value < -LARGEST) | (value > LARGEST)).sum(),
                "negative": (value < 0).sum(),
            },
        )
        counts = (int(seen[key]) for key in ("known", "outside", "unbounded", "negative"))
        findings[name] = Finding(limit, *counts)
    return findings


def latest_year(work: Work) -> int | None:
    """Year of the latest date in the table, None without dates: the export's own clock."""
    names = [column.name for column in work.plan.of_kind("date")]
    latest = aggregate(work.frame, {name: nw.col(name).max() for name in names})
    years = [int(day[:4]) for day in latest.values() if isinstance(day, str)]
    return max(years, default=None)


def limit_of(column: Column, latest: int | None) -> Limit:
    """What the values of a column can be, and why."""
    if column.role is Role.AGE:
        return Limit(0, OLDEST, f"an age lies between 0 and {OLDEST} years")
    if column.role is Role.BIRTH and latest is not None:
        why = f"born before {latest - OLDEST} is older than {OLDEST} in {latest}, the latest year of the export"
        return Limit(max(EARLIEST_BIRTH, latest - OLDEST), latest, why)
    if column.role is Role.BIRTH:
        return Limit(EARLIEST_BIRTH, LATEST_BIRTH, f"born before {EARLIEST_BIRTH} is older than {OLDEST}")
    if column.scale is not None:
        low, high = column.scale
        return Limit(low, high, f"outside the scale of {show_number(low)} to {show_number(high)}")
    return Limit(-LARGEST, LARGEST, "too large to be counted exactly")


def decide(facts: dict[str, Finding], plan: Plan) -> Decision:
    limits, counts, notes = {}, {}, []
    if not plan.settings.clean.impossible_values:
        # Infinities would turn every mean into nothing: they go whatever the settings say.
        facts = {
            name: Finding(limit_of_size(), f.n_known, f.n_unbounded, f.n_unbounded, 0) for name, f in facts.items()
        }
    for name, found in facts.items():
        limit, n_outside = found.limit, found.n_outside
        if n_outside > DOUBT_SHARE * found.n_known and n_outside > found.n_unbounded:
            before = f"{wording.plural(n_outside, 'cell')} {limit.why}"
            reason = "so many that the limit is in doubt, not the values"
            notes.append(CleaningNote(NAME, name, n_outside, before, "kept", reason))
            limit, n_outside = limit_of_size(), found.n_unbounded
        if n_outside:
            limits[name], counts[name] = limit, n_outside
        elif found.n_negative and plan.column(name).role in (Role.MONEY, Role.COUNT):
            before = wording.plural(found.n_negative, "negative value")
            reason = "refunds, returns or debts are possible"
            notes.append(CleaningNote(NAME, name, found.n_negative, before, "kept", reason))
    return Decision(limits, counts, tuple(notes))


def limit_of_size() -> Limit:
    return Limit(-LARGEST, LARGEST, "too large to be counted exactly")


def apply(work: Work, decision: Decision) -> Work:
    expressions, notes, repairs = {}, [], []
    for name, limit in decision.limits.items():
        value = nw.col(name)
        cells = list_cells(work.frame, name, (value < limit.low) | (value > limit.high))
        shown = [show_cell(number, work.plan.column(name)) for _, number in cells]
        repairs += [
            (line, f"{wording.scrub(name)} {text} is impossible ({limit.why}); set missing")
            for (line, _), text in zip(cells, shown, strict=True)
        ]
        n, why = decision.counts[name], listed(decision.counts[name], limit.why)
        notes.append(CleaningNote(NAME, name, n, quote_values(shown), "missing", why))
        expressions[name] = nw.when((value >= limit.low) & (value <= limit.high)).then(value)
    return work.rewrite(expressions).with_repairs(repairs).with_notes((*decision.notes, *notes))


STEP: Step[dict[str, Finding], Decision] = Step(NAME, look, decide, apply)
