"""Takes control characters, direction marks and characters without width out of labels; ids keep theirs."""

from __future__ import annotations

import narwhals as nw

from reportgen import language
from reportgen.clean._look import Counts, distinct_texts, most_frequent, quote
from reportgen.clean.base import Plan, Step, Work
from reportgen.engine.text_marks import HIDDEN, without_hidden
from reportgen.records.table import CleaningNote

NAME = "hidden_characters"
MOST_TEXTS = 1_000_000
"""Texts with such characters that are looked at: all of them."""


def look(work: Work) -> dict[str, Counts]:
    """Header name → labels that hold characters which show nothing."""
    found = {}
    for column in work.plan.of_kind("category"):
        texts = distinct_texts(work.frame, nw.col(column.name)).filter(nw.col("value").str.contains(HIDDEN))
        found[column.name] = most_frequent(texts, MOST_TEXTS)
    return {name: texts for name, texts in found.items() if texts}


def decide(facts: dict[str, Counts], plan: Plan) -> tuple[CleaningNote, ...]:  # noqa: ARG001 - decides on facts alone
    reason = language.text("characters that show nothing, or turn the direction of writing, are taken out of labels")
    return tuple(
        CleaningNote(
            NAME, name, sum(n for _, n in texts), quote(texts[0][0]), quote(without_hidden(texts[0][0])), reason, True
        )
        for name, texts in facts.items()
    )


def apply(work: Work, decision: tuple[CleaningNote, ...]) -> Work:
    changed = {note.column: nw.col(note.column).str.replace_all(HIDDEN, "") for note in decision}
    return work.rewrite(changed).with_notes(decision)


STEP: Step[dict[str, Counts], tuple[CleaningNote, ...]] = Step(NAME, look, decide, apply)
