"""Turns text into numbers: currency, thousands, decimal comma, per cent; one reading for a whole column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

import narwhals as nw

from reportgen import wording
from reportgen.clean._look import (
    Counts,
    aggregate,
    count_values,
    distinct_texts,
    list_cells,
    listed,
    most_frequent,
    quote,
    quote_counts,
    show_number,
)
from reportgen.clean.base import Plan, Step, Work
from reportgen.engine.text_numbers import (
    CURRENCY_CODES,
    CURRENCY_SIGNS,
    EITHER_POINT,
    PLAIN,
    SIGNED,
    TAILED,
    decimal_votes,
    read_number,
    unit_of,
    with_number,
)
from reportgen.errors import ReportgenError
from reportgen.records.table import CleaningNote, Column, Role

NAME = "numbers"
ODD_TEXTS = 2_000
"""Most frequent texts that are no plain numbers: they decide how the column is read."""
STRAY_SHARE = 0.05
"""Cells that may contradict the column's reading; they are listed and set missing. More, and it is ambiguous."""
SOURCE = "__source__"
"""Column with the text beside the number read from it, while stray text is looked for."""
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
    """The other texts, the most frequent."""
    signed: bool
    """Whether any of them may be negative."""
    tailed: bool
    """Whether anything stands behind one of them."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How one column is read."""

    decimal: str
    unit: str
    """What is taken off the numbers and becomes the column's unit, or empty."""
    plain: bool
    """True where every cell reads as it stands."""
    digits: Digits
    note: CleaningNote | None


Decision = Mapping[str, Reading]


def look(work: Work) -> dict[str, Digits]:
    """Header name → how the numbers of that column are written."""
    return {column.name: digits_of(work, column.name) for column in work.plan.of_kind("number")}


def digits_of(work: Work, name: str) -> Digits:
    value, n = nw.col("value"), nw.col("n")
    texts = distinct_texts(work.frame, nw.col(name).str.strip_chars()).with_columns(
        plain=value.str.contains(PLAIN),
        point=value.str.contains(".", literal=True),
        either=value.str.contains(EITHER_POINT),
    )
    plain, pointed = nw.col("plain"), nw.col("plain") & nw.col("point")
    seen = aggregate(
        texts,
        {
            "known": n.sum(),
            "plain": nw.when(plain).then(n).otherwise(0).sum(),
            "points": nw.when(pointed).then(n).otherwise(0).sum(),
            "either": nw.when(nw.col("either")).then(n).otherwise(0).sum(),
        },
    )
    counts = (int(seen["known"]), int(seen["plain"]), int(seen["points"]), int(seen["either"]))
    if seen["plain"] == seen["known"]:
        return Digits(*counts, (), signed=False, tailed=False)
    others = texts.filter(~plain)
    marks = aggregate(others, {"signed": value.str.contains(SIGNED).sum(), "tailed": value.str.contains(TAILED).sum()})
    odd = most_frequent(others, ODD_TEXTS)
    return Digits(*counts, odd, signed=bool(marks["signed"]), tailed=bool(marks["tailed"]))


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
    is_plain = digits.n_plain == digits.n_known and (decimal == "." or digits.n_points == 0)
    note = None if is_plain else _note(column, digits, decimal, unit)
    return Reading(decimal, unit, is_plain, digits, note)


def _note(column: Column, digits: Digits, decimal: str, unit: str) -> CleaningNote | None:
    values = {text: read_number(text, decimal, unit) for text, _ in digits.odd}
    rewritten = [(text, n) for text, n in digits.odd if values[text] is not None]
    n_unread = sum(n for text, n in digits.odd if values[text] is None)
    n_cells = digits.n_known - digits.n_plain - n_unread + (digits.n_points if decimal == "," else 0)
    if n_cells <= 0:
        return None
    how = ["decimal comma" if decimal == "," else "decimal point"]
    how += [f"{unit} taken off"] if unit and not unit.startswith("%") else []
    example = rewritten[0][0] if rewritten else "1.234"
    value = values.get(example, 1234.0) or 0.0
    reason = f"one reading for the whole column: {', '.join(how)}"
    return CleaningNote(NAME, column.name, n_cells, quote(example), show_number(value), reason)


def apply(work: Work, decision: Decision) -> Work:
    plain = {name: nw.col(name).str.strip_chars().cast(nw.Float64) for name, read in decision.items() if read.plain}
    work = work.rewrite(plain)
    for name, reading in decision.items():
        if not reading.plain:
            work = convert(work, name, reading)
    return work


def convert(work: Work, name: str, reading: Reading) -> Work:
    """The column as numbers; cells that are none are listed, or too many of them leave it as text."""
    column = work.plan.column(name)
    doubled = work.frame.with_columns(nw.col(name).alias(SOURCE))
    # Plain cells may be negative too, and only the others were looked at for signs.
    signed = reading.digits.signed or reading.digits.n_plain > 0
    read = with_number(doubled, name, reading.decimal, reading.unit, signed=signed, tailed=reading.digits.tailed)
    unread = nw.col(name).is_null() & ~nw.col(SOURCE).is_null()
    bad = count_values(read.filter(unread), nw.col(SOURCE).str.strip_chars())
    n_bad = sum(n for _, n in bad)
    if n_bad > STRAY_SHARE * reading.digits.n_known and column.confidence < 1:
        return work.with_columns([as_text(column, bad)])
    notes = [reading.note] if reading.note else []
    repairs: list[tuple[int, str]] = []
    if bad:
        notes.insert(
            0,
            CleaningNote(NAME, name, n_bad, quote_counts(bad), "missing", listed(n_bad, "not a number among numbers")),
        )
        repairs = [
            (line, f"{wording.scrub(name)} {quote(text)} is not a number; set missing")
            for line, text in list_cells(read, SOURCE, unread)
        ]
    changed = [replace(column, unit=reading.unit)] if reading.unit and not column.unit else []
    done = replace(work, frame=read.drop(SOURCE)).with_columns(changed)
    return done.with_repairs(repairs).with_notes(notes)


def as_text(column: Column, unreadable: Counts) -> Column:
    """The column described as free text, because it holds too few numbers."""
    reason = f"too many cells are no numbers: {quote_counts(unreadable)}"
    return replace(column, role=Role.TEXT, kind="text", reason=reason, confidence=0.5)


STEP: Step[dict[str, Digits], Decision] = Step(NAME, look, decide, apply)
