"""Builds small exports for the tests of reading, and reads them: delimited text and workbooks, byte by byte."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import pytest

from reportgen.config import InputSettings
from reportgen.engine.in_memory import InMemoryEngine
from reportgen.errors import ReportgenError
from reportgen.ingest.stage import read_export
from reportgen.records.table import LINE_COLUMN, RawTable

CUSTOMERS = "id,name,income,score\n1,Ann,15,39\n2,Ben,16,81\n3,Cem,17,6\n4,Dee,18,77\n5,Eve,19,40\n"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def read(content: str | bytes, name: str = "export", **settings: Any) -> RawTable:
    """What read_export makes of a file with that content; text is written as UTF-8, line ends as they are."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_export(path, InputSettings(**settings), InMemoryEngine())


def refusal(content: str | bytes, name: str = "export", **settings: Any) -> ReportgenError:
    """The error that read_export raises on such a file."""
    with pytest.raises(ReportgenError) as caught:
        read(content, name, **settings)
    return caught.value


def cells(table: RawTable) -> list[list[str | None]]:
    """The records taken, as rows of text and None."""
    arrays = InMemoryEngine().to_arrays(table.frame, table.columns)
    return [list(row) for row in zip(*(arrays[name] for name in table.columns), strict=True)]


def records(table: RawTable) -> list[int]:
    """The record numbers of the records taken."""
    return [int(number) for number in table.frame[LINE_COLUMN]]


def actions(table: RawTable) -> list[tuple[int, str, str]]:
    """Record number, action and reason of every record repaired or set aside."""
    return [(entry.line, entry.action, entry.reason) for entry in table.set_aside]


def adds_up(table: RawTable) -> bool:
    """Every physical record is used, repaired or set aside, once; the last two are listed."""
    report = table.report
    n_repaired = sum(entry.action == "repaired" for entry in table.set_aside)
    taken, lines = records(table), [entry.line for entry in table.set_aside]
    aside = {entry.line for entry in table.set_aside if entry.action == "set aside"}
    return (
        report.n_physical == report.n_used + report.n_repaired + report.n_set_aside
        and (report.n_repaired, report.n_set_aside) == (n_repaired, len(table.set_aside) - n_repaired)
        and len(lines) == len(set(lines))
        and sorted({*taken, *aside}) == list(range(1, report.n_physical + 1))
        and len(taken) + len(aside) == report.n_physical == report.n_used + n_repaired + len(aside)
    )


def sheet_xml(rows: Sequence[Sequence[object]], more: str = "", before: str = "") -> str:
    """A worksheet part: text inline, numbers as they are; `more` goes behind the rows, `before` before the root."""
    body = "".join(
        f'<row r="{number}">{"".join(_cell(column, number, value) for column, value in enumerate(row))}</row>'
        for number, row in enumerate(rows, start=1)
        if any(value != "" for value in row)
    )
    return f'<?xml version="1.0"?>{before}<worksheet xmlns="{_MAIN}"><sheetData>{body}{more}</sheetData></worksheet>'


def _cell(column: int, number: int, value: object) -> str:
    place = f'r="{chr(ord("A") + column)}{number}"'
    if isinstance(value, bool):
        return f'<c {place} t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float):
        return f"<c {place}><v>{value!r}</v></c>"
    text = str(value)
    if text.startswith("#"):
        return f'<c {place} t="e"><v>{text}</v></c>'
    return f'<c {place} t="inlineStr"><is><t>{escape(text)}</t></is></c>' if text else ""


def workbook(
    sheets: Mapping[str, Sequence[Sequence[object]] | str],
    hidden: Sequence[str] = (),
    parts: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """An .xlsx file of the sheets: rows, or the XML of the worksheet part."""
    listed, linked = [], []
    files: dict[str, str | bytes] = {}
    for number, (name, content) in enumerate(sheets.items(), start=1):
        state = ' state="hidden"' if name in hidden else ""
        listed.append(f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"{state}/>')
        linked.append(
            f'<Relationship Id="rId{number}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        )
        files[f"xl/worksheets/sheet{number}.xml"] = content if isinstance(content, str) else sheet_xml(content)
    files["xl/workbook.xml"] = (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{"".join(listed)}</sheets></workbook>'
    )
    files["xl/_rels/workbook.xml.rels"] = f'<Relationships xmlns="{_PACKAGE}">{"".join(linked)}</Relationships>'
    files["_rels/.rels"] = (
        f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" Type="{_OFFICE}/officeDocument"'
        ' Target="xl/workbook.xml"/></Relationships>'
    )
    files["[Content_Types].xml"] = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    return archive(files | dict(parts or {}))


def date_styles() -> dict[str, str]:
    """A styles part: style 1 is a date, style 2 a date with time, style 3 a duration."""
    formats = "".join(f'<xf numFmtId="{number}"/>' for number in (0, 14, 22, 46))
    return {"xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><cellXfs count="4">{formats}</cellXfs></styleSheet>'}


def open_document(body: str, manifest: str = "") -> bytes:
    """An .ods file of one sheet; `body` is the XML of its rows."""
    names = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text")
    )
    return archive(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": f"<manifest>{manifest}</manifest>",
            "content.xml": f"<office:document-content{names}><office:body><office:spreadsheet>"
            f'<table:table table:name="Sheet">{body}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        }
    )


def ods_row(values: Sequence[object], attributes: str = "", more: str = "") -> str:
    """A row of an .ods sheet."""
    written = ""
    for value in values:
        number = f'"float" office:value="{value}"' if isinstance(value, int | float) else '"string"'
        written += f"<table:table-cell office:value-type={number}><text:p>{value}</text:p></table:table-cell>"
    return f"<table:table-row{attributes}>{written}{more}</table:table-row>"


def archive(files: Mapping[str, str | bytes]) -> bytes:
    """A zip archive of the files, packed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for path, content in files.items():
            packed.writestr(path, content)
    return buffer.getvalue()
