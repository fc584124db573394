"""How the numbers of a column are written: few texts one by one, many by expressions."""

from __future__ import annotations

import narwhals as nw
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.clean._digits import _count_few, _count_many
from reportgen.engine.text_numbers import PLAIN

NUMBERS = st.from_regex(PLAIN, fullmatch=True).filter(str.isascii).map(str.strip) | st.sampled_from(
    ["0", "1", "-1", "1.000", "1.234", "12.340", "999", "1000", "+1.5", ".5", "0.0"]
)


@settings(deadline=None)
@given(st.dictionaries(NUMBERS, st.integers(1, 5), max_size=12))
def test_few_texts_are_counted_as_many_are(counted: dict[str, int]) -> None:
    """Both ways give the same counts and the same example."""
    native = pd.DataFrame({"value": pd.Series(list(counted), dtype="str"), "n": list(counted.values())})
    texts = nw.from_native(native)
    assert _count_few(texts) == _count_many(texts.lazy())
