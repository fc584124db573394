"""Takes the decimals off ids that a program has turned into numbers: `12347.0` is customer 12347."""

from __future__ import annotations

from dataclasses import dataclass

import narwhals as nw

from reportgen import language
from reportgen.clean._look import aggregate, quote
from reportgen.clean.base import Plan, Step, Work
from reportgen.engine.shortcuts import characters_in
from reportgen.records.table import CleaningNote, Role

NAME = "whole_ids"
DIGITS = r"^\s*[0-9]+(?:\.0*)?\s*$"
ENDS_IN_NOUGHT = r"\.0*\s*$"


@dataclass(frozen=True, slots=True)
class Ids:
    """How the ids of one column are written."""

    n_known: int
    n_digits: int
    """Digits alone, or with `.0` behind."""
    n_decimal: int
    """With `.0` behind."""
    example: str


def look(work: Work) -> dict[str, Ids]:
    """Header name → how ids are written, for every column of ids with a point in it."""
    names = [column.name for column in work.plan.columns if column.role is Role.ID]
    return {name: ids_of(work, name) for name in names if has_point(work, name)}


def has_point(work: Work, name: str) -> bool:
    characters = characters_in(work.frame, name)
    if characters is not None:
        return "." in characters
    return bool(aggregate(work.frame, {"n": nw.col(name).str.contains(".", literal=True).sum()})["n"])


def ids_of(work: Work, name: str) -> Ids:
    text = nw.col(name)
    decimal = text.str.contains(ENDS_IN_NOUGHT)
    counts = {"known": text.count(), "digits": text.str.contains(DIGITS).sum(), "decimal": decimal.sum()}
    seen = aggregate(work.frame, {**counts, "example": nw.when(decimal).then(text).min()})
    n_known, n_digits, n_decimal = (int(seen[key] or 0) for key in counts)
    return Ids(n_known, n_digits, n_decimal, str(seen["example"] or ""))


def decide(facts: dict[str, Ids], plan: Plan) -> tuple[CleaningNote, ...]:  # noqa: ARG001 - decides on facts alone
    reason = language.text("ids are whole: a gap in the column has made a program write them with decimals")
    return tuple(
        CleaningNote(NAME, name, ids.n_decimal, quote(ids.example), quote(ids.example.partition(".")[0]), reason, True)
        for name, ids in facts.items()
        if ids.n_decimal and ids.n_digits == ids.n_known
    )


def apply(work: Work, decision: tuple[CleaningNote, ...]) -> Work:
    whole = {note.column: nw.col(note.column).str.replace_all(ENDS_IN_NOUGHT, "") for note in decision}
    return work.rewrite(whole).with_notes(decision)


STEP: Step[dict[str, Ids], tuple[CleaningNote, ...]] = Step(NAME, look, decide, apply)
