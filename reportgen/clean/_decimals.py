"""Decides the decimal sign of every column, or shows both readings and asks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from reportgen import language, wording
from reportgen.clean._digits import STRAY_SHARE, Digits
from reportgen.clean._look import quote
from reportgen.clean.base import Plan
from reportgen.engine.text_decimals import money_decimal, own_decimal, proven_decimal
from reportgen.engine.text_numbers import read_number, split_number
from reportgen.errors import ReportgenError

SETTING = 'decimal = "." or decimal = "," under [input] of the settings'


class Choice(NamedTuple):
    """How the decimals of one column are read."""

    decimal: str
    is_mixed: bool = False
    """Cells that only the other sign explains are read with it."""
    why: str = ""
    """For the log, where the column alone does not say."""
    is_guess: bool = False


def choose_decimals(facts: Mapping[str, Digits], plan: Plan) -> dict[str, Choice]:
    """Header name → decimal sign; columns that cannot tell follow the others. Raises ReportgenError (RG-007)."""
    proven = proven_decimal({name: digits.votes for name, digits in facts.items()})
    return {name: _choose(name, digits, proven, plan) for name, digits in facts.items()}


def _choose(name: str, digits: Digits, proven: str | None, plan: Plan) -> Choice:
    votes, setting = digits.votes, plan.settings.input.decimal
    if votes.is_contradictory and not 0 < min(votes.point, votes.comma) <= STRAY_SHARE * digits.n_known:
        return _contradicted(name, digits, setting, plan)
    own = own_decimal(votes)
    if own is not None:
        return Choice(own)
    if setting != "auto":
        return Choice(setting, why=language.text("the settings say so"))
    if proven is not None:
        return Choice(proven, why=language.text("as in the other columns") if votes.n_either else "")
    if money := money_decimal(votes, digits.unit):
        return Choice(money, why=language.text("amounts of money have no third decimal"))
    return _undecided(name, digits, plan) if votes.n_either else Choice(".")


def _contradicted(name: str, digits: Digits, setting: str, plan: Plan) -> Choice:
    votes = digits.votes
    point, comma = _example(digits, ".", ","), _example(digits, ",", ".")
    if setting != "auto":
        return Choice(
            setting, is_mixed=True, why=language.text("the settings say so; a cell with one reading only has that one")
        )
    if plan.settings.input.when_unsure == "guess":
        likelier = "," if votes.comma > votes.point else "."
        return Choice(
            likelier,
            is_mixed=True,
            why=language.text("point and comma in one column: the more frequent one"),
            is_guess=True,
        )
    n_point, n_comma = votes.point or votes.either_point, votes.comma or votes.either_comma
    raise ReportgenError(
        "RG-007",
        f"The column {wording.scrub(name)} has two readings: a decimal point in {wording.plural(n_point, 'cell')}, "
        f"as in {quote(point)}, and a decimal comma in {wording.plural(n_comma, 'cell')}, as in {quote(comma)}.",
        f"Write the column in one way, or say which sign parts the decimals: {SETTING}.",
    )


def _example(digits: Digits, decimal: str, other: str) -> str:
    """A text that only this sign explains; one of the other's groups if there is none."""
    for text, _ in digits.odd:
        if read_number(text, decimal, digits.unit) is not None and read_number(text, other, digits.unit) is None:
            return text
    return next((text for text, _ in digits.odd if decimal in text), f"1{decimal}5")


def _undecided(name: str, digits: Digits, plan: Plan) -> Choice:
    """`1.234` and nothing that tells. Raises ReportgenError (RG-007)."""
    sign, other = (".", ",") if digits.votes.either_point else (",", ".")
    if plan.settings.input.when_unsure == "guess":
        why = language.text(
            "nothing tells whether {value} has decimals: a point parts them more often", value=quote(f"1{sign}234")
        )
        return Choice(".", why=why, is_guess=True)
    texts = (text for text, _ in digits.odd if sign in split_number(text, digits.unit)[1])
    text = digits.either or next(texts, "")
    small, large = (f"{read_number(text, decimal, digits.unit) or 0:,.15g}" for decimal in (sign, other))
    raise ReportgenError(
        "RG-007",
        f"The column {wording.scrub(name)} has two readings: {quote(text)} is {small} or {large}, and no cell of the "
        "export tells which.",
        f"Say which sign parts the decimals: {SETTING}.",
    )
