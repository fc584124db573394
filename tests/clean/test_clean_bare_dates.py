"""Days written as six or eight digits without signs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest
from raw_tables import DEFAULTS, ENGINE, cells, cleaned, raw_table_of

from reportgen.errors import ReportgenError
from reportgen.records.table import RawTable, Role
from reportgen.roles.stage import assign_roles

N = 200
DAYS = [dt.date(2024, 1, 1) + dt.timedelta(days=i * 5) for i in range(N)]
BIRTHS = [dt.date(1950, 1, 1) + dt.timedelta(days=i * 97) for i in range(N)]


def table(texts: Sequence[str], header: str) -> RawTable:
    return raw_table_of({"ID": [f"C{i}" for i in range(N)], header: texts, "Spend": [f"{i}.5" for i in range(N)]})


@pytest.mark.parametrize("way", ["%y%m%d", "%d%m%y", "%m%d%y", "%d%m%Y"])
@pytest.mark.parametrize("header", ["last_order", "Senast"])
def test_days_without_signs_are_dates(way: str, header: str) -> None:
    """260802 was a count of 260,802 that shaped segments; few years beside many days tell the year's end."""
    done = cleaned(table([day.strftime(way) for day in DAYS], header), DEFAULTS)
    assert next(column.role for column in done.columns if column.name == header) is Role.DATE
    assert cells(done, header) == [day.isoformat() for day in DAYS]
    assert [note.column for note in done.notes if note.step == "dates"] == [header]


def test_a_spreadsheet_takes_the_nought_before_the_day_off() -> None:
    """`50124` is the fifth of January 2024."""
    done = cleaned(table([day.strftime("%d%m%y").lstrip("0") for day in DAYS], "last_order"), DEFAULTS)
    assert cells(done, "last_order") == [day.isoformat() for day in DAYS]


def test_births_in_eight_digits() -> None:
    """The day before the year: of a birth the year stays."""
    done = cleaned(table([day.strftime("%d%m%Y") for day in BIRTHS], "birth date"), DEFAULTS)
    assert cells(done, "birth date") == [day.year for day in BIRTHS]


def test_days_that_may_be_months_are_asked_about() -> None:
    """The question is that of dates with signs."""
    texts = [f"{i % 12 + 1:02d}{i * 5 % 12 + 1:02d}{24 + i % 3}" for i in range(N)]
    with pytest.raises(ReportgenError) as caught:
        cleaned(table(texts, "last_order"), DEFAULTS)
    assert caught.value.code == "RG-007"


def test_amounts_are_no_days() -> None:
    """Incomes of six digits, months out of range among them."""
    texts = [str(120_000 + i * 977) for i in range(N)]
    assert assign_roles(table(texts, "Income"), DEFAULTS, ENGINE)[1].role is Role.MONEY
    assert assign_roles(table(texts, "Figure"), DEFAULTS, ENGINE)[1].role is not Role.DATE
