"""Writes a Parquet file of any length anew as text, in pieces; runs in the limited child."""

from __future__ import annotations

import json
import os
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from operator import add
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from reportgen.errors import ReportgenError
from reportgen.ingest._answer import check_filled, check_size, too_many_cells
from reportgen.ingest._arrow_text import column_texts, count_open
from reportgen.ingest._limits import MAX_CELL, MAX_CELLS
from reportgen.ingest._names import header_names
from reportgen.ingest._parquet_table import (
    cells_of,
    check_levels,
    column_at,
    damage_said,
    encrypted,
    expands,
    is_bomb,
    notes_on,
    open_parquet,
    range_index,
    too_few,
    unpacked_bytes,
)
from reportgen.ingest._parquet_write import few_distinct, write_rows
from reportgen.ingest._tidy import is_empty

MOST_CELLS_A_BYTE = 20
"""Past MAX_CELLS; an honest file holds one or two, and one of two values a hundred."""
BATCH_CELLS = 1 << 20
"""Cells of a piece, each 50 bytes or so while it is worked on."""
MOST_ROWS, LEAST_ROWS = 1 << 17, 1 << 10
WORKERS = 2


def stage_parquet(_data: bytes, folder: str) -> bytes:
    """The facts of the table in the file that is standard input, as JSON.

    Its columns and LINE_COLUMN stand in Parquet files in `folder`. Raises ReportgenError (RG-021, 022, 031, 032, 033).
    """
    with damage_said(), os.fdopen(os.dup(0), "rb", buffering=0) as file:
        return json.dumps(_Stager(file, Path(folder)).run()).encode()


class _Written(NamedTuple):
    """What a piece of the table holds."""

    n_lost: int
    """Values without a text."""
    n_text: int
    """Bytes of text."""
    n_filled: int
    empty: set[int]
    """Nameless columns that are empty here."""
    n_open: list[int]
    """See `count_open`, by column."""


class _Stager:
    def __init__(self, file: Any, folder: Path) -> None:
        self.n_bytes = file.seek(0, os.SEEK_END)
        file.seek(-8, os.SEEK_END)
        length = file.read(4)
        file.seek(0)
        if file.read(4) == b"PARE":
            raise encrypted()
        self.file = open_parquet(file, length)
        self.folder = folder
        self._check_footer(self.file.metadata)
        schema = self.file.schema_arrow
        names, self.paths, self.left_out = cells_of(schema)
        self.index = range_index(schema, self.file.metadata.num_rows)
        names = [self.index[0], *names] if self.index else names
        self.names = header_names([names] if names else [], len(names))
        self.empty = set(self.names.nameless)
        self.coded: list[str] | None = None
        self.n_rows = self.n_lost = self.n_text = self.n_filled = 0
        self.n_open = [0] * len(self.names.names)
        self.written: list[str] = []

    def _check_footer(self, footer: Any) -> None:
        """Refuses by what the footer states, before any column is unpacked."""
        check_size(0, 0, footer.num_columns)
        check_levels(footer)
        n_cells = footer.num_rows * footer.num_columns
        if n_cells > max(MAX_CELLS, MOST_CELLS_A_BYTE * self.n_bytes):
            raise too_many_cells(n_cells)
        if is_bomb(n_expanded := unpacked_bytes(footer), self.n_bytes):
            raise expands(n_expanded, self.n_bytes)

    def run(self) -> dict[str, Any]:
        waiting: deque[Future[_Written]] = deque()
        with ThreadPoolExecutor(WORKERS) as pool:
            for batch in self._batches():
                path = self.folder / f"{len(self.written):05}.parquet"
                self.written.append(path.name)
                if self.coded is None:
                    self.coded = few_distinct(self._cells(batch, 0)[0], self.names.names)
                waiting.append(pool.submit(self._write, batch, self.n_rows, path))
                self.n_rows += batch.num_rows
                if len(waiting) > WORKERS:
                    self._add(waiting.popleft().result())
            while waiting:
                self._add(waiting.popleft().result())
        if self.n_rows != self.file.metadata.num_rows:
            raise too_few(self.file.metadata.num_rows, self.n_rows)
        check_filled(self.n_rows * len(self.names.names), self.n_filled)
        return {
            "names": self.names.names,
            "nameless": sorted(self.names.nameless),
            "empty": sorted(self.empty),
            "fixes": self.names.notes,
            "n_open": self.n_open,
            "n_records": self.n_rows,
            "notes": notes_on(self.left_out, self.n_lost),
            "range_index": self.index,
            "files": self.written,
        }

    def _batches(self) -> Iterator[Any]:
        n_rows = max(LEAST_ROWS, min(MOST_ROWS, BATCH_CELLS // max(1, len(self.names.names))))
        for batch in self.file.iter_batches(batch_size=n_rows, use_threads=False):
            if batch.num_rows:
                yield batch

    def _cells(self, batch: Any, before: int) -> tuple[list[Any], int]:
        """The columns as text, and the number of values that have none."""
        columns, n_lost = [], 0
        if self.index:
            _, start, step = self.index
            numbers = range(start + before * step, start + (before + batch.num_rows) * step, step)
            columns.append(pa.array(map(str, numbers), pa.large_string()))
        for path in self.paths:
            texts, n = column_texts(column_at(batch, path))
            n_lost += n
            columns.append(texts)
        return columns, n_lost

    def _write(self, batch: Any, before: int, path: Path) -> _Written:
        batch.validate(full=True)
        cells, n_lost = self._cells(batch, before)
        n_text = sum(map(_check_text, cells))
        n_filled = sum(len(texts) - texts.null_count for texts in cells)
        write_rows(pa.table(cells, names=list(self.names.names)), before + 1, self.coded or [], path)
        own = cells[1:] if self.index else cells
        n_open = [count_open(column_at(batch, path), texts) for path, texts in zip(self.paths, own, strict=True)]
        empty = {at for at in self.names.nameless if is_empty(cells[at])}
        return _Written(n_lost, n_text, n_filled, empty, [0, *n_open] if self.index else n_open)

    def _add(self, found: _Written) -> None:
        self.n_lost += found.n_lost
        self.n_text += found.n_text
        self.n_filled += found.n_filled
        self.empty &= found.empty
        self.n_open = list(map(add, self.n_open, found.n_open))
        if is_bomb(self.n_text, self.n_bytes):
            raise expands(self.n_text, self.n_bytes)


def _check_text(texts: Any) -> int:
    """Bytes of the texts. Raises ReportgenError (RG-022, and RG-005 for a NUL, which reading whole mends)."""
    if not len(texts):
        return 0
    data = texts.buffers()[2]
    n_bytes = 0 if data is None else data.size
    if n_bytes > MAX_CELL and (longest := pc.max(pc.utf8_length(texts)).as_py() or 0) > MAX_CELL:
        raise ReportgenError("RG-022", f"a cell holds {longest} characters.")
    if data is not None and b"\0" in memoryview(data).tobytes():
        raise ReportgenError("RG-005", "a NUL character stands in a text.")
    return n_bytes
