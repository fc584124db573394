"""Asks about numbers some of which a spreadsheet has taken for dates: 6.9 is the sixth of September to it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from reportgen import wording
from reportgen.errors import ReportgenError
from reportgen.roles.subject import Subject
from reportgen.settings_file import toml_value

LEAST_DATES, LEAST_NUMBERS = 0.1, 0.05
"""Shares of the cells from which neither is a slip."""
MOST_OTHERS = 0.05
"""Share of cells that are neither, in a column that is not of notes."""
LARGEST = 1_000
"""Numbers below it are neither years nor the days that spreadsheets count."""
LEAST_DISTINCT = 3
"""Numbers that differ: 0 or -1 alone stand for no date."""


def refuse_became_dates(
    subjects: Mapping[str, Subject], cells: Mapping[str, Sequence[str | None]], chosen: Collection[str]
) -> None:
    """Raises ReportgenError (RG-007) where small numbers stand among dates under a header that says neither.

    `cells`: of the records that were looked at. `chosen`: columns that settings name.
    """
    for name, subject in subjects.items():
        facts = subject.facts
        is_told = name in chosen or subject.says("date") or subject.says("birth") or subject.is_event
        are_both = facts.dates >= LEAST_DATES and facts.numbers >= LEAST_NUMBERS
        if is_told or not are_both or facts.dates + facts.numbers < 1 - MOST_OTHERS or facts.maximum >= LARGEST:
            continue
        numbers = list(dict.fromkeys(cell for cell in cells[name] if cell and _is_number(cell)))
        if len(numbers) >= LEAST_DISTINCT:
            shown = wording.scrub(name)
            raise ReportgenError(
                "RG-007",
                f"The column {shown} mixes dates with numbers such as {wording.scrub(numbers[0], 12)}: a spreadsheet "
                "may have taken numbers such as 6.9 for days.",
                "Take the column from the source again, as text; or leave it out: "
                f"ignore = {toml_value((shown,))} under [columns].",
            )


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).replace(",", "", 1).isdecimal()
