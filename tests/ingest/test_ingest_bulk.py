"""The fast way of reading large text gives the same as the careful one."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ingest_exports import CUSTOMERS, actions, cells, read, records

from reportgen.ingest import _bulk, delimited
from reportgen.records.table import RawTable

TEXTS = st.text(st.sampled_from("ab1 ,;\"'\n\r\té#"), max_size=6)


def fast_and_careful(text: str) -> tuple[RawTable, RawTable]:
    """The same text read both ways."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delimited, "BULK_FROM", 0)
        fast = read(text)
        patch.setattr(delimited, "BULK_FROM", len(text) + 1)
        return fast, read(text)


def assert_same(text: str) -> None:
    fast, careful = fast_and_careful(text)
    assert fast.columns == careful.columns
    assert cells(fast) == cells(careful)
    assert records(fast) == records(careful)
    assert actions(fast) == actions(careful)
    assert fast.report == careful.report


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=15), st.sampled_from(["\n", "\r\n", "\r"]))
def test_both_ways_agree_on_any_table(rows: list[tuple[str, str]], line_end: str) -> None:
    """Cells, record numbers, set aside records, notes: nothing tells the two ways apart."""
    buffer = io.StringIO(newline="")
    table = [("id", "name", "note"), *((number, *row) for number, row in enumerate(rows, start=1))]
    csv.writer(buffer, lineterminator=line_end, quoting=csv.QUOTE_ALL).writerows(table)
    assert_same(buffer.getvalue())


@pytest.mark.parametrize(
    "below",
    [
        "Total,,85,243\n",
        ",,,\n,,,\n",
        ",,,\n6,Fay,1,1\n",
        "id,name,income,score\n6,Fay,1,1\n",
        "\n\n",
        "\n6,Fay,1,1\n",
        "6,F\n",
    ],
    ids=["totals", "empty rows", "empty row between", "header again", "blank lines", "blank line between", "short row"],
)
def test_both_ways_agree_on_what_stands_below(below: str) -> None:
    """Totals, empty rows, a repeated header, blank lines and misfits are treated alike."""
    assert_same(CUSTOMERS + below)


@pytest.mark.parametrize(
    "damage", ["6,F\n", '6,"F, G",1,1\n7,"F"x,1,1\n', "id,name,income,score\n"], ids=["short", "quote", "header"]
)
def test_the_fast_way_is_closed_to_irregular_text(damage: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Text with one irregular record never reaches the C parser's result: it answers None."""
    answers = []
    monkeypatch.setattr(delimited, "BULK_FROM", 0)
    monkeypatch.setattr(delimited, "read_bulk", lambda *given: answers.append(_bulk.read_bulk(*given)))
    read(CUSTOMERS + damage)
    assert answers == [None]
