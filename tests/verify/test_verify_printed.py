"""Numbers as they are printed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen import wording
from reportgen.verify.printed import agrees, read_printed, stands_in, stray_numbers

steady = settings(deadline=None, derandomize=True)
amounts = st.floats(-1e9, 1e9, allow_nan=False)
UNITS = ["", "k$", "€", "$", "%", "years", "SD", "m2"]


@steady
@given(amounts, st.sampled_from(UNITS))
def test_what_wording_prints_agrees_with_its_value(value: float, unit: str) -> None:
    """Amounts in any unit read back as the value they were printed from."""
    assert agrees(wording.format_amount(value, unit), value, unit)


@steady
@given(st.floats(0, 1), st.integers(0, 2))
def test_printed_shares_agree(share: float, decimals: int) -> None:
    """Shares print in per cent, with `<1%` and `>99%` at the ends."""
    assert agrees(wording.format_share(share, decimals), share, "share")


@steady
@given(st.floats(0, 1))
def test_printed_p_values_agree(p: float) -> None:
    """`p = 0.012` and `p < 0.001` read back."""
    assert agrees(wording.format_p_value(p), p, "")


@steady
@given(st.integers(0, 2000))
def test_printed_counts_agree(n: int) -> None:
    """Counts read back as digits with separators, as words, and with their noun."""
    assert agrees(wording.format_count(n), n, "customers")
    assert agrees(wording.sentence_case(wording.number_word(n)), n, "segments")
    assert agrees(wording.plural(n, "customer"), n, "customers")


@steady
@given(amounts)
def test_printed_differences_agree(value: float) -> None:
    """Differences in SD keep their sign."""
    assert agrees(wording.format_sd(value), value, "SD")


@pytest.mark.parametrize(
    ("shown", "value", "unit"),
    [
        ("86.5 k$", 86.56, "k$"),
        ("86.5", -86.5, ""),
        ("−86.5", 86.5, ""),
        ("20%", 0.21, "share"),
        ("20%", 0.2, "%"),
        ("20", 0.2, "share"),
        ("<1%", 0.02, "share"),
        (">99%", 0.98, "share"),
        ("p < 0.001", 0.002, ""),
        ("five", 6, "segments"),
        ("five of six", 5, "segments"),
        ("1,204", 1.204, ""),
        ("12,04", 1204, ""),
        ("10 to 20", 10, ""),
        ("many", 100, "customers"),
        ("", 0, ""),
    ],
)
def test_what_is_printed_wrongly_does_not_agree(shown: str, value: float, unit: str) -> None:
    """A wrong digit, sign, scale, bound, separator or word is found."""
    assert not agrees(shown, value, unit)


def test_a_sign_before_the_currency_counts() -> None:
    """`−€1,204` is a negative amount."""
    printed = read_printed("−€1,204", "€")
    assert printed is not None
    assert printed.value == -1204


@pytest.mark.parametrize(
    ("shown", "text", "stands"),
    [
        ("39", "The 39 of them", True),
        ("39", "(39)", True),
        ("39", "139 of them", False),
        ("39", "39.5 of them", False),
        ("39", "39,000 of them", False),
        ("39", "1,39", False),
        ("39", "−39", False),
        ("39", "They are 39.", True),
        ("5", "p5", False),
        ("20%", "20% of all", True),
        ("five", "twenty-five hundred", True),
        ("Five", "Fivefold", False),
        ("", "anything", False),
    ],
)
def test_a_number_stands_only_as_a_whole(shown: str, text: str, stands: bool) -> None:
    """A part of a longer number or word is not the number."""
    assert stands_in(shown, text) is stands


def test_a_number_that_nobody_vouches_for_is_found() -> None:
    """Digits beyond the vouched strings are strays, also beside or inside vouched ones."""
    assert stray_numbers("The 39 of 200 customers", ["39"]) == "200"
    assert stray_numbers("39 and 390", ["39"]) == "390"
    assert stray_numbers("x² rises", []) == "x²"


def test_names_may_hold_digits() -> None:
    """Names are taken out whole, the longest first, also where they are clipped, without hiding other numbers."""
    names = ["Spending Score (1-100)", "Room 5", "Area 51 beside the very long road"]
    assert not stray_numbers("Spending Score (1-100) in Room 5 and Area 51 beside…: 9", [*names, "9"])
    assert stray_numbers("Room 5 has 5 beds", names) == "5"
