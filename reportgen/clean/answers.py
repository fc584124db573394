"""Writes answers in words as the steps of their scale: `Strongly agree` becomes 5."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import narwhals as nw

from reportgen import language, wording
from reportgen.clean._look import Counts, count_values, may_hold, quote, with_texts
from reportgen.clean.base import Plan, Step, Work
from reportgen.engine.text_answers import no_answers, plain, scale_of, step_on, steps_in
from reportgen.records.table import CleaningNote, Column, Role

NAME = "answers"
MOST_ANSWERS = 200
"""Distinct texts of a column that may be answers."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How the answers of one column are written."""

    steps: Mapping[str, str | None]
    """Trimmed text → its step; None where it stands for no answer."""
    notes: tuple[CleaningNote, ...]


Decision = Mapping[str, Reading]


def look(work: Work) -> dict[str, Counts]:
    """Header name → the texts of a score, as far as they may be answers."""
    scores = [column.name for column in work.plan.of_kind("number") if column.role is Role.SCORE]
    names = [name for name in scores if may_hold(work.frame, name, str.isalpha)]
    return {name: count_values(work.frame, nw.col(name).str.strip_chars(), MOST_ANSWERS) for name in names}


def decide(facts: dict[str, Counts], plan: Plan) -> Decision:
    readings = {name: read(plan.column(name), texts) for name, texts in facts.items()}
    return {name: reading for name, reading in readings.items() if reading}


def read(column: Column, counts: Counts) -> Reading | None:
    """The steps of a column's texts; None where they are numbers, or no answers."""
    texts = [text for text, _ in counts if any(map(str.isalpha, text))]
    if not texts:
        return None
    steps = steps_in([text for text, _ in counts]) or steps_on(column, texts)
    if not steps:
        return None
    nobody = [(text, n) for text, n in counts if text not in steps and plain(text) in no_answers()]
    low, high = (next(text for text in steps if steps[text] == end(steps.values())) for end in (min, max))
    n_read = sum(n for text, n in counts if text in steps)
    notes = [
        CleaningNote(
            NAME,
            column.name,
            n_read,
            language.text("{low} to {high}", low=quote(low), high=quote(high)),
            language.text("{low} to {high}", low=str(steps[low]), high=str(steps[high])),
            language.text("answers in words are steps of a scale"),
        )
    ]
    if nobody:
        shown = wording.join_words([quote(text) for text, _ in nobody])
        n_nobody = sum(n for _, n in nobody)
        why = language.text("it is no step of the scale")
        notes.append(CleaningNote(NAME, column.name, n_nobody, shown, language.text("missing"), why))
    return Reading(
        {**{text: str(step) for text, step in steps.items()}, **{text: None for text, _ in nobody}}, tuple(notes)
    )


def steps_on(column: Column, texts: list[str]) -> dict[str, int] | None:
    """The steps of wordings on the scale that the column's role found, or on any."""
    scale = scale_of(texts, int(column.scale[1]) if column.scale else None)
    return {text: step for text in texts if (step := step_on(scale, text))} if scale else None


def apply(work: Work, decision: Decision) -> Work:
    written = {name: with_texts(name, reading.steps) for name, reading in decision.items()}
    notes = [note for reading in decision.values() for note in reading.notes]
    return work.rewrite(written).with_notes(notes)


STEP: Step[dict[str, Counts], Decision] = Step(NAME, look, decide, apply)
