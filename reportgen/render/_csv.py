"""Writes CSV that no spreadsheet takes for formulas: commas, LF line ends, UTF-8 without a byte-order mark.

A spreadsheet may split at semicolons or tabs, whatever the quotes say: formulas behind one are disarmed as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

FORMULA_STARTS = tuple("=+-@\t\r\n\0＝＋－＠")
"""First characters that start a formula or hide one (OWASP CSV Injection; ASVS 5.0, 1.2.10), and full-width twins."""

SKIPPED_FIRST = " \u00a0\u3000\ufeff\u200b'\""
"""What a spreadsheet may skip or strip before it looks for a formula."""

NUMBER = re.compile(r"[+-]?(\d+([.,]\d+)*|\.\d+)([eE][+-]?\d+)?", re.ASCII)


_INNER_START = re.compile(
    rf"(?<=[;\t])(?=[{re.escape(SKIPPED_FIRST)}]*[{re.escape(''.join(FORMULA_STARTS))}])"
    rf"(?!{NUMBER.pattern}\s*(?:[;\t]|$))",
    re.ASCII,
)
"""Where a formula starts behind a sign that a spreadsheet may split at; a signed number is none."""


def quote(text: str) -> str:
    """The text as a quoted cell, with a leading apostrophe if a spreadsheet could run it; signed numbers stay."""
    if text.isalnum():  # most ids of a million
        return f'"{text}"'
    may_run = text.lstrip(SKIPPED_FIRST).startswith(FORMULA_STARTS) and not NUMBER.fullmatch(text)
    return '"' + ("'" if may_run else "") + text.replace('"', '""') + '"'


def csv_line(cells: Iterable[str | int | float]) -> str:
    """One line, texts quoted, numbers bare.

    A spreadsheet that splits at semicolons or tabs heeds the quotes of the first cell alone: formulas inside of texts
    get an apostrophe too.
    """
    return ",".join(quote(disarm(cell)) if isinstance(cell, str) else str(cell) for cell in cells) + "\n"


def disarm(text: str) -> str:
    """The text with an apostrophe before each formula that stands behind a semicolon or tab in it."""
    return _INNER_START.sub("'", text)


def csv_bytes(header: Sequence[str], rows: Iterable[Iterable[str | int | float]]) -> bytes:
    """A small table."""
    return encode("".join([csv_line(header), *(csv_line(row) for row in rows)]))


def encode(text: str) -> bytes:
    """UTF-8; half of a surrogate pair, which UTF-8 cannot hold, becomes `?`."""
    return text.encode("utf-8", "replace")
