"""Reads an export: bytes in, a table of text out, every record accounted for."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import narwhals as nw
import numpy as np

from reportgen.config import InputSettings
from reportgen.engine.base import Engine
from reportgen.errors import ReportgenError
from reportgen.ingest._checked import check_reading
from reportgen.ingest._containers import unpack
from reportgen.ingest._kinds import DUCKDB, ORC
from reportgen.ingest._named import named
from reportgen.ingest._size import table_bytes
from reportgen.ingest._snapshot import sha256_of, take_snapshot
from reportgen.ingest.base import READERS, Reader, Reading, Snapshot
from reportgen.records.source import Export, Source, source_of
from reportgen.records.table import LINE_COLUMN, RawTable, ReadReport
from reportgen.source_words import kind_of_source
from reportgen.wording import scrub

__all__ = ["read_export", "table_bytes"]

_TEXT = frozenset({"csv", "fixed width"})
PROMISED: dict[str, frozenset[str]] = {
    **dict.fromkeys(("csv", "tsv", "tab", "txt"), _TEXT),
    **{ending: frozenset({ending}) for ending in ("xlsx", "xls", "ods", "parquet")},
    "xlsm": frozenset({"xlsx"}),
    "json": frozenset({"json", "json lines"}),
}
"""A name's ending → the formats that a reader expects behind it; other endings promise nothing."""

AS_CSV = "Export the table as CSV or as an Excel workbook."
ADVICE = {
    DUCKDB: "Open it with DuckDB and write the table as CSV or Parquet: COPY customers TO 'customers.csv'.",
    ORC: "Write the table as Parquet or CSV.",
}
"""Kind → what to do about it, where that is not AS_CSV."""


def read_export(export: Export, settings: InputSettings, engine: Engine) -> RawTable:
    """The export as a table of text. Raises ReportgenError for whatever cannot be read, with what to do about it."""
    source = source_of(export)
    name, staged = scrub(source.name), None
    if engine.folder and source.path:
        from reportgen.ingest._staging import read_staged

        staged = read_staged(source.path, name, settings, engine.folder)
    if source.is_of_spark:
        staged = read_table(source, name, settings, engine)
    snapshot, reading = staged or read_whole(source, settings)
    report = report_of(snapshot, reading)
    report = replace(report, notes=(*(() if source.url else misnamed(report)), *report.notes))
    entries = tuple(replace(entry, place=reading.places.of(entry.line)) for entry in reading.set_aside)
    frame, told = frame_of(reading, engine), (reading.places, reading.text_numbers, reading.shown)
    return RawTable(frame, reading.columns, report, entries, *told)


def read_table(source: Source, name: str, settings: InputSettings, engine: Engine) -> tuple[Snapshot, Reading]:
    """The table as the engine itself reads it."""
    from reportgen.ingest._spark import read_spark

    with named(name):
        reading, sha256 = read_spark(source.url, settings, engine)
        check_reading(reading)
    return Snapshot(name, b"", sha256, 0, ""), reading


def read_whole(source: Source, settings: InputSettings) -> tuple[Snapshot, Reading]:
    """The export read into memory; its bytes are hashed meanwhile."""
    if source.url:
        return _read_database(source, settings)
    snapshot = take_snapshot(source)
    with ThreadPoolExecutor(1) as pool, named(snapshot.name):
        digest = pool.submit(sha256_of, snapshot.data)
        snapshot, settings = unpack(snapshot, settings)
        reading = reader_of(snapshot.kind).read(snapshot, settings)
        check_reading(reading)
    return replace(snapshot, sha256=digest.result()), reading


def _read_database(source: Source, settings: InputSettings) -> tuple[Snapshot, Reading]:
    from reportgen.ingest._database import read_database

    name = scrub(source.name)
    with named(name):
        reading, sha256 = read_database(source.url, settings)
        check_reading(reading)
    return Snapshot(name, b"", sha256, 0, ""), reading


def frame_of(reading: Reading, engine: Engine) -> Any:
    """The table that was read, as a frame of the engine."""
    if reading.frame is not None:
        return reading.frame
    if not reading.paths:
        columns: dict[str, Any] = dict(zip(reading.columns, reading.cells, strict=True))
        columns[LINE_COLUMN] = np.asarray(reading.records, dtype=np.int64)
        return engine.from_columns(columns)
    frame: nw.LazyFrame[Any] = nw.from_native(engine.from_parquet(reading.paths)).lazy()
    return frame.select(*reading.columns, LINE_COLUMN).to_native()


def reader_of(kind: str) -> Reader:
    """The reader of that kind of content. Raises ReportgenError (RG-005)."""
    for _name, reader in READERS.items():
        if kind in reader.kinds:
            return reader
    raise ReportgenError("RG-005", f"this is {kind}, not a table that can be read.", ADVICE.get(kind, AS_CSV))


def misnamed(report: ReadReport) -> tuple[str, ...]:
    """A note where the file's name promises another kind of content than it has, or none."""
    ending = report.file_name.rpartition(".")[2].lower()
    promised = PROMISED.get(ending)
    if promised is None or (report.format in promised and not report.container):
        return ()
    packed = f", packed as {report.container.partition(',')[0]}" if report.container else ""
    return (f"The name ends in .{ending}, the content is {kind_of_source(report)}{packed}.",)


def report_of(snapshot: Snapshot, reading: Reading) -> ReadReport:
    n_repaired = sum(record.action == "repaired" for record in reading.set_aside)
    return ReadReport(
        file_name=snapshot.name,
        sha256=snapshot.sha256,
        n_bytes=snapshot.n_bytes,
        format=reading.format,
        encoding=reading.encoding,
        delimiter=reading.delimiter,
        quote=reading.quote,
        sheet=reading.sheet,
        header_line=reading.header_line,
        n_physical=reading.n_records,
        n_used=len(reading.records) - n_repaired,
        n_repaired=n_repaired,
        n_set_aside=len(reading.set_aside) - n_repaired,
        notes=snapshot.notes + reading.notes,
        fixes=snapshot.fixes + reading.fixes,
        container=snapshot.container,
    )
