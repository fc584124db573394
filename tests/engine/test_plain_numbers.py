"""What plain numbers match is the same told from their bytes as by patterns."""

from __future__ import annotations

import re
from collections import Counter

import narwhals as nw
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.engine.in_memory import InMemoryEngine
from reportgen.engine.plain_numbers import LONGEST, PATTERNS, count_plain
from reportgen.engine.shortcuts import count_texts, is_counted
from reportgen.engine.text_numbers import PLAIN

DIGITS = st.from_regex(r"[+-]?(?:[0-9]{1,6}(?:\.[0-9]{0,4})?|\.[0-9]{1,4})", fullmatch=True).filter(str.isascii)
EDGES = st.sampled_from(
    ["0", "-0", "00", "0.0", ".0", "1", "01", "1.", "-1.00", "1.01", "1.234", "12.340", "999", "1000", "0.125", "+5"]
)
ODD = ["1.2.3", "1-2", "--1", "-", ".", "-.", ".-5", "5.-", "1e5", "2026-01-05", "1,5", "", " 1", "x", "١", "9" * 25]


def frame_of(cells: list[str | None]) -> nw.LazyFrame[pd.DataFrame]:
    return nw.from_native(InMemoryEngine().from_columns({"cell": cells})).lazy()


@settings(deadline=None)
@given(st.lists(st.none() | DIGITS | EDGES, min_size=1, max_size=30), st.booleans())
def test_bytes_say_what_patterns_say(cells: list[str | None], counted: bool) -> None:
    """Cells of each pattern and the last examples, told from every cell or from kept counts."""
    known = Counter(cell for cell in cells if cell)
    if not known:
        return
    frame = frame_of(cells)
    if counted:
        count_texts(frame, "cell")
        assert is_counted(frame, "cell")
    seen = count_plain(frame, "cell")
    assert seen is not None
    assert seen.cells.pop("plain") == known.total()
    matching = {key: {text for text in known if re.search(pattern, text)} for key, pattern in PATTERNS.items()}
    assert seen.cells == {key: sum(known[text] for text in texts) for key, texts in matching.items()}
    assert seen.either == max(matching["either"], default="")
    assert seen.point == max(matching["point"] - matching["either"], default="")


@pytest.mark.parametrize("odd", ODD)
def test_what_is_no_plain_number_is_left_to_patterns(odd: str) -> None:
    """Among plain ones and alone: a date, an exponent and a text of other signs are none of digits, sign and point."""
    assert count_plain(frame_of(["1", odd, "2.50"]), "cell") is None
    assert len(odd) > LONGEST or "e" in odd or not re.search(PLAIN, odd)


def test_other_engines_are_left_to_patterns() -> None:
    plain = nw.from_native(pd.DataFrame({"cell": pd.Series(["1", "2"], dtype=object)})).lazy()
    assert count_plain(plain, "cell") is None
