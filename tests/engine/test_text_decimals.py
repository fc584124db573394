"""Which sign parts the decimals."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.engine import text_decimals
from reportgen.engine.text_decimals import count_votes, money_decimal, own_decimal, proven_decimal


def decided(*texts: str) -> str | None:
    return own_decimal(count_votes([(text, 1) for text in texts]))


@pytest.mark.parametrize(
    ("texts", "sign"),
    [
        (["1.5", "1.234"], "."),
        (["1,5", "1.234"], ","),
        (["1.234.567", "1.234"], ","),
        (["0.123", "1.234"], "."),
        (["1.234", "5.678"], None),
        (["1.234", "5.670", "980"], ","),
        (["1.234", "5.678", "9800"], "."),
        (["1.234", "5.670", "9800"], None),
        ([f"{i}.{i}37" for i in range(1, 32)] + ["7"], "."),
        (["12", "980"], None),
    ],
)
def test_a_column_proves_its_sign(texts: list[str], sign: str | None) -> None:
    """One number with a single reading decides; whole numbers beside `1.234` decide where they fit one writing only."""
    assert decided(*texts) == sign


def test_money_has_no_third_decimal() -> None:
    """$1,234 is more than a thousand dollars; a dinar has a thousand parts, and a bare number may have."""
    votes = count_votes([("$1,234", 5)], "$")
    assert [money_decimal(votes, unit) for unit in ("$", "KWD", "kg", "")] == [".", None, None, None]


def test_two_signs_contradict() -> None:
    """1.5 beside 1,5, and 1.234 beside 1,234, have no common reading."""
    assert count_votes([("1.5", 1), ("1,5", 1)]).is_contradictory
    assert count_votes([("1.234", 1), ("1,234", 1)]).is_contradictory


def test_columns_prove_a_sign_only_together() -> None:
    """Where one column has a point and one a comma, a third cannot follow them."""
    point, comma, nothing = (count_votes([(text, 9)]) for text in ("1.5", "1,5", "12"))
    assert proven_decimal({"a": point, "b": nothing}) == "."
    assert proven_decimal({"a": point, "b": comma}) is None


@given(st.lists(st.from_regex(r"[0-9]{0,5}[.,]?[0-9]{0,26}( ?[€k])?", fullmatch=True), max_size=20))
def test_amounts_told_apart_first_vote_as_all_others_do(texts: list[str]) -> None:
    counted = [(text, place + 1) for place, text in enumerate(texts)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(text_decimals, "_POINT_ALONE", re.compile("(?!)"))
        slowly = count_votes(counted)
    assert count_votes(counted) == slowly


@pytest.mark.parametrize(
    ("texts", "is_open"),
    [
        ([f"{i}.{i % 9 + 1}3{i % 9 + 1}" for i in range(1, 60)] + ["86.29", "45.31"], False),
        ([f"{i}.{i % 9 + 1}3{i % 9 + 1}" for i in range(1, 20)] + ["86.29", "45.31"], True),
        (["1.234", "2.345", "12.500", "12.50", "99.90", "14.25"], True),
        (["1.234", "12.25", "0.5"], False),
    ],
)
def test_numbers_cut_to_three_decimals_by_a_program_are_no_question(texts: list[str], is_open: bool) -> None:
    """None of many ends in 0, for the program left that out: a thousand's last digit would be 0 in every tenth."""
    assert count_votes([(text, 1) for text in texts]).has_third_decimals is is_open
