"""Numbers in text: what is read, and that Python and the engine read alike."""

from __future__ import annotations

import math
import time

import narwhals as nw
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reportgen.engine.in_memory import InMemoryEngine
from reportgen.engine.text_dates import looks_like_date, read_date
from reportgen.engine.text_numbers import is_plain, read_number, with_number
from reportgen.engine.text_units import BOOKED, LAKHS, unit_of
from reportgen.engine.text_written import written_marks

WRITTEN = st.text(alphabet="0123456789.,-+()€$%' \u00a0eEkg−", max_size=12)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12.0),
        ("1,234.50", 1234.5),
        ("1'234.50", 1234.5),
        ("12,34,567", 1234567.0),
        ("1\u00a0234", 1234.0),
        ("(123)", -123.0),
        ("123-", -123.0),
        ("−4", -4.0),
        ("-$5", -5.0),
        ("$ -5", -5.0),
        ("EUR 12.50", 12.5),
        ("12.50 €", 12.5),
        ("12%", 12.0),
        (".5", 0.5),
        ("1e5", 100000.0),
        ("\u20115", -5.0),
        ("٤٥٫٥", 45.5),
        ("१२", 12.0),
        ("１２．５", 12.5),
        ("R$ 7", 7.0),
        ("%12", 12.0),
    ],
)
def test_numbers_as_people_write_them(text: str, value: float) -> None:
    """Signs, brackets, currencies, thousands and per cent are understood."""
    assert read_number(text) == value


@pytest.mark.parametrize(
    "text", ["", "abc", "1,2", "06 12 34 56 78", "0x1A", "1-2", "(5", "1.2.3", "--5.", "1 234'567", "12 €€"]
)
def test_text_that_is_no_number(text: str) -> None:
    """Telephone numbers, hex, ranges and half brackets stay text."""
    assert read_number(text) is None


def test_a_decimal_comma_turns_the_separators_round() -> None:
    """1.234,56 is one thousand two hundred with a comma, and nothing with a point."""
    assert (read_number("1.234,56", ","), read_number("1.234,56", ".")) == (1234.56, None)


def test_units_are_named() -> None:
    """The currency or word beside a number, written as the reader sees it; none beside a bare number."""
    texts = ["12 €", "USD 12", "12 kg", "12 %", "12", "flat 4b"]
    assert [unit_of(text) for text in texts] == ["€", "$", "kg", "%", "", ""]


def test_past_the_range_of_a_float_is_not_plain() -> None:
    """1e400 is read as infinite, so it is not a number that every program reads alike."""
    assert not is_plain("1e400")


@settings(max_examples=60, deadline=None)
@given(texts=st.lists(WRITTEN, min_size=1, max_size=40), decimal=st.sampled_from([".", ","]))
@example(texts=["(5", "5)", "(5)", "-(5)", "5-", "€-5", "5 kg", "-5kg-", "1.234 kg"], decimal=".")
@example(texts=["1,−", "1,-", "1.−", "1_000", "1_000-"], decimal=",")
def test_python_and_engine_read_alike(texts: list[str], decimal: str) -> None:
    """The expression gives the answer of `read_number` for any text, or none."""
    engine = InMemoryEngine()
    frame = nw.from_native(engine.from_columns({"a": texts})).lazy()
    read = with_number(frame, "a", decimal, ((), ("kg",))).collect().to_native()
    found = [None if math.isnan(value) else value for value in engine.to_arrays(read, ["a"])["a"]]
    told = [(text, seen) for text, seen in zip(texts, found, strict=True) if seen is not None]
    assert [seen for _, seen in told] == [read_number(text, decimal, "kg") for text, _ in told]


def test_the_common_ways_are_read_at_once() -> None:
    """Amounts with a sign, brackets, thousands and their currency leave nothing to read text by text."""
    engine = InMemoryEngine()
    texts = ["€1,234.50", "-€ 2", "(€3.00)", "EUR 4-", "5 €", "6", "−7", "+8 €"]
    frame = nw.from_native(engine.from_columns({"a": texts})).lazy()
    read = with_number(frame, "a", marks=written_marks([(text, 1) for text in texts], "€")).collect().to_native()
    assert list(engine.to_arrays(read, ["a"])["a"]) == [1234.5, -2.0, -3.0, -4.0, 5.0, 6.0, -7.0, 8.0]


def test_unsigned_columns_are_read_alike_in_less_steps() -> None:
    """Without a sign or a tail in any cell, the short way gives the same numbers."""
    engine = InMemoryEngine()
    frame = nw.from_native(engine.from_columns({"a": ["€1,234.50", "99", "EUR 7.25", "soon"]})).lazy()
    read = with_number(frame, "a", marks=(("€", "EUR"), ()), signed=False).collect().to_native()
    assert list(engine.to_arrays(read, ["a"])["a"][:3]) == [1234.5, 99.0, 7.25]


@settings(max_examples=200, deadline=1_000)
@given(st.text(max_size=5_000))
def test_no_text_takes_long(text: str) -> None:
    """Hostile cells are read in linear time, and never raise."""
    read_number(text * 20)
    unit_of(text * 20)


def test_only_the_unit_of_the_column_is_taken_off() -> None:
    """Dollars in a column of euros are no euros, and pounds of weight no kilograms."""
    assert read_number("5 Kg.", unit="kg") == 5
    assert (read_number("$ 5", unit="€"), read_number("5 lb", unit="kg")) == (None, None)


def test_debit_is_negative() -> None:
    """In a column of Cr and Dr, Dr is what is owed."""
    assert (read_number("12.50 DR", unit=BOOKED), read_number("12.50 Cr", unit=BOOKED)) == (-12.5, 12.5)


@pytest.mark.parametrize(("unit", "value"), [("₹", 5.0), ("₹ Cr", 5e7), (BOOKED, 5.0), (LAKHS, 5e7), ("$", None)])
def test_cr_behind_rupees_is_what_the_column_says(unit: str, value: float | None) -> None:
    """`₹ 5 Cr` is credit in a column of rupees or of debit and credit, and crore in one of crores."""
    assert read_number("₹ 5 Cr", unit=unit) == value


@pytest.mark.parametrize("text", ["1" * 10**6, " " * 10**6 + "x", "1,234" * 200_000, "(" * 10**6, "€ " * 500_000])
def test_a_million_characters_are_no_number_at_once(text: str) -> None:
    """Hostile cells cost nothing, whatever they hold (T30)."""
    start = time.perf_counter()
    assert (read_number(text), unit_of(text), looks_like_date(text), read_date(text, "named")) == (
        None,
        "",
        False,
        None,
    )
    frame = nw.from_native(InMemoryEngine().from_columns({"a": [text]})).lazy()
    assert with_number(frame, "a", marks=(("€",), ("€",))).collect().select(nw.col("a").count()).item() == 0
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize(("text", "value"), [("101,-", 101.0), ("101,–", 101.0), ("-101,-", -101.0), ("101-", -101.0)])
def test_a_dash_for_the_cents_is_no_sign(text: str, value: float) -> None:
    """German price lists write `101,-` for an even amount; a dash right behind the digits is accounting's minus."""
    assert read_number(text, ",") == value
