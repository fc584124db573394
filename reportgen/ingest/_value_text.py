"""Writes typed values as text, exactly as a CSV of the same table would hold them."""

from __future__ import annotations

import datetime
import math
import re
import uuid
from collections.abc import Callable
from decimal import Decimal
from typing import Any

UUID_BYTES = 16
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
PLAIN_DIGITS = 21
"""Digits up to which a number is written out; Excel itself keeps 15 and writes longer ones with an exponent."""


def number_text(value: float) -> str:
    """The shortest digits that give the number again, written out: `12`, `86.5`, `0.0000001`."""
    text = repr(value + 0.0).removesuffix(".0")  # adding zero turns -0.0 into 0.0
    return plain_digits(text) if "e" in text else text


def plain_digits(text: str) -> str:
    """`1e-07` as `0.0000001`, while that is no longer than PLAIN_DIGITS."""
    digits = Decimal(text)
    return f"{digits:f}" if digits.is_finite() and abs(digits.adjusted()) < PLAIN_DIGITS else text


def duration_text(value: datetime.timedelta) -> str:
    """Hours, minutes, seconds; the hours go on past 24."""
    sign = "-" if value < datetime.timedelta(0) else ""
    seconds = abs(value).days * 86_400 + abs(value).seconds
    return f"{sign}{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def bytes_text(value: bytes) -> str | None:
    """Bytes that are UTF-8 are text, as old writers left it, and sixteen others a UUID; None for pictures and the like.

    Control characters are in no text.
    """
    try:
        text = value.decode()
    except UnicodeDecodeError:
        text = ""
    if text and not _CONTROL.search(text):
        return text
    return key_text(value) if len(value) == UUID_BYTES else None


def key_text(value: bytes) -> str:
    """Sixteen bytes as a UUID, others in hexadecimal digits."""
    return str(uuid.UUID(bytes=value)) if len(value) == UUID_BYTES else value.hex()


def _finite(value: float) -> str | None:
    return number_text(value) if math.isfinite(value) else None


def _exact(value: Decimal) -> str | None:
    return f"{value:f}" if value.is_finite() else None


_TEXTS: dict[type, Callable[[Any], str | None]] = {
    str: str,
    int: str,
    bool: lambda value: "TRUE" if value else "FALSE",
    float: _finite,
    Decimal: _exact,
    datetime.date: datetime.date.isoformat,
    datetime.datetime: lambda value: value.isoformat(sep=" "),
    datetime.time: datetime.time.isoformat,
    datetime.timedelta: duration_text,
    uuid.UUID: str,
    bytes: bytes_text,
    type(None): lambda _value: None,
}


def value_text(value: object) -> tuple[str | None, bool]:
    """The text, None for what is missing, and whether a value is lost by that: infinity, bytes, a list."""
    write = _TEXTS.get(type(value))
    if write is None:
        return None, True
    text = write(value)
    is_missing = value is None or str(value) == "nan"
    return text or None, text is None and not is_missing
