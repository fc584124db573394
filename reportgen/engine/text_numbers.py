"""Reads numbers in text: the patterns and expressions that roles and cleaning share.

Every pattern is linear (no backtracking construct), without capturing groups, and understood alike by Python and RE2.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from typing import Any

import narwhals as nw

from reportgen import wording

CURRENCY_CODES: dict[str, str] = {
    "EUR": "€",
    "EURO": "€",
    "EUROS": "€",
    "USD": "$",
    "US$": "$",
    "DOLLAR": "$",
    "DOLLARS": "$",
    "GBP": "£",
    "JPY": "¥",
    "INR": "₹",
    "RS": "₹",
    "CHF": "CHF",
    "SFR": "CHF",
    "CAD": "CAD",
    "AUD": "AUD",
    "SEK": "SEK",
    "NOK": "NOK",
    "DKK": "DKK",
    "PLN": "PLN",
    "KR": "kr",
    "ZŁ": "zł",
    "R$": "R$",
    "BRL": "R$",
    "MXN": "MXN",
    "CNY": "CNY",
}
"""Currency as written (upper case) → unit as the reader sees it."""

CURRENCY_SIGNS = "".join(sorted(wording.CURRENCY_SIGNS))
"""Those that stand before the number, as one character class of a pattern."""

_SPACES = " \u00a0\u2009\u202f"
_GROUP = r"[1-9][0-9]{0,2}(?:[%s][0-9]{2,3})*[%s][0-9]{3}"
_EXPONENT = r"(?:[eE][+-]?[0-9]{1,3})?"
_THOUSANDS = {".": f",'’{_SPACES}", ",": f".'’{_SPACES}"}
_CODES = "|".join(sorted((re.escape(code) for code in CURRENCY_CODES), key=len, reverse=True))
_CURRENCY = f"(?:{_CODES}|[{CURRENCY_SIGNS}])"

PLAIN = r"^[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?$"
"""A number that every program reads alike: no thousands separator, decimal point."""
WHOLE = r"^[0-9]+$"
EITHER_POINT = r"^[+-]?[1-9][0-9]{0,2}\.[0-9]{3}$"
"""`1.234`: one and a bit, or more than a thousand."""
PREFIX = rf"^(?i:{_CURRENCY})\s*"
SUFFIX = rf"\s*(?:%|(?i:{_CURRENCY}))$"
SIGNED = r"[-−+()]"
"""A text that may be negative."""
TAILED = r"[^0-9.,]$"
"""A text that does not end in its number."""
UNIT_TAIL = r"\s*[A-Za-zµ°²³]{1,10}\.?$"
"""A word behind a number: `12 kg`."""


def _core(decimal: str) -> str:
    group = _GROUP % (_THOUSANDS[decimal], _THOUSANDS[decimal])
    point = re.escape(decimal)
    return rf"^(?:(?:{group}|[0-9]+)(?:{point}[0-9]*)?|{point}[0-9]+){_EXPONENT}$"


CORE: dict[str, str] = {decimal: _core(decimal) for decimal in (".", ",")}
"""Decimal sign → what is left of a number without sign, brackets and unit."""

_TEXT, _NEGATIVE, _OPENS, _CLOSES, _LEADS = (f"__{part}__" for part in ("text", "negative", "(", ")", "-1"))
_RE_PREFIX, _RE_SUFFIX, _RE_UNIT = re.compile(PREFIX), re.compile(SUFFIX), re.compile(UNIT_TAIL)
_RE_CORE = {decimal: re.compile(pattern) for decimal, pattern in CORE.items()}


def split_number(text: str, unit: str = "") -> tuple[bool, str]:
    """(negative, what is left without sign, brackets, currency, per cent and `unit`); two signs leave nothing."""
    rest = text.strip().replace("−", "-")
    bracketed = rest.startswith("(") and rest.endswith(")")
    rest = rest[1:-1].strip() if bracketed else rest
    rest, leads = _take_sign(rest)
    rest = _RE_SUFFIX.sub("", _RE_PREFIX.sub("", rest, count=1), count=1)
    if unit and rest.endswith(unit):
        rest = rest[: -len(unit)].rstrip()
    rest, follows = _take_sign(rest)
    trails = rest.endswith("-")
    if bracketed + leads + follows + trails > 1:
        return False, ""
    return bracketed or leads or follows or trails, rest[:-1].rstrip() if trails else rest


def _take_sign(text: str) -> tuple[str, bool]:
    if text[:1] in ("+", "-"):
        return text[1:].lstrip(), text[0] == "-"
    return text, False


def read_number(text: str, decimal: str = ".", unit: str = "") -> float | None:
    """The number a text stands for, None where it is none; never infinite beyond what the text says."""
    negative, rest = split_number(text, unit)
    if not _RE_CORE[decimal].match(rest):
        return None
    for sign in _THOUSANDS[decimal]:
        rest = rest.replace(sign, "")
    value = float(rest.replace(decimal, "."))
    return -value if negative else value


def unit_of(text: str) -> str:
    """The currency, `%` or word that stands around the number of a text, or empty."""
    bare = text.strip().strip("()").lstrip("+-−").strip()
    found = _RE_PREFIX.search(bare) or _RE_SUFFIX.search(bare) or _RE_UNIT.search(bare)
    if not found or not (bare[:1].isdigit() or bare[-1:].isdigit()):
        return ""
    unit = found.group().strip()
    return CURRENCY_CODES.get(unit.upper(), unit)


def decimal_votes(texts: Iterable[tuple[str, int]], unit: str = "") -> tuple[int, int, int]:
    """(cells that only a decimal point explains, only a decimal comma, cells that read both ways) of text and count."""
    point = comma = either = 0
    for text, n in texts:
        _, rest = split_number(text, unit)
        as_point, as_comma = bool(_RE_CORE["."].match(rest)), bool(_RE_CORE[","].match(rest))
        if as_point and as_comma:
            either += n if any(sign in rest for sign in ".,") else 0
        else:
            point += n * as_point
            comma += n * as_comma
    return point, comma, either


def with_number(
    frame: nw.LazyFrame[Any], name: str, decimal: str = ".", unit: str = "", *, signed: bool = True, tailed: bool = True
) -> nw.LazyFrame[Any]:
    """The frame with the column's text as float64, null where it is no number; the same answers as `read_number`.

    `signed` and `tailed`: False where no cell matches SIGNED or TAILED, which saves most of the time. In steps, because
    an expression used twice is computed twice; without group references, which engines write differently.
    """
    text, negative = nw.col(_TEXT), nw.col(_NEGATIVE)
    frame = frame.with_columns(nw.col(name).str.strip_chars().alias(_TEXT))
    frame = _take_bracket_and_sign(frame) if signed else frame
    bare = text.str.replace_all(PREFIX, "")
    if tailed:
        bare = bare.str.replace_all(SUFFIX, "")
    if tailed and unit:
        bare = bare.str.replace_all(rf"\s*{re.escape(unit)}$", "")
    frame = frame.with_columns(bare.alias(_TEXT))
    frame = _take_second_sign(frame) if signed else frame
    digits = text.str.replace_all(f"[{_THOUSANDS[decimal]}]", "")
    if decimal != ".":
        digits = digits.str.replace_all(decimal, ".", literal=True)
    is_number = text.str.contains(CORE[decimal])
    frame = frame.with_columns(nw.when(is_number).then(digits).cast(nw.Float64).alias(name))
    if signed:
        # Two signs, or half a bracket, counted as two: no number.
        value = nw.when(negative == 0).then(nw.col(name))
        frame = frame.with_columns(nw.when(negative == 1).then(nw.col(name) * -1).otherwise(value).alias(name))
        frame = frame.drop(_NEGATIVE)
    return frame.drop(_TEXT)


def _take_bracket_and_sign(frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Takes brackets and a leading sign off, and counts what makes the number negative."""
    text, opens, closes, leads = nw.col(_TEXT), nw.col(_OPENS), nw.col(_CLOSES), nw.col(_LEADS)
    return (
        frame.with_columns(text.str.replace_all("−", "-", literal=True).alias(_TEXT))
        .with_columns(
            text.str.starts_with("(").cast(nw.Int64).alias(_OPENS),
            text.str.ends_with(")").cast(nw.Int64).alias(_CLOSES),
            text.str.replace_all(r"^\(\s*|\s*\)$", "").alias(_TEXT),
        )
        .with_columns(
            text.str.starts_with("-").cast(nw.Int64).alias(_LEADS), text.str.replace_all(r"^[+-]\s*", "").alias(_TEXT)
        )
        .with_columns((opens + (opens - closes).abs() * 2 + leads).alias(_NEGATIVE))
        .drop(_OPENS, _CLOSES, _LEADS)
    )


def _take_second_sign(frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Takes a sign behind the currency or at the end off, and counts it."""
    text = nw.col(_TEXT)
    follows, trails = text.str.starts_with("-").cast(nw.Int64), text.str.ends_with("-").cast(nw.Int64)
    return frame.with_columns(
        (nw.col(_NEGATIVE) + follows + trails).alias(_NEGATIVE),
        text.str.replace_all(r"^[+-]\s*", "").str.replace_all(r"\s*-$", "").alias(_TEXT),
    )


def is_plain(text: str) -> bool:
    """True where every program reads the text as the same finite number."""
    return bool(_RE_PLAIN.match(text)) and math.isfinite(float(text))


_RE_PLAIN = re.compile(PLAIN)
