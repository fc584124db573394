"""Reading the cells of a column as numbers, before the other columns are heard."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.roles import _numbers
from reportgen.roles._numbers import look_at_digits, read_columns

NUMBERS = st.from_regex(r"[+-]?[0-9]{0,28}\.?[0-9]{0,4}(e[+-]?[0-9]{1,3})?", fullmatch=True)
OTHERS = st.sampled_from(["12 €", "$5", "1.234,5", "1,234", "C0001", "12 kg", "(3)", "5-", "", "1 000", "0x1F", "12,-"])


@given(st.lists(NUMBERS | OTHERS, min_size=1, max_size=30), st.sampled_from(["auto", ".", ","]))
def test_plain_numbers_are_read_at_once_as_all_others_are(texts: list[str], decimal: str) -> None:
    """What is told apart for speed gives what the patterns give, to the last bit."""
    written = {"a": look_at_digits(Counter(texts))}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_numbers, "PLAIN_LENGTH", 0)
        slowly = read_columns(written, decimal)
    assert read_columns(written, decimal) == slowly
