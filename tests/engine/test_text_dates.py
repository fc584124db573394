"""Dates in text."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.engine.text_dates import (
    COMPACT,
    DAY_FIRST,
    EPOCH,
    ISO,
    MONTH,
    MONTH_FIRST,
    NAMED,
    SERIAL,
    SERIAL_1904,
    YEAR_FIRST,
    looks_like_date,
    may_be_counted,
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
        ("39694", SERIAL_1904),
        ("1346716800", EPOCH),
        ("1346716800000", EPOCH),
        ("1346716800000000.0", EPOCH),
        ("20120904T103000Z", COMPACT),
        ("9/4/2012, 10:30:00 PM", MONTH_FIRST),
        ("Tue, Sep 4th, 2012", NAMED),
        ("Tue Sep 04 2012 10:00:00 GMT+0200 (CEST)", NAMED),
        ("mar. 4 sept. 2012", NAMED),
        ("4 września 2012", NAMED),
        ("2012-Sep-04", NAMED),
        ("4. settembre 2012", NAMED),
        ("2012年9月4日", ISO),
        ("٠٤/٠٩/٢٠١٢", DAY_FIRST),
        ("12-09-04", YEAR_FIRST),
        ("12.9.4 10:30", YEAR_FIRST),
        ("41156,4375", SERIAL),
        ("Di, 04.09.2012", DAY_FIRST),
        ("Tue 9/4/2012", MONTH_FIRST),
        ("mar. 04/09/2012", DAY_FIRST),
        ("04.09.2012 um 10:30 Uhr", DAY_FIRST),
        ("04.09.2012, um 10.30 Uhr", DAY_FIRST),
        ("04/09/2012 à 14h26", DAY_FIRST),
        ("'04.09.2012", DAY_FIRST),
    ],
)
def test_orders(text: str, order: str) -> None:
    """Each order reads its own writing; a time of day is passed over."""
    assert read_date(text, order) == DAY


def test_months_have_names_in_four_languages() -> None:
    """March is mar, März, mars and marzo; Austria's January is Jän."""
    assert {read_date(f"4. {month} 2012", NAMED) for month in ("Jän", "Jän.", "Jänner")} == {dt.date(2012, 1, 4)}
    assert {read_date(f"4 {month} 2012", NAMED) for month in ("mar", "März", "mars", "marzo")} == {dt.date(2012, 3, 4)}


@pytest.mark.parametrize(
    "text", ["30/02/2012", "13/13/2012", "2012-00-10", "00010101", "9999-12-31", "0001-01-01", "5 Foo 2012", ""]
)
def test_days_that_do_not_exist(text: str) -> None:
    """30 February, the 13th month and the year 9999 are no dates in any order."""
    assert all(read_date(text, order) is None for order in (ISO, DAY_FIRST, MONTH_FIRST, COMPACT, NAMED, SERIAL))


def test_two_digit_years_turn_at_1969() -> None:
    """69 is 1969 and 68 is 2068, as POSIX has it."""
    assert read_date("01/02/69", DAY_FIRST) == dt.date(1969, 2, 1)
    assert read_date("01/02/68", DAY_FIRST) == dt.date(2068, 2, 1)


def test_numbers_do_not_look_like_dates() -> None:
    """Eight digits may be an amount: only a header can make them a date."""
    assert not looks_like_date("20120904")
    assert all(looks_like_date(text) for text in ("4.9.2012", "Fr, 03.01.2025", "03/01/2025 à 14h26", "'03.01.2025"))
    assert not any(looks_like_date(text) for text in ("Haus, 03.01.20255", "Do 12", "mar 4", "12,5 um 10"))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-03-31T23:30:00-05:00", 1),
        ("2024-04-01T00:30:00+02:00", 31),
        ("2024-04-01 12:30 AM CET", 31),
        ("2024-04-01T10:00:00Z", 1),
        ("2024-04-01", 1),
    ],
)
def test_days_in_another_zone(text: str, day: int) -> None:
    """Around midnight the day in UTC is another one; without a time it is the same."""
    found = read_date(text, ISO, utc=True)
    assert found is not None and found.day == day


def test_an_unknown_zone_is_no_day_in_utc() -> None:
    """Nobody knows when 10:00 XYZT is."""
    assert read_date("2024-04-01 10:00 XYZT", ISO, utc=True) is None


def test_a_day_that_does_not_exist_still_looks_like_one() -> None:
    """A column is one of dates though some of them are 9999-12-31 or 30 February."""
    assert looks_like_date("9999-12-31") and looks_like_date("30.02.2012")


@given(
    st.text("0123456789٣１ .\u200bT:Z+-", max_size=24)
    | st.from_regex(r"\s?(19|20|4)[0-9]{3,8}(\.[0-9])?", fullmatch=True)
)
def test_what_cannot_be_counted_is_no_day_in_any_order_of_digits(text: str) -> None:
    if not may_be_counted(text):
        assert not any(read_date(text, order) for order in (COMPACT, MONTH, SERIAL, SERIAL_1904, EPOCH))


def test_digits_with_marks_between_may_be_counted() -> None:
    assert may_be_counted("2012\u200b0904")
    assert read_date("2012\u200b0904", COMPACT) == DAY


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2025-01", "2025-01"),
        ("2025/1", "2025-01"),
        ("2025M03", "2025-03"),
        ("03/2025", "2025-03"),
        ("03.2025", "2025-03"),
        ("Mar 25", "2025-03"),
        ("Mar-25", "2025-03"),
        ("März 2025", "2025-03"),
        ("marzo de 2025", "2025-03"),
        ("2025 Mar", "2025-03"),
        ("Q2 2025", "2025-04"),
        ("2025-Q4", "2025-10"),
    ],
)
def test_a_month_with_its_year_is_its_first_day(text: str, month: str) -> None:
    """Where a column says no day."""
    assert read_date(text, MONTH) == dt.date.fromisoformat(f"{month}-01")


@pytest.mark.parametrize("text", ["13/2025", "2025-00", "Foo 25", "Q5 2025", "may 2025 x", "25", "1.5"])
def test_what_names_no_month_is_none(text: str) -> None:
    """Nor is a number, or a word beside one."""
    assert read_date(text, MONTH) is None


@pytest.mark.parametrize(
    "text",
    [
        "Tue Mar 21 10:00:00 CET 2023",
        "Tue Mar 21 10:00:00 2023",
        "Tue Mar 21 2023 10:00:00 GMT+0100 (Central European Standard Time)",
        "Mar 21, 2023",
        "21. března 2023",
        "21 марта 2023 г.",
        "21 Mart 2023",
        "2023. március 21.",
        "21 Μαρτίου 2023",
        "21 martie 2023",
        "21. maaliskuuta 2023",
    ],
)
def test_days_are_read_as_programs_and_languages_write_them(text: str) -> None:
    """Java and C put the year behind the time; `Mar` before a day and a year is March, no Tuesday."""
    assert looks_like_date(text)
    assert read_date(text, NAMED) == dt.date(2023, 3, 21)


@pytest.mark.parametrize("text", ["9.4/10", "4.5/5", "3-4/10"])
def test_two_signs_and_a_short_year_make_no_date(text: str) -> None:
    """Marks out of ten are none."""
    assert not looks_like_date(text)
