"""Unpacks a compressed export, by content: one level, one table, counted while it is unpacked."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Protocol

from reportgen.config import InputSettings
from reportgen.errors import ReportgenError
from reportgen.ingest._kinds import ARCHIVES, BZIP2, GZIP, HEAD, READABLE, XZ, ZIP, ZSTD, kind_of
from reportgen.ingest.base import Snapshot
from reportgen.wording import format_count, join_words, scrub

MAX_EXPANDED = 1 << 30
"""Bytes of the table unpacked: what can be read of a plain file as well."""
MAX_RATIO, RATIO_FROM = 200, 8 << 20
"""Unpacked to packed, beyond 8 MiB: exports reach 5 to 40, with xz 100; a bomb 1,000 and more."""
MAX_ENTRIES = 5_000
"""Files in a zip archive; an export holds one, or one a month."""
XZ_MEMORY = 128 << 20
"""Bytes that unpacking xz may take; its strongest setting asks for 65 MiB."""
PIECE = 1 << 20
TABLE_SUFFIXES = (
    *(".csv", ".tsv", ".tab", ".xlsx", ".xlsm", ".xls", ".ods", ".json", ".jsonl", ".ndjson"),
    *(".parquet", ".feather", ".arrow", ".arrows", ".sqlite", ".db"),
)
"""Names that tell a table from a text that explains it, where an archive holds both."""
_AGAIN = "Download or export it again."
_ALONE = "Unpack it and give the table of customers alone."
_DAMAGE = (EOFError, OSError, ValueError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, NotImplementedError)


def unpack(snapshot: Snapshot, settings: InputSettings) -> tuple[Snapshot, InputSettings]:
    """The snapshot with the packed table as its data, and the settings that are left for its reader.

    A snapshot that is not packed comes back as it is. Raises ReportgenError (RG-001, 005, 007, 031, 032, 033, 063).
    """
    if snapshot.kind == ZIP:
        return _unzipped(snapshot, settings)
    if snapshot.kind not in _STREAMS:
        return snapshot, settings
    word, open_stream = _STREAMS[snapshot.kind]
    with _damage_said(snapshot.kind):
        data = _drained(open_stream(snapshot.data), len(snapshot.data))
    return _inside(snapshot, data, word), settings


class _Stream(Protocol):
    """What an archive is read from."""

    def read(self, size: int, /) -> bytes: ...

    def close(self) -> None: ...


class _damage_said:  # noqa: N801 - reads as a sentence where it is used
    """Turns what decompressors raise into a refusal."""

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def __enter__(self) -> None: ...

    def __exit__(self, _type: object, fault: BaseException | None, _traceback: object) -> None:
        if isinstance(fault, _DAMAGE):
            raise ReportgenError("RG-032", f"this is {self.kind} that is damaged or cut off.", _AGAIN) from None


def _drained(stream: _Stream, n_packed: int) -> bytes:
    """All that comes out, counted. Raises ReportgenError (RG-031) and what the decompressor raises."""
    out = io.BytesIO()
    most = min(MAX_EXPANDED, max(RATIO_FROM, MAX_RATIO * n_packed))
    with closing(stream):
        while piece := stream.read(PIECE):
            out.write(piece)
            if out.tell() > most:
                raise ReportgenError(
                    "RG-031",
                    f"it unpacks to more than {format_count(most >> 20)} MiB, {format_count(most / n_packed)} times its"
                    " size.",
                    _ALONE,
                )
    return out.getvalue()


def _inside(snapshot: Snapshot, data: bytes, container: str) -> Snapshot:
    if not data:
        raise ReportgenError("RG-001", "the file packed in it is empty: 0 bytes.", "Export it again.")
    kind = kind_of(data)
    if kind in ARCHIVES or kind == "a tar archive":
        raise ReportgenError("RG-005", f"it holds {kind}; only one level is unpacked.", _ALONE)
    return replace(snapshot, data=data, kind=kind, container=container)


class _XzStream:
    """What is in an xz archive; `lzma.LZMAFile` cannot be told how much memory it may take."""

    def __init__(self, data: bytes) -> None:
        self.pieces = _xz_pieces(data)

    def read(self, _size: int) -> bytes:
        return next(self.pieces, b"")

    def close(self) -> None: ...


def _xz_pieces(data: bytes) -> Iterator[bytes]:
    """What each of the joined streams holds; zeros between them are padding."""
    while data:
        unpacker, feed = lzma.LZMADecompressor(memlimit=XZ_MEMORY), data
        while not unpacker.eof:
            piece, feed = _unpacked(unpacker, feed), b""
            if piece:
                yield piece
            elif unpacker.needs_input:
                raise EOFError
        data = unpacker.unused_data.lstrip(b"\0")


def _unpacked(unpacker: lzma.LZMADecompressor, feed: bytes) -> bytes:
    try:
        return unpacker.decompress(feed, PIECE)
    except lzma.LZMAError as fault:
        if "emory" not in str(fault):
            raise
    raise ReportgenError("RG-031", "unpacking it takes far more memory than an export needs.", _ALONE)


def _zstd_stream(data: bytes) -> _Stream:
    import pyarrow as pa

    stream: _Stream = pa.CompressedInputStream(pa.BufferReader(data), "zstd")
    return stream


_STREAMS: dict[str, tuple[str, Callable[[bytes], _Stream]]] = {
    GZIP: ("gzip", lambda data: gzip.GzipFile(fileobj=io.BytesIO(data))),
    BZIP2: ("bzip2", lambda data: bz2.BZ2File(io.BytesIO(data))),
    XZ: ("xz", _XzStream),
    ZSTD: ("zstd", _zstd_stream),
}
"""Kind → word for it, and what opens it."""


def _unzipped(snapshot: Snapshot, settings: InputSettings) -> tuple[Snapshot, InputSettings]:
    with _damage_said(ZIP), zipfile.ZipFile(io.BytesIO(snapshot.data)) as archive:
        entries = _entries(archive)
        chosen, others, fixes = _chosen(archive, entries, settings)
        data = _drained(_open(archive, chosen), len(snapshot.data))
    inner = _inside(snapshot, data, f"zip, {scrub(chosen.filename)}")
    notes = (f"Left out of the archive: {join_words([scrub(entry.filename) for entry in others])}.",) if others else ()
    if settings.sheet and _is_meant(chosen, settings.sheet):
        settings = settings.model_copy(update={"sheet": ""})
    return replace(inner, notes=notes, fixes=fixes), settings


def _entries(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The files in the archive that a user put there. Raises ReportgenError (RG-001, 005, 031, 033)."""
    listed = archive.infolist()
    if len(listed) > MAX_ENTRIES:
        raise ReportgenError("RG-031", f"the archive holds {format_count(len(listed))} files.", _ALONE)
    entries = []
    for entry in listed:
        path = PurePosixPath(entry.filename.replace("\\", "/"))
        if not path.parts:
            continue
        if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
            raise ReportgenError(
                "RG-005", f"the archive holds a file that leads out of it, {scrub(entry.filename)}.", _ALONE
            )
        if not entry.is_dir() and path.parts[0] != "__MACOSX" and not path.name.startswith("."):
            entries.append(entry)
    if any(entry.flag_bits & 1 for entry in entries):
        raise ReportgenError("RG-033", "the archive is protected by a password.", "Pack it without a password.")
    if not entries:
        raise ReportgenError("RG-001", "the archive holds no file.", "Pack the export again.")
    return entries


def _chosen(
    archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], settings: InputSettings
) -> tuple[zipfile.ZipInfo, list[zipfile.ZipInfo], tuple[str, ...]]:
    """The file to read, the others, and what had to be guessed. Raises ReportgenError (RG-005, 007)."""
    named = [entry for entry in entries if settings.sheet and _is_meant(entry, settings.sheet)]
    if len(named) == 1 or len(entries) == 1:
        chosen = (named or entries)[0]
        return chosen, [entry for entry in entries if entry is not chosen], ()
    tables = [entry for entry in entries if _kind_inside(archive, entry) in READABLE]
    tables = [entry for entry in tables if PurePosixPath(entry.filename.lower()).suffix in TABLE_SUFFIXES] or tables
    names = join_words([scrub(entry.filename) for entry in tables or entries])
    if not tables:
        raise ReportgenError("RG-005", f"the archive holds no table, but {names}.", _ALONE)
    chosen = max(tables, key=lambda entry: entry.file_size)
    others = [entry for entry in entries if entry is not chosen]
    if len(tables) == 1:
        return chosen, others, ()
    if settings.when_unsure == "guess":
        return chosen, others, (f"Of several tables in the archive the largest was taken, {scrub(chosen.filename)}.",)
    raise ReportgenError(
        "RG-007",
        f"the archive holds several tables: {names}.",
        f'Say which one holds the customers: sheet = "{scrub(chosen.filename)}" under [input], for example.',
    )


def _is_meant(entry: zipfile.ZipInfo, wanted: str) -> bool:
    """Whether a setting names the file, with or without its folder."""
    path = PurePosixPath(entry.filename.replace("\\", "/"))
    return wanted.strip().casefold() in (str(path).casefold(), path.name.casefold())


def _kind_inside(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> str:
    with closing(_open(archive, entry)) as stream:
        head = stream.read(HEAD)
    return kind_of(head) if head else ""


def _open(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> _Stream:
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise ReportgenError(
            "RG-005",
            f"{scrub(entry.filename)} is packed in an unusual way (method {entry.compress_type}).",
            "Pack it again as an ordinary zip archive.",
        )
    return archive.open(entry)
