"""Writes lengths of time (`1:20:00`, `2h 30m`), and amounts in several units, as numbers of one unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import narwhals as nw

from reportgen import language, wording
from reportgen.clean._digits import STRAY_SHARE
from reportgen.clean._look import Counts, count_values, may_hold, quote, show_number, with_texts
from reportgen.clean.base import Plan, Step, Work
from reportgen.engine.ranks import middle_of
from reportgen.engine.text_lengths import UNITS, are_lengths, is_of_minutes, lengths_in, unit_for
from reportgen.engine.text_sizes import sizes_in
from reportgen.records.table import CleaningNote, Column, Role

NAME = "mixed_units"
MOST_TEXTS = 50_000
"""Distinct texts of a column that are read; a day has no more than 86,400 seconds."""
DECIMALS = 4


@dataclass(frozen=True, slots=True)
class Reading:
    """How the amounts of one column are written."""

    unit: str
    numbers: Mapping[str, str]
    """Trimmed text → the number of its units."""
    note: CleaningNote


Decision = Mapping[str, Reading]


def look(work: Work) -> dict[str, Counts]:
    """Header name → the texts of a measure, as far as they may be such amounts."""
    measures = [column.name for column in work.plan.of_kind("number") if column.role is Role.MEASURE]
    names = [name for name in measures if may_hold(work.frame, name, lambda mark: mark == ":" or mark.isalpha())]
    return {name: count_values(work.frame, nw.col(name).str.strip_chars(), MOST_TEXTS + 1) for name in names}


def decide(facts: dict[str, Counts], plan: Plan) -> Decision:
    readings = {name: read(plan.column(name), texts) for name, texts in facts.items()}
    return {name: reading for name, reading in readings.items() if reading}


def read(column: Column, counts: Counts) -> Reading | None:
    """The amounts of a column in one unit; None where its texts are others, or are too many."""
    texts = [(text, n) for text, n in counts if text != "0"]
    if len(counts) > MOST_TEXTS:
        return None
    return _read_lengths(column, texts) or _read_sizes(column, texts)


def _read_lengths(column: Column, counts: Sequence[tuple[str, int]]) -> Reading | None:
    texts = [text for text, _ in counts]
    of_minutes = is_of_minutes(wording.header_words(column.name), texts)
    lengths = lengths_in(texts, of_minutes=of_minutes)
    read = [(text, n) for text, n in counts if text in lengths]
    if not are_lengths(lengths) or _n_cells(counts) - _n_cells(read) > STRAY_SHARE * _n_cells(counts):
        return None
    unit = column.unit if column.unit in UNITS else unit_for(middle_of((lengths[text], n) for text, n in read))
    why = _why(unit, [text for text, _ in read], of_minutes=of_minutes)
    return _reading(column, unit, {text: value / UNITS[unit] for text, value in lengths.items()}, read, why)


def _read_sizes(column: Column, counts: Sequence[tuple[str, int]]) -> Reading | None:
    found = sizes_in([text for text, _ in counts])
    if not found:
        return None
    unit, sizes = found
    return _reading(column, unit, sizes, counts, language.text("several units of one kind, in {unit}", unit=unit))


def _reading(
    column: Column, unit: str, values: Mapping[str, float], read: Sequence[tuple[str, int]], why: str
) -> Reading:
    numbers = {text: f"{round(value, DECIMALS):f}" for text, value in values.items()}
    example = read[0][0]
    after = f"{show_number(round(values[example], DECIMALS))} {wording.show_unit(unit)}"
    return Reading(unit, numbers, CleaningNote(NAME, column.name, _n_cells(read), quote(example), after, why))


def _n_cells(counts: Sequence[tuple[str, int]]) -> int:
    return sum(n for _, n in counts)


def _why(unit: str, texts: Sequence[str], *, of_minutes: bool) -> str:
    shown = wording.show_unit(unit)
    if all(text.count(":") == 1 for text in texts):
        clock = language.text("minutes and seconds") if of_minutes else language.text("hours and minutes")
        return language.text("{clock}, as the header says, in {unit}", clock=clock, unit=shown)
    return language.text("lengths of time in {unit}", unit=shown)


def apply(work: Work, decision: Decision) -> Work:
    written = {name: with_texts(name, reading.numbers) for name, reading in decision.items()}
    columns = [replace(work.plan.column(name), unit=reading.unit) for name, reading in decision.items()]
    return work.rewrite(written).with_columns(columns).with_notes([reading.note for reading in decision.values()])


STEP: Step[dict[str, Counts], Decision] = Step(NAME, look, decide, apply)
