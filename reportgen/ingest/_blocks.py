"""Reads a large text from disk in blocks of whole records, each byte once."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from reportgen.ingest._bulk import TAIL
from reportgen.ingest._read_twice import mend_text
from reportgen.ingest._snapshot import OpenExport

BLOCK_BYTES = 1 << 23
"""A block as text, as Arrow's columns and as Parquet are 50 MB, and a few are worked on at once."""
MOST_BLOCK_BYTES = 1 << 26
"""Past which a quoted field that does not close is a fault, not a long text."""
LINE_END = b"\n"
_OLD_LINE_END = b"\r"
_MENDED = (
    (b"\0", "a NUL character"),
    (b"\x1e", "a record separator"),
    (b"\xef\xbb\xbf", "a byte order mark"),
    (b'"=""', "a cell written as a formula"),
)
"""What reading the whole text mends."""
_C1 = re.compile(rb"\xc2[\x80-\x9f]")


class Irregular(Exception):  # noqa: N818 - an answer to those who ask for blocks, not an error of the user's
    """What stands where a large text is not regular: then it must be read whole."""

    def __init__(self, what: str, line: int = 0) -> None:
        super().__init__(what)
        self.what = what
        self.line = line
        """1-based line of the file or, while a block is looked at, 0-based line of the block."""


@dataclass(slots=True)
class Blocks:
    """One pass over a file; all of it is hashed."""

    export: OpenExport
    block_bytes: int = BLOCK_BYTES
    sha256: Any = field(default_factory=hashlib.sha256)

    def read_head(self, n_bytes: int) -> bytes:
        """The first bytes, up to `n_bytes`."""
        return self._read(n_bytes)

    def hash_all(self) -> None:
        """Hashes the whole file, and leaves the handle's position alone."""
        while piece := os.pread(self.export.handle, self.block_bytes, self.export.n_read):
            self.sha256.update(piece)
            self.export.n_read += len(piece)

    def end_of_text(self) -> int:
        """Where the text ends: line ends behind it are left out. Raises Irregular for old programs' end of file."""
        n = min(TAIL, self.export.size)
        tail = os.pread(self.export.handle, n, self.export.size - n)
        kept = tail.rstrip(b"\r\n")
        if kept.endswith(b"\x1a"):
            raise Irregular("it ends in the end-of-file character of old DOS programs")
        return self.export.size - n + len(kept)

    def records(self, begun: bytes, quote: bytes) -> Iterator[bytes]:
        """Everything behind the head up to the text's end, cut behind whole records; `begun`: what is in the head.

        The first block starts with `begun`. Raises Irregular for a quote that never closes.
        """
        stop, waiting = self.end_of_text(), begun
        line_end = LINE_END if LINE_END in begun else _OLD_LINE_END
        if over := max(0, self.export.n_read - stop):
            waiting = waiting[:-over]
        while piece := self._read(self.block_bytes):
            over = max(0, self.export.n_read - stop)
            waiting += piece[: max(0, len(piece) - over)]
            while len(waiting) >= self.block_bytes and (cut := self._cut(waiting, line_end, quote)):
                yield waiting[:cut]
                waiting = waiting[cut:]
            if len(waiting) > max(MOST_BLOCK_BYTES, 2 * self.block_bytes):
                raise Irregular("a quote opens and does not close")
        if waiting:
            yield waiting

    def _cut(self, text: bytes, line_end: bytes, quote: bytes) -> int:
        """Behind a line end that has an even number of quotes before it; 0 if there is none.

        The last one within a block, else the last one at all.
        """
        return _last_even(text, line_end, quote, self.block_bytes) or _last_even(text, line_end, quote, len(text))

    def _read(self, n_bytes: int) -> bytes:
        pieces = []
        while n_bytes and (piece := os.read(self.export.handle, n_bytes)):
            pieces.append(piece)
            n_bytes -= len(piece)
        data = b"".join(pieces)
        self.sha256.update(data)
        self.export.n_read += len(data)
        return data


def _last_even(text: bytes, line_end: bytes, quote: bytes, stop: int) -> int:
    cut = text.rfind(line_end, 0, stop) + 1
    n_quotes = text.count(quote, 0, cut)
    while cut and n_quotes % 2:
        before = text.rfind(line_end, 0, cut - 1) + 1
        n_quotes -= text.count(quote, before, cut)
        cut = before
    return cut


def check_characters(block: bytes) -> None:
    """Raises Irregular if the block is not UTF-8, or holds what decoding would mend."""
    for sign, what in _MENDED:
        if (at := block.find(sign)) >= 0:
            raise Irregular(f"{what} stands there", block.count(LINE_END, 0, at))
    if block.isascii():
        return
    try:
        text = block.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise Irregular("bytes there are no UTF-8", block.count(LINE_END, 0, fault.start)) from None
    if mend_text(text)[1]:
        raise Irregular("text that was read in another encoding stands there")
    if b"\xc2" in block and (found := _C1.search(block)):
        raise Irregular("a control character stands there", block.count(LINE_END, 0, found.start()))
