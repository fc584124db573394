"""Leaves out columns that are equal to an earlier one in every record: what they say would count twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import narwhals as nw

from reportgen import language
from reportgen.clean._look import aggregate
from reportgen.clean.base import Plan, Step, Work
from reportgen.records.table import LINE_COLUMN, CleaningNote, Column, Role

NAME = "duplicate_columns"
WEIGHTS = 9_973
"""A prime: each record's weight is its line modulo it, so that equal sums mean equal cells nearly always."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Columns that leave, and the log."""

    columns: tuple[Column, ...]
    notes: tuple[CleaningNote, ...]


def look(work: Work) -> dict[str, str]:
    """Header name → the first column that it is equal to, in every record."""
    candidates = [column for column in work.plan.used() if column.role is not Role.ID]
    marks = fingerprints(work, candidates)
    alike: Mapping[tuple[Any, ...], list[str]] = defaultdict(list)
    equal: dict[str, str] = {}
    for column in candidates:
        earlier = alike[marks[column.name]]
        twin = next((name for name in earlier if are_equal(work, column.name, name)), None)
        if twin is None:
            earlier.append(column.name)
        else:
            equal[column.name] = twin
    return equal


def fingerprints(work: Work, columns: list[Column]) -> dict[str, tuple[Any, ...]]:
    """Header name → kind, missing cells, ends, where the ends stand: unequal columns differ in them nearly always."""
    names = [column.name for column in columns]
    missing = aggregate(work.frame, {name: nw.col(name).null_count() for name in names})
    known = [name for name in names if missing[name] < work.plan.n_rows]
    low = aggregate(work.frame, {name: nw.col(name).min() for name in known})
    high = aggregate(work.frame, {name: nw.col(name).max() for name in known})
    places = [
        aggregate(work.frame, {name: weight_where(nw.col(name) == ends[name]) for name in known})
        for ends in (low, high)
    ]
    sums = {name: (low[name], high[name], places[0][name], places[1][name]) for name in known}
    return {column.name: (column.kind, missing[column.name], sums.get(column.name)) for column in columns}


def weight_where(condition: nw.Expr) -> nw.Expr:
    return nw.when(condition).then(nw.col(LINE_COLUMN) % WEIGHTS).sum()


def are_equal(work: Work, name: str, other: str) -> bool:
    a, b = nw.col(name), nw.col(other)
    differ = ((a != b) & ~a.is_null() & ~b.is_null()) | (a.is_null() != b.is_null())
    return int(aggregate(work.frame, {"n": differ.sum()})["n"] or 0) == 0


def decide(facts: dict[str, str], plan: Plan) -> Decision:
    columns, notes = [], []
    for name, twin in facts.items():
        reason = language.text("equal to {label} in every record", label=plan.column(twin).label)
        columns.append(replace(plan.column(name), role=Role.IGNORED, kind="text", reason=reason, confidence=1.0))
        why = language.text("one of them is enough: it would count twice")
        notes.append(CleaningNote(NAME, name, plan.n_rows, reason, language.text("left out"), why))
    return Decision(tuple(columns), tuple(notes))


def apply(work: Work, decision: Decision) -> Work:
    return work.with_columns(decision.columns).with_notes(decision.notes)


STEP: Step[dict[str, str], Decision] = Step(NAME, look, decide, apply)
