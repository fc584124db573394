"""Headers as public exports write them, whose first word says one thing and whose figures another."""

from __future__ import annotations

import random

import pytest
from lone_columns import N, drawn, role_of, whole
from raw_tables import raw_table_of, roles_of

from reportgen.records.table import Role

RISING = [str(number) for number in sorted(random.Random(2).sample(range(1, 2 * N - 20), N))]


@pytest.mark.parametrize(
    ("name", "cells", "role"),
    [
        ("ID#", whole(1, 4_000), Role.ID),
        ("#", RISING, Role.ID),
        ("sno", [str(number) for number in range(7, N + 7)], Role.ID),
        ("column 1", RISING, Role.ID),
        ("Rank", RISING, Role.ID),
        ("yr_renovated", drawn("0", "0", "1991", "2004", "2013"), Role.CODE),
        ("price_range", drawn("0", "1", "2", "3"), Role.CODE),
        ("WorkLifeBalance", drawn("1", "2", "3", "4"), Role.CODE),
        ("long", [f"-122.{i:06}" for i in range(N)], Role.PERSONAL),
        ("Invoice ID", [f"{100 + i}-{10 + i % 90}-{1000 + i}" for i in range(N)], Role.ID),
        ("date", [f"2014{1 + i % 12:02}{1 + i % 28:02}T000000" for i in range(N)], Role.DATE),
        ("Lattitude", [f"-37.{i:06}" for i in range(N)], Role.PERSONAL),
        ("RFMClass", drawn("111", "154", "255", "312", "543", "555"), Role.CODE),
        ("rfm_score", drawn("11", "15", "25", "31", "54", "55", "42"), Role.CODE),
        ("customer_first_name", drawn("Ann", "Bo", "Cy", "Di"), Role.PERSONAL),
        ("Nachname", drawn("Meier", "Koch"), Role.PERSONAL),
        ("Contact_Number", [f"98{i:08}" for i in range(N)], Role.PERSONAL),
        ("week", [str(1 + i % 53) for i in range(N)], Role.CODE),
        ("Day", [str(1 + i % 31) for i in range(N)], Role.CODE),
        ("Stunde", [str(i % 24) for i in range(N)], Role.CODE),
        ("product_category_name", [f"Line {i}" for i in range(N)], Role.TEXT),
        ("Produktname", [f"Mug {i}" for i in range(N)], Role.TEXT),
        ("Instagram", [f"@shopper.{i}" for i in range(N)], Role.PERSONAL),
    ],
)
def test_names_in_disguise_shape_no_segments(name: str, cells: list[str], role: Role) -> None:
    """Numbers of rows with some taken out since, years with 0 for none, steps of a scale, places misspelt, numbers of
    invoices that look like those of social security, days with midnight behind them."""
    assert role_of(name, cells) is role


@pytest.mark.parametrize(
    ("name", "cells", "role"),
    [
        ("INR", [f"{number}.5" for number in whole(3_000, 99_000)], Role.MEASURE),
        ("Stock_Index_Price", whole(700, 1_500), Role.MEASURE),
        ("Market Cap", [f"{number}000000.0" for number in whole(300, 90_000)], Role.MEASURE),
        ("Number of ratings", whole(0, 900), Role.COUNT),
        ("rating_count", whole(0, 900), Role.COUNT),
        ("#Orders", whole(1, 400), Role.COUNT),
        ("orders_no", drawn(*"1234567"), Role.COUNT),
        ("incidents_no", drawn("0", "3", "12", "17", "25", "28", "31"), Role.MEASURE),
        ("CupsPerDay", drawn("1", "2", "3", "4", "6", "7", "8"), Role.MEASURE),
        ("bill_length_mm", [f"{number / 10}" for number in range(320, 320 + N)], Role.MEASURE),
        ("PaymentMethodAgeDays", [f"{number}.5" for number in whole(1, 600)], Role.MEASURE),
        ("Fare", [f"{number}.25" for number in whole(7, 300)], Role.MONEY),
        ("tip", [f"{number}.5" for number in whole(1, 300)], Role.MONEY),
        ("delivery fee", drawn("0", "4.95", "2"), Role.MONEY),
        ("Hours per week", [str(i % 50) for i in range(N)], Role.MEASURE),
        ("weeks", [str(1 + i % 53) for i in range(N)], Role.MEASURE),
        ("rfm_sum", drawn(*"34567", "12", "15"), Role.MEASURE),
        ("RFM Score", drawn("3.5", "7.2", "9.1"), Role.SCORE),
        ("Firma", drawn("GmbH", "AG"), Role.CATEGORY),
        ("Instagram followers", whole(0, 9_000), Role.COUNT),
        ("Facebook ads", [f"{number}.5" for number in whole(0, 900)], Role.MEASURE),
        ("price_sensitivity", [f"{i % 81 / 10}" for i in range(N)], Role.SCORE),
        ("visits", RISING, Role.COUNT),
        ("Income", RISING, Role.MONEY),
    ],
)
def test_amounts_are_none_of_what_a_part_of_their_header_says(name: str, cells: list[str], role: Role) -> None:
    """A currency's code is no internal number, a price index no number of rows, `cap` not only a postcode."""
    assert role_of(name, cells) is role


def test_a_number_of_rows_that_comes_again_is_no_key() -> None:
    """`#` of a catalogue whose articles have variants repeats; the records are not refused for it."""
    numbers = [str(number) for number in range(1, 112)] + [str(number) for number in range(3, 12)]
    draw = random.Random(7)
    table = raw_table_of({"#": numbers, "spent": [f"{draw.lognormvariate(5, 1):.2f}" for _ in numbers]})
    assert roles_of(table)["#"].role is Role.CODE
