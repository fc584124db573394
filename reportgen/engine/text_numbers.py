"""Reads numbers in text: the patterns and expressions that roles and cleaning share.

Every pattern is linear (no backtracking construct), without capturing groups, and understood alike by Python and RE2.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import Any

import narwhals as nw

from reportgen.engine.shortcuts import cast_numbers
from reportgen.engine.text_marks import LONGEST_VALUE
from reportgen.engine.text_spellings import is_booking, is_debit
from reportgen.engine.text_units import BOOKED, CURRENCIES, PER_CENT, money_of, power_in, same_unit, split_unit

_SPACES = " \u00a0\u2009\u202f"
_EXPONENT = r"(?:[eE][+-]?[0-9]{1,3})?"
_GROUPS = {".": ",", ",": "."}
"""Decimal sign → the sign that then parts thousands, beside apostrophes, underscores and spaces."""
_THOUSANDS = {decimal: f"{group}_'’{_SPACES}" for decimal, group in _GROUPS.items()}
_BARE = {decimal: str.maketrans(decimal, ".", _THOUSANDS[decimal]) for decimal in _GROUPS}
"""Takes the thousands' signs out and writes a decimal point."""
_DIGITS_ALONE = re.compile(r"^[0-9]+(?:[.,][0-9]*)?$")
"""Most numbers of most exports: nothing to take off."""

PLAIN = r"^[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?$"
"""A number that every program reads alike: no thousands separator, decimal point."""
SIGNED = r"[-−+()]"
"""A text that may be negative."""


def _core(decimal: str) -> str:
    """Groups of three, the same sign between all; India's groups of two (`12,34,567`) where a comma parts them."""
    group, point = re.escape(_GROUPS[decimal]), re.escape(decimal)
    ways = [rf"[1-9][0-9]{{0,2}}(?:{sign}[0-9]{{3}}){{1,8}}" for sign in (group, "['’]", "_", f"[{_SPACES}]")]
    if decimal == ".":
        ways.append(r"[1-9][0-9]?(?:,[0-9]{2}){1,8},[0-9]{3}")
    whole = "|".join((*ways, "[0-9]{1,24}"))
    return rf"^(?:(?:{whole})(?:{point}[0-9]{{0,24}})?|{point}[0-9]{{1,24}}){_EXPONENT}$"


CORE: dict[str, str] = {decimal: _core(decimal) for decimal in (".", ",")}
"""Decimal sign → what is left of a number without sign, brackets and unit; digits past 24 are no measured number."""

_TEXT, _NEGATIVE, _TRAILS = "__text__", "__negative__", "__trails__"
_RE_CORE = {decimal: re.compile(pattern) for decimal, pattern in CORE.items()}
_RE_PLAIN = re.compile(PLAIN)


@lru_cache(maxsize=65_536)
def read_number(text: str, decimal: str = ".", unit: str = "") -> float | None:
    """The number a text stands for, None where it is none; never infinite beyond what the text says.

    Beside the number may stand `unit`, and nothing else; without `unit` any currency or per cent.
    """
    negative, rest = split_number(text, unit)
    if not _RE_CORE[decimal].match(rest):
        return None
    value = float(rest.translate(_BARE[decimal]))
    return -value if negative else value


NO_CENTS = r"[.,:]\s*[-−–—]{1,2}$"
"""A dash for the cents that there are none of: `101,-` is 101, not less than nothing."""
_NO_CENTS = re.compile(NO_CENTS)
JOINED = r"[0-9]\s*-\s*[^-0-9\s.,:')(]"
"""A dash between a number and a word or currency: a sign in `12,00- EUR`, none in `4-star`."""


def split_number(text: str, unit: str = "") -> tuple[bool, str]:
    """(negative, what is left without sign, brackets and unit); two signs or another unit leave nothing."""
    if _DIGITS_ALONE.match(text) and len(text) <= LONGEST_VALUE:
        return False, text
    found = split_unit(text)
    if found is None or not _may_stand(found[1], unit):
        return False, ""
    rest, n_signs = _with_power(*found, unit), int(unit == BOOKED and is_debit(found[1]))
    if rest.startswith("(") and rest.endswith(")"):
        rest, n_signs = rest[1:-1].strip(), n_signs + 1
    for _ in range(2):  # before and behind the currency
        n_signs += rest.startswith("-")
        rest = rest[1:].lstrip() if rest[:1] in ("+", "-") else rest
    if found_dash := _NO_CENTS.search(rest):
        rest = rest[: found_dash.start() + 1].rstrip(":")  # the sign stays, it tells which one parts the decimals
    elif rest.endswith("-"):
        rest, n_signs = rest[:-1].rstrip(), n_signs + 1
    return (n_signs == 1, rest) if n_signs <= 1 else (False, "")


def _may_stand(found: str, unit: str) -> bool:
    """Whether a unit may stand in a column of that unit; a bare number may."""
    if not found:
        return True
    if not unit:
        return money_of(found) in CURRENCIES or found == PER_CENT
    if unit == BOOKED:
        return is_booking(found) or money_of(found) in CURRENCIES
    return same_unit(found, unit) or power_in(unit, found) > 0


def _with_power(number: str, mark: str, unit: str) -> str:
    """The number times the power of ten that its mark stands for in a column of that unit: `1.2` and M are `1.2e6`."""
    power = power_in(unit, mark)
    if not power:
        return number
    return f"{number[:-1]}e{power})" if number.endswith(")") else f"{number}e{power}"


def with_number(
    frame: nw.LazyFrame[Any],
    name: str,
    decimal: str = ".",
    marks: tuple[tuple[str, ...], tuple[str, ...]] = ((), ()),
    *,
    signed: bool = True,
) -> nw.LazyFrame[Any]:
    """The frame with the column's text as float64: the answer of `read_number`, or null.

    It knows the common ways of writing; what it leaves null is for `read_number` to try, once a text. `marks`: what
    stands before and behind the numbers, as `written_marks` finds it. `signed`: False where no cell matches SIGNED,
    which saves most of the time. In steps, because an expression used twice is computed twice; marks are taken off as
    they are, because engines replace patterns slowly.
    """
    text, negative = nw.col(_TEXT), nw.col(_NEGATIVE)
    short = nw.when(nw.col(name).str.len_chars() <= LONGEST_VALUE).then(nw.col(name))
    frame = frame.with_columns(short.str.strip_chars().alias(_TEXT))
    if signed:
        is_common = ~text.str.contains(NO_CENTS) & ~text.str.contains(JOINED)
        frame = frame.with_columns(nw.when(is_common).then(text).alias(_TEXT))
        frame = _take_bracket_and_sign(frame)
    for mark in marks[0]:
        frame = frame.with_columns(_behind(text, mark).alias(_TEXT))
    for mark in marks[1]:
        frame = frame.with_columns(_before(text, mark).alias(_TEXT))
    frame = _take_second_sign(frame) if signed else frame
    digits = text.str.replace_all(f"[{_THOUSANDS[decimal]}]", "")
    if decimal != ".":
        digits = digits.str.replace_all(decimal, ".", literal=True)
    is_number = text.str.contains(CORE[decimal])
    frame = cast_numbers(frame.with_columns(nw.when(is_number).then(digits).alias(name)), [name])
    if signed:
        # Two signs are no number.
        value = nw.when(negative == 0).then(nw.col(name))
        frame = frame.with_columns(nw.when(negative == 1).then(nw.col(name) * -1).otherwise(value).alias(name))
        frame = frame.drop(_NEGATIVE)
    return frame.drop(_TEXT)


def _behind(text: nw.Expr, mark: str) -> nw.Expr:
    """The text without that mark before it."""
    return nw.when(text.str.starts_with(mark)).then(text.str.slice(len(mark)).str.strip_chars()).otherwise(text)


def _before(text: nw.Expr, mark: str) -> nw.Expr:
    """The text without that mark behind it, if its first character stands nowhere else."""
    once = text.str.contains(rf"^[^{re.escape(mark[0])}]*{re.escape(mark)}$")
    return nw.when(once).then(text.str.replace_all(mark, "", literal=True).str.strip_chars()).otherwise(text)


def _take_bracket_and_sign(frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Takes brackets and a leading sign off, and counts what makes the number negative."""
    text = nw.col(_TEXT)
    frame = frame.with_columns(text.str.replace_all("−", "-", literal=True).alias(_TEXT))
    frame = frame.with_columns(text.str.contains(r"^\([^()]*\)$").cast(nw.Int64).alias(_NEGATIVE))
    inside = text.str.replace_all("(", "", literal=True).str.replace_all(")", "", literal=True).str.strip_chars()
    frame = frame.with_columns(nw.when(nw.col(_NEGATIVE) == 1).then(inside).otherwise(text).alias(_TEXT))
    return _take_leading_sign(frame)


def _take_leading_sign(frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    text = nw.col(_TEXT)
    is_signed = text.str.starts_with("-") | text.str.starts_with("+")
    return frame.with_columns(
        (nw.col(_NEGATIVE) + text.str.starts_with("-").cast(nw.Int64)).alias(_NEGATIVE),
        nw.when(is_signed).then(text.str.slice(1).str.strip_chars()).otherwise(text).alias(_TEXT),
    )


def _take_second_sign(frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Takes a sign behind the currency or at the end off, and counts it."""
    text, trails = nw.col(_TEXT), nw.col(_TRAILS)
    frame = _take_leading_sign(frame).with_columns(text.str.contains(r"^[^-]*-$").cast(nw.Int64).alias(_TRAILS))
    bare = text.str.replace_all("-", "", literal=True).str.strip_chars()
    return frame.with_columns(
        (nw.col(_NEGATIVE) + trails).alias(_NEGATIVE), nw.when(trails == 1).then(bare).otherwise(text).alias(_TEXT)
    ).drop(_TRAILS)


@lru_cache(maxsize=65_536)
def is_plain(text: str) -> bool:
    """True where every program reads the text as the same finite number."""
    return bool(_RE_PLAIN.match(text)) and math.isfinite(float(text))
