"""Takes columns out of use that say nothing: one value everywhere, or missing in most records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import narwhals as nw

from reportgen import language, wording
from reportgen.clean._look import aggregate
from reportgen.clean.base import Plan, Step, Work
from reportgen.errors import ReportgenError
from reportgen.records.table import SHAPING_ROLES, CleaningNote, Column, Role

NAME = "constant_columns"


@dataclass(frozen=True, slots=True)
class Fill:
    """How full a column is."""

    n_missing: int
    n_distinct: int
    """Distinct known values."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Columns with a new role, and the log."""

    columns: tuple[Column, ...]
    notes: tuple[CleaningNote, ...]


def look(work: Work) -> dict[str, Fill]:
    """Header name → how full the column is, for every used column but the id."""
    names = [column.name for column in work.plan.used() if column.role is not Role.ID]
    missing = aggregate(work.frame, {name: nw.col(name).null_count() for name in names})
    distinct = aggregate(work.frame, {name: nw.col(name).n_unique() for name in names})
    return {name: Fill(int(missing[name]), int(distinct[name]) - (int(missing[name]) > 0)) for name in names}


def decide(facts: dict[str, Fill], plan: Plan) -> Decision:
    """Which columns say nothing. Raises ReportgenError (RG-011) where every measure is the same for all customers."""
    refuse_equal_customers(facts, plan)
    most = plan.settings.clean.constant_columns.most_missing
    columns, notes = [], []
    for name, fill in facts.items():
        column, share = plan.column(name), fill.n_missing / plan.n_rows
        if share > most:
            shown = wording.format_share(share)
            reason = language.text(
                "missing in {shown} of the records, more than {share}", shown=shown, share=wording.format_share(most)
            )
            columns.append(replace(column, role=Role.EMPTY, reason=reason, confidence=1.0))
        elif fill.n_distinct <= 1:
            reason = language.text("the same value in every record once cleaned")
            columns.append(replace(column, role=Role.CONSTANT, reason=reason, confidence=1.0))
        else:
            continue
        known = plan.n_rows - fill.n_missing
        before = f"{wording.plural(known, 'known cell')}, {wording.plural(fill.n_distinct, 'distinct value')}"
        notes.append(CleaningNote(NAME, name, plan.n_rows, before, language.text("left out"), columns[-1].reason))
    return Decision(tuple(columns), tuple(notes))


def refuse_equal_customers(facts: dict[str, Fill], plan: Plan) -> None:
    """Raises ReportgenError (RG-011) where there are measures and each has one value only."""
    measures = [column for column in plan.used() if column.role in SHAPING_ROLES]
    if not measures or any(facts[column.name].n_distinct > 1 for column in measures):
        return
    raise ReportgenError(
        "RG-011",
        f"All {wording.plural(plan.n_rows, 'customer')} are the same in {names_of(measures)}: there is nothing to tell "
        "segments apart.",
        "Check the export: a filter or a join may have filled every row with one value.",
    )


def names_of(columns: Sequence[Column]) -> str:
    """The header names, five at most."""
    shown = [column.name for column in columns[:5]]
    rest = len(columns) - len(shown)
    return wording.join_words([*shown, wording.plural(rest, "other column")] if rest else shown)


def apply(work: Work, decision: Decision) -> Work:
    return work.with_columns(decision.columns).with_notes(decision.notes)


STEP: Step[dict[str, Fill], Decision] = Step(NAME, look, decide, apply)
