"""Reads the cells of a column as numbers where they are amounts, and leaves those that are names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportgen.engine.text_decimals import Votes, count_votes, money_decimal, own_decimal, proven_decimal
from reportgen.engine.text_numbers import is_plain, read_number
from reportgen.engine.text_units import CURRENCIES, common_unit, is_cr, is_measured_in, money_of, split_unit, unit_of

STRAY_SHARE = 0.05
"""Share of cells that may be written otherwise than the column."""
NUMERIC_SHARE = 0.5
"""Share of numbers from which a column votes on the decimal sign of the export."""
PLAIN_LENGTH = 24
"""Characters up to which a plain number is read as it stands, whatever unit the others of its column have."""
NAME_DIGITS = 15
"""Digits from which a whole number is a name (card, account, order): no customer is measured so."""
_SHORT_EXPONENT = re.compile(r"^[0-9]{1,8}[eE][0-9]{1,3}$")
"""`1E5`: programs write 1e+05 or 1.0E5, so this is an article or a house."""
_INTERNATIONAL = re.compile(r"^(?:\+|00)[1-9][0-9]{6,14}$")
"""A telephone number without spaces."""


@dataclass(frozen=True, slots=True)
class Written:
    """How the cells of one column are written, before the other columns are heard."""

    counted: Counter[str]
    """Text → cells."""
    unit: str
    votes: Votes


def look_at_digits(counted: Counter[str]) -> Written:
    odd = [(text, n) for text, n in counted.items() if not is_plain(text)]
    n_plain = counted.total() - sum(n for _, n in odd)
    unit = common_unit(odd, STRAY_SHARE * counted.total(), n_plain)
    return Written(counted, unit, count_votes(counted.items(), unit))


def read_columns(columns: Mapping[str, Written], decimal: str) -> dict[str, dict[str, float]]:
    """Header name → text → number, for every text that is one; `decimal` is the setting, or `auto`.

    A cell that only the other sign explains counts as a number too: whether both may stand is cleaning's question.
    """
    # Whoever proves nothing need not be asked whether it is numeric.
    voting = {name: written for name, written in columns.items() if own_decimal(written.votes)}
    proven = proven_decimal({name: written.votes for name, written in voting.items() if _is_numeric(written)})
    usual = proven or (None if decimal == "auto" else decimal)
    return {name: _read(written, _decimal_of(written, usual)) for name, written in columns.items()}


def _decimal_of(written: Written, usual: str | None) -> str:
    return own_decimal(written.votes) or usual or money_decimal(written.votes, written.unit) or "."


def _is_numeric(written: Written) -> bool:
    n_numbers = sum(n for text, n in written.counted.items() if _either_way(text, (".", ","), written.unit) is not None)
    return n_numbers >= NUMERIC_SHARE * max(1, written.counted.total())


def _either_way(text: str, signs: Sequence[str], unit: str) -> float | None:
    if signs[0] == "." and len(text) <= PLAIN_LENGTH and is_plain(text):
        return float(text)
    if split_unit(text) is None:
        return None
    money = money_of(unit)
    if money in CURRENCIES and money_of(unit_of(text)) in CURRENCIES - {money}:
        unit = ""  # whether two currencies may mix is cleaning's question too
    return next((value for value in (read_number(text, sign, unit) for sign in signs) if value is not None), None)


def _read(written: Written, decimal: str) -> dict[str, float]:
    signs = (",", ".") if decimal == "," else (".", ",")
    values = {text: _either_way(text, signs, written.unit) for text in written.counted}
    numbers = {text: value for text, value in values.items() if value is not None}
    return _without_names(numbers, written.counted)


def _without_names(values: dict[str, float], counted: Counter[str]) -> dict[str, float]:
    """The numbers without digits that are names, unless only a few cells are written so."""
    for is_name, least in ((_is_exponent, STRAY_SHARE), (_is_too_long, STRAY_SHARE), (_is_international, 0.5)):
        names = [text for text in values if is_name(text)]
        if sum(counted[text] for text in names) > least * counted.total():
            values = {text: value for text, value in values.items() if not is_name(text)}
    return values


def _is_exponent(text: str) -> bool:
    return bool(_SHORT_EXPONENT.match(text))


def _is_too_long(text: str) -> bool:
    return len(text) >= NAME_DIGITS and text.isdecimal()


def _is_international(text: str) -> bool:
    return bool(_INTERNATIONAL.match(text))


def unit_of_most(counted: Counter[str], values: Mapping[str, float]) -> str:
    """The unit beside most numbers, or empty; a remark is none, and what `Cr` is, is cleaning's question."""
    odd = [(text, counted[text]) for text in values if not is_plain(text)]
    unit = common_unit(odd, n_bare=sum(counted[text] for text in values if is_plain(text)))
    n_with = sum(n for text, n in odd if unit_of(text))
    is_of_most = 2 * n_with > sum(counted[text] for text in values)
    shown = money_of(unit)
    return shown if is_of_most and is_measured_in(shown) and not is_cr(shown) else ""
