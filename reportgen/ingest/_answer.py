"""What a limited child answers: facts, then cells in blocks, as lines of JSON; nothing in it can run code."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from reportgen.errors import ReportgenError
from reportgen.ingest._limits import MAX_CELL, MAX_CELLS, MAX_COLUMNS
from reportgen.wording import format_count, plural

Row = Sequence[str | None]

BLOCK = 2_000
"""Records that travel together: few enough that no block is large, many enough that their number costs nothing."""
SPARSE_FROM, LEAST_FILLED = 4_000_000, 0.01
"""Cells from which a table must hold something in 1 % of them: a few bytes can claim millions of empty ones."""
_SUSPECT = re.compile(rb"\\u0000|\\ud[89a-f]")
_NO_TEXT = re.compile("[\0\ud800-\udfff]")


class AnswerWriter:
    """Collects the blocks of a table in the child, and stops a table that outgrows what the parent can hold."""

    def __init__(self) -> None:
        self.lines: list[bytes] = []
        self.n_cells = 0
        self.n_filled = 0
        self._rows: list[Row] = []

    def add(self, row: Row) -> None:
        """Takes one record. Raises ReportgenError (RG-021, 022, 031)."""
        self._rows.append(row)
        if len(self._rows) >= BLOCK:
            self._close_block()

    def answer(self, **facts: Any) -> bytes:
        """All blocks behind the facts, which must be JSON."""
        self._close_block()
        return b"\n".join([json.dumps(facts).encode(), *self.lines])

    def _close_block(self) -> None:
        if not self._rows:
            return
        self.n_cells += sum(map(len, self._rows))
        self.n_filled += sum(sum(map(bool, row)) for row in self._rows)
        check_size(self.n_cells, self.n_filled, max(map(len, self._rows)))
        line = json.dumps(self._rows, separators=(",", ":")).encode()
        if len(line) > MAX_CELL:
            _check_lengths(self._rows)
        self.lines.append(line)
        self._rows = []


def check_size(n_cells: int, n_filled: int, n_columns: int) -> None:
    """Refuses what memory is not meant for, and what is empty but for its size. Raises ReportgenError (RG-021, 031)."""
    if n_columns > MAX_COLUMNS:
        raise ReportgenError(
            "RG-021",
            f"the table has {format_count(n_columns)} columns; at most {format_count(MAX_COLUMNS)} can be read.",
            "Export one row a customer and only the columns that matter.",
        )
    if n_cells > MAX_CELLS:
        raise too_many_cells(n_cells)
    check_filled(n_cells, n_filled)


def check_filled(n_cells: int, n_filled: int) -> None:
    """Refuses what is empty but for its size. Raises ReportgenError (RG-031)."""
    if n_cells > SPARSE_FROM and n_filled < LEAST_FILLED * n_cells:
        raise ReportgenError(
            "RG-031",
            f"the table spans {format_count(n_cells)} cells, of which only {format_count(n_filled)} hold anything.",
            "Save the table of customers alone, as CSV.",
        )


def too_many_cells(n_cells: int) -> ReportgenError:
    return ReportgenError(
        "RG-021",
        f"the table has {format_count(n_cells)} cells; at most {format_count(MAX_CELLS)} can be held in memory.",
        "Export one row a customer and only the columns that matter.",
    )


def _check_lengths(rows: list[Row]) -> None:
    longest = max(len(cell) for row in rows for cell in row if cell)
    if longest > MAX_CELL:
        raise ReportgenError(
            "RG-022",
            f"a cell holds {format_count(longest)} characters; at most {format_count(MAX_CELL)} can be read.",
            "Export the table without the column of long texts.",
        )


@dataclass(slots=True)
class Answer:
    """The child's answer, unpacked."""

    facts: dict[str, Any]
    rows: list[list[str | None]] = field(default_factory=list)
    mended: list[int] = field(default_factory=list)
    """Positions of rows that held characters which are no text."""


def read_answer(payload: bytes) -> Answer:
    """The facts and rows; NULs are gone from the cells, and lone surrogates shown as U+FFFD."""
    lines = io.BytesIO(payload)
    answer = Answer(json.loads(lines.readline()))
    for line in lines:
        block = json.loads(line)
        if _SUSPECT.search(line):
            answer.mended += [len(answer.rows) + at for at in _mend(block)]
        answer.rows += block
    return answer


def _mend(rows: list[list[str | None]]) -> Iterator[int]:
    """Mends the rows in place; yields the position of each that changed."""
    for at, row in enumerate(rows):
        if any(cell and _NO_TEXT.search(cell) for cell in row):
            rows[at] = [(cell and text_of(cell)) or None for cell in row]
            yield at


def text_of(cell: str) -> str:
    """The cell without NULs, and with U+FFFD for what is no character."""
    return _NO_TEXT.sub("\ufffd", cell.replace("\0", ""))


def note_mended(n: int) -> str:
    return f"{plural(n, 'record')} held characters that are no text, removed or shown as \ufffd."
