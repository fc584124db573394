"""Sets aside customers of whom no measure is known; where nothing is filled in, those who miss any."""

from __future__ import annotations

from dataclasses import dataclass

import narwhals as nw

from reportgen import language, wording
from reportgen.clean.base import Plan, Step, Work
from reportgen.config import resolve_column
from reportgen.records.table import LINE_COLUMN, SHAPING_ROLES, CleaningNote

NAME = "missing_measures"


@dataclass(frozen=True, slots=True)
class Gaps:
    """Lines of customers with missing measures, rising."""

    all_missing: tuple[int, ...]
    """No measure is known."""
    any_missing: tuple[int, ...]
    """At least one is missing; looked up only where nothing is filled in."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Lines to set aside with one reason, and the log."""

    lines: tuple[int, ...]
    reason: str
    notes: tuple[CleaningNote, ...]


def measures(plan: Plan) -> list[str]:
    """The columns that shape the segments: as the settings name them, else behaviour, money and scores."""
    labels = {column.name: column.label for column in plan.columns}
    chosen = {resolve_column("columns.features", name, labels) for name in plan.settings.columns.features}
    numbers = plan.of_kind("number")
    return [column.name for column in numbers if (column.name in chosen if chosen else column.role in SHAPING_ROLES)]


def sets_aside(plan: Plan) -> bool:
    """Whether a customer who misses any measure leaves."""
    return plan.settings.clean.imputation.method == "set aside" or not plan.settings.clean.imputation.on


def look(work: Work) -> Gaps:
    names = measures(work.plan)
    any_missing = (
        lines_where(work, [nw.any_horizontal(*gaps(names), ignore_nulls=False)])
        if names and sets_aside(work.plan)
        else ()
    )
    all_missing = lines_where(work, gaps(names)) if names else ()
    return Gaps(all_missing, any_missing)


def gaps(names: list[str]) -> list[nw.Expr]:
    return [nw.col(name).is_null() for name in names]


def lines_where(work: Work, conditions: list[nw.Expr]) -> tuple[int, ...]:
    """Lines where all conditions hold, rising."""
    found = work.frame.filter(*conditions).select(LINE_COLUMN).sort(LINE_COLUMN).collect()
    return tuple(int(line) for (line,) in found.rows())


def decide(facts: Gaps, plan: Plan) -> Decision:
    n_measures = len(measures(plan))
    lines, reason = facts.any_missing, language.text("a measure is missing")
    if not sets_aside(plan):
        lines, reason = facts.all_missing, language.text("no measure is known")
    if not lines:
        return Decision((), "", ())
    before = language.text(
        "{reason} for {customers} ({measures})",
        reason=reason,
        customers=wording.plural(len(lines), "customer"),
        measures=wording.plural(n_measures, "measure"),
    )
    why = (
        language.text("the settings fill nothing in")
        if facts.any_missing
        else language.text("a customer made of typical values belongs to no segment")
    )
    return Decision(lines, reason, (CleaningNote(NAME, "", len(lines), before, language.text("set aside"), why),))


def apply(work: Work, decision: Decision) -> Work:
    return work.without(dict.fromkeys(decision.lines, decision.reason)).with_notes(decision.notes)


STEP: Step[Gaps, Decision] = Step(NAME, look, decide, apply)
