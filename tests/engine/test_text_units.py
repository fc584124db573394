"""What stands beside numbers."""

from __future__ import annotations

import pytest

from reportgen.engine.text_units import (
    BOOKED,
    CREDIT,
    CRORE,
    LAKHS,
    UNCLEAR,
    common_unit,
    count_units,
    is_measured_in,
    meaning_of_cr,
    unit_of,
)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("US$ 12", "$"),
        ("C000123", ""),
        ("CHF C12", ""),
        ("k12", ""),
        ("12,50 zł", "PLN"),
        ("Rs.500", "₹"),
        ("kr100", "kr"),
        ("CHF 1'234.50", "CHF"),
        ("-5 €", "€"),
        ("(5 €)", "€"),
        ("12%", "%"),
        ("3 (est.)", "(est.)"),
        ("12 kWh/m²", "kWh/m²"),
        ("12*", "*"),
    ],
)
def test_units_before_and_behind(text: str, unit: str) -> None:
    """Signs, codes, words and remarks are told, whatever the sign of the number."""
    assert unit_of(text) == unit


@pytest.mark.parametrize("text", ["0xFF", "RM5", "pen 3", "flat 4b", "12:30h", "10 years 3 months", "12", ""])
def test_names_have_no_unit(text: str) -> None:
    """Hex, article numbers, times and two units are no number with a unit."""
    assert unit_of(text) == ""


def test_one_and_many_are_one_unit() -> None:
    """`day` and `Days` are one unit, written as most often; `m` and `min` are two."""
    assert common_unit([("1 day", 2), ("3 days", 5), ("4 Days", 1)]) == "days"
    assert common_unit([("1 m", 2), ("3 min", 5)]) == "min"
    for one, many in (("Person", "Personen"), ("person", "persons"), ("Stern", "Sterne"), ("yr", "yrs")):
        assert len(count_units([(f"1 {one}", 1), (f"2 {many}", 1)])) == 1, one
    assert len(count_units([("1 tonne", 1), ("1 ton", 1), ("1 m", 1), ("1 ms", 1)])) == 4


def test_a_rare_word_is_no_unit() -> None:
    """`5k` once among bare numbers would turn five thousand into five."""
    assert (common_unit([("5k", 1)], least=5), common_unit([("5k", 9)], least=5)) == ("", "k")


def test_debit_makes_a_column_booked() -> None:
    """Cr alone may be crores; with Dr it is credit and debit. Neither is a unit to print."""
    assert (common_unit([("5 Cr", 9)]), common_unit([("5 Cr", 9), ("5 DR", 1)])) == ("Cr", BOOKED)
    assert not is_measured_in(BOOKED)


@pytest.mark.parametrize(
    ("texts", "meaning"),
    [
        (["₹ 5.00 Cr", "₹ 3.00 Dr"], CREDIT),
        (["₹ 5.00 Cr", "₹ 3 lakh"], CRORE),
        (["₹ 5.5 Cr", "₹ 3.00 Cr"], CRORE),
        (["₹ 5.00 Cr", "₹ 1,000 Cr"], UNCLEAR),
        (["₹ 5.00", "₹ 3.00"], ""),
    ],
)
def test_the_column_tells_what_cr_is(texts: list[str], meaning: str) -> None:
    """A debit proves credit; lakh, or decimals that books do not have, prove crore."""
    assert meaning_of_cr([(text, 1) for text in texts]) == meaning


def test_lakh_and_crore_make_a_column_of_them() -> None:
    """`L` and `Cr` together; litres alone are a unit, and so is one mark that fits to neither."""
    assert common_unit([("5 L", 1), ("1 Cr", 1)]) == LAKHS
    assert common_unit([("5 L", 2), ("1 kg", 1)]) == "L"
    assert not is_measured_in(LAKHS)
