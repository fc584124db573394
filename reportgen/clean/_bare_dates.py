"""Reads columns of days without signs as if there were dashes: order and doubt are then those of all other dates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from reportgen.clean._date_reading import Written
from reportgen.engine.text_bare_dates import may_be_day, parted
from reportgen.engine.text_dates import CENTURY_TURN, MONTH, read_date

BARE_SHARE = 0.95
"""Share of cells from which a column is written so."""
WHOLE_SHARE = 0.5
"""Share of its texts that have all their digits: five alone are days that a spreadsheet counts."""
FEW_YEARS, MANY_DAYS = 15, 20
"""Two digits of so few kinds are years where those at the other end are days of so many kinds."""
SHORT_DATE = 8
"""Characters of `26-08-02`."""


def with_dashes(written: Written) -> tuple[Written, Mapping[str, str]]:
    """How the column is written with dashes, and each text with them; of other columns as it was, and nothing.

    `201011` is a month where all are.
    """
    n_cells = sum(n for _, n in written.texts)
    dashed = {text: parted(text) for text, _ in written.texts if may_be_day(text)}
    n_bare = sum(n for text, n in written.texts if text in dashed)
    n_months = sum(n for text, n in written.texts if text in dashed and read_date(text, MONTH))
    n_whole = sum(not len(text.strip().removesuffix(".0")) % 2 for text in dashed)
    is_bare = n_bare >= BARE_SHARE * n_cells > n_months and n_whole > WHOLE_SHARE * len(dashed)
    if not is_bare:
        return written, {}
    dashed = _with_whole_years(dashed)
    counted = Counter[str]()
    for text, n in written.texts:
        counted[dashed.setdefault(text, text)] += n
    return replace(written, texts=tuple(counted.most_common())), dashed


def _with_whole_years(dashed: Mapping[str, str]) -> dict[str, str]:
    """The texts with four digits of the year, where few years beside many days tell which end is the year's."""
    short = [day for day in dashed.values() if len(day) == SHORT_DATE]
    firsts, lasts = {day[:2] for day in short}, {day[-2:] for day in short}
    if len(firsts) <= FEW_YEARS and len(lasts) >= MANY_DAYS:
        return {text: f"{_century(day[:2])}{day}" if len(day) == SHORT_DATE else day for text, day in dashed.items()}
    if len(lasts) <= FEW_YEARS and len(firsts) >= MANY_DAYS:
        ends = {text: (day[:-2], day[-2:]) for text, day in dashed.items()}
        return {
            text: f"{head}{_century(year)}{year}" if len(dashed[text]) == SHORT_DATE else dashed[text]
            for text, (head, year) in ends.items()
        }
    return dict(dashed)


def _century(year: str) -> str:
    return "19" if int(year) >= CENTURY_TURN else "20"
