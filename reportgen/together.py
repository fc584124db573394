"""Reads one export, or several files of one kind as one table: the order lines of some months."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import narwhals as nw

from reportgen import wording
from reportgen.config import InputSettings
from reportgen.engine.base import Engine
from reportgen.errors import ReportgenError
from reportgen.ingest.stage import read_export
from reportgen.records.source import Export, source_of
from reportgen.records.table import LINE_COLUMN, Places, RawTable, ReadReport

SHOWN_NAMES = 3
"""Columns that a refusal names."""
SHOWN_FILES = 4
"""Files that a note names one by one."""


def read_one_or_several(export: Export, settings: InputSettings, engine: Engine) -> RawTable:
    """The export as a table of text. Raises what reading raises, RG-063 where several files differ in their columns."""
    source = source_of(export)
    if not source.parts:
        return read_export(source, settings, engine)
    tables = [read_export(part, settings, engine) for part in source.parts]
    for table in tables[1:]:
        refuse_other(tables[0], table)
    starts = [sum(table.report.n_physical for table in tables[:place]) for place in range(len(tables))]
    frames = [shifted(table, start, tables[0].columns) for table, start in zip(tables, starts, strict=True)]
    return RawTable(
        frame=nw.concat(frames).to_native(),
        columns=tables[0].columns,
        report=joined(source.name, [table.report for table in tables]),
        set_aside=tuple(
            replace(entry, line=entry.line + start)
            for table, start in zip(tables, starts, strict=True)
            for entry in table.set_aside
        ),
        places=PlacesInFiles(
            files=tuple(
                (start, table.report.file_name, table.places) for table, start in zip(tables, starts, strict=True)
            )
        ),
        shown=frozenset[str]().union(*(table.shown for table in tables)),
        text_numbers=sum((Counter(table.text_numbers) for table in tables), Counter()),
    )


@dataclass(frozen=True, slots=True, eq=False)
class PlacesInFiles(Places):
    """Where the records of several files stand: `2026-10.csv, line 17`."""

    files: tuple[tuple[int, str, Places], ...] = ()
    """(records before the file's first, its name, places in it), in order."""

    def of(self, record: int) -> str:
        start, name, places = next(file for file in reversed(self.files) if file[0] < record)
        return f"{name}, {places.of(record - start)}"


def refuse_other(first: RawTable, other: RawTable) -> None:
    """Raises ReportgenError (RG-063) where a file is not of the first one's kind."""
    differing = [name for name in first.columns if name not in other.columns]
    differing += [name for name in other.columns if name not in first.columns]
    if not differing and first.report.format == other.report.format:
        return
    names = wording.join_words([wording.scrub(name, 40) for name in differing[:SHOWN_NAMES]])
    what = f"differ in {names}" if differing else f"are {first.report.format} and {other.report.format}"
    raise ReportgenError(
        "RG-063",
        f"Files that are read together have the same columns, but {first.report.file_name} and "
        f"{other.report.file_name} {what}.",
        "Export them in one way, or run them as months without --together.",
    )


def shifted(table: RawTable, start: int, names: Sequence[str]) -> nw.DataFrame[Any]:
    """The table with its records numbered on from `start`."""
    frame: nw.DataFrame[Any] = nw.from_native(table.frame)
    return frame.select(*names, nw.col(LINE_COLUMN) + start)


def joined(name: str, reports: Sequence[ReadReport]) -> ReadReport:
    """How all of them were read, the first one's way of writing standing for all."""
    digests = "".join(report.sha256 for report in reports)
    files = wording.join_words([f"{r.file_name} ({wording.plural(r.n_physical, 'record')})" for r in reports])
    if len(reports) > SHOWN_FILES:
        files = f"{len(reports)} files, {reports[0].file_name} to {reports[-1].file_name}"
    return replace(
        reports[0],
        file_name=wording.scrub(name),
        sha256=hashlib.sha256(digests.encode("ascii")).hexdigest(),
        n_bytes=sum(report.n_bytes for report in reports),
        n_physical=sum(report.n_physical for report in reports),
        n_used=sum(report.n_used for report in reports),
        n_repaired=sum(report.n_repaired for report in reports),
        n_set_aside=sum(report.n_set_aside for report in reports),
        notes=(
            f"One table of {files}.",
            *(f"{report.file_name}: {note}" for report in reports for note in report.notes),
        ),
        fixes=tuple(f"{report.file_name}: {fix}" for report in reports for fix in report.fixes),
    )
