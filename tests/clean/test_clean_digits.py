"""How the numbers of a column are written: few texts one by one, many by expressions."""

from __future__ import annotations

import narwhals as nw
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.clean._digits import _apart, _apart_by_expressions
from reportgen.engine.in_memory import InMemoryEngine
from reportgen.engine.text_numbers import PLAIN

NUMBERS = st.from_regex(PLAIN, fullmatch=True).filter(str.isascii).map(str.strip) | st.sampled_from(
    [
        "?",
        "€ 5",
        "1,234",
        "-1.234,50",
        "(3)",
        "0",
        "1",
        "-1",
        "1.000",
        "1.234",
        "12.340",
        "999",
        "1000",
        "+1.5",
        ".5",
        "0.0",
    ]
)


@settings(deadline=None)
@given(st.dictionaries(NUMBERS, st.integers(1, 5), min_size=1, max_size=12))
def test_few_texts_are_counted_as_many_are(counted: dict[str, int]) -> None:
    """Plain numbers and others: both ways give the same."""
    texts = [text for text, n in counted.items() for _ in range(n)]
    frame = nw.from_native(InMemoryEngine().from_columns({"cell": texts})).lazy()
    assert _apart(tuple(counted.items())) == _apart_by_expressions(frame, "cell")
