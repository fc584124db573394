"""Fills in what is missing and flags every such cell: the median for numbers, `unknown` for categories."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import narwhals as nw

from reportgen import wording
from reportgen.clean._look import aggregate, show_cell
from reportgen.clean.base import Plan, Step, Work
from reportgen.records.table import IMPUTED_PREFIX, LINE_COLUMN, CleaningNote, ColumnQuality, Role

NAME = "imputation"
UNKNOWN = "unknown"
"""The level of a category that is not known: the most frequent level would claim to know it."""
SHOWN_ROWS = 500
"""Rows of the missing-values picture: more than a page has lines."""
ROW = "__row__"
HIDDEN_ROLES = frozenset({Role.PERSONAL, Role.IGNORED})
"""Columns of which no page says anything."""


@dataclass(frozen=True, slots=True)
class Gaps:
    """What is missing."""

    missing: Mapping[str, int]
    """Header name → missing cells, for every shown column."""
    medians: Mapping[str, float]
    """Header name → median of the known values; whole where all values are whole."""
    rows: tuple[tuple[bool, ...], ...]
    """Up to SHOWN_ROWS evenly spaced rows × shown columns: missing or not."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What to fill in where, and the log."""

    numbers: Mapping[str, float]
    categories: tuple[str, ...]
    missing: Mapping[str, int]
    rows: tuple[tuple[bool, ...], ...]
    notes: tuple[CleaningNote, ...]


def shown_columns(plan: Plan) -> list[str]:
    return [column.name for column in plan.columns if column.role not in HIDDEN_ROLES]


def look(work: Work) -> Gaps:
    names = shown_columns(work.plan)
    missing = aggregate(work.frame, {name: nw.col(name).null_count() for name in names})
    numbers = [column.name for column in work.plan.of_kind("number")]
    fraction = aggregate(work.frame, {name: (nw.col(name) - nw.col(name).floor()).max() for name in numbers})
    medians = aggregate(work.frame, {name: nw.col(name).median() for name in numbers})
    return Gaps(
        missing={name: int(missing[name]) for name in names},
        medians={
            name: float(round(medians[name])) if fraction[name] == 0 else float(medians[name]) for name in numbers
        },
        rows=missing_rows(work, names),
    )


def missing_rows(work: Work, names: list[str]) -> tuple[tuple[bool, ...], ...]:
    """Missing or not, for evenly spaced rows in source order."""
    if not names:
        return ()
    step = -(-work.plan.n_rows // SHOWN_ROWS)
    flags = [nw.col(name).is_null().alias(name) for name in names]
    spaced = work.frame.select(LINE_COLUMN, *flags).with_row_index(ROW, order_by=LINE_COLUMN)
    picked = spaced.filter(nw.col(ROW) % step == 0).sort(LINE_COLUMN).select(*names).collect()
    return tuple(tuple(bool(flag) for flag in row) for row in picked.rows())


def decide(facts: Gaps, plan: Plan) -> Decision:
    numbers = {name: median for name, median in facts.medians.items() if facts.missing[name]}
    categories = tuple(column.name for column in plan.of_kind("category") if facts.missing[column.name])
    notes = [
        _note(name, facts, plan, show_cell(median, plan.column(name)), "the median") for name, median in numbers.items()
    ]
    notes += [_note(name, facts, plan, f"'{UNKNOWN}'", "a level of its own") for name in categories]
    return Decision(numbers, categories, facts.missing, facts.rows, tuple(notes))


def _note(name: str, facts: Gaps, plan: Plan, value: str, what: str) -> CleaningNote:
    n = facts.missing[name]
    before = f"missing in {wording.plural(n, 'cell')} ({wording.format_share(n / plan.n_rows)})"
    return CleaningNote(NAME, name, n, before, value, f"{what}; every such cell is flagged")


def apply(work: Work, decision: Decision) -> Work:
    plan = work.plan
    flagged = [column.name for column in plan.used() if column.kind in ("number", "category")]
    flags = {IMPUTED_PREFIX + name: nw.col(name).is_null() for name in flagged}
    filled = {name: nw.col(name).fill_null(median) for name, median in decision.numbers.items()}
    filled |= {name: nw.col(name).fill_null(UNKNOWN) for name in decision.categories}
    seen = {entry.name: entry for entry in work.quality}
    quality = tuple(
        replace(
            seen.get(name, ColumnQuality(name, 0, 0, 0, 0, None, None)),
            n_missing=decision.missing[name],
            n_imputed=decision.missing[name] if name in filled else 0,
        )
        for name in shown_columns(plan)
    )
    done = work.rewrite(flags).rewrite(filled).with_notes(decision.notes)
    return replace(done, quality=quality, missing_rows=decision.rows)


STEP: Step[Gaps, Decision] = Step(NAME, look, decide, apply)
