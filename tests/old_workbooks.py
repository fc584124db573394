"""Builds .xls files (BIFF8 in a compound file) byte by byte, as no library at hand writes them."""

from __future__ import annotations

import struct
from collections.abc import Sequence

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BOF, EOF, BOUND_SHEET, LABEL, NUMBER = 0x0809, 0x000A, 0x0085, 0x0204, 0x0203


def old_workbook(rows: Sequence[Sequence[object]], name: str = "Customers") -> bytes:
    """An .xls file of one sheet: texts as labels, numbers as numbers."""
    cells = b"".join(_cell(row, column, value) for row, line in enumerate(rows) for column, value in enumerate(line))
    content = _start(0x0010) + cells + record(EOF, b"")
    n_before = len(_start(0x0005)) + len(_bound(name, 0)) + len(record(EOF, b""))
    return compound(_start(0x0005) + _bound(name, n_before) + record(EOF, b"") + content.ljust(4096, b"\0"))


def _start(kind: int) -> bytes:
    return record(BOF, struct.pack("<HHHHII", 0x0600, kind, 0, 0, 0, 0))


def _bound(name: str, offset: int) -> bytes:
    return record(BOUND_SHEET, struct.pack("<IBBBB", offset, 0, 0, len(name), 0) + name.encode("latin-1"))


def _cell(row: int, column: int, value: object) -> bytes:
    if isinstance(value, int | float):
        return record(NUMBER, struct.pack("<HHHd", row, column, 0, value))
    text = str(value)
    return (
        record(LABEL, struct.pack("<HHHHB", row, column, 0, len(text), 1) + text.encode("utf-16-le")) if text else b""
    )


def record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def compound(stream: bytes) -> bytes:
    """The smallest .xls container around a record stream of 4,096 bytes or more."""
    sector = 512
    stream += b"\0" * (-len(stream) % sector)
    n_sectors = len(stream) // sector
    chain = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, 2 + n_sectors), 0xFFFFFFFE]
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(sector, b"\xff")
    name = "Workbook".encode("utf-16-le")
    entry = name.ljust(64, b"\0") + struct.pack("<HB", len(name) + 2, 2) + b"\0" * 49
    entry += struct.pack("<IQ", 2, len(stream))
    header = OLE + b"\0" * 16 + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6) + b"\0" * 10
    header += struct.pack("<III", 1, 1, 0) + struct.pack("<IIIII", 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    places = struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    return header + places + table + entry.ljust(sector, b"\0") + stream
