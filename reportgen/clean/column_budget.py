"""Leaves out the columns of a very wide export that are past the number a segmentation can use."""

from __future__ import annotations

from dataclasses import dataclass, replace

from reportgen import wording
from reportgen.clean.base import Plan, Step, Work
from reportgen.records.table import CleaningNote, Column, Role

NAME = "column_budget"


@dataclass(frozen=True, slots=True)
class Decision:
    """Columns that leave, and the log."""

    columns: tuple[Column, ...]
    notes: tuple[CleaningNote, ...]


def look(work: Work) -> int:
    """Columns that later stages would read."""
    return len(work.plan.used())


def decide(facts: int, plan: Plan) -> Decision:
    """The first columns of the file stay, the customer id and the columns that the settings name before all others."""
    most = plan.settings.clean.column_budget.most_columns
    if facts <= most:
        return Decision((), ())
    wanted = {plan.id_column, plan.settings.columns.value, *plan.settings.columns.features}
    ranked = sorted(plan.used(), key=lambda column: not wanted & {column.name, column.label})
    reason = f"past the {wording.format_count(most)} columns that are used"
    columns = tuple(
        replace(column, role=Role.IGNORED, kind="text", reason=reason, confidence=1.0) for column in ranked[most:]
    )
    before = wording.plural(facts, "column")
    after = f"the first {wording.format_count(most)} are used"
    why = f"{wording.plural(len(columns), 'column')} left out: nobody reads segments of so many"
    return Decision(columns, (CleaningNote(NAME, "", plan.n_rows, before, after, why),))


def apply(work: Work, decision: Decision) -> Work:
    return work.with_columns(decision.columns).with_notes(decision.notes)


STEP: Step[int, Decision] = Step(NAME, look, decide, apply)
