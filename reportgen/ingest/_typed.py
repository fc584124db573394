"""Builds the table of a typed source (JSON, Parquet, a database) from a child's answer: names, columns, account."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.config import InputSettings
from reportgen.ingest._account import Account
from reportgen.ingest._answer import Answer, check_size
from reportgen.ingest._names import header_names
from reportgen.ingest._tidy import Cells, drop_nameless
from reportgen.ingest.base import Reading
from reportgen.records.table import Places

RECORDS = Places()
MENDED = "characters that are no text removed or shown as \ufffd"


def table_of(
    answer: Answer,
    account: Account,
    settings: InputSettings,
    *,
    format: str,  # noqa: A002 - the field's name
    encoding: str = "-",
    sheet: str = "",
    notes: Sequence[str] = (),
    fixes: Sequence[str] = (),
    places: Places = RECORDS,
) -> Reading:
    """The reading of rows that start with their record's number. Raises ReportgenError (RG-013, 021, 031)."""
    records = [int(row[0] or 0) for row in answer.rows]
    for at in answer.mended:
        account.repaired(records[at], MENDED, ", ".join(cell or "" for cell in answer.rows[at][1:]))
    account.check_share(settings.max_set_aside)
    width = len(answer.facts["names"])
    check_size(len(records) * width, len(records) * width, width)
    names = header_names([answer.facts["names"]] if width else [], width)
    kept, cells, column_notes = drop_nameless(_columns(answer.rows, width), names)
    return Reading(
        columns=kept,
        cells=cells,
        records=records,
        set_aside=account.sorted_entries(),
        n_records=account.n_records,
        places=places,
        header_line=0,
        format=format,
        encoding=encoding,
        sheet=sheet,
        notes=tuple(notes),
        fixes=(*fixes, *names.notes, *column_notes),
        text_numbers=open_texts(names.names, answer.facts.get("n_open", ())),
    )


def open_texts(names: Sequence[str], n_open: Sequence[int]) -> dict[str, int]:
    """Header name → cells of text like `1.234`; of numbers that a source stores as numbers nobody doubts the point."""
    return {name: n for name, n in zip(names, n_open, strict=False) if n}


def _columns(rows: list[list[str | None]], width: int) -> list[Cells]:
    """One list a column; rows that end early are empty from there on. The rows are given up."""
    for row in rows:
        row.extend([None] * (width + 1 - len(row)))
    columns: list[Cells] = []
    columns.extend(zip(*rows, strict=True))
    rows.clear()
    return columns[1:] if columns else [()] * width
