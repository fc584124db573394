"""Marks that mean the same: digits of every script, minus signs, spaces; and those that show nothing."""

from __future__ import annotations

import re
import unicodedata

LONGEST_VALUE = 60
"""Characters of the longest number or date with its zone; a longer text is neither, and no pattern is tried on it."""

HIDDEN = (
    r"\x1b\[[0-9;]*[A-Za-z]"
    "|[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f\u0080-\u009f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)
"""Colour codes of terminals, control characters, direction marks and characters without width; Python and RE2."""

_FULL_WIDTH = range(0xFF01, 0xFF5F)
_FULL_WIDTH_SHIFT = 0xFEE0
"""East Asian forms of the ASCII characters, as far from them."""
_ALIKE = {
    **dict.fromkeys("\u2212\u2010\u2011\u2012\u2013\u2014\ufe63", "-"),
    **dict.fromkeys("\u2018\u2019\u00b4\u02bc\u2032", "'"),
    "\u066b": ".",
    "\u066c": ",",
    "\uffe5": "¥",
    "\uffe1": "£",
}
"""Minus signs and hyphens, apostrophes, Arabic separators, full-width currencies."""
_RE_HIDDEN = re.compile(HIDDEN)


def without_hidden(text: str) -> str:
    """The trimmed text without marks that show nothing."""
    return text.strip() if text.isascii() and text.isprintable() else _RE_HIDDEN.sub("", text).strip()


def plain_marks(text: str) -> str:
    """The trimmed text with ASCII digits, signs and spaces, without marks that show nothing."""
    if text.isascii() and text.isprintable():
        return text.strip()
    return "".join(_plain(mark) for mark in _RE_HIDDEN.sub("", text)).strip()


def _plain(mark: str) -> str:
    if mark.isascii():
        return mark
    if mark in _ALIKE:
        return _ALIKE[mark]
    if mark.isdecimal():
        return str(unicodedata.decimal(mark))
    if mark.isspace():
        return " "
    return chr(ord(mark) - _FULL_WIDTH_SHIFT) if ord(mark) in _FULL_WIDTH else mark
