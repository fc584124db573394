"""The fast way of reading large text gives the same as the careful one."""

from __future__ import annotations

import csv
import io

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ingest_exports import CUSTOMERS, cells, read, records
from untidy_texts import untidy_text

from reportgen.errors import ReportgenError
from reportgen.ingest import _bulk, delimited
from reportgen.ingest._body import Body
from reportgen.ingest._parse import Dialect

TEXTS = st.text(st.sampled_from("ab1 ,;\"'\n\r\té#"), max_size=6)
SPANNING = "id,name,score\n" + "".join(f'{number},"a ""{number}"",\né",{number / 7}\n' for number in range(999))


def outcome(text: str, *, is_fast: bool) -> tuple[object, ...]:
    """All that a reading tells, or the refusal, by one of the two ways."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delimited, "BULK_FROM", 0 if is_fast else len(text) + 1)
        try:
            table = read(text)
        except ReportgenError as fault:
            return (fault.code, fault.sentence, fault.hint)
        kinds = [str(kind) for kind in table.frame.dtypes]
        return (
            table.columns,
            cells(table),
            records(table),
            table.set_aside,
            list(table.places.numbers),
            table.report,
            kinds,
        )


def assert_same(text: str) -> None:
    assert outcome(text, is_fast=True) == outcome(text, is_fast=False)


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> list[Body | None]:
    """What the fast way answered, in the order of the calls."""
    told: list[Body | None] = []
    read_bulk = _bulk.read_bulk

    def spy(*given: object) -> Body | None:
        told.append(read_bulk(*given))  # type: ignore[arg-type]
        return told[-1]

    monkeypatch.setattr(delimited, "BULK_FROM", 0)
    monkeypatch.setattr(delimited, "read_bulk", spy)
    return told


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=15), st.sampled_from(["\n", "\r\n", "\r"]))
def test_both_ways_agree_on_any_table(rows: list[tuple[str, str]], line_end: str) -> None:
    """Cells, record numbers, lines, set aside records, notes: nothing tells the two ways apart."""
    buffer = io.StringIO(newline="")
    table = [("id", "name", "note"), *((number, *row) for number, row in enumerate(rows, start=1))]
    csv.writer(buffer, lineterminator=line_end, quoting=csv.QUOTE_ALL).writerows(table)
    assert_same(buffer.getvalue())


@pytest.mark.parametrize("start", range(0, 300, 50))
def test_both_ways_agree_on_untidy_text(start: int) -> None:
    """In any dialect, with totals, blanks and slips of the keyboard: the same reading or the same refusal."""
    for seed in range(start, start + 50):
        assert_same(untidy_text(seed))


@pytest.mark.slow
@pytest.mark.parametrize("start", range(1_000, 11_000, 500))
def test_both_ways_agree_on_ten_thousand_untidy_texts(start: int) -> None:
    """The same, so often that a rule which holds for most texts alone is found out."""
    for seed in range(start, start + 500):
        assert_same(untidy_text(seed))


def test_the_fast_way_is_taken_for_many_untidy_texts(answers: list[Body | None]) -> None:
    """The comparison of both ways is no comparison of the careful one with itself."""
    for seed in range(400):
        outcome(untidy_text(seed), is_fast=True)
    assert sum(answer is not None for answer in answers) > 40


@pytest.mark.parametrize(
    "below",
    [
        "Total,,85,243\n",
        ",,,\n,,,\n",
        ",,,\n6,Fay,1,1\n",
        "id,name,income,score\n6,Fay,1,1\n",
        "\n\n",
        "\n6,Fay,1,1\n",
        ",,,\n\n,,,\n",
        "6,F\n",
        "6,Fay,1,1,\n",
        "6,\0Fay,1,1\n",
        "6,F\ray,1,1\n",
        '6,"F\n7,8,9,10\ny",1,1\n',
        '6,"F""\n"" y",1,1\n',
        '6,"F"y,1,1\n',
        '6,F"y,1,1\n',
        '6,"Fay,1,1\n',
        "6,Fay,1,1\n\x1a",
    ],
)
def test_both_ways_agree_on_what_stands_below(below: str) -> None:
    """Totals, blanks, a repeated header, misfits, NULs, lone CRs and quotes of all kinds are treated alike."""
    assert_same(CUSTOMERS + below)


@pytest.mark.parametrize("content", [(CUSTOMERS + "6,J\xf6rg,1,1\n").encode("cp1252"), ("\ufeff" + CUSTOMERS).encode()])
def test_both_ways_agree_on_other_encodings(content: bytes) -> None:
    """The fast way reads the decoded text, whatever the bytes were."""
    assert outcome(content, is_fast=True) == outcome(content, is_fast=False)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "damage",
    ["6,F\n", '6,"F, G",1,1\n7,"F"x,1,1\n', "id,name,income,score\n", '6,"F\n7,8,9,10\ny",1,1\n', ",,,\n\n", "\n"],
    ids=["short", "quote", "header", "record in a field", "blank line below", "blank line"],
)
def test_the_fast_way_is_closed_to_irregular_text(damage: str, answers: list[Body | None]) -> None:
    """Text with one irregular record is left to the careful way."""
    read(CUSTOMERS + damage + "8,Gus,2,2\n")
    assert answers == [None]


def test_a_cell_past_the_limit_is_refused_however_large_the_file() -> None:
    """A cell of more than a mebi of characters ends the careful way with RG-022, so the fast one declines."""
    text = CUSTOMERS + '6,"' + "x" * (1 << 20) + 'y",1,1\n' + "7,Gus,2,2\n" * 20
    assert outcome(text, is_fast=True) == outcome(text, is_fast=False)
    assert outcome(text, is_fast=True)[0] == "RG-022"


@pytest.mark.parametrize("n_threads", [1, 4])
def test_neither_threads_nor_blocks_show(
    n_threads: int, answers: list[Body | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Text cut anywhere, inside of quotes too, and parsed by any number of threads is the same table."""
    before = pa.cpu_count()
    monkeypatch.setattr(_bulk, "BLOCK", 64)
    try:
        pa.set_cpu_count(n_threads)
        fast = outcome(SPANNING, is_fast=True)
    finally:
        pa.set_cpu_count(before)
    assert answers[0] is not None
    assert fast == outcome(SPANNING, is_fast=False)


@pytest.mark.parametrize("n_bytes", [1, 2, 3, 7])
@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ('"a","b\nc"\n', True),
        ('"a","b""c"\nd,"e"', False),
        ('a,"b"\r\n"c",d', False),
        ('a"b,c\n"d",e', None),
        ('"a,b\n', None),
        ('"a\nb,c,d\n",e', None),
    ],
)
def test_quotes_pair_up_over_the_pieces_they_are_looked_at_in(
    text: str, spans: bool | None, n_bytes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever a piece is cut, the answer is that of the whole text."""
    monkeypatch.setattr(_bulk, "LOOK", n_bytes)
    assert _bulk.spans_lines(memoryview(text.encode()), Dialect(","), 2) == spans
