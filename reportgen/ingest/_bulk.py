"""Reads large, regular text at the speed of Arrow's parser, after a full pass has proved that it is regular."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pyarrow import csv

from reportgen.ingest._account import Account
from reportgen.ingest._bulk_checks import TEXT, holds_giant, holds_subtotal, is_irregular, rows_of
from reportgen.ingest._decode import DAMAGE
from reportgen.ingest._head import Head
from reportgen.ingest._layout import MAX_BELOW, find_below
from reportgen.ingest._parse import Dialect
from reportgen.ingest._records import Body, note_empty

BULK_FROM = 1 << 20
"""Characters from which it pays; below, the careful path takes a few milliseconds anyway."""

BLOCK = 1 << 22
"""Bytes that one thread parses at a time. Fixed, so that the cut does not move with the number of threads."""

LOOK = 1 << 17
"""Bytes whose quotes are looked at together: what is found of them stays in the processor's cache."""

TAIL = 64
"""Bytes at the end that may be blank lines; with more of them the text is not regular."""

_LINE_ENDS = (ord("\n"), ord("\r"))
BLANK_LINE = re.compile(rb"\n[\r\n]|\r\r")
"""Arrow reads one as a record without values, which is another matter: it may part two tables."""


def read_bulk(text: str, start: int, dialect: Dialect, head: Head, n_lines_before: int) -> Body | None:
    """Every record in `text` from character `start` (below the header), columns as chunks of Arrow text with nulls.

    `n_lines_before`: lines of the file before `text`.

    None unless every record is well quoted, undamaged and of the table's width, no blank one stands between and the
    header does not come again: then the careful way of reading gives the same, and this one is many times faster.
    """
    if not is_plain(dialect) or DAMAGE in text:
        return None
    try:
        content = _bytes_of(text, start)
    except UnicodeEncodeError:
        return None
    spans = dialect.quote in text and spans_lines(content, dialect, head.profile.width)
    table = None if spans is None else _parse_or_none(content, dialect, head.profile.width, spans)
    if table is None or holds_giant(table, len(content)) or is_irregular(table, head):
        return None
    n_empty = count_empty(table)
    if n_empty and BLANK_LINE.search(content):
        return None
    if n_empty is None:
        return None
    n, first = len(table) - n_empty, n_lines_before + head.data_line + 1
    lines = lines_of_records(content, dialect, first)[:n] if spans else range(first, first + n)
    body = _body_of(table.slice(0, n), n_empty, dialect, head)
    return replace(body, lines=lines) if body else None


def is_plain(dialect: Dialect) -> bool:
    """Whether a delimiter alone parts the fields, and quotes are doubled in them."""
    return dialect.delimiter.isascii() and not (dialect.escaped or dialect.spaced or dialect.ruled or dialect.gutters)


def _bytes_of(text: str, start: int) -> memoryview:
    """The text from there on as UTF-8, line ends at its end left out; copied once, for it may be half of the memory."""
    content = memoryview(text.encode())
    tail = bytes(content[-TAIL:])
    stop = len(content) - len(tail) + len(tail.rstrip(b"\r\n"))
    return content[len(text[:start].encode()) : stop]


def spans_lines(content: memoryview, dialect: Dialect, width: int) -> bool | None:
    """Whether a quoted field spans lines; None unless every quote opens or closes a whole field, or is doubled in one.

    Outside of quotes at first, each quote of even number must open and each other one close: opening behind a
    delimiter or a line end, closing before one, or the two side by side as a doubled quote. None as well if a line
    inside a quoted field has delimiters enough for a record of its own: the careful way asks whether it is one.
    """
    marks, quote = np.frombuffer(content, np.uint8), ord(dialect.quote)
    is_edge = np.zeros(256, dtype=bool)
    is_edge[[quote, ord(dialect.delimiter), *_LINE_ENDS]] = True
    n_quotes, spans = 0, False
    for start in range(0, len(marks), LOOK):
        piece = marks[start : start + LOOK]
        quotes = np.flatnonzero(piece == quote)
        opening, closing = start + quotes[n_quotes % 2 :: 2], start + quotes[1 - n_quotes % 2 :: 2]
        before, after = opening[opening > 0] - 1, closing[closing < len(marks) - 1] + 1
        if not (is_edge[marks[before]].all() and is_edge[marks[after]].all()):
            return None
        spans = spans or bool(_are_inside(_line_ends(piece), quotes, n_quotes).any())
        n_quotes += len(quotes)
    if n_quotes % 2 or (spans and _holds_record(marks, dialect, width)):
        return None
    return spans


def _line_ends(marks: npt.NDArray[np.uint8]) -> npt.NDArray[np.intp]:
    return np.flatnonzero((marks == _LINE_ENDS[0]) | (marks == _LINE_ENDS[1]))


def _are_inside(places: npt.NDArray[np.intp], quotes: npt.NDArray[np.intp], n_before: int = 0) -> npt.NDArray[np.bool_]:
    """Whether each place has an odd number of quotes before it."""
    is_odd: npt.NDArray[np.bool_] = (np.searchsorted(quotes, places) + n_before) % 2 == 1
    return is_odd


def _holds_record(marks: npt.NDArray[np.uint8], dialect: Dialect, width: int) -> bool:
    """Whether a line with both its ends inside of quotes has the delimiters of a whole record."""
    breaks = _line_ends(marks)
    is_inside = _are_inside(breaks, np.flatnonzero(marks == ord(dialect.quote)))
    middle = np.flatnonzero(is_inside[:-1] & is_inside[1:])
    if not len(middle):
        return False
    delimiters = np.flatnonzero(marks == ord(dialect.delimiter))
    n = np.searchsorted(delimiters, breaks[middle + 1]) - np.searchsorted(delimiters, breaks[middle])
    return bool((n >= width - 1).any())


def lines_of_records(content: memoryview, dialect: Dialect, first: int) -> Any:
    """The line on which each record starts, if the first one starts on that line and quoted fields span lines."""
    marks = np.frombuffer(content, np.uint8)
    is_end = marks == _LINE_ENDS[0]
    is_end[:-1] |= (marks[:-1] == _LINE_ENDS[1]) & ~is_end[1:]
    is_inside = _are_inside(np.flatnonzero(is_end), np.flatnonzero(marks == ord(dialect.quote)))
    return first + np.concatenate([[0], np.flatnonzero(~is_inside) + 1])


def _parse_or_none(content: memoryview, dialect: Dialect, width: int, spans: bool) -> Any:
    """The table of text, an empty cell null; None if a record has another width or a line is blank."""
    try:
        return parse_regular(content, dialect, width, spans)
    except pa.ArrowInvalid:
        return None


def parse_regular(content: memoryview | bytes, dialect: Dialect, width: int, spans: bool, block: int = BLOCK) -> Any:
    """The table of text, an empty cell null. Raises ArrowInvalid if a record has another width.

    A content of one `block` is parsed by this thread alone.
    """
    names = [str(position) for position in range(width)]
    return csv.read_csv(
        pa.BufferReader(content),
        read_options=csv.ReadOptions(column_names=names, block_size=block, use_threads=len(content) > block),
        parse_options=csv.ParseOptions(
            delimiter=dialect.delimiter,
            quote_char=dialect.quote,
            newlines_in_values=spans,
            ignore_empty_lines=False,
        ),
        convert_options=csv.ConvertOptions(
            column_types=dict.fromkeys(names, TEXT),
            null_values=[""],
            strings_can_be_null=True,
            check_utf8=False,
        ),
    )


def count_empty(table: Any) -> int | None:
    """Records without any value at the end; None if such a record stands elsewhere."""
    is_empty = np.ones(len(table), dtype=bool)
    for column in table.columns:
        if not column.null_count:
            return 0
        is_empty &= column.is_null().to_numpy()
    n = int(is_empty.sum())
    return n if n < len(table) and is_empty[len(table) - n :].all() else None


def _body_of(table: Any, n_empty: int, dialect: Dialect, head: Head) -> Body | None:
    """The records but for totals and notes at the end, which are set aside; None if subtotals may stand between."""
    n = len(table)
    account, n_below = account_of_end(table.slice(max(0, n - MAX_BELOW)), n, dialect, head)
    if holds_subtotal(table, n - n_below):
        return None
    records: Any = np.arange(1, n - n_below + 1)
    return Body(table.slice(0, n - n_below).columns, records, account, notes_on_empty(n_empty))


def account_of_end(end: Any, n: int, dialect: Dialect, head: Head) -> tuple[Account, int]:
    """The account of `n` records whose last ones are `end`, and how many of those are no records of the table."""
    account, start = Account(n), n - len(end)
    rows = rows_of(end)
    below = find_below(rows, head.profile)
    for position, reason in below.items():
        account.set_aside(start + position + 1, reason, dialect.delimiter.join(rows[position]))
    return account, len(below)


def notes_on_empty(n_empty: int) -> list[str]:
    return [note_empty(n_empty)] if n_empty else []
