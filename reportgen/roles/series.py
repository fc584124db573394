"""Asks about tables of days, months or years: each record is a time, and none is a customer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from reportgen import wording
from reportgen.engine.text_dates import DAY_FIRST, ISO, MONTH, MONTH_FIRST, NAMED, read_date
from reportgen.errors import ReportgenError
from reportgen.records.table import Column, Role
from reportgen.roles.subject import Subject

FEWEST_TIMES = 12
"""A year of months."""
EVEN_SHARE = 0.95
"""Steps of one length among all: a day or a month may be missing."""
MONTHS_A_YEAR, DAYS_A_MONTH = 12, 28
OF_CUSTOMERS = frozenset({Role.ID, Role.PERSONAL, Role.AGE, Role.BIRTH})
"""Roles of columns that no series of times has."""
WAYS = (ISO, DAY_FIRST, MONTH_FIRST, MONTH, NAMED)


def refuse_series(
    columns: Collection[Column],
    subjects: Mapping[str, Subject],
    cells: Mapping[str, Sequence[str | None]],
) -> None:
    """Raises ReportgenError (RG-009) where each record is another day, month or year, in even steps, and nobody's.

    `cells`: of the records that were looked at; told only where these are all.
    """
    if any(column.role in OF_CUSTOMERS and not _is_year(subjects.get(column.name)) for column in columns):
        return
    for column in columns:
        subject = subjects.get(column.name)
        if subject is None or not _may_be_times(column, subject) or subject.facts.n_looked < subject.facts.n_rows:
            continue
        if step := _step_of([cell for cell in cells[column.name] if cell is not None], subject):
            name, records = wording.scrub(column.name, 40), wording.plural(subject.facts.n_rows, "record")
            raise ReportgenError(
                "RG-009",
                f"The records look like a series of {step}: {name} names each of the {records} once, in even steps, "
                "and no column names a customer.",
                'Export one row a customer. If each record is one, write mode = "never" in the section [orders].',
            )


def _may_be_times(column: Column, subject: Subject) -> bool:
    facts = subject.facts
    is_apart = facts.n_rows == facts.n_known >= FEWEST_TIMES and facts.n_distinct == facts.n_rows
    return is_apart and (column.role is Role.DATE or _is_year(subject))


def _is_year(subject: Subject | None) -> bool:
    return subject is not None and subject.is_whole and bool(subject.says("year"))


def _step_of(texts: Sequence[str], subject: Subject) -> str:
    """`days`, `weeks`, `months`, `quarters` or `years` where the times stand in even steps; else empty."""
    if _is_year(subject):
        return "years" if _are_even(sorted(int(float(text)) for text in texts), 1) else ""
    days = next((found for way in WAYS if all(found := [read_date(text, way) for text in texts])), [])
    known = sorted(day for day in days if day)
    months = [day.year * MONTHS_A_YEAR + day.month for day in known]
    if len({day.day for day in known}) == 1 or all(_is_last(day) for day in known):
        steps = ((1, "months"), (3, "quarters"), (MONTHS_A_YEAR, "years"))
        return next((name for step, name in steps if _are_even(months, step)), "")
    ordinals = [day.toordinal() for day in known]
    return next((name for step, name in ((1, "days"), (7, "weeks")) if _are_even(ordinals, step)), "")


def _is_last(day: dt.date) -> bool:
    return day.day >= DAYS_A_MONTH and (day + dt.timedelta(days=1)).day == 1


def _are_even(times: Sequence[int], step: int) -> bool:
    n_even = sum(after - before == step for before, after in pairwise(times))
    return n_even >= EVEN_SHARE * (len(times) - 1) > 0
