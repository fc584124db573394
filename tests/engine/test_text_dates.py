"""Dates in text."""

from __future__ import annotations

import datetime as dt

import pytest

from reportgen.engine.text_dates import (
    COMPACT,
    DAY_FIRST,
    ISO,
    MONTH_FIRST,
    NAMED,
    SERIAL,
    looks_like_date,
    order_votes,
    read_date,
)

DAY = dt.date(2012, 9, 4)


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("2012-09-04", ISO),
        ("2012-09-04T10:30:00Z", ISO),
        ("04-09-2012", DAY_FIRST),
        ("4.9.12", DAY_FIRST),
        ("9/4/2012 8:45", MONTH_FIRST),
        ("20120904", COMPACT),
        ("4 Sep 2012", NAMED),
        ("September 4, 2012", NAMED),
        ("4. Septembre 2012", NAMED),
        ("41156", SERIAL),
    ],
)
def test_orders(text: str, order: str) -> None:
    """Each order reads its own writing; a time of day is passed over."""
    assert read_date(text, order) == DAY


def test_months_have_names_in_four_languages() -> None:
    """March is mar, März, mars and marzo."""
    assert {read_date(f"4 {month} 2012", NAMED) for month in ("mar", "März", "mars", "marzo")} == {dt.date(2012, 3, 4)}


@pytest.mark.parametrize("text", ["30/02/2012", "13/13/2012", "2012-00-10", "00010101", "9999-12-31", "5 Foo 2012", ""])
def test_days_that_do_not_exist(text: str) -> None:
    """30 February, the 13th month and the year 9999 are no dates in any order."""
    assert all(read_date(text, order) is None for order in (ISO, DAY_FIRST, MONTH_FIRST, COMPACT, NAMED, SERIAL))


def test_two_digit_years_turn_at_1969() -> None:
    """69 is 1969 and 68 is 2068, as POSIX has it."""
    assert read_date("01/02/69", DAY_FIRST) == dt.date(1969, 2, 1)
    assert read_date("01/02/68", DAY_FIRST) == dt.date(2068, 2, 1)


def test_votes_count_cells() -> None:
    """One day past the twelfth outvotes many that read both ways."""
    assert order_votes([("01/02/2012", 5), ("25/02/2012", 2)]) == {DAY_FIRST: 7, MONTH_FIRST: 5}


def test_numbers_do_not_look_like_dates() -> None:
    """Eight digits may be an amount: only a header can make them a date."""
    assert not looks_like_date("20120904")
    assert looks_like_date("4.9.2012")
