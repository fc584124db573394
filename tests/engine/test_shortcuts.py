"""What pandas computes by Arrow is what Narwhals computes on any engine."""

from __future__ import annotations

from typing import Any

import narwhals as nw
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.engine.in_memory import InMemoryEngine
from reportgen.engine.shortcuts import cast_numbers, count_distinct, count_texts
from reportgen.engine.text_numbers import PLAIN

NUMBERS = st.from_regex(PLAIN, fullmatch=True).filter(str.isascii).map(str.strip)
CELLS = st.none() | st.sampled_from(["a", "b", "A", "", " a", "é", "10", "9"])


def frame_of(cells: list[str | None]) -> nw.LazyFrame[Any]:
    return nw.from_native(InMemoryEngine().from_columns({"cell": cells})).lazy()


def plain_pandas(cells: list[str | None]) -> nw.LazyFrame[Any]:
    """The same without Arrow: the way of every other engine."""
    return nw.from_native(pd.DataFrame({"cell": pd.Series(cells, dtype=object)})).lazy()


@given(st.lists(st.none() | NUMBERS, min_size=1, max_size=20))
def test_a_plain_number_is_the_number_that_python_reads(cells: list[str | None]) -> None:
    """To the last bit, infinities and the sign of zero too; null stays null."""
    read = cast_numbers(frame_of(cells), ["cell"]).collect()["cell"].to_list()
    assert [repr(float(value)) for value in read] == [repr(float(cell or "nan")) for cell in cells]


@pytest.mark.parametrize("cells", [[" 1", "2 ", None], ["\u00a03", "4"]])
def test_spaces_around_a_number_are_no_part_of_it(cells: list[str | None]) -> None:
    """Exports pad their numbers, and Arrow alone refuses padded ones."""
    read = cast_numbers(frame_of(cells), ["cell"]).collect()["cell"].to_list()
    assert [repr(float(value)) for value in read] == [repr(float(cell or "nan")) for cell in cells]


@given(st.lists(CELLS, min_size=1, max_size=12))
def test_texts_are_counted_as_narwhals_counts_them(cells: list[str | None]) -> None:
    """Distinct texts with their cells, nulls left out; distinct values, null one of them."""
    fast, plain = (dict(count_texts(f, "cell").collect().rows()) for f in (frame_of(cells), plain_pandas(cells)))
    assert fast == plain
    assert count_distinct(frame_of(cells), ["cell"]) == {"cell": len(set(cells))}


@pytest.mark.parametrize(
    ("cells", "n"),
    [(["1", "10", "2"], 3), (["1", "2", "2"], 2), (["2", "1", "2"], 2), (["1", "2", None], 3), (["1", None, None], 2)],
)
def test_rising_ids_are_told_without_a_mistake(cells: list[str | None], n: int) -> None:
    """The short way for ids in order counts neither a repeated id nor a null twice."""
    assert count_distinct(frame_of(cells), ["cell"]) == {"cell": n}
