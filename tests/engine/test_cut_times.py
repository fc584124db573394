"""Days are parted from their times in Arrow's texts as expressions part them on any engine."""

from __future__ import annotations

from typing import Any

import narwhals as nw
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.clean.dates import written_in
from reportgen.engine import cut_times as module
from reportgen.engine.cut_times import cut_times, with_days
from reportgen.engine.in_memory import InMemoryEngine
from reportgen.engine.shortcuts import count_texts

DAYS = ["2026-01-05", "5.1.2026", "1/5/26", "Mon, 5 Jan 2026", "20260105", "2026년 1월 5일", "n/a", "TT", "5 MAR", ""]
TIMES = [
    "",
    " 10:30",
    "T10:30:00Z",
    " 10:30:00 +0100",
    " 10:30 CET",
    ", 10:30 PM",
    " um 10:30 Uhr",
    " 10h",
    " late",
    "T",
]
CELLS = st.none() | st.builds(
    "{}{}{}".format, st.sampled_from(DAYS), st.sampled_from(TIMES), st.sampled_from(["", " "])
)
EVENING = "2026-01-05 20:15:00"


def arrow(cells: list[str | None]) -> nw.LazyFrame[Any]:
    return nw.from_native(InMemoryEngine().from_columns({"cell": cells})).lazy()


def plain(cells: list[str | None]) -> nw.LazyFrame[Any]:
    """The same without Arrow: the way of every other engine."""
    return nw.from_native(pd.DataFrame({"cell": pd.Series(cells, dtype=object)})).lazy()


def cells_of(frame: nw.LazyFrame[Any]) -> list[str | None]:
    return [cell if isinstance(cell, str) else None for cell in frame.collect()["cell"].to_list()]


@settings(deadline=None, max_examples=300)
@given(st.lists(CELLS, min_size=1, max_size=12).filter(any), st.booleans())
def test_the_same_days_whichever_way(cells: list[str | None], counted: bool) -> None:
    """Counts, zones and what stands in place of each cell, told from every cell or from kept counts."""
    frame, other = arrow(cells), plain(cells)
    if counted:
        count_texts(frame, "cell")
    written = written_in(frame, "cell")
    assert written == written_in(other, "cell")
    stands_for = {text: None if text == "n/a" else f"<{text}>" for text, _ in written.texts}
    ways = [with_days(one, "cell", stands_for, drops_time=written.drops_time) for one in (frame, other)]
    assert cells_of(ways[0]) == cells_of(ways[1])


@settings(deadline=None)
@given(st.lists(CELLS, min_size=1, max_size=12).filter(any))
def test_a_time_can_be_kept(cells: list[str | None]) -> None:
    """As where several zones are mixed."""
    whole = {cell.strip(): f"<{cell.strip()}>" for cell in cells if cell}
    ways = [with_days(one, "cell", whole, drops_time=False) for one in (arrow(cells), plain(cells))]
    assert cells_of(ways[0]) == cells_of(ways[1])


@pytest.mark.parametrize(("limit", "cells"), [("MOST_PARTS", [EVENING, "2026-01-06"]), ("MOST_PLACES", ["1", "12 3"])])
def test_what_is_too_many_is_left_to_expressions(
    limit: str, cells: list[str | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, limit, 1)
    frame = arrow(cells)
    assert cut_times(frame, "cell") is None
    assert written_in(frame, "cell") == written_in(plain(cells), "cell")


def test_what_was_cut_is_kept_while_the_column_lives() -> None:
    """Looking and rewriting ask for the same; a new column is cut anew."""
    frame = arrow([EVENING, None])
    assert cut_times(frame, "cell") is cut_times(frame, "cell")
    found = cut_times(frame, "cell")
    assert found is not None
    assert (found.days, found.places.tolist(), dict(found.counts)) == (["2026-01-05"], [0, -1], {"2026-01-05": 1})
    assert cut_times(plain([EVENING]), "cell") is None
