"""What pandas computes by Arrow is what Narwhals computes on any engine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.engine.batches import BATCH_ROWS
from reportgen.engine.duckdb import DuckDbEngine
from reportgen.engine.in_memory import InMemoryEngine
from reportgen.engine.shortcuts import (
    FEW_CHARACTERS,
    cast_numbers,
    characters_in,
    count_distinct,
    count_texts,
    every_nth,
    middle_values,
    most_counted,
    quantiles,
)
from reportgen.engine.text_numbers import PLAIN
from reportgen.records.table import LINE_COLUMN

NUMBERS = st.from_regex(PLAIN, fullmatch=True).filter(str.isascii).map(str.strip)
CELLS = st.none() | st.sampled_from(["a", "b", "A", "", " a", "é", "10", "9"])


def frame_of(cells: list[str | None]) -> nw.LazyFrame[Any]:
    return nw.from_native(InMemoryEngine().from_columns({"cell": cells})).lazy()


def plain_pandas(cells: list[str | None]) -> nw.LazyFrame[Any]:
    """The same without Arrow: the way of every other engine."""
    return nw.from_native(pd.DataFrame({"cell": pd.Series(cells, dtype=object)})).lazy()


@settings(deadline=None)
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


@settings(deadline=None)
@given(st.lists(CELLS, min_size=1, max_size=12))
def test_texts_are_counted_as_narwhals_counts_them(cells: list[str | None]) -> None:
    """Distinct texts with their cells, nulls left out; distinct values, null one of them."""
    fast, plain = (dict(count_texts(f, "cell").collect().rows()) for f in (frame_of(cells), plain_pandas(cells)))
    assert fast == plain
    assert count_distinct(frame_of(cells), ["cell"]) == {"cell": len(set(cells))}


@pytest.mark.parametrize(
    ("cells", "n"),
    [
        (["1", "10", "2"], 3),
        (["1", "2", "2"], 2),
        (["2", "1", "2"], 2),
        (["1", "2", None], 3),
        (["1", None, None], 2),
        (["9", "10"], 2),
        (["10", "9", "10"], 2),
    ],
)
def test_rising_ids_are_told_without_a_mistake(cells: list[str | None], n: int) -> None:
    """The short way for ids in order counts neither a repeated id nor a null twice."""
    assert count_distinct(frame_of(cells), ["cell"]) == {"cell": n}


@settings(deadline=None)
@given(st.lists(st.none() | st.text("0189.-C", min_size=1, max_size=5), min_size=2, max_size=12), st.data())
def test_characters_are_those_of_the_cells(cells: list[str | None], data: st.DataObject) -> None:
    """Digits left out; of a part of the table, those of that part alone."""
    first = data.draw(st.integers(0, len(cells) - 2))
    columns = {"cell": ["9", *cells], "row": list(range(len(cells) + 1))}
    frame = nw.from_native(InMemoryEngine().from_columns(columns)).lazy().filter(nw.col("row") > first)
    assert characters_in(frame, "cell") == {sign for cell in cells[first:] if cell for sign in cell} - set("0189")


@pytest.mark.parametrize("cells", [["a", "b", "c", "d", "e"], ["é", "1"], ["1\u20ac", "2"]])
def test_many_or_foreign_characters_are_not_listed(cells: list[str | None]) -> None:
    """None means: look for everything."""
    assert len(set(cells[0])) <= FEW_CHARACTERS
    assert characters_in(frame_of(cells), "cell") is None


def test_an_engine_without_arrow_lists_no_characters() -> None:
    """Other engines look for everything."""
    assert characters_in(plain_pandas(["1.5", "2"]), "cell") is None


def test_counts_are_kept_for_the_cells_they_were_made_of() -> None:
    """A table that takes the place of another one in memory is counted anew."""
    for cells in (["1", "2", "2"], ["3", "2", "1"], ["5", "5", "5"]):
        frame = frame_of(list(cells))
        assert dict(count_texts(frame, "cell").collect().rows()) == {cell: cells.count(cell) for cell in cells}
        assert count_distinct(frame, ["cell"]) == {"cell": len(set(cells))}


@pytest.fixture
def long(tmp_path: Path) -> Iterator[nw.LazyFrame[Any]]:
    """More rows than one stretch, on DuckDB, in order."""
    engine = DuckDbEngine(tmp_path / "engine", 256)
    n = BATCH_ROWS + 10
    columns = {
        "line": np.arange(1, n + 1),
        "id": [f"C{at:07}" for at in range(n)],
        "again": [f"C{min(at, n - 2):07}" for at in range(n)],
        "counted": [str(at) for at in range(n)],
        "amount": np.arange(n) / 4,
    }
    yield nw.from_native(engine.from_columns(columns)).lazy()
    engine.close()


def test_duckdb_counts_rising_ids_by_stretches(long: nw.LazyFrame[Any]) -> None:
    """Ids in order are all distinct; one that comes again, in the last rows, is counted once."""
    n = BATCH_ROWS + 10
    assert count_distinct(long, ["id", "counted", "again"]) == {"id": n, "counted": n, "again": n - 1}


def test_duckdb_tells_the_characters_of_ids(long: nw.LazyFrame[Any]) -> None:
    """One letter beside the digits; of numbers nothing is told."""
    assert characters_in(long, "id") == {"C"}
    assert characters_in(long, "amount") is None


def test_quantiles_of_a_relation_have_the_digits_of_pandas(long: nw.LazyFrame[Any]) -> None:
    """Read in stretches, they are interpolated as pandas does, the middle too."""
    amounts = long.select("amount").collect("pandas").lazy()
    lines, shares = long.rename({"line": LINE_COLUMN}), (0.05, 0.25, 0.5, 0.95)
    assert quantiles(lines, ["amount"], shares) == quantiles(amounts, ["amount"], shares)
    assert middle_values(lines, ["amount"]) == middle_values(amounts, ["amount"])


def test_every_nth_row_is_told_across_stretches(long: nw.LazyFrame[Any]) -> None:
    """Rows are counted on from stretch to stretch; rows out of order have no answer."""
    step = 50_000
    assert every_nth(long, "line", step) == list(range(1, BATCH_ROWS + 11, step))
    assert every_nth(long.sort("line", descending=True), "line", step) is None


@settings(deadline=None)
@given(st.lists(CELLS, min_size=1, max_size=30), st.integers(1, 4))
def test_the_most_frequent_texts_are_the_same_on_every_engine(cells: list[str | None], limit: int) -> None:
    """Among texts of as many cells the first by its characters."""
    counted = Counter(cell for cell in cells if cell is not None)
    wanted = sorted(counted.items(), key=lambda entry: (-entry[1], entry[0]))[:limit]
    for frame in (frame_of(cells), plain_pandas(cells)):
        found = most_counted(count_texts(frame, "cell").select("value", "n"), limit).collect().rows()
        assert sorted(found) == sorted(wanted)
