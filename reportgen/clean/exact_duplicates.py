"""Sets aside records that repeat another one in every column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import narwhals as nw

from reportgen import language, wording
from reportgen.clean._look import key_of
from reportgen.clean.base import Plan, Step, Work
from reportgen.engine.shortcuts import count_distinct
from reportgen.records.table import LINE_COLUMN, CleaningNote, Role

NAME = "exact_duplicates"
COINCIDENCE_SHARE = 0.01
"""Without a customer id, more equal records than this are customers who are alike, not one customer twice."""
FIRST = "__first__"


@dataclass(frozen=True, slots=True)
class Decision:
    """Line → line of the first equal record, and the log."""

    doubles: Mapping[int, int]
    notes: tuple[CleaningNote, ...]


def look(work: Work) -> dict[int, int]:
    """Line → line of the first record that is equal in every column."""
    plan = work.plan
    keys = [plan.id_column] if plan.id_column else []
    others = [column.name for column in plan.columns if column.role is not Role.EMPTY and column.name not in keys]
    # Equal records share their id: where no id repeats, the other columns need no look.
    if keys and count_distinct(work.frame, keys)[plan.id_column] == plan.n_rows:
        return {}
    names = keys + others
    if not names or _n_distinct(work, names) == plan.n_rows:
        return {}
    keyed = work.frame.select(LINE_COLUMN, *(key_of(name, is_number=False).alias(name) for name in names))
    found = (
        keyed.with_columns(nw.col(LINE_COLUMN).min().over(*names).alias(FIRST))
        .filter(nw.col(LINE_COLUMN) != nw.col(FIRST))
        .select(LINE_COLUMN, FIRST)
        .collect()
    )
    return {int(line): int(first) for line, first in sorted(found.rows())}


def _n_distinct(work: Work, names: list[str]) -> int:
    return int(work.frame.select(*names).unique().select(nw.len()).collect().item())


def decide(facts: dict[int, int], plan: Plan) -> Decision:
    if not facts:
        return Decision({}, ())
    if not plan.id_column and len(facts) > COINCIDENCE_SHARE * plan.n_rows:
        reason = language.text("without a customer id, so many equal records are customers who are alike")
    else:
        reason = language.text("the same record twice would count one customer twice")
        before = language.text(
            "{records} equal to an earlier one in every column", records=wording.plural(len(facts), "record")
        )
        return Decision(facts, (CleaningNote(NAME, "", len(facts), before, language.text("set aside"), reason),))
    before = language.text(
        "{records} equal to an earlier one in every column", records=wording.plural(len(facts), "record")
    )
    return Decision({}, (CleaningNote(NAME, "", len(facts), before, language.text("kept"), reason),))


def apply(work: Work, decision: Decision) -> Work:
    reasons = {
        line: language.text("exact duplicate of {place}", place=work.plan.places.of(first))
        for line, first in decision.doubles.items()
    }
    return work.without(reasons).with_notes(decision.notes)


STEP: Step[dict[int, int], Decision] = Step(NAME, look, decide, apply)
