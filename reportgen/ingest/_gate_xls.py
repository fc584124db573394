"""Measures the sheets of an .xls workbook: finds its record stream in the container and reads the cells' places.

Formats: [MS-CFB] for the container, [MS-XLS] for the records.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping

from reportgen.ingest._workbook_faults import damaged, encrypted
from reportgen.ingest._xls_formats import Formats, XlsFormats

STREAMS = ("workbook", "book")
_END_OF_CHAIN = 0xFFFFFFFA
"""Sector numbers from here on are marks."""
_BOF, _DIMENSIONS, _FILEPASS = 0x0809, 0x0200, 0x002F
_SPANS = frozenset((0x00BD, 0x00BE))
"""MULRK, MULBLANK: the last two bytes are the last column."""
_CELLS = _SPANS | {0x0201, 0x0203, 0x0204, 0x0205, 0x027E, 0x00FD, 0x00D6, 0x0006, 0x0206, 0x0406}
"""And BLANK, NUMBER, LABEL, BOOLERR, RK, LABELSST, RSTRING, FORMULA (of three ages): row and column come first."""
_FORMATTED = _CELLS | {_BOF, 0x0085, 0x041E, 0x00E0}
"""And BOUNDSHEET, FORMAT, XF: what tells the formats of cells."""
_RECORD, _EXTENT, _PLACE = struct.Struct("<HH"), struct.Struct("<IIHH"), struct.Struct("<HH")


def scan_xls(data: bytes) -> tuple[int, Mapping[str, Formats]]:
    """Cells of the largest sheet, from A1 to its last row and column, and the formats of each sheet by its name.

    Raises ReportgenError (RG-032, RG-033).
    """
    formats = XlsFormats()
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise encrypted()
    try:
        areas = [_area(stream, formats) for stream in _workbook_streams(data)]
    except (struct.error, IndexError):
        raise damaged("its container is cut off") from None
    if not areas:
        raise damaged("it holds no sheets")
    return max(areas), formats.of_sheets()


def _area(stream: bytes, formats: XlsFormats) -> int:
    """Cells of the largest sheet in the stream, as stated or as the cells' places span them."""
    largest = last_row = last_column = at = 0
    while at + _RECORD.size <= len(stream):
        kind, length = _RECORD.unpack_from(stream, at)
        body = stream[at + _RECORD.size : at + _RECORD.size + length]
        if kind in _FORMATTED:
            formats.take(kind, at, body)
        at += _RECORD.size + length
        if kind == _FILEPASS:
            raise encrypted()
        if kind == _BOF:
            last_row = last_column = 0
        elif kind == _DIMENSIONS and len(body) >= _EXTENT.size:
            _, end_row, _, end_column = _EXTENT.unpack_from(body)
            largest = max(largest, end_row * end_column)
        elif kind in _CELLS and len(body) >= _PLACE.size:
            row, column = _PLACE.unpack_from(body)
            if kind in _SPANS:
                column = max(column, int.from_bytes(body[-2:], "little"))
            last_row, last_column = max(last_row, row), max(last_column, column)
            largest = max(largest, (last_row + 1) * (last_column + 1))
    return largest


def _workbook_streams(data: bytes) -> Iterator[bytes]:
    sector = 1 << struct.unpack_from("<H", data, 30)[0]
    small = 1 << struct.unpack_from("<H", data, 32)[0]
    n_tables, directory_start = struct.unpack_from("<I", data, 44)[0], struct.unpack_from("<I", data, 48)[0]
    cutoff, small_table_start = struct.unpack_from("<II", data, 56)
    if not 64 <= sector <= 1 << 16 or not 8 <= small <= sector:
        raise damaged("its container states impossible sizes")
    table = _allocation_table(data, sector, n_tables)
    directory = _chain(data[sector:], table, directory_start, sector)
    entries = [directory[at : at + 128] for at in range(0, len(directory) - 127, 128)]
    small_table: list[int] = []
    small_data = b""
    for entry in entries:
        name = entry[: max(0, struct.unpack_from("<H", entry, 64)[0] - 2)].decode("utf-16-le", "replace").casefold()
        start, size = struct.unpack_from("<II", entry, 116)
        if entry[66] == 5:
            small_data = _chain(data[sector:], table, start, sector)
            small_table = _numbers(_chain(data[sector:], table, small_table_start, sector))
        elif name in STREAMS and size >= cutoff:
            yield _chain(data[sector:], table, start, sector)[:size]
        elif name in STREAMS:
            yield _chain(small_data, small_table, start, small)[:size]


def _allocation_table(data: bytes, sector: int, n_tables: int) -> list[int]:
    """The number of the sector that follows each sector."""
    places = list(struct.unpack_from("<109I", data, 76))
    following, n_following = struct.unpack_from("<II", data, 68)
    for _ in range(min(n_following, len(data) // sector)):
        if following >= _END_OF_CHAIN:
            break
        numbers = _numbers(data[sector * (following + 1) : sector * (following + 2)])
        places += numbers[:-1]
        following = numbers[-1]
    tables = [data[sector * (at + 1) : sector * (at + 2)] for at in places[:n_tables] if at < _END_OF_CHAIN]
    return _numbers(b"".join(tables))


def _chain(sectors: bytes, table: list[int], start: int, size: int) -> bytes:
    """The sectors of a chain, joined; a loop ends it."""
    pieces: list[bytes] = []
    at = start
    while at < min(len(table), _END_OF_CHAIN) and len(pieces) <= len(table):
        pieces.append(sectors[at * size : (at + 1) * size])
        at = table[at]
    return b"".join(pieces)


def _numbers(content: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4]))
