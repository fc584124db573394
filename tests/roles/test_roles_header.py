"""Headers taken apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.roles.header import Header, parse_header
from reportgen.roles.vocabulary import load_vocabulary


def parse(name: str) -> Header:
    return parse_header(name, load_vocabulary())


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Annual Income (k$)", "Annual income"),
        ("Annual_Income_(k$)", "Annual income"),
        ("Spending Score (1-100)", "Spending score"),
        ("Spending.Score..1.100.", "Spending score"),
        ("CustomerID", "Customer ID"),
        ("CUST_ID", "Customer ID"),
        ("Genre", "Genre"),
        ("Gender_B", "Gender B"),
        ("MntWines", "Wines amount"),
        ("NumWebPurchases", "Web purchases"),
        ("no_of_orders", "Orders"),
        ("BALANCE_FREQUENCY", "Balance frequency"),
        ("ONEOFF_PURCHASES", "One-off purchases"),
        ("Year_Birth", "Birth year"),
        ("Dt_Customer", "Customer date"),
        ("tenure", "Tenure"),
        ("MonthlyCharges", "Monthly charges"),
        ("StreamingTV", "Streaming TV"),
        ("AcceptedCmp3", "Accepted campaign 3"),
        ("emp.var.rate", "Emp var rate"),
        ("Umsatz in EUR", "Umsatz"),
        ("Anzahl Bestellungen", "Anzahl Bestellungen"),
        ("Alter", "Alter"),
        ("âge", "Âge"),
        ("Edad", "Edad"),
        ("Last purchase in Germany", "Last purchase in Germany"),
        ("Spend (last 12 months)", "Spend (last 12 months)"),
    ],
)
def test_labels_read_well(name: str, label: str) -> None:
    """Camel case and underscores split, sentence case, acronyms and German nouns keep their capitals."""
    assert parse(name).label == label


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("Annual Income (k$)", "k$"),
        ("Umsatz in EUR", "€"),
        ("Jahresumsatz (TEUR)", "k€"),
        ("income_usd", "$"),
        ("tenure_months", "months"),
        ("bill_length_mm", "mm"),
        ("Gross CM", ""),
        ("Discount %", "%"),
        ("Age (years)", "years"),
        ("Income (net)", ""),
        ("Spending Score (1-100)", ""),
        ("months", ""),
    ],
)
def test_units_are_taken_off(name: str, unit: str) -> None:
    """Brackets and last words name the unit; a header of a unit alone keeps its word."""
    assert parse(name).unit == unit


@pytest.mark.parametrize(
    ("name", "scale"),
    [("Spending Score (1-100)", (1, 100)), ("Rating [0 to 5]", (0, 5)), ("Note (1–6)", (1, 6)), ("Band (9-1)", None)],
)
def test_scales_are_declared_in_brackets(name: str, scale: tuple[float, float] | None) -> None:
    """A rising pair of numbers is a scale."""
    assert parse(name).scale == scale


@given(st.text(min_size=1, max_size=200))
def test_any_header_has_a_label(name: str) -> None:
    """No header breaks the parser, and none that shows anything loses its label."""
    label = parse(name).label
    assert bool(label) or not any(character.isalnum() for character in name)


def test_years_in_brackets_are_no_scale() -> None:
    """`Revenue (2020-2024)`: every amount would lie outside of it."""
    vocabulary = load_vocabulary()
    assert parse_header("Revenue (2020-2024)", vocabulary).scale is None
    assert parse_header("Score (1-100)", vocabulary).scale == (1, 100)
