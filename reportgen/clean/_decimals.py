"""Decides the decimal sign of every column, or shows both readings and asks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from reportgen import language, wording
from reportgen.clean._digits import STRAY_SHARE, Digits
from reportgen.clean._look import quote
from reportgen.clean.base import Plan
from reportgen.engine.text_decimals import (
    EITHER,
    THREE_DECIMALS,
    is_scaled,
    money_decimal,
    own_decimal,
    proven_decimal,
)
from reportgen.engine.text_numbers import read_number, split_number
from reportgen.engine.text_units import CURRENCIES
from reportgen.errors import ReportgenError
from reportgen.records.table import Role

_RE_EITHER = re.compile(EITHER)
SETTING = 'decimal = "." or decimal = "," under [input] of the settings'


class Choice(NamedTuple):
    """How the decimals of one column are read."""

    decimal: str
    is_mixed: bool = False
    """Cells that only the other sign explains are read with it."""
    why: str = ""
    """For the log, where the column alone does not say."""
    is_guess: bool = False
    drops_open: bool = False
    """Cells with two readings are set missing: both signs stand in the column."""


def choose_decimals(facts: Mapping[str, Digits], plan: Plan) -> dict[str, Choice]:
    """Header name → decimal sign; columns that cannot tell follow the others. Raises ReportgenError (RG-007)."""
    proven = proven_decimal({name: digits.votes for name, digits in facts.items()})
    return {name: _choose(name, digits, proven, plan) for name, digits in facts.items()}


def _choose(name: str, digits: Digits, proven: str | None, plan: Plan) -> Choice:
    votes, setting = digits.votes, plan.settings.input.decimal
    if choice := _where_two_ways_meet(name, digits, plan):
        return choice
    own = own_decimal(votes)
    if own is not None and (n_other := min(votes.point, votes.comma)):
        cells = wording.plural(n_other, "cell")
        return Choice(
            own, is_mixed=True, why=language.text("{cells} with the other sign in its one reading", cells=cells)
        )
    if own is not None:
        return Choice(own)
    if setting != "auto":
        return Choice(setting, why=language.text("the settings say so"))
    if proven is not None:
        return Choice(proven, why=language.text("as in the other columns") if votes.n_either else "")
    if money := money_decimal(votes, digits.unit):
        return Choice(money, why=language.text("amounts of money have no third decimal"))
    return _undecided(name, digits, plan) if votes.n_either else Choice(".")


def _where_two_ways_meet(name: str, digits: Digits, plan: Plan) -> Choice | None:
    """The reading where two ways of writing stand in one column, else None. Raises ReportgenError (RG-007)."""
    votes = digits.votes
    if votes.is_contradictory and _are_scaled(digits):
        return Choice("," if votes.comma > votes.point else ".", is_mixed=True)
    if votes.is_contradictory and not 0 < min(votes.point, votes.comma) <= STRAY_SHARE * digits.n_known:
        return _contradicted(name, digits, plan.settings.input.decimal, plan)
    is_money = plan.column(name).role is Role.MONEY or digits.unit in CURRENCIES
    if is_money and votes.has_third_decimals and digits.unit not in THREE_DECIMALS:
        return _third_decimals(name, digits, plan.settings.input.decimal, plan)
    return None


def _are_scaled(digits: Digits) -> bool:
    """Whether cells with a decimal sign are all of thousands or millions: `1.2 Mio` beside `1,2 Mio.`."""
    split = [(split_number(text, digits.unit)[1], n) for text, n in digits.odd]
    n_scaled = sum(n for number, n in split if is_scaled(number))
    return not digits.votes.n_either and n_scaled == digits.votes.point + digits.votes.comma


def _third_decimals(name: str, digits: Digits, setting: str, plan: Plan) -> Choice:
    """`1.234` among amounts with two decimals. Raises ReportgenError (RG-007)."""
    sign, other = (".", ",") if digits.votes.point >= digits.votes.comma else (",", ".")
    if setting != "auto":
        return Choice(setting, is_mixed=setting != sign, why=language.text("the settings say so"))
    if plan.settings.input.when_unsure == "guess":
        return Choice(other, True, language.text("amounts of money have no third decimal"), is_guess=True)
    n_either = digits.votes.either_point if sign == "." else digits.votes.either_comma
    text = _open_text(digits, sign)
    small, large = _both_readings(text, sign, other, digits.unit)
    raise ReportgenError(
        "RG-007",
        f"The column {wording.scrub(name)} has two readings: {quote(text)} is {small} or {large} among amounts with "
        f"two decimals, as in {quote(_example(digits, sign, other))}, in {wording.plural(n_either, 'cell')}.",
        f'Say which: decimal = "{sign}" ({small}) or decimal = "{other}" ({large}) under [input] of the settings.',
    )


def _contradicted(name: str, digits: Digits, setting: str, plan: Plan) -> Choice:
    votes = digits.votes
    has_decimals = bool(votes.point)
    if setting != "auto" and has_decimals:
        why = language.text("the settings say so; a cell with one reading only has that one")
        return Choice(setting, is_mixed=True, why=why, drops_open=bool(votes.n_either))
    if plan.settings.input.when_unsure == "guess":
        likelier = "," if votes.comma > votes.point else "."
        return Choice(
            likelier,
            is_mixed=True,
            why=language.text("point and comma in one column: the more frequent one"),
            is_guess=True,
        )
    point, comma = _example(digits, ".", ","), _example(digits, ",", ".")
    n_point, n_comma = votes.point or votes.either_point, votes.comma or votes.either_comma
    what = "decimal " if has_decimals else ""
    way = f", or say which sign parts the decimals: {SETTING}" if has_decimals else ""
    cost = wording.plural(votes.n_either, "cell") if has_decimals and votes.n_either else ""
    raise ReportgenError(
        "RG-007",
        f"The column {wording.scrub(name)} has two readings: a {what}point in {wording.plural(n_point, 'cell')}, "
        f"as in {quote(point)}, and a {what}comma in {wording.plural(n_comma, 'cell')}, as in {quote(comma)}.",
        f"Write the column in one way{way}"
        f"{f'; what may be either, as in {quote(_open_text(digits))}, is then set missing in {cost}' if cost else ''}.",
    )


def _example(digits: Digits, decimal: str, other: str) -> str:
    """A text of the column that only this sign explains; one in which it may part thousands if there is none."""
    for text, _ in digits.odd:
        if read_number(text, decimal, digits.unit) is not None and read_number(text, other, digits.unit) is None:
            return text
    if decimal == "." and digits.point:
        return digits.point
    return _open_text(digits, decimal)


def _open_text(digits: Digits, sign: str = ".,") -> str:
    """A text like `1.234` with that sign, or one of these; empty without any."""
    texts = [text for text, _ in digits.odd if _RE_EITHER.match(split_number(text, digits.unit)[1])]
    texts += [digits.either] if digits.either else []
    return next((text for text in texts if any(one in text for one in sign)), "")


def _both_readings(text: str, sign: str, other: str, unit: str) -> tuple[str, str]:
    """What a text like `1.234` is with that decimal sign, and with the other."""
    small, large = (f"{read_number(text, decimal, unit) or 0:,.15g}" for decimal in (sign, other))
    return small, large


def _undecided(name: str, digits: Digits, plan: Plan) -> Choice:
    """`1.234` and nothing that tells. Raises ReportgenError (RG-007)."""
    sign, other = (".", ",") if digits.votes.either_point else (",", ".")
    if plan.settings.input.when_unsure == "guess":
        why = language.text(
            "nothing tells whether {value} has decimals: a point parts them more often", value=quote(f"1{sign}234")
        )
        return Choice(".", why=why, is_guess=True)
    text = digits.either or _open_text(digits, sign)
    small, large = _both_readings(text, sign, other, digits.unit)
    raise ReportgenError(
        "RG-007",
        f"The column {wording.scrub(name)} has two readings: {quote(text)} is {small} or {large}, and no cell of the "
        "export tells which.",
        f"Say which sign parts the decimals: {SETTING}.",
    )
