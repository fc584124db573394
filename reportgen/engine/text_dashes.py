"""Dashes beside numbers that are no minus before them: between number and word, behind a currency, in place of 0."""

from __future__ import annotations

import re

from reportgen.engine.text_spellings import is_booking

_JOINED = re.compile(r"(?<=[0-9])(?:-(?=[^\W\d_])|\s-\s?(?=[^\W\d_]))")
"""`4-star`, `3 - mal`; in `12,00- EUR` a sum of a book is below 0."""
_NOUGHT = re.compile(r"^(?:(?P<before>[^\d\s-]{1,5})\s*-{1,2}|-{1,2}\s*(?P<behind>[^\d\s-]{1,5}))$")
_BEHIND = re.compile(r"[0-9]\s?(?P<mark>[^\d\s.,'()-]{1,8})\s?-$")
"""`12,00 €-`; `12 Fr.-` has no cents."""


def without_joint(text: str) -> str:
    """The text without the dash that joins a number and a word, unless the word is a mark of bookkeeping."""
    found = _JOINED.search(text) if "-" in text else None
    if not found or is_booking(text[found.end() :]):
        return text
    return f"{text[: found.start()]} {text[found.end() :]}"


def mark_beside_dash(text: str) -> str:
    """What stands alone beside a dash, or empty: beside a currency the dash is a spreadsheet's 0 (`$ -`, `- €`)."""
    found = _NOUGHT.match(text) if "-" in text else None
    return (found["before"] or found["behind"]) if found else ""


def mark_before_minus(text: str) -> str:
    """The mark between a number and a minus at the end, or empty: behind a currency it is the number's."""
    found = _BEHIND.search(text) if text.endswith("-") else None
    return found["mark"] if found else ""
