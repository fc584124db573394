"""What single letters mean in lengths of time: `6 J. 4 M.` are years and months, `3 j 4 h` days and hours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_WORD = re.compile(r"[^\W\d_]+")
_JOINT = r"\.?[\s,]*(?:(?:and|und|et|y|e)\s)?[0-9]+\s?"
_YEARS_FIRST = re.compile(
    rf"^[0-9]+(?:[.,][0-9]+)?(?:\s?(y|yrs?|years?|j|jhre?|jahre?n?|ans?|años?|anos?)|(a)){_JOINT}"
    r"(?:m|mon|mths?|months?|monate?n?|mois|mes|meses|t|tage?n?|w|wochen?|d|days?)\b",
    re.IGNORECASE,
)
"""`2 a 3 m` is from two to three; `2a 3m` are years."""
_FRENCH_DAYS = re.compile(
    rf"^[0-9]+\s?j{_JOINT}(?:h|heures?|min|mn)\b|\b(?:ans?|mois|semaines?){_JOINT}j\b", re.IGNORECASE
)
_BESIDE: tuple[tuple[frozenset[str], Mapping[str, str]], ...] = (
    (
        frozenset({"monat", "monate", "monaten", "jahr", "jahre", "jahren"}),
        {"j": "jahr", "m": "monat", "t": "tag"},
    ),
    (frozenset({"mois", "an", "ans"}), {"j": "jour", "m": "mois"}),
    (frozenset({"mes", "meses", "año", "años"}), {"a": "año", "m": "mes"}),
    (frozenset({"month", "months", "year", "years"}), {"m": "month"}),
)
"""Words of one language → what letters mean in the cells beside them."""
_OF_HOURS = frozenset(
    {"h", "hr", "hrs", "hour", "hours", "min", "mins", "minutes", "std", "stunden", "minuten", "heures"}
)
"""Words beside which a lone `m` is minutes."""


def letters_of(text: str) -> Mapping[str, str]:
    """Letter → the word that it is short for, where two units that stand together say so."""
    if _FRENCH_DAYS.search(text):
        return {"j": "jour"}
    found = _YEARS_FIRST.match(text)
    if not found:
        return {}
    years = (found[1] or found[2]).lower()
    if years.startswith("j"):
        return {"j": "jahr", "m": "monat", "t": "tag"}
    return {"m": "month"} | ({"a": "año"} if years == "a" else {})


def letters_in(texts: Iterable[str]) -> Mapping[str, str]:
    """The same of all cells of a column: what two units together say, else the words that other cells have."""
    together: dict[str, set[str]] = {}
    words = set[str]()
    for text in texts:
        words |= {word.lower() for word in _WORD.findall(text)}
        for letter, word in letters_of(text).items():
            together.setdefault(letter, set()).add(word)
    said = {letter: meant.pop() for letter, meant in together.items() if len(meant) == 1}
    languages = [letters for known, letters in _BESIDE if known & words]
    beside = languages[0] if len(languages) == 1 and not _OF_HOURS & words else {}
    return {letter: word for letter, word in {**beside, **said}.items() if len(together.get(letter, ())) < 2}
