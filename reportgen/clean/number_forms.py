"""Writes `5+`, `4/5` and `★★★★☆` as plain numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from reportgen import language
from reportgen.clean._look import Counts, by_frequency, few_texts, may_hold, quote, with_texts
from reportgen.clean.base import Plan, Step, Work
from reportgen.engine.text_number_forms import number_forms
from reportgen.records.table import CleaningNote

NAME = "number_forms"


@dataclass(frozen=True, slots=True)
class Reading:
    """How the numbers of one column are written."""

    numbers: Mapping[str, str]
    """Trimmed text → its number."""
    note: CleaningNote


Decision = Mapping[str, Reading]


def look(work: Work) -> dict[str, Counts]:
    """Header name → the trimmed texts of a column of numbers, where they are few and may be such forms."""
    names = [column.name for column in work.plan.of_kind("number") if may_hold(work.frame, column.name, _may_be_of_one)]
    found = {name: few_texts(work.frame, name) for name in names}
    return {name: _trimmed(texts) for name, texts in found.items() if texts}


def _trimmed(texts: Counts) -> Counts:
    counted = Counter[str]()
    for text, n in texts:
        counted[text.strip()] += n
    return by_frequency(counted.items())


def _may_be_of_one(mark: str) -> bool:
    return mark.isalpha() or mark in "+/★⭐☆"


def decide(facts: dict[str, Counts], _plan: Plan) -> Decision:
    readings = {name: read(name, counts) for name, counts in facts.items()}
    return {name: reading for name, reading in readings.items() if reading}


def read(name: str, counts: Counts) -> Reading | None:
    """The numbers of a column's texts; None where they are written otherwise."""
    numbers = number_forms([text for text, _ in counts])
    if not numbers:
        return None
    n_read = sum(n for text, n in counts if text in numbers)
    example = next(text for text, _ in counts if text in numbers)
    is_open = len(numbers) < len(counts)
    why = language.text("an open end counts as its number") if is_open else language.text("all are out of one number")
    return Reading(numbers, CleaningNote(NAME, name, n_read, quote(example), numbers[example], why))


def apply(work: Work, decision: Decision) -> Work:
    written = {name: with_texts(name, reading.numbers) for name, reading in decision.items()}
    return work.rewrite(written).with_notes([reading.note for reading in decision.values()])


STEP: Step[dict[str, Counts], Decision] = Step(NAME, look, decide, apply)
