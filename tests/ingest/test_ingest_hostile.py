"""Thirty-two hostile files: each is read or refused in five seconds' work, and the reader's memory hardly grows."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from ingest_exports import archive, ods_row, open_document, sheet_xml, workbook
from old_workbooks import OLE

ROWS = [["id", "name"], [1, "Ann"]]
SECONDS, MEMORY_MIB = 5, 200
WAITED_SECONDS = 120
"""Until the reader is held to wait for something that never comes."""
# Its time is the processor's, its children's too: on a busy machine it waits for its turn. Its memory is VmHWM, since
# ru_maxrss begins with what the process that started it had taken.
READER = """
import json, os, sys
from pathlib import Path
from reportgen.config import InputSettings
from reportgen.engine.in_memory import InMemoryEngine
from reportgen.errors import ReportgenError
from reportgen.ingest.base import READERS
from reportgen.ingest.stage import read_export
list(READERS.items())


def highest():
    return int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0])


def worked():
    return sum(os.times()[:4])


before = highest()
start = worked()
code = "read"
try:
    read_export(Path(sys.argv[1]), InputSettings(), InMemoryEngine())
except ReportgenError as fault:
    code = fault.code
grown = (highest() - before) / 1024
print(json.dumps([code, worked() - start, grown]))
"""


def sheet(more: str) -> bytes:
    return workbook({"S": sheet_xml(ROWS, more)})


def parquet(rows: int, text: str) -> bytes:
    buffer = io.BytesIO()
    ids = pa.array([1] * rows).dictionary_encode()
    pq.write_table(pa.table({"id": ids, "x": pa.array([text] * rows)}), buffer)
    return buffer.getvalue()


def forged_parquet() -> bytes:
    """The number of values in a page's header, raised from 3 to a great many."""
    buffer = io.BytesIO()
    pq.write_table(pa.table({"id": [1, 2, 3], "x": [4, 5, 6]}), buffer, use_dictionary=False, compression="none")
    content = bytearray(buffer.getvalue())
    at = content.index(b"\x15\x06", 4)
    content[at : at + 2] = b"\x15\x7e"
    return bytes(content)


def many_rows_parquet() -> bytes:
    """A billion rows of nothing, by 1,000 row groups of one page each."""
    buffer = io.BytesIO()
    column = pa.array([None] * 1_000_000, pa.int8())
    table = pa.table({"a": column, "b": column})
    with pq.ParquetWriter(buffer, table.schema) as writer:
        for _ in range(150):
            writer.write_table(table)
    return buffer.getvalue()


def deep_parquet() -> bytes:
    kind = pa.int8()
    for _ in range(60):
        kind = pa.list_(kind)
    buffer = io.BytesIO()
    pq.write_table(pa.table({"id": [1], "x": pa.array([None], kind)}), buffer)
    return buffer.getvalue()


def database(*statements: str) -> bytes:
    connection = sqlite3.connect(":memory:")
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    data = connection.serialize()
    connection.close()
    return data


def stored_bomb() -> bytes:
    buffer = io.BytesIO()
    packed = zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9)
    with packed, packed.open("customers.csv", "w") as entry:
        for _ in range(400):
            entry.write(b"0" * (1 << 20))
    return buffer.getvalue()


BOMB = "WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM t) SELECT x, x AS y FROM t"
FILES: dict[str, Callable[[], bytes]] = {
    "xlsx far cell": lambda: sheet('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    "xlsx seven letters": lambda: sheet('<row r="9"><c r="AAAAAAA9"><v>1</v></c></row>'),
    "xlsx zip bomb": lambda: sheet(f'<row r="9"><c r="A9" t="inlineStr"><is><t>{"a" * (300 << 20)}</t></is></c></row>'),
    "xlsx entities": lambda: workbook({"S": sheet_xml(ROWS, before='<!DOCTYPE x [<!ENTITY a "b">]>')}),
    "xlsx external entity": lambda: workbook({"S": sheet_xml(ROWS, before='<!DOCTYPE x SYSTEM "file:///etc/passwd">')}),
    "xlsx without places": lambda: sheet("<row>" + "<c><v>1</v></c>" * 20_000 + "</row>" + "<row><c/></row>" * 2_000),
    "xlsx sparse": lambda: sheet("".join(f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(5, 1_200))),
    "xlsx tall": lambda: sheet('<row r="1048576"><c r="B1048576"><v>1</v></c></row>'),
    "xlsx shared text": lambda: sheet('<row r="9"><c r="A9" t="s"><v>4000000000</v></c></row>'),
    "xlsx many parts": lambda: workbook({"S": ROWS}, parts={f"xl/x{at}.xml": "<a/>" for at in range(6_000)}),
    "ods repeated cells": lambda: open_document(
        ods_row([1], more='<table:table-cell office:value="5" table:number-columns-repeated="1000000000"/>')
    ),
    "ods repeated rows": lambda: open_document(ods_row([1, "x"], attributes=' table:number-rows-repeated="900000000"')),
    "xls loop": lambda: OLE + b"\0" * 22 + b"\x09\0\x06\0" + b"\x01\0\0\0" * 4_000,
    "gzip bomb": lambda: gzip.compress(b"a" * (200 << 20)),
    "bzip2 bomb": lambda: bz2.compress(b"a" * (200 << 20)),
    "xz bomb": lambda: lzma.compress(b"a" * (200 << 20)),
    "zstd bomb": lambda: pa.Codec("zstd").compress(b"a" * (200 << 20), asbytes=True),
    "zip bomb": stored_bomb,
    "nested zip": lambda: archive({"a.zip": archive({"b.zip": archive({"c.csv": "a"})})}),
    "gzip in gzip": lambda: gzip.compress(gzip.compress(b"a" * (50 << 20))),
    "many files": lambda: archive({f"{at}.csv": "id,n\n1,2\n" for at in range(6_000)}),
    "json depth": lambda: b"[" * 5_000_000,
    "json object depth": lambda: b'{"a":' * 1_000_000,
    "json keys": lambda: json.dumps([{f"k{at}": 1} for at in range(15_000)]).encode(),
    "json empty lists": lambda: b"[" + b"[]," * 2_000_000 + b"[]]",
    "parquet text": lambda: parquet(300_000, "a" * 5_000),
    "parquet rows": many_rows_parquet,
    "parquet values": forged_parquet,
    "parquet depth": deep_parquet,
    "sqlite view": lambda: database(f"CREATE VIEW v AS {BOMB}"),
    "sqlite long value": lambda: database("CREATE TABLE c(a, b)", "INSERT INTO c VALUES (1, zeroblob(50000000))"),
    "sqlite schema": lambda: database("CREATE TABLE c(a, b)").replace(b"CREATE TABLE c(a, b)", b"CREATE TABLE c(a, c("),
}


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is measured where Linux tells it")
@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_read_or_refused_in_time(name: str, tmp_path: Path) -> None:
    """F4, F5, R5: measured in a process of its own, on its memory's highest point."""
    (tmp_path / "hostile").write_bytes(FILES[name]())
    outcome = subprocess.run(
        [sys.executable, "-c", READER, tmp_path / "hostile"],
        capture_output=True,
        text=True,
        check=False,
        timeout=WAITED_SECONDS,
    )
    assert outcome.returncode == 0, outcome.stderr
    code, seconds, grown = json.loads(outcome.stdout)
    assert code == "read" or code.startswith("RG-")
    assert seconds <= SECONDS
    assert grown <= MEMORY_MIB
