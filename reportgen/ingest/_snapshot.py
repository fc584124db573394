"""Takes the export's bytes: one open, a regular file only, and the same file from the first byte to the last."""

from __future__ import annotations

import hashlib
import os
import re
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from reportgen.errors import ReportgenError
from reportgen.ingest._kinds import kind_of
from reportgen.ingest._limits import MAX_BYTES
from reportgen.ingest.base import Snapshot
from reportgen.records.source import Source
from reportgen.wording import format_count, scrub

_WEB_ADDRESS = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]+:/")
"""Two letters at least, so that a Windows drive is none; pathlib folds `//` into `/`."""
_OPEN_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
"""Non-blocking, so that a FIFO without a writer is refused instead of waited for."""
_CSV_HINT = "Give the path of a CSV or Excel file."


def take_snapshot(source: Source) -> Snapshot:
    """The bytes of a file or of standard input, not hashed yet. Raises ReportgenError (RG-001, 006, 021, 051-054)."""
    name = scrub(source.name)
    data = _read_standard_input() if source.path is None else _read_file(source.path, name)
    if not data:
        raise ReportgenError("RG-001", f"{name} is empty: 0 bytes.", "Export it again.")
    return Snapshot(name, data, "", len(data), kind_of(data))


def sha256_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _read_standard_input() -> bytes:
    """Everything that comes, up to the limit."""
    if sys.stdin is None or sys.stdin.closed:
        raise ReportgenError("RG-051", "standard input is closed.", "Pipe the export in, or give the path of a file.")
    data = sys.stdin.buffer.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise _too_large("standard input holds more:")
    return data


def _read_file(path: Path, name: str) -> bytes:
    with opened(path, name) as export:
        if export.size > MAX_BYTES:
            raise _too_large(f"{name} holds {format_count(export.size / 2**20)} MiB;")
        data = _read_all(export.handle, export.size)
        export.n_read = len(data)
    return data


@dataclass(slots=True)
class OpenExport:
    """A regular file that is being read."""

    name: str
    handle: int
    size: int
    """Bytes when it was opened."""
    n_read: int = 0
    """Bytes that were read; filled in by the one who reads."""


@contextmanager
def opened(path: Path, name: str) -> Iterator[OpenExport]:
    """The file, opened once. Raises ReportgenError (RG-051 to 054; at the end RG-006 if it has changed meanwhile)."""
    if _WEB_ADDRESS.match(str(path)) and not path.exists():
        raise ReportgenError(
            "RG-054", f"{scrub(path)} is a web address.", "Download the export and give the path of the file."
        )
    handle = _open(path, name)
    try:
        before = os.fstat(handle)
        if not stat.S_ISREG(before.st_mode):
            raise ReportgenError("RG-052", f"{name} is {_file_type(before.st_mode)}, not a file.", _CSV_HINT)
        export = OpenExport(name, handle, before.st_size)
        yield export
        after = os.fstat(handle)
    finally:
        os.close(handle)
    if export.n_read != after.st_size or (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise ReportgenError(
            "RG-006", f"{name} changed while it was read.", "Run again when the export has been written to its end."
        )


def _too_large(found: str) -> ReportgenError:
    return ReportgenError(
        "RG-021",
        f"{found} at most {format_count(MAX_BYTES / 2**20)} MiB can be read.",
        "Export fewer columns, or one row a customer instead of one a purchase.",
    )


def _open(path: Path, name: str) -> int:
    try:
        return os.open(path, _OPEN_FLAGS)
    except PermissionError:
        if path.is_dir():
            raise ReportgenError("RG-052", f"{name} is a directory, not a file.", _CSV_HINT) from None
        raise ReportgenError(
            "RG-053", f"{name} may not be read by this user.", "Change the file's permissions or copy it."
        ) from None
    except (OSError, ValueError):
        raise ReportgenError("RG-051", f"{name} does not exist.", f"Looked at: {scrub(path)}") from None


def _read_all(handle: int, size: int) -> bytes:
    """Up to one byte more than `size`, so that growth shows."""
    chunks = []
    left = size + 1
    while left > 0 and (chunk := os.read(handle, left)):
        chunks.append(chunk)
        left -= len(chunk)
    return b"".join(chunks)


def _file_type(mode: int) -> str:
    kinds = {stat.S_IFDIR: "a directory", stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket"}
    return kinds.get(stat.S_IFMT(mode), "a device")
