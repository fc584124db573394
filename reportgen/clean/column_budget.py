"""Leaves out the columns of a very wide export that are past the number a segmentation can use."""

from __future__ import annotations

from dataclasses import dataclass, replace

from reportgen import language, wording
from reportgen.clean.base import Plan, Step, Work
from reportgen.records.table import CleaningNote, Column, Role

NAME = "column_budget"


@dataclass(frozen=True, slots=True)
class Decision:
    """Columns that leave, and the log."""

    columns: tuple[Column, ...]
    notes: tuple[CleaningNote, ...]


def look(work: Work) -> int:
    """Columns that were left out before anything was read of them."""
    reason = work.plan.settings.clean.column_budget.reason
    return sum(column.reason == reason for column in work.plan.columns)


def decide(facts: int, plan: Plan) -> Decision:
    """The first columns of the file stay, the customer id and the columns that the settings name before all others."""
    budget = plan.settings.clean.column_budget
    wanted = {plan.id_column, plan.settings.columns.value, *plan.settings.columns.features}
    ranked = sorted(plan.used(), key=lambda column: not wanted & {column.name, column.label})
    columns = tuple(
        replace(column, role=Role.IGNORED, kind="text", reason=budget.reason, confidence=1.0)
        for column in ranked[budget.most_columns :]
    )
    n_left_out = facts + len(columns)
    if not n_left_out:
        return Decision((), ())
    before = wording.plural(len(plan.columns), "column")
    why = language.text(
        "{columns} {reason}: nobody reads segments of so many",
        columns=wording.plural(n_left_out, "column"),
        reason=budget.reason,
    )
    return Decision(columns, (CleaningNote(NAME, "", plan.n_rows, before, language.text("the others left out"), why),))


def apply(work: Work, decision: Decision) -> Work:
    return work.with_columns(decision.columns).with_notes(decision.notes)


STEP: Step[int, Decision] = Step(NAME, look, decide, apply)
