"""Sets impossible values missing and lists each: ages, birth years, values off a declared scale, infinities."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass

import narwhals as nw

from reportgen import language, wording
from reportgen.clean._look import aggregate, list_cells, quote_values, show_cell, show_number
from reportgen.clean.base import Plan, Step, Work
from reportgen.records.table import CleaningNote, Column, Role

NAME = "impossible_values"
MISSING = language.msgid("missing")
OLDEST = 110
"""Years. A few hundred people alive are older, worldwide: a higher age in an export is a typing error."""
EARLIEST_BIRTH = 1900
"""Where no date in the export tells the age: someone born before is older than OLDEST in any export of today."""
LATEST_BIRTH = 2200
LARGEST = 2.0**53
"""Past it float64 no longer tells whole numbers apart, and squares lose every digit; no customer is measured so."""
SMALLEST = 1e-150
"""Below it squares vanish, and a column of such numbers has no spread; no customer is measured so."""
LARGEST_FLOAT = sys.float_info.max
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

    limit: Limit | None
    """None where any number is possible."""
    n_known: int
    n_outside: int
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
    findings = {}
    for column in work.plan.of_kind("number"):
        value, limit = nw.col(column.name), limit_of(column, latest)
        outside = (value < limit.low) | (value > limit.high) if limit else value.is_null() & ~value.is_null()
        negative = (value < 0) & (value >= -LARGEST)
        counts = {"known": value.count(), "outside": outside.sum(), "negative": negative.sum()}
        seen = aggregate(work.frame, counts)
        findings[column.name] = Finding(limit, *(int(seen[key]) for key in counts))
    return findings


def latest_year(work: Work) -> int | None:
    """Year of the latest date in the table, None without dates: the export's own clock."""
    names = [column.name for column in work.plan.of_kind("date")]
    latest = aggregate(work.frame, {name: nw.col(name).max() for name in names})
    years = [int(day[:4]) for day in latest.values() if isinstance(day, str)]
    return max(years, default=None)


def limit_of(column: Column, latest: int | None) -> Limit | None:
    """What the values of a column can be, and why; None where any number is possible."""
    if column.role is Role.AGE:
        return Limit(0, OLDEST, language.text("an age lies between 0 and {oldest} years", oldest=OLDEST))
    if column.role is Role.BIRTH and latest is not None:
        why = language.text(
            "born before {year} is older than {oldest} in {latest}, the latest year of the export",
            year=latest - OLDEST,
            oldest=OLDEST,
            latest=latest,
        )
        return Limit(max(EARLIEST_BIRTH, latest - OLDEST), latest, why)
    if column.role is Role.BIRTH:
        return Limit(
            EARLIEST_BIRTH,
            LATEST_BIRTH,
            language.text("born before {year} is older than {oldest}", year=EARLIEST_BIRTH, oldest=OLDEST),
        )
    if column.scale is not None:
        low, high = column.scale
        return Limit(
            low,
            high,
            language.text("outside the scale of {low} to {high}", low=show_number(low), high=show_number(high)),
        )
    return None


def decide(facts: dict[str, Finding], plan: Plan) -> Decision:
    limits, counts, notes = {}, {}, []
    for name, found in facts.items():
        if found.limit and found.n_outside > DOUBT_SHARE * found.n_known:
            before = f"{wording.plural(found.n_outside, 'cell')} {found.limit.why}"
            reason = language.text("so many that the limit is in doubt, not the values")
            notes.append(CleaningNote(NAME, name, found.n_outside, before, language.text("kept"), reason))
        elif found.limit and found.n_outside:
            limits[name], counts[name] = found.limit, found.n_outside
        elif found.n_negative and plan.column(name).role in (Role.MONEY, Role.COUNT):
            before = wording.plural(found.n_negative, "negative value")
            reason = language.text("refunds, returns or debts are possible")
            notes.append(CleaningNote(NAME, name, found.n_negative, before, language.text("kept"), reason))
    return Decision(limits, counts, tuple(notes))


def apply(work: Work, decision: Decision) -> Work:
    expressions, notes, repairs = {}, [], []
    for name, limit in decision.limits.items():
        value = nw.col(name)
        cells = list_cells(work.frame, name, (value < limit.low) | (value > limit.high))
        shown = [show_cell(number, work.plan.column(name)) for _, number in cells]
        repairs += [
            (
                line,
                language.text(
                    "{name} {text} is impossible ({why}); set missing",
                    name=wording.scrub(name),
                    text=text,
                    why=limit.why,
                ),
            )
            for (line, _), text in zip(cells, shown, strict=True)
        ]
        n, why = decision.counts[name], wording.up_to_listed(decision.counts[name], limit.why)
        notes.append(CleaningNote(NAME, name, n, quote_values(shown), language.text("missing"), why))
        expressions[name] = nw.when((value >= limit.low) & (value <= limit.high)).then(value)
    return bound(work.rewrite(expressions).with_repairs(repairs).with_notes((*decision.notes, *notes)))


def bound(work: Work) -> Work:
    """The table without numbers that turn every mean or spread into nothing, whatever the settings say."""
    return _cap_large(_drop_small(work))


def _drop_small(work: Work) -> Work:
    """Numbers closer to 0 than SMALLEST become 0."""
    expressions, notes = {}, []
    for column in work.plan.of_kind("number"):
        value = nw.col(column.name)
        is_small = (value != 0) & (value.abs() < SMALLEST)
        n = int(aggregate(work.frame, {"n": is_small.sum()})["n"] or 0)
        if n:
            expressions[column.name] = nw.when(is_small).then(nw.lit(0.0)).otherwise(value)
            notes.append(_note(column, n, language.text("closer to 0 than {smallest}", smallest=f"{SMALLEST:g}"), "0"))
    return work.rewrite(expressions).with_notes(notes)


def _cap_large(work: Work) -> Work:
    """Infinite numbers are missing; others past ±LARGEST become the largest of the column, or missing without one."""
    expressions, notes = {}, []
    for column in work.plan.of_kind("number"):
        value = nw.col(column.name)
        if not aggregate(work.frame, {"n": (value.abs() > LARGEST).sum()})["n"]:
            continue
        inside, is_finite = value.abs() <= LARGEST, value.abs() <= LARGEST_FLOAT
        seen = aggregate(
            work.frame,
            {
                "low": nw.when(inside).then(value).min(),
                "high": nw.when(inside).then(value).max(),
                "inside": inside.sum(),
                "large": (~inside & is_finite).sum(),
                "infinite": (value.abs() > LARGEST_FLOAT).sum(),
            },
        )
        ends = (float(seen["low"]), float(seen["high"])) if seen["inside"] else None
        notes += _size_notes(column, int(seen["infinite"]), int(seen["large"]), ends)
        capped = nw.when(is_finite).then(value.clip(*ends)) if ends else nw.when(inside).then(value)
        expressions[column.name] = capped
    return work.rewrite(expressions).with_notes(notes)


def _size_notes(column: Column, n_infinite: int, n_large: int, ends: tuple[float, float] | None) -> list[CleaningNote]:
    """`ends`: the least and largest of the column's other values; None without any."""
    notes = []
    if n_infinite:
        notes.append(_note(column, n_infinite, language.text("past every number"), MISSING))
    if n_large:
        after = language.text("missing, as the column has no other value")
        if ends:
            low, high = map(show_number, ends)
            after = language.text("capped to {low} to {high}, the column's other values", low=low, high=high)
        notes.append(_note(column, n_large, language.text("past {value}", value=show_cell(LARGEST, column)), after))
    return notes


def _note(column: Column, n: int, what: str, after: str) -> CleaningNote:
    reason = (
        language.text("no customer is measured so")
        if after in (MISSING, "0")
        else language.text("too large to be counted exactly")
    )
    shown = language.text(after) if after == MISSING else after
    return CleaningNote(NAME, column.name, n, f"{wording.plural(n, 'cell')} {what}", shown, reason)


STEP: Step[dict[str, Finding], Decision] = Step(NAME, look, decide, apply, when_off=bound)
