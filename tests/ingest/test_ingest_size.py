"""How much memory a table will take is told before it is read."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from reportgen.ingest import _size
from reportgen.ingest.stage import table_bytes
from reportgen.records.source import Source, source_of, together

TEXT = b"id,income\n" + b"1,2\n" * 1_000
ENOUGH = 1 << 30


def expected(path: Path) -> int | None:
    return table_bytes(source_of(path), ENOUGH)


def test_text_is_told_by_its_bytes(tmp_path: Path) -> None:
    """Six times the file, packed or not: gzip and zip say how large it is unpacked."""
    plain, packed, archive = tmp_path / "a.csv", tmp_path / "a.csv.gz", tmp_path / "a.zip"
    plain.write_bytes(TEXT)
    packed.write_bytes(gzip.compress(TEXT))
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("a.csv", TEXT)
        file.writestr("readme.txt", "hello")
    assert [expected(path) for path in (plain, packed, archive)] == [6 * len(TEXT)] * 3


def test_parquet_is_told_by_its_footer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows times columns, asked of a child where the file's size leaves a doubt."""
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"id": range(5_000), "flag": [True] * 5_000}), path)
    assert (expected(path) or 0) < ENOUGH
    monkeypatch.setattr(_size, "MOST_CELLS_A_BYTE", 1 << 30)
    assert expected(path) == 40 * 10_000


def test_files_together_are_added_up(tmp_path: Path) -> None:
    """Several months as one table."""
    paths = [tmp_path / "a.csv", tmp_path / "b.csv"]
    for path in paths:
        path.write_bytes(TEXT)
    assert table_bytes(together([source_of(path) for path in paths]), ENOUGH) == 12 * len(TEXT)


@pytest.mark.parametrize("content", [b"PAR1broken", b"PK\x03\x04broken", b"\x89PNG\r\n\x1a\n"])
def test_what_cannot_be_told_is_not_known(content: bytes, tmp_path: Path) -> None:
    """Reading says what is wrong with it."""
    path = tmp_path / "a"
    path.write_bytes(content)
    assert table_bytes(source_of(path), 1) is None


def test_places_without_a_file_are_not_known(tmp_path: Path) -> None:
    """Databases, standard input, directories and what does not exist."""
    sources = [source_of("-"), Source("db", url="postgresql://x/y"), source_of(tmp_path), source_of(tmp_path / "none")]
    assert [table_bytes(source, ENOUGH) for source in sources] == [None] * 4
