"""Writes no into the blank cells of a column that holds nothing but one mark for yes: `x` or blank."""

from __future__ import annotations

from collections.abc import Mapping

import narwhals as nw

from reportgen import language, wording
from reportgen.clean._look import Counts, aggregate, count_values, quote
from reportgen.clean.base import Plan, Step, Work
from reportgen.engine.text_yes import is_answer, no_of
from reportgen.records.table import CleaningNote, Role

NAME = "blank_marks"

Decision = Mapping[str, tuple[str, CleaningNote]]
"""Header name → what its blank cells become, and the log."""


def look(work: Work) -> dict[str, Counts]:
    """Header name → the texts of a flag with blank cells, two at most."""
    names = [column.name for column in work.plan.used() if column.role is Role.FLAG]
    blank = aggregate(work.frame, {name: nw.col(name).null_count() for name in names})
    return {name: count_values(work.frame, nw.col(name).str.strip_chars(), 2) for name in names if blank[name]}


def decide(facts: dict[str, Counts], plan: Plan) -> Decision:
    decision = {}
    for name, texts in facts.items():
        yes, n_yes = texts[0] if len(texts) == 1 else ("", 0)
        if is_answer(yes, n_yes, plan.n_rows):
            no, n_blank = no_of(yes), plan.n_rows - n_yes
            reason = language.text("only {mark} or blank: a blank cell is read as no", mark=wording.scrub(yes))
            note = CleaningNote(NAME, name, n_blank, language.text("blank"), quote(no), reason, is_fix=True)
            decision[name] = (no, note)
    return decision


def apply(work: Work, decision: Decision) -> Work:
    filled = {
        name: nw.when(nw.col(name).is_null()).then(nw.lit(no)).otherwise(nw.col(name))
        for name, (no, _) in decision.items()
    }
    return work.rewrite(filled).with_notes(note for _, note in decision.values())


STEP: Step[dict[str, Counts], Decision] = Step(NAME, look, decide, apply)
