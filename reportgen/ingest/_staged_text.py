"""Reads regular text of any length in blocks, into Parquet files; every block is proved to be regular."""

from __future__ import annotations

import codecs
import re
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa

from reportgen.config import InputSettings
from reportgen.ingest._blocks import LINE_END, Blocks, Irregular, check_characters
from reportgen.ingest._bulk import (
    BLANK_LINE,
    account_of_end,
    count_empty,
    is_plain,
    lines_of_records,
    notes_on_empty,
    parse_regular,
    spans_lines,
)
from reportgen.ingest._bulk_checks import holds_giant, holds_subtotal, is_irregular
from reportgen.ingest._decode import decode
from reportgen.ingest._dialect import Sample, find_dialect
from reportgen.ingest._doubts import doubts_of
from reportgen.ingest._head import Head, read_head
from reportgen.ingest._layout import MAX_BELOW
from reportgen.ingest._line_starts import LineStarts
from reportgen.ingest._odd_signs import with_one_sign
from reportgen.ingest._parquet_write import few_distinct, write_rows
from reportgen.ingest._parse import Dialect, iter_lines
from reportgen.ingest._tidy import is_empty, kept_columns
from reportgen.ingest._wrapped_lines import SEEN_LINES
from reportgen.ingest.base import Reading
from reportgen.ingest.delimited import plain_lines
from reportgen.records.table import Places

HEAD_BYTES = 1 << 20
"""Of which dialect, header and columns are told: sixteen times what is looked at."""
WORKERS = 2
"""Blocks parsed or written at once; further ones wait for the memory."""
_ROW = re.compile(r"Row #(\d+)")


@dataclass(frozen=True, slots=True)
class _Start:
    """What the head told, and where the records begin."""

    sample: Sample
    head: Head
    encoding: str
    fixes: tuple[str, ...]
    begun: bytes
    """The records in the head, from the first one on."""
    n_lines_before: int
    """Lines above the header's text: of the one that names the delimiter."""
    is_quoted: bool
    """Whether the head has a quote."""


@dataclass(frozen=True, slots=True, eq=False)
class _Parsed:
    """One block."""

    table: pa.Table
    n_empty: int
    lines: Any
    """0-based line of the block on which each record starts; None where each line is one."""
    n_lines: int
    is_quoted: bool
    empty: frozenset[int]
    """Nameless columns without any value here."""


def stage_text(blocks: Blocks, settings: InputSettings, folder: Path) -> Reading:
    """The table in the text, its columns in Parquet files in `folder`.

    Raises Irregular if the text must be read whole, and what reading its head raises (see `DelimitedReader`).
    """
    start = _start_of(blocks, settings)
    staged = _Stager(start, folder).run(blocks.records(start.begun, start.sample.dialect.quote.encode()))
    head, dialect, doubt_fixes = start.head, start.sample.dialect, start.fixes
    account, n_below = account_of_end(staged.end, len(staged.lines), dialect, head)
    staged.write_end(len(staged.end) - n_below)
    kept, column_fixes = kept_columns(head.names, staged.empty)
    return Reading(
        columns=(*(head.names.names[at] for at in kept), *head.surplus),
        cells=(),
        records=range(1, len(staged.lines) - n_below + 1),
        set_aside=account.sorted_entries(),
        n_records=len(staged.lines),
        places=Places("line", staged.lines.numbers()),
        header_line=head.header_line + 1 + start.n_lines_before if head.header else 0,
        format="csv",
        encoding=start.encoding,
        delimiter=dialect.delimiter,
        quote=dialect.quote if start.is_quoted or staged.is_quoted else "",
        notes=tuple(notes_on_empty(staged.n_empty)),
        fixes=(*doubt_fixes, *head.fixes, *column_fixes),
        paths=tuple(staged.paths),
    )


def _start_of(blocks: Blocks, settings: InputSettings) -> _Start:
    data, doubts = blocks.read_head(HEAD_BYTES), doubts_of(settings)
    is_all = len(data) == blocks.export.size
    whole = data if is_all else data[: data.rfind(LINE_END if LINE_END in data else b"\r") + 1]
    check_characters(whole.removeprefix(codecs.BOM_UTF8))
    decoded = decode(whole, settings.encoding, doubts)
    if decoded.encoding not in {"utf-8", "utf-8-sig"} or decoded.notes or decoded.fixes:
        raise Irregular(f"its encoding is {decoded.encoding}")
    text, stated, said = plain_lines(decoded.text)
    is_short = not is_all and len(list(islice(iter_lines(text), SEEN_LINES))) < SEEN_LINES
    if is_short or len(said) > bool(stated):
        raise Irregular("its first lines are very long, or stand in quotes as a whole")
    if not (settings.delimiter or stated) and with_one_sign(text)[1]:
        raise Irregular("several characters or a seldom sign part its fields")
    sample = find_dialect(text, settings.delimiter or stated, doubts)
    head = read_head(sample, settings.header, doubts)
    if not is_plain(sample.dialect) or settings.table > 1:
        raise Irregular("its fields are not parted by a delimiter alone")
    above = "".join(islice(iter_lines(text), head.data_line))
    begun = data[len(whole) - len(text.encode()) + len(above.encode()) :]
    is_quoted = sample.dialect.quote in text
    return _Start(sample, head, decoded.encoding, (*said, *doubts.fixes), begun, int(bool(stated)), is_quoted)


class _Stager:
    """Parses blocks and writes them, in the order of the text; see `stage_text`."""

    def __init__(self, start: _Start, folder: Path) -> None:
        self.head, self.dialect = start.head, start.sample.dialect
        self.names = [*start.head.names.names, *start.head.surplus]
        self.folder = folder
        self.paths: list[Path] = []
        self.lines = LineStarts(start.n_lines_before + start.head.data_line + 1)
        self.n_empty = self.n_written = 0
        self.is_quoted = False
        self.empty = start.head.names.nameless
        self.end: Any = None
        """Records that may be totals or notes below the table, not written yet."""
        self.coded: list[str] = []
        self.writing: deque[Future[None]] = deque()

    def run(self, blocks: Iterator[bytes]) -> _Stager:
        parsing: deque[Future[_Parsed]] = deque()
        with ThreadPoolExecutor(WORKERS) as pool:
            try:
                for block in blocks:
                    parsing.append(pool.submit(_parse, block, self.dialect, self.head))
                    if len(parsing) > WORKERS:
                        self._take(self._next(parsing), pool)
                while parsing:
                    self._take(self._next(parsing), pool, is_last=len(parsing) == 1)
                while self.writing:
                    self.writing.popleft().result()
            finally:
                pool.shutdown(cancel_futures=True)
        return self

    def _next(self, parsing: deque[Future[_Parsed]]) -> _Parsed:
        """Raises Irregular with the line of the file."""
        try:
            return parsing[0].result()
        except Irregular as found:
            raise Irregular(found.what, self.lines.next_line + found.line) from None
        finally:
            parsing.popleft()

    def _take(self, block: _Parsed, pool: ThreadPoolExecutor, *, is_last: bool = False) -> None:
        if block.n_empty and not is_last:
            raise Irregular("records without any value stand there", self.lines.next_line)
        n = len(block.table) - block.n_empty
        self.lines.add(n, block.n_lines, block.lines)
        self.n_empty, self.is_quoted, self.empty = (
            block.n_empty,
            self.is_quoted or block.is_quoted,
            self.empty & block.empty,
        )
        if self.end is None:
            self.coded = few_distinct(block.table.columns, self.names)
        table = block.table.slice(0, n) if self.end is None else pa.concat_tables([self.end, block.table.slice(0, n)])
        n_sure = max(0, len(table) - MAX_BELOW)
        self.end = table.slice(n_sure)
        if len(self.writing) > WORKERS:
            self.writing.popleft().result()
        self._write(table.slice(0, n_sure), pool)

    def _write(self, table: pa.Table, pool: ThreadPoolExecutor) -> None:
        if not len(table):
            return
        path = self.folder / f"export{len(self.paths):05}.parquet"
        self.paths.append(path)
        self.writing.append(pool.submit(_write, table, self.n_written + 1, self.names, self.coded, path))
        self.n_written += len(table)

    def write_end(self, n: int) -> None:
        """Writes the first `n` of the last records, which are none below the table."""
        with ThreadPoolExecutor(1) as pool:
            self._write(self.end.slice(0, n), pool)
            while self.writing:
                self.writing.popleft().result()


def _parse(block: bytes, dialect: Dialect, head: Head) -> _Parsed:
    """Raises Irregular with the 0-based line of the block, as far as it is known."""
    check_characters(block)
    width, content = head.profile.width, memoryview(block)
    is_quoted = dialect.quote.encode() in block
    spans = is_quoted and spans_lines(content, dialect, width)
    if spans is None:
        raise Irregular("quotes do not pair up there")
    try:
        table = parse_regular(block, dialect, width, spans, block=len(block) + 1)
    except pa.ArrowInvalid as fault:
        found = _ROW.search(str(fault))
        raise Irregular(f"a record has not {width} fields", int(found[1]) - 1 if found else 0) from None
    n_empty = count_empty(table)
    if n_empty is None or (n_empty and (block[:1] in b"\r\n" or BLANK_LINE.search(block))):
        raise Irregular("records without any value stand there")
    if holds_giant(table, len(block)):
        raise Irregular("a cell there is very long")
    if is_irregular(table, head):
        raise Irregular("the header comes again there, blanks alone, or cells beside their columns")
    starts = lines_of_records(content, dialect, 0) if spans else None
    n_lines = len(table) if starts is None else int(_count_line_ends(content))
    empty = frozenset(at for at in head.names.nameless if is_empty(table.column(at)))
    return _Parsed(table, n_empty, starts, n_lines, is_quoted, empty)


def _count_line_ends(content: memoryview) -> int:
    """Of LF, CR and CRLF alike."""
    text = bytes(content)
    return text.count(b"\n") + text.count(b"\r") - text.count(b"\r\n")


def _write(table: pa.Table, first: int, names: Sequence[str], coded: Sequence[str], path: Path) -> None:
    """Raises Irregular if subtotals may stand between the records."""
    if holds_subtotal(table, len(table)):
        raise Irregular("subtotals may stand between the records")
    nothing = [pa.nulls(len(table), pa.large_string())] * (len(names) - table.num_columns)
    write_rows(pa.table([*table.columns, *nothing], names=list(names)), first, coded, path)
