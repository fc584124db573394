"""Tells dates that a spreadsheet of another country has turned around: `03/04/2025` became 4 March, `25/04/2025` text.

Such a spreadsheet knows the dates whose two numbers both may be a month, and leaves the others as texts. So no date
that it knows has a day past the twelfth, and no text one up to it: of true dates both kinds have all days.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from reportgen.clean._date_orders import Choice
from reportgen.clean._look import Counts
from reportgen.engine.text_dates import DAY_FIRST, ISO, MONTH_FIRST, read_date, separator_of

MONTHS = 12
LEAST_KNOWN, LEAST_TEXTS = 8, 4
"""Distinct days of each kind: by chance so many stand apart once in ten thousand columns (.4^8 × .6^4)."""
LEAST_DAYS = 4
"""Distinct days of the month among those that the spreadsheet knew: bills of every first of the month have one."""


def are_exchanged(texts: Counts, choices: Mapping[str, Choice]) -> bool:
    """Whether the ISO dates among the texts have day and month exchanged."""
    known, written = set[dt.date](), set[dt.date]()
    for text, _ in texts:
        choice = choices.get(separator_of(text))
        if choice is None:
            known |= {day for day in (read_date(text, ISO),) if day}
        elif choice.order not in (DAY_FIRST, MONTH_FIRST):
            return False
        else:
            written |= {day for day in (read_date(text, choice.order),) if day}
    if len(known) < LEAST_KNOWN or len(written) < LEAST_TEXTS:
        return False
    is_apart = all(day.day <= MONTHS for day in known) and all(day.day > MONTHS for day in written)
    return is_apart and len({day.day for day in known}) >= LEAST_DAYS


def exchanged(day: dt.date) -> dt.date:
    """The day with its day and month exchanged; its day is 12 at most."""
    return day.replace(month=day.day, day=day.month)
