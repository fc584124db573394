"""Numbers written as a step of something: `5+` above 0 to 4, `4/5`, `★★★★☆`."""

from __future__ import annotations

import re
from collections.abc import Collection

from reportgen.engine.text_numbers import is_plain

MOST_FORMS = 120
"""Distinct texts of a column that may be written so."""
ENDS = frozenset((*range(3, 11), 50, 100))
"""Highest marks: of two are parcels and pages, of twelve months, of 16 and 32 sizes, of more the years of dates."""
FEWEST_BELOW = 2
"""Numbers below an open end that show what it is the end of: `18+` alone is an age that a film is for."""
_AND_MORE = re.compile(
    r"^([0-9]{1,4})\s?(?:\+|(?:or|and|oder|und|et|ou|o|y|e|en|i)\s(?:more|over|mehr|plus|más|mas|più|mais|meer|więcej)\.?)$",
    re.IGNORECASE,
)
_OUT_OF = re.compile(
    r"^([0-9]{1,3}(?:[.,][0-9]{1,2})?)\s?(?:/|of|out of|von|sur|de|di|van|z|av)\s?([0-9]{1,3})"
    r"(?:\s?(?:stars?|sterne?n?|points?|punkte?n?|étoiles?|estrellas?|stelle|sterren|★))?$",
    re.IGNORECASE,
)
_STARS = re.compile(r"^([★⭐]*)([☆]*)$")


def number_forms(texts: Collection[str]) -> dict[str, str]:
    """Text → number, of a column's distinct texts that are no plain numbers; empty where they are something else."""
    if len(texts) > MOST_FORMS:
        return {}
    odd = [text for text in texts if not is_plain(text)]
    if not odd:
        return {}
    return _open_end(odd, texts) if len(odd) == 1 else _out_of(odd, texts) or _stars(odd, texts)


def _open_end(odd: Collection[str], texts: Collection[str]) -> dict[str, str]:
    """`5+`, where all others are whole numbers below it."""
    (text,) = odd
    found = _AND_MORE.match(text)
    below = [other for other in texts if other != text]
    if not found or len(below) < FEWEST_BELOW or not all(other.isdecimal() for other in below):
        return {}
    return {text: found[1]} if max(map(int, below)) < int(found[1]) else {}


def _out_of(odd: Collection[str], texts: Collection[str]) -> dict[str, str]:
    """`4/5`, where all are out of one number."""
    found = {text: _OUT_OF.match(text) for text in odd}
    ends = {match[2] for match in found.values() if match}
    if len(odd) < len(texts) or not all(found.values()) or len(ends) != 1 or int(next(iter(ends))) not in ENDS:
        return {}
    if any(len(match[1]) > 1 and match[1].startswith("0") and match[1].isdigit() for match in found.values() if match):
        return {}
    numbers = {text: match[1].replace(",", ".") for text, match in found.items() if match}
    return numbers if max(map(float, numbers.values())) <= int(ends.pop()) else {}


def _stars(odd: Collection[str], texts: Collection[str]) -> dict[str, str]:
    """`★★★★☆`, counted."""
    found = {text: _STARS.match(text) for text in odd}
    if len(odd) < len(texts) or not all(found.values()):
        return {}
    return {text: str(len(match[1])) for text, match in found.items() if match}
