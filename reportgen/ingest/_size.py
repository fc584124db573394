"""Tells how much memory a table will take before it is read."""

from __future__ import annotations

import json
import os
import stat
import zipfile
from pathlib import Path

from reportgen.errors import ReportgenError
from reportgen.ingest._child import run_in_child
from reportgen.ingest._kinds import GZIP, HEAD, JSON, PARQUET, TEXT, kind_of
from reportgen.records.source import Source

TEXT_FACTOR = 6
"""Bytes of memory a byte of text: as cells, and as the numbers and copies that cleaning makes of them."""
CELL_BYTES = 40
"""Of a cell of a typed file, which is packed in the file: a short text and its place, and the same copies."""
MOST_CELLS_A_BYTE = 32
"""Cells in a byte of Parquet up to which an honest file is told by its size alone; one of few values holds more."""
GZIP_SIZE = 4
"""Last bytes of a gzip file: its size unpacked, modulo 4 GiB (RFC 1952)."""


def table_bytes(source: Source, enough: int) -> int | None:
    """Bytes of memory that the tables of the source will take; None if that cannot be told without reading them.

    Below `enough` the answer need not be exact. What cannot be opened is told when it is read.
    """
    parts = [part.path for part in source.parts] or [source.path]
    sizes = [None if path is None else _file_bytes(path, enough) for path in parts]
    return None if None in sizes else sum(size or 0 for size in sizes)


def _file_bytes(path: Path, enough: int) -> int | None:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return None
        with path.open("rb") as file:
            head, n_bytes = file.read(HEAD), path.stat().st_size
        return _bytes_by_kind(path, head, n_bytes, enough)
    except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError):
        return None


def _bytes_by_kind(path: Path, head: bytes, n_bytes: int, enough: int) -> int | None:
    if head.startswith(b"PK"):
        return _zip_bytes(path)
    kind = kind_of(head) if head else TEXT
    if kind == GZIP:
        with path.open("rb") as file:
            file.seek(-GZIP_SIZE, os.SEEK_END)
            return TEXT_FACTOR * max(n_bytes, int.from_bytes(file.read(GZIP_SIZE), "little"))
    if kind == PARQUET:
        return _parquet_bytes(path, n_bytes, enough)
    return TEXT_FACTOR * n_bytes if kind in {TEXT, JSON} else None


def _zip_bytes(path: Path) -> int | None:
    """Of the largest file in an archive, as it states; a workbook's rows are few, and its pages are told by nobody."""
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
    is_workbook = any(entry.filename.startswith("xl/") or entry.filename == "content.xml" for entry in entries)
    return None if is_workbook else TEXT_FACTOR * max((entry.file_size for entry in entries), default=0)


def _parquet_bytes(path: Path, n_bytes: int, enough: int) -> int | None:
    if CELL_BYTES * MOST_CELLS_A_BYTE * n_bytes < enough:
        return CELL_BYTES * n_bytes
    try:
        found = json.loads(run_in_child("reportgen.ingest._parquet_size:count_cells", b"", str(path.resolve())))
    except ReportgenError:
        return None
    return CELL_BYTES * int(found)
