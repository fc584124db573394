"""Turns text into numbers: currency, thousands, decimal comma, per cent; one reading for a whole column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

import narwhals as nw

from reportgen import wording
from reportgen.clean._look import Counts, aggregate, count_values, list_cells, quote, quote_counts, show_number
from reportgen.clean.base import Plan, Step, Work
from reportgen.engine.text_numbers import (
    CURRENCY_CODES,
    CURRENCY_SIGNS,
    EITHER_POINT,
    PLAIN,
    decimal_votes,
    read_number,
    unit_of,
    with_number,
)
from reportgen.errors import ReportgenError
from reportgen.records.table import CleaningNote, Column, Role

NAME = "numbers"
ODD_TEXTS = 2_000
"""Distinct texts that are no plain numbers and are read one by one; a column with more is read by its most frequent."""
STRAY_SHARE = 0.05
"""Cells that may contradict the column's reading; they are listed and set missing. More, and it is ambiguous."""
_CURRENCIES = frozenset(CURRENCY_CODES.values()) | frozenset(CURRENCY_SIGNS)


@dataclass(frozen=True, slots=True)
class Digits:
    """How one column's numbers are written."""

    n_known: int
    n_plain: int
    """Cells that every program reads alike."""
    n_points: int
    """Of them, with a decimal point."""
    n_either: int
    """Of those, like `1.234`."""
    odd: Counts
    """The other texts."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How one column is read."""

    decimal: str
    unit: str
    """What is taken off the numbers and becomes the column's unit, or empty."""
    plain: bool
    """True where every cell reads as it stands."""
    unreadable: Counts
    readable: bool
    """False where too many cells are no numbers: the column then stays text."""
    note: CleaningNote | None


Decision = Mapping[str, Reading]


def look(work: Work) -> dict[str, Digits]:
    """Header name → how the numbers of that column are written."""
    names = [column.name for column in work.plan.of_kind("number")]
    text = {name: nw.col(name).str.strip_chars() for name in names}
    known = aggregate(work.frame, {name: nw.col(name).count() for name in names})
    plain = aggregate(work.frame, {name: text[name].str.contains(PLAIN).sum() for name in names})
    pointed = aggregate(work.frame, {name: nw.col(name).str.contains(".", literal=True).sum() for name in names})
    doubtful = [name for name in names if pointed[name]]
    either = aggregate(work.frame, {name: text[name].str.contains(EITHER_POINT).sum() for name in doubtful})
    odd: dict[str, Counts] = dict.fromkeys(names, ())
    for name in names:
        if plain[name] < known[name]:
            odd[name] = count_values(work.frame.filter(~text[name].str.contains(PLAIN)), text[name], ODD_TEXTS)
    n_odd_points = {name: sum(n for cell, n in odd[name] if "." in cell) for name in names}
    return {
        name: Digits(
            n_known=int(known[name]),
            n_plain=int(plain[name]),
            n_points=max(0, int(pointed[name]) - n_odd_points[name]),
            n_either=int(either.get(name, 0)),
            odd=odd[name],
        )
        for name in names
    }


def decide(facts: dict[str, Digits], plan: Plan) -> Decision:
    """One reading a column; a column that does not decide follows the others of the export. Raises ReportgenError."""
    units = {name: main_unit(name, digits) for name, digits in facts.items()}
    votes = {name: vote(digits, units[name]) for name, digits in facts.items()}
    fallback = "," if any(comma > point for point, comma in votes.values()) else "."
    readings = {}
    for name, digits in facts.items():
        decimal = choose_decimal(name, digits, votes[name], fallback, plan)
        readings[name] = read_column(plan.column(name), digits, decimal, units[name])
    return readings


def main_unit(name: str, digits: Digits) -> str:
    """What stands beside the numbers. Raises ReportgenError (RG-007) for two currencies in one column."""
    units = Counter[str]()
    for text, n in digits.odd:
        units[unit_of(text)] += n
    money = [(unit, n) for unit, n in units.most_common() if unit in _CURRENCIES and n > STRAY_SHARE * digits.n_known]
    if len(money) > 1:
        raise ReportgenError(
            "RG-007",
            f"The column {name} mixes {wording.join_words([unit for unit, _ in money])}: such amounts do not add up.",
            "Convert them to one currency before the export.",
        )
    del units[""]
    common = units.most_common(1)
    return common[0][0] if common else ""


def vote(digits: Digits, unit: str) -> tuple[int, int]:
    """(cells that only a decimal point explains, only a decimal comma)."""
    point, comma, _ = decimal_votes(digits.odd, unit)
    return point + digits.n_points - digits.n_either, comma


def choose_decimal(name: str, digits: Digits, votes: tuple[int, int], fallback: str, plan: Plan) -> str:
    """The column's decimal sign. Raises ReportgenError (RG-007) where its cells contradict each other."""
    setting = plan.settings.input.decimal
    if setting != "auto":
        return setting
    point, comma = votes
    if min(votes) > STRAY_SHARE * digits.n_known:
        example = next(text for text, _ in digits.odd if read_number(text, ",") is not None)
        raise ReportgenError(
            "RG-007",
            f"The column {name} uses the decimal point in {wording.plural(point, 'cell')} and the decimal comma "
            f"in {wording.plural(comma, 'cell')}, for example {quote(example)}.",
            'Say which one holds: decimal = "." or decimal = "," in the section [input] of the settings.',
        )
    if point == comma == 0:
        return fallback
    return "," if comma > point else "."


def read_column(column: Column, digits: Digits, decimal: str, unit: str) -> Reading:
    """What is read how, and the note on it."""
    values = {text: read_number(text, decimal, unit) for text, _ in digits.odd}
    bad = tuple((text, n) for text, n in digits.odd if values[text] is None)
    n_bad = sum(n for _, n in bad)
    settled = column.confidence == 1
    is_plain = digits.n_plain == digits.n_known and (decimal == "." or digits.n_points == 0)
    return Reading(
        decimal=decimal,
        unit=unit,
        plain=is_plain,
        unreadable=bad,
        readable=settled or n_bad <= STRAY_SHARE * digits.n_known,
        note=None if is_plain else _note(column, digits, decimal, unit, values),
    )


def _note(
    column: Column, digits: Digits, decimal: str, unit: str, values: Mapping[str, float | None]
) -> CleaningNote | None:
    rewritten = [(text, n) for text, n in digits.odd if values[text] is not None]
    n_cells = sum(n for _, n in rewritten) + (digits.n_points if decimal == "," else 0)
    if not n_cells:
        return None
    how = ["decimal comma" if decimal == "," else "decimal point"]
    how += [f"{unit} taken off"] if unit and not unit.startswith("%") else []
    example = rewritten[0][0] if rewritten else "1.234"
    value = values.get(example, 1234.0) or 0.0
    reason = f"one reading for the whole column: {', '.join(how)}"
    return CleaningNote(NAME, column.name, n_cells, quote(example), show_number(value), reason)


def apply(work: Work, decision: Decision) -> Work:
    expressions, notes, repairs, changed = {}, [], [], []
    frame = work.frame
    for name, reading in decision.items():
        column = work.plan.column(name)
        if not reading.readable:
            changed.append(as_text(column, reading.unreadable))
            continue
        if reading.unreadable:
            bad = [text for text, _ in reading.unreadable]
            where = nw.col(name).str.strip_chars().is_in(bad)
            repairs += [
                (line, f"{wording.scrub(name)} {quote(value)} is not a number; set missing")
                for line, value in list_cells(work.frame, name, where)
            ]
            reason = "not a number among numbers"
            n_bad = sum(n for _, n in reading.unreadable)
            notes.append(CleaningNote(NAME, name, n_bad, quote_counts(reading.unreadable), "missing", reason))
        if reading.note:
            notes.append(reading.note)
        if reading.unit and not column.unit:
            changed.append(replace(column, unit=reading.unit))
        if reading.plain:
            expressions[name] = nw.col(name).str.strip_chars().cast(nw.Float64)
        else:
            frame = with_number(frame, name, reading.decimal, reading.unit)
    return replace(work, frame=frame).rewrite(expressions).with_columns(changed).with_repairs(repairs).with_notes(notes)


def as_text(column: Column, unreadable: Counts) -> Column:
    """The column described as free text, because it holds too few numbers."""
    reason = f"too many cells are no numbers: {quote_counts(unreadable)}"
    return replace(column, role=Role.TEXT, kind="text", reason=reason, confidence=0.5)


STEP: Step[dict[str, Digits], Decision] = Step(NAME, look, decide, apply)
