"""Sets aside records without a customer id; says so where the export has no id at all."""

from __future__ import annotations

from dataclasses import dataclass

import narwhals as nw

from reportgen import language, wording
from reportgen.clean.base import Plan, Step, Work
from reportgen.errors import ReportgenError
from reportgen.records.table import LINE_COLUMN, CleaningNote

NAME = "missing_ids"
MOST_WITHOUT = 0.5
"""Share of records without an id from which the column is hardly the one that names the customers."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Lines to set aside, and the log."""

    lines: tuple[int, ...]
    notes: tuple[CleaningNote, ...]


def look(work: Work) -> tuple[int, ...]:
    """Lines of the records without an id, rising; none where there is no id column."""
    if not work.plan.id_column:
        return ()
    found = work.frame.filter(nw.col(work.plan.id_column).is_null()).select(LINE_COLUMN).sort(LINE_COLUMN).collect()
    return tuple(int(line) for (line,) in found.rows())


def decide(facts: tuple[int, ...], plan: Plan) -> Decision:
    if not plan.id_column:
        note = CleaningNote(
            NAME,
            "",
            0,
            language.text("no column names the customers"),
            language.text("the record number is the id"),
            language.text("every customer needs a key"),
        )
        return Decision((), (note,))
    if not facts:
        return Decision((), ())
    if len(facts) > MOST_WITHOUT * plan.n_rows and plan.settings.input.when_unsure != "guess":
        raise without_ids(plan, len(facts))
    before = language.text("no id in {records}", records=wording.plural(len(facts), "record"))
    reason = language.text("a customer without an id cannot be found again")
    return Decision(
        facts, (CleaningNote(NAME, plan.id_column, len(facts), before, language.text("set aside"), reason),)
    )


def without_ids(plan: Plan, n: int) -> ReportgenError:
    """Most customers would be left out, and the report would be of the others alone."""
    column, records = wording.scrub(plan.id_column or ""), wording.plural(plan.n_rows, "record")
    return ReportgenError(
        "RG-009",
        f"{column} names no customer in {wording.format_count(n)} of {records}.",
        'Name the column that names every customer: id_column = "..." under [input]; --guess leaves these records out.',
    )


def apply(work: Work, decision: Decision) -> Work:
    return work.without(dict.fromkeys(decision.lines, language.text("no customer id"))).with_notes(decision.notes)


STEP: Step[tuple[int, ...], Decision] = Step(NAME, look, decide, apply)
