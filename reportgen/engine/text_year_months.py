"""Reads texts that name a month or a quarter and its year, and no day."""

from __future__ import annotations

import re

from reportgen.engine.text_months import MONTHS

SHORTEST, LONGEST = 6, 20
"""Characters of such a text: `1/2025`, `Jan 25`; `September 2025`, `4º trim. 2025`."""
YEARS_APART = 20
"""Years that numbers of two digits beside months span at most; further apart they are days: `Jan 02`, `Jan 29`."""

_YEAR, _MONTH = "((?:19|20)[0-9]{2})", "(0?[1-9]|1[0-2])"
_YEAR_FIRST = re.compile(rf"^{_YEAR}(?:\s?[-/.]\s?|M|-M|年\s?){_MONTH}月?$|^{_YEAR}(0[1-9]|1[0-2])$")
_MONTH_FIRST = re.compile(rf"^{_MONTH}\s?[-/.]\s?{_YEAR}$")
_QUARTER_FIRST = re.compile(rf"^[QqTt]\s?([1-4])\s?[-/.' ]?\s?{_YEAR}$")
_QUARTER_LAST = re.compile(rf"^{_YEAR}\s?[-/.]?\s?[QqTt]([1-4])$")
_NAMED = re.compile(r"^([^\W\d_]{3,12})\.?(?: de |[-/ ']+)((?:19|20)?[0-9]{2})$")
_NAMED_LAST = re.compile(r"^((?:19|20)[0-9]{2})[-/. ]{1,2}([^\W\d_]{3,12})\.?$")
_SHORT_YEAR = re.compile(r"[^0-9]([0-9]{2})$")


def first_of_month(text: str) -> tuple[int, int, int] | None:
    """(year, month, 1) of a text such as `202501`, `2025-01`, `01/2025`, `2025M01`, `Jan 25` and `Q1 2025`, else None.

    A year by two digits stays one.
    """
    if not SHORTEST <= len(text) <= LONGEST:
        return None
    if found := _YEAR_FIRST.match(text):
        return int(found[1] or found[3]), int(found[2] or found[4]), 1
    if found := _MONTH_FIRST.match(text):
        return int(found[2]), int(found[1]), 1
    if found := _QUARTER_FIRST.match(text):
        return int(found[2]), 3 * int(found[1]) - 2, 1
    if found := _QUARTER_LAST.match(text):
        return int(found[1]), 3 * int(found[2]) - 2, 1
    return _named(text)


def _named(text: str) -> tuple[int, int, int] | None:
    if found := _NAMED.match(text):
        year, month = found[2], MONTHS.get(found[1].lower())
    elif found := _NAMED_LAST.match(text):
        year, month = found[1], MONTHS.get(found[2].lower())
    else:
        return None
    return (int(year), month, 1) if month else None


def is_quarter(text: str) -> bool:
    """Whether the text names a quarter: a category as well, unless the header asks when."""
    return bool(_QUARTER_FIRST.match(text) or _QUARTER_LAST.match(text))


def are_short_years(texts: list[str]) -> bool:
    """Whether two digits behind the months, if any, are years: they lie near to each other, or go past every day."""
    ends = [int(found[1]) for text in texts if (found := _SHORT_YEAR.search(text))]
    return not ends or max(ends) > 31 or max(ends) - min(ends) <= YEARS_APART
