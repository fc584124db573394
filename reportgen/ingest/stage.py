"""Reads an export: bytes in, a table of text out, every record accounted for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from reportgen.config import InputSettings
from reportgen.engine.base import Engine
from reportgen.errors import ReportgenError
from reportgen.ingest._containers import unpack
from reportgen.ingest._snapshot import take_snapshot
from reportgen.ingest.base import READERS, Reader, Reading, Snapshot
from reportgen.records.source import Export, source_of
from reportgen.records.table import LINE_COLUMN, RawTable, ReadReport
from reportgen.wording import format_count, kind_of_source, scrub

_TEXT = frozenset({"csv", "fixed width"})
PROMISED: dict[str, frozenset[str]] = {
    **dict.fromkeys(("csv", "tsv", "tab", "txt"), _TEXT),
    **{ending: frozenset({ending}) for ending in ("xlsx", "xls", "ods", "parquet")},
    "xlsm": frozenset({"xlsx"}),
    "json": frozenset({"json", "json lines"}),
}
"""A name's ending → the formats that a reader expects behind it; other endings promise nothing."""


def read_export(export: Export, settings: InputSettings, engine: Engine) -> RawTable:
    """The export as a table of text. Raises ReportgenError for whatever cannot be read, with what to do about it."""
    source = source_of(export)
    snapshot = Snapshot(scrub(source.name), b"", "", 0, "") if source.url else take_snapshot(source)
    try:
        if source.url:
            from reportgen.ingest._database import read_database

            reading, sha256 = read_database(source.url, settings)
            snapshot = replace(snapshot, sha256=sha256)
        else:
            snapshot, settings = unpack(snapshot, settings)
            reading = reader_of(snapshot.kind).read(snapshot, settings)
        check_reading(reading)
    except ReportgenError as fault:
        raise ReportgenError(fault.code, f"{snapshot.name}: {fault.sentence}", fault.hint) from None
    columns: dict[str, Any] = dict(zip(reading.columns, reading.cells, strict=True))
    columns[LINE_COLUMN] = np.asarray(reading.records, dtype=np.int64)
    report = report_of(snapshot, reading)
    report = replace(report, notes=(*misnamed(report), *report.notes))
    entries = tuple(replace(entry, place=reading.places.of(entry.line)) for entry in reading.set_aside)
    return RawTable(
        engine.from_columns(columns), reading.columns, report, entries, reading.places, reading.text_numbers
    )


def reader_of(kind: str) -> Reader:
    """The reader of that kind of content. Raises ReportgenError (RG-005)."""
    for _name, reader in READERS.items():
        if kind in reader.kinds:
            return reader
    raise ReportgenError(
        "RG-005", f"this is {kind}, not a table that can be read.", "Export the table as CSV or as an Excel workbook."
    )


def misnamed(report: ReadReport) -> tuple[str, ...]:
    """A note where the file's name promises another kind of content than it has, or none."""
    ending = report.file_name.rpartition(".")[2].lower()
    promised = PROMISED.get(ending)
    if promised is None or (report.format in promised and not report.container):
        return ()
    packed = f", packed as {report.container.partition(',')[0]}" if report.container else ""
    return (f"The name ends in .{ending}, the content is {kind_of_source(report)}{packed}.",)


def check_reading(reading: Reading) -> None:
    """Refuses a table without rows or with a single column. Raises ReportgenError (RG-002, RG-004)."""
    if len(reading.columns) < 2:
        raise ReportgenError(
            "RG-004",
            f"the table has only one column, {reading.columns[0]}." if reading.columns else "the table has no column.",
            "Export the customers with what they bought, spent or answered, one column each.",
        )
    if not len(reading.records):
        raise ReportgenError(
            "RG-002",
            f"there is a header of {format_count(len(reading.columns))} columns, but no data row.",
            "Check the filter of the export.",
        )


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
