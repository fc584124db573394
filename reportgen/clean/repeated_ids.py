"""Keeps one record a customer: a few repeated ids keep their last record, many refuse the export."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import narwhals as nw

from reportgen import wording
from reportgen.clean._look import SHOWN_VALUES, key_of, list_cells, quote
from reportgen.clean.base import Plan, Step, Work
from reportgen.engine.shortcuts import count_distinct
from reportgen.errors import ReportgenError
from reportgen.records.table import LINE_COLUMN, CleaningNote, Role

NAME = "repeated_ids"
REPEATED_SHARE = 0.01
"""Of the records; beyond it the rows are not customers (order lines, visits) and picking one would be wrong."""
LAST, SAME, PLAIN = "__last__", "__same__", "__plain__"


@dataclass(frozen=True, slots=True)
class Repeats:
    """What was seen of repeated ids."""

    n_equal: int
    """Surplus records that are equal to another of their id after cleaning."""
    n_different: int
    """Surplus records that differ from the others of their id."""
    records: tuple[tuple[int, int, int], ...]
    """(line, last line of the id, last equal line) of every surplus record, while they are few."""
    examples: tuple[tuple[str, tuple[int, ...]], ...]
    """(id, its lines) of some repeated ids."""
    n_alike: int
    """Ids that another one equals but for case and spaces."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Line → reason to set it aside, and the log."""

    reasons: Mapping[int, str]
    notes: tuple[CleaningNote, ...]


def look(work: Work) -> Repeats:
    plan, key = work.plan, work.plan.id_column
    if not key:
        return Repeats(0, 0, (), (), 0)
    plain = nw.col(key).str.strip_chars().str.to_lowercase()
    n = count_distinct(work.frame.select(key, plain.alias(PLAIN)), [key, PLAIN])
    n_surplus, n_alike = plan.n_rows - n[key], n[key] - n[PLAIN]
    if n_surplus == 0:
        return Repeats(0, 0, (), (), n_alike)
    names = [column.name for column in plan.columns if column.role is not Role.EMPTY]
    keys = [
        key_of(column.name, column.kind == "number").alias(column.name)
        for column in plan.columns
        if column.role is not Role.EMPTY
    ]
    keyed = work.frame.select(LINE_COLUMN, *keys)
    n_equal = plan.n_rows - int(keyed.select(*names).unique().select(nw.len()).collect().item())
    records = keyed.with_columns(
        nw.col(LINE_COLUMN).max().over(key).alias(LAST), nw.col(LINE_COLUMN).max().over(*names).alias(SAME)
    ).filter(nw.col(LINE_COLUMN) != nw.col(LAST))
    is_few = n_surplus - n_equal <= REPEATED_SHARE * plan.n_rows
    rows = records.select(LINE_COLUMN, LAST, SAME).sort(LINE_COLUMN).collect().rows() if is_few else []
    some = records.select(key).unique().sort(key).head(SHOWN_VALUES).collect().rows()
    lines = list_cells(work.frame, key, nw.col(key).is_in([value for (value,) in some]))
    examples = tuple((str(value), tuple(line for line, other in lines if other == value)) for (value,) in some)
    return Repeats(n_equal, n_surplus - n_equal, tuple((int(a), int(b), int(c)) for a, b, c in rows), examples, n_alike)


def decide(facts: Repeats, plan: Plan) -> Decision:
    """Which records are set aside. Raises ReportgenError (RG-009) where too many ids repeat with different values."""
    notes = []
    if facts.n_alike:
        before = f"{wording.plural(facts.n_alike, 'id')} equal to another but for case and spaces"
        reason = "ids are compared exactly, never merged in silence"
        notes.append(CleaningNote(NAME, plan.id_column, facts.n_alike, before, "kept", reason))
    if facts.n_different > REPEATED_SHARE * plan.n_rows:
        raise _not_customers(facts, plan)
    reasons = {
        line: f"equal to record {same} once cleaned"
        if same != line
        else f"id repeated; the later record {last} is kept"
        for line, last, same in facts.records
    }
    if reasons:
        before = f"{wording.plural(len(reasons), 'record')} with an id that comes again"
        reason = "one record a customer: the last one counts"
        notes.append(CleaningNote(NAME, plan.id_column, len(reasons), before, "set aside", reason))
    return Decision(reasons, tuple(notes))


def _not_customers(facts: Repeats, plan: Plan) -> ReportgenError:
    shown = [
        f"{quote(value)} in records {wording.join_words([str(line) for line in lines[:SHOWN_VALUES]])}"
        for value, lines in facts.examples[:3]
    ]
    n_surplus = facts.n_equal + facts.n_different
    return ReportgenError(
        "RG-009",
        f"The customer ids in {plan.id_column} are not unique: {wording.format_count(n_surplus)} of "
        f"{wording.plural(plan.n_rows, 'record')} repeat the id of another one, for example {'; '.join(shown)}.",
        "reportgen needs one row a customer. If the rows are order lines or visits, sum them up by customer first; "
        "if another column names the customers, say so with id_column in the section [input] of the settings.",
    )


def apply(work: Work, decision: Decision) -> Work:
    return work.without(decision.reasons).with_notes(decision.notes)


STEP: Step[Repeats, Decision] = Step(NAME, look, decide, apply)
