"""Any content, and any damage to a sound file, is read or refused by every reader of formats."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import random
import sqlite3
import time
from collections.abc import Callable

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ingest_exports import CUSTOMERS, adds_up, archive, cells, ods_row, open_document, read, workbook

from reportgen.errors import FAULTS, ReportgenError
from reportgen.ingest._answer import read_answer
from reportgen.ingest._json_text import parse_json
from reportgen.ingest._parquet_table import parse_parquet
from reportgen.ingest._sqlite_table import parse_sqlite
from reportgen.ingest._workbook import parse_sheets

FEW, MANY = 20, 2_000
SECONDS = 10
MUTANTS = {False: 3, True: 1_000}
"""Damaged copies of each seed: in the quick suite and in the slow one."""
TEXTS = st.text(max_size=8)
VALUES = st.none() | st.booleans() | st.integers() | st.floats() | TEXTS
NESTED = st.recursive(VALUES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3))
RECORDS = st.lists(st.dictionaries(TEXTS, NESTED, max_size=4), max_size=6)


def reads_or_refuses(parser: Callable[[], bytes]) -> None:
    """The child's parser, in this process: an answer that can be unpacked, or a refusal with a known code."""
    start = time.monotonic()
    try:
        answer = read_answer(parser())
    except ReportgenError as fault:
        assert fault.code in FAULTS
    else:
        assert all(row[0] for row in answer.rows)
    assert time.monotonic() - start < SECONDS


def check_json(value: object) -> None:
    reads_or_refuses(lambda: parse_json(json.dumps(value).encode(), "", "", "ask"))


def check_json_text(text: str) -> None:
    reads_or_refuses(lambda: parse_json(text.encode("utf-8", "surrogatepass"), "", "", "guess"))


def check_parquet(columns: list[tuple[str, list[object]]]) -> None:
    arrays = []
    for _, values in columns:
        try:
            arrays.append(pa.array(values))
        except (pa.ArrowException, TypeError, ValueError, OverflowError):
            arrays.append(pa.array([str(value).encode() for value in values]))
    buffer = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, names=[name for name, _ in columns]), buffer)
    reads_or_refuses(lambda: parse_parquet(buffer.getvalue()))


def sqlite_of(rows: list[tuple[object, object]]) -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE c (a, b)")
    connection.executemany("INSERT INTO c VALUES (?, ?)", rows)
    connection.commit()
    data = connection.serialize()
    connection.close()
    return data


def check_sqlite(rows: list[tuple[object, object]], query: str) -> None:
    reads_or_refuses(lambda: parse_sqlite(sqlite_of(rows), query, "", "guess", "1000"))


def check_workbook(rows: list[list[object]]) -> None:
    reads_or_refuses(lambda: parse_sheets(workbook({"Sheet": rows}), "xlsx"))


CELLS = st.text("a1 <>&\"'/=#", max_size=8) | st.floats() | st.booleans()
TOKENS = ("SELECT", "*", "FROM", "c", "a", ",", ";", "'", "--", "/*", "*/", "1", "WITH", "x", "AS", "(", ")")
WORDS = st.lists(st.sampled_from(TOKENS), max_size=12).map(" ".join)
PLAIN = st.text(st.characters(codec="utf-8"), max_size=5)
SQL_VALUES = st.none() | st.integers(-(2**63), 2**63 - 1) | st.floats() | PLAIN | st.binary(max_size=5)
ARROW_VALUES = (
    st.none()
    | st.booleans()
    | st.integers(-9, 9)
    | st.floats()
    | st.binary(max_size=4)
    | st.lists(st.integers(0, 3), max_size=2)
)
COLUMNS = st.integers(1, 4).flatmap(
    lambda n: st.lists(st.tuples(PLAIN, st.lists(ARROW_VALUES, min_size=n, max_size=n)), min_size=1, max_size=4)
)
CHECKS = {
    "json": (check_json, (RECORDS | NESTED,)),
    "json text": (check_json_text, (st.text('{}[]",:1eE-.+ntf\\u0\n "ab', max_size=40),)),
    "parquet": (check_parquet, (COLUMNS,)),
    "sqlite": (check_sqlite, (st.lists(st.tuples(SQL_VALUES, SQL_VALUES), max_size=5), WORDS)),
    "workbook": (check_workbook, (st.lists(st.lists(CELLS, max_size=6), max_size=8),)),
}


@pytest.mark.parametrize("name", CHECKS)
def test_a_few_of_any_content_are_read_or_refused(name: str) -> None:
    """Whatever the source holds."""
    check, strategies = CHECKS[name]
    settings(max_examples=FEW, deadline=None, database=None)(given(*strategies)(check))()


@pytest.mark.slow
@pytest.mark.parametrize("name", CHECKS)
def test_any_content_is_read_or_refused(name: str) -> None:
    """Two thousand examples a reader."""
    check, strategies = CHECKS[name]
    settings(max_examples=MANY, deadline=None, database=None)(given(*strategies)(check))()


def parquet_seed() -> bytes:
    buffer = io.BytesIO()
    pq.write_table(pa.table({"id": ["001", "002"], "x": [1.5, None], "y": [[1], [2]]}), buffer)
    return buffer.getvalue()


ROWS: list[list[object]] = [["id", "name"], *([number, "Ann"] for number in range(1, 9))]
SEEDS: dict[str, bytes] = {
    "xlsx": workbook({"S": ROWS}),
    "ods": open_document("".join(map(ods_row, ROWS))),
    "json": b'{"data": [{"id": 1, "name": "Ann", "x": {"y": 2.5}}, {"id": 2, "name": null}]}',
    "parquet": parquet_seed(),
    "sqlite": sqlite_of([("001", 1.5), ("002", None)]),
    "gzip": gzip.compress(CUSTOMERS.encode(), mtime=0),
    "bzip2": bz2.compress(CUSTOMERS.encode()),
    "xz": lzma.compress(CUSTOMERS.encode()),
    "zip": archive({"june.csv": CUSTOMERS}),
}


def damaged(content: bytes, chance: random.Random) -> bytes:
    """The content with one to four bytes changed, lost or doubled, or with its end cut off."""
    mutant = bytearray(content)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(mutant))
        match chance.randrange(4):
            case 0:
                mutant[at] = chance.randrange(256)
            case 1:
                mutant[at] ^= 1 << chance.randrange(8)
            case 2:
                del mutant[at : at + chance.randint(1, 8)]
            case _:
                mutant[at:at] = mutant[at : at + chance.randint(1, 8)]
        if len(mutant) < 2:
            break
    return bytes(mutant[: chance.randrange(1, len(mutant))] if chance.random() < 0.1 else mutant)


def check_mutants(name: str, n: int) -> None:
    chance = random.Random(f"{name} {n}")
    for _ in range(n):
        start = time.monotonic()
        try:
            table = read(damaged(SEEDS[name], chance), max_set_aside=1.0, when_unsure="guess")
        except ReportgenError as fault:
            assert fault.code in FAULTS
        else:
            assert adds_up(table)
            assert cells(table) is not None
        assert time.monotonic() - start < SECONDS


@pytest.mark.parametrize("name", SEEDS)
def test_a_few_damaged_files_are_read_or_refused(name: str) -> None:
    """Through the whole reader, the limited child included."""
    check_mutants(name, MUTANTS[False])


@pytest.mark.slow
@pytest.mark.parametrize("name", SEEDS)
def test_damaged_files_are_read_or_refused(name: str) -> None:
    """A thousand a format."""
    check_mutants(name, MUTANTS[True])
