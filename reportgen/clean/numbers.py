"""Turns text into numbers: currency, thousands, decimal comma, per cent; one reading for a whole column."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import narwhals as nw

from reportgen import language, wording
from reportgen.clean._decimals import Choice, choose_decimals
from reportgen.clean._digits import STRAY_SHARE, Digits, digits_of
from reportgen.clean._look import Counts, count_values, list_cells, quote, quote_counts, show_number
from reportgen.clean._units import UnitChoice, choose_unit
from reportgen.clean.base import Plan, Step, Work
from reportgen.engine.shortcuts import cast_numbers
from reportgen.engine.text_decimals import EITHER
from reportgen.engine.text_numbers import PLAIN, is_plain, read_number, split_number, with_number
from reportgen.engine.text_spellings import spellings_of
from reportgen.engine.text_units import CURRENCIES, PER_CENT, is_measured_in, money_of, unit_of
from reportgen.engine.text_written import LAYERS, layers_of
from reportgen.records.table import CleaningNote, Column, Role

NAME = "numbers"
SOURCE = "__source__"
"""Column with the text beside the number read from it, while stray text is looked for."""
OTHER = {".": ",", ",": "."}
_RE_EITHER = re.compile(EITHER)


@dataclass(frozen=True, slots=True)
class Reading:
    """How one column is read."""

    decimal: Choice
    unit: UnitChoice
    """What is taken off the numbers and becomes the column's unit."""
    keeps_plain: bool
    """Whether a plain number is read as it stands, whatever the decimal sign of the others; typed `1.234` is not."""
    plain: bool
    """True where every cell reads as it stands."""
    digits: Digits
    note: CleaningNote | None

    def read(self, text: str) -> float | None:
        """The number of one cell, None where it is none."""
        if self.decimal.drops_open and self.is_open(text):
            return None
        if self.keeps_plain and is_plain(text) and not (self.digits.has_typed_either and self.is_open(text)):
            value: float | None = float(text)
        else:
            value = read_number(text, self.decimal.decimal, self.unit.unit)
        if value is None and self.decimal.is_mixed:
            value = read_number(text, OTHER[self.decimal.decimal], self.unit.unit)
        return value if value is None or PER_CENT in text else value * self.unit.factor

    def is_open(self, text: str) -> bool:
        """Whether a point or a comma in the text may part decimals or thousands."""
        return bool(_RE_EITHER.match(split_number(text, self.unit.unit)[1]))


Decision = Mapping[str, Reading]


def look(work: Work) -> dict[str, Digits]:
    """Header name → how the numbers of that column are written."""
    return {column.name: digits_of(work, column.name) for column in work.plan.of_kind("number")}


def decide(facts: dict[str, Digits], plan: Plan) -> Decision:
    """One reading a column; a column that does not decide follows the others of the export. Raises ReportgenError."""
    decimals = choose_decimals(facts, plan)
    readings = {}
    for name, digits in facts.items():
        decimal = decimals[name]
        unit = choose_unit(name, digits, decimal.decimal, plan)
        is_same = decimal.decimal == "." or digits.votes.either_point == 0
        plain = digits.n_plain == digits.n_known and is_same
        reading = Reading(decimal, unit, plan.is_typed, plain, digits, None)
        readings[name] = replace(reading, note=_note(plan.column(name), reading, plan))
    return readings


def _note(column: Column, reading: Reading, plan: Plan) -> CleaningNote | None:
    digits, unit = reading.digits, reading.unit.unit
    values = {text: reading.read(text) for text, _ in digits.odd}
    n_unread = sum(n for text, n in digits.odd if values[text] is None)
    is_reread = reading.decimal.decimal == "," and (digits.has_typed_either or not reading.keeps_plain)
    n_cells = digits.n_known - digits.n_plain - n_unread + (digits.votes.either_point if is_reread else 0)
    n_texts = plan.text_numbers.get(column.name, 0)
    is_text = plan.is_typed and column.name not in plan.shown
    if n_cells <= 0 and not reading.decimal.is_guess:
        return _text_note(column, n_texts) if n_texts else None
    how = [language.text("decimal comma") if reading.decimal.decimal == "," else language.text("decimal point")]
    how += [language.text("{unit} taken off", unit=money_of(unit))] if unit and unit not in (PER_CENT, *LAYERS) else []
    read = [text for text, value in values.items() if value is not None]
    how += [*spellings_of(read), *layers_of(read, unit)]
    how += [language.text("numbers stored as text")] if is_text and digits.odd else []
    how += [why for why in (reading.decimal.why, reading.unit.why) if why]
    example = next((text for text, _ in digits.odd if values[text] is not None), digits.either)
    reason = language.text("one reading for the whole column: {how}", how=", ".join(how))
    is_fix = is_text or reading.decimal.is_guess or reading.unit.is_guess or reading.decimal.is_mixed
    after = show_number(reading.read(example) or 0.0)
    return CleaningNote(NAME, column.name, max(n_cells + n_texts, 1), quote(example), after, reason, is_fix)


def _text_note(column: Column, n_cells: int) -> CleaningNote:
    """Of plain numbers that the sheet stores as text: a spreadsheet does not sum them."""
    before = language.text("numbers stored as text in {cells}", cells=wording.plural(n_cells, "cell"))
    return CleaningNote(
        NAME,
        column.name,
        n_cells,
        before,
        language.text("numbers"),
        language.text("they show what a number shows"),
        is_fix=True,
    )


def apply(work: Work, decision: Decision) -> Work:
    plain = [name for name, reading in decision.items() if reading.plain]
    work = replace(work, frame=cast_numbers(work.frame, plain))
    for name, reading in decision.items():
        if not reading.plain:
            work = convert(work, name, reading)
        elif reading.note:
            work = work.with_notes([reading.note])
    return work


def convert(work: Work, name: str, reading: Reading) -> Work:
    """The column as numbers; cells that are none are listed, or too many of them leave it as text."""
    column = work.plan.column(name)
    unread = nw.col(name).is_null() & ~nw.col(SOURCE).is_null()
    read = _read_common(work.frame.with_columns(nw.col(name).alias(SOURCE)), name, reading)
    rare = count_values(read.filter(unread), nw.col(SOURCE).str.strip_chars())
    values = {text: reading.read(text) for text, _ in rare}
    read = _fill_in(read, name, {text: value for text, value in values.items() if value is not None})
    unreadable = tuple((text, n) for text, n in rare if values[text] is None)
    faults = {text: fault_of(text, reading) for text, _ in unreadable}
    bad = tuple((text, n) for text, n in unreadable if faults[text] != TWO_READINGS)
    if sum(n for _, n in bad) > STRAY_SHARE * reading.digits.n_known and column.confidence < 1:
        return work.with_columns([as_text(column, bad)])
    notes = [*_missing_notes(name, unreadable, faults), *([reading.note] if reading.note else [])]
    cells = list_cells(read, SOURCE, unread) if unreadable else []
    repairs = [(line, _listed(name, text, faults[text.strip()])) for line, text in cells]
    changed = [replace(column, unit=money_of(reading.unit.unit))] if not column.unit and _is_of_most(reading) else []
    done = replace(work, frame=read.drop(SOURCE)).with_columns(changed)
    return done.with_repairs(repairs).with_notes(notes)


NO_NUMBER = language.msgid("{name} {value} is not a number; set missing")
OTHER_MONEY = language.msgid("{name} {value} is in another currency; set missing")
TWO_READINGS = language.msgid("{name} {value} has two readings; set missing")
FAULTS = {
    TWO_READINGS: language.msgid("point and comma in one column: a cell with two readings says nothing"),
    OTHER_MONEY: language.msgid("in another currency than the column"),
    NO_NUMBER: language.msgid("not a number among numbers"),
}
"""How a cell is listed that is set missing → what the note says of all of them."""


def fault_of(text: str, reading: Reading) -> str:
    """Which of FAULTS a text has that is not read."""
    if reading.decimal.drops_open and reading.is_open(text):
        return TWO_READINGS
    money, others = money_of(reading.unit.unit), CURRENCIES - {money_of(reading.unit.unit)}
    is_other = money in CURRENCIES and money_of(unit_of(text)) in others
    return OTHER_MONEY if is_other else NO_NUMBER


def _missing_notes(name: str, unread: Counts, faults: Mapping[str, str]) -> list[CleaningNote]:
    """What was set missing, one note a fault."""
    notes = []
    for fault, why in FAULTS.items():
        bad = tuple((text, n) for text, n in unread if faults[text] == fault)
        n_bad = sum(n for _, n in bad)
        if bad:
            said = wording.up_to_listed(n_bad, language.text(why))
            notes.append(CleaningNote(NAME, name, n_bad, quote_counts(bad), language.text("missing"), said))
    return notes


def _listed(name: str, text: str, fault: str) -> str:
    return language.text(fault, name=wording.scrub(name), value=quote(text))


def _is_of_most(reading: Reading) -> bool:
    """Whether most numbers have the unit, and a reader should see it."""
    unit = reading.unit.unit
    n_with = sum(n for text, n in reading.digits.odd if unit_of(text))
    return is_measured_in(unit) and 2 * n_with > sum(n for _, n in reading.digits.odd) + reading.digits.n_plain


def _read_common(frame: nw.LazyFrame[Any], name: str, reading: Reading) -> nw.LazyFrame[Any]:
    """The common ways of writing, as expressions; null where `Reading.read` must be asked."""
    digits, source = reading.digits, nw.col(SOURCE)
    if reading.decimal.drops_open:
        return frame.with_columns(nw.lit(None).cast(nw.Float64).alias(name))
    signed = digits.signed
    marks = digits.marks if reading.unit.unit == digits.unit else ((), ())
    read = with_number(frame, name, reading.decimal.decimal, marks, signed=signed)
    value = nw.col(name)
    if reading.keeps_plain:
        as_it_stands = source.str.strip_chars()
        is_kept = as_it_stands.str.contains(PLAIN)
        is_kept = is_kept & ~as_it_stands.str.contains(EITHER) if digits.has_typed_either else is_kept
        plain = nw.when(is_kept).then(as_it_stands).cast(nw.Float64)
        read = read.with_columns(nw.when(~plain.is_null()).then(plain).otherwise(value).alias(name))
    if reading.unit.factor != 1:
        shared = nw.when(source.str.contains(PER_CENT, literal=True)).then(value)
        read = read.with_columns(shared.otherwise(value * reading.unit.factor).alias(name))
    return read


def _fill_in(frame: nw.LazyFrame[Any], name: str, values: Mapping[str, float]) -> nw.LazyFrame[Any]:
    """The frame with the numbers of rarer ways of writing, read one by one."""
    if not values:
        return frame
    text, value = nw.col(SOURCE).str.strip_chars(), nw.col(name)
    found = text.replace_strict(list(values), list(values.values()), default=None, return_dtype=nw.Float64)
    return frame.with_columns(nw.when(value.is_null()).then(found).otherwise(value).alias(name))


def as_text(column: Column, unreadable: Counts) -> Column:
    """The column described as free text, because it holds too few numbers."""
    reason = language.text("too many cells are no numbers: {value}", value=quote_counts(unreadable))
    return replace(column, role=Role.TEXT, kind="text", reason=reason, confidence=0.5)


def when_off(work: Work) -> Work:
    return work.leave_out("number", language.text("numbers are not read: the step is switched off"))


STEP: Step[dict[str, Digits], Decision] = Step(NAME, look, decide, apply, when_off)
