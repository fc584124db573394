"""X1 to X20: what can be wrong with a workbook."""

from __future__ import annotations

import random
import struct
from collections.abc import Mapping, Sequence

import pytest
from ingest_exports import archive, date_styles, ods_row, open_document, sheet_xml, workbook
from old_workbooks import OLE, compound, old_workbook
from outcomes import (
    HEADER,
    asked,
    assert_said,
    customers,
    fixed,
    listed,
    meet,
    n_missing,
    noted,
    ok,
    refused,
    said,
    texts,
    values,
)
from real_data import real_data

Cells = list[list[object]]


def typed(n: int = 40) -> Cells:
    """The customers as a sheet holds them: numbers as numbers."""
    return [[*row[:2], *map(int, row[2:])] for row in customers(n)]


def sheet(n: int = 40) -> Cells:
    return [list(HEADER), *typed(n)]


def book(
    content: Sequence[Sequence[object]] | str | Mapping[str, Sequence[Sequence[object]] | str], **more: object
) -> bytes:
    """A workbook of one sheet, or of the sheets given."""
    return workbook(content if isinstance(content, Mapping) else {"Customers": content}, **more)  # type: ignore[arg-type]


GOOD = book(sheet())


@pytest.mark.parametrize("name", ["a.xlsx", "a.xls", "a.ods", "a.xlsm"])
def test_x01_what_is_no_workbook_is_refused(name: str) -> None:
    """REFUSE RG-005: random bytes under a workbook's name."""
    refused(random.Random(1).randbytes(5_000), "RG-005", name=name)


@pytest.mark.parametrize("share", [0.5, 0.1, 0.99])
def test_x02_a_truncated_workbook_is_refused(share: float) -> None:
    """REFUSE RG-032: a download that broke off."""
    refused(GOOD[: int(len(GOOD) * share)], "RG-032", name="a.xlsx")


def test_x03_a_password_is_asked_to_be_taken_off() -> None:
    """REFUSE RG-033: Excel's encrypted container, an encrypted archive, an encrypted OpenDocument."""
    flagged = bytearray(GOOD)
    flagged[GOOD.index(b"PK\x01\x02") + 8] |= 1
    document = open_document(ods_row(["id", "name"]), manifest="<manifest:encryption-data/>")
    for content in (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), bytes(flagged), document):
        assert "password" in f"{(fault := refused(content, 'RG-033')).sentence} {fault.hint}".lower()


def test_x04_an_old_workbook_is_read() -> None:
    """OK: BIFF8, cell by cell."""
    assert texts(meet(old_workbook(sheet()), "a.xls")) == customers()


@pytest.mark.real_data
def test_x04_a_real_old_workbook_is_read() -> None:
    """OK: an .xls of three sheets by Excel itself: the orders are the largest."""
    path = real_data("superstore")
    for file in sorted(path.glob("*.xls")):
        assert meet(file.read_bytes(), "a.xls", sheet="Orders").raw.report.n_physical > 9_000


def test_x05_macros_are_not_run() -> None:
    """NOTE: the table is read, the macros are said to be there."""
    seen = noted(book(sheet(), parts={"xl/vbaProject.bin": b"\0" * 99}), "macro", name="a.xlsm")
    assert texts(seen) == customers()


def test_x06_a_zip_bomb_is_refused() -> None:
    """REFUSE RG-031: 40 MB of blanks in 40 kB."""
    refused(book(sheet_xml([["id", "name"], [1, " " * 40_000_000 + "x"]])), "RG-031", name="a.xlsx")


def test_x07_a_far_cell_is_refused() -> None:
    """REFUSE RG-031: two cells, A1 and XFD1048576, would be 17 billion."""
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    content = book(sheet_xml([["id"]], far))
    assert len(content) < 2_000
    refused(content, "RG-031", name="a.xlsx")


def test_x08_a_tall_empty_sheet_is_read() -> None:
    """OK: a stray cell in the last row that Excel has; the blank rows between are no customers."""
    cells = "".join(f'<c r="{letter}1048576"><v>7</v></c>' for letter in "ABCDE")
    seen = meet(book(sheet_xml(sheet(), f'<row r="1048576">{cells}</row>')), "a.xlsx")
    assert texts(seen)[:40] == customers()
    assert seen.raw.report.n_physical == 41


def test_x09_a_wrong_dimension_is_not_believed() -> None:
    """OK: what the sheet says about its size is ignored, be it too small or too large."""
    for place in ("A1:B2", "A1:XFD1048576"):
        xml = sheet_xml(sheet()).replace("<sheetData>", f'<dimension ref="{place}"/><sheetData>')
        ok(book(xml), name="a.xlsx")


@pytest.mark.parametrize(
    "declaration",
    ['<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>', '<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;&b;">]>',
     '<!DOCTYPE worksheet SYSTEM "http://127.0.0.1/x.dtd">'],
)  # fmt: skip
def test_x10_declarations_are_refused(declaration: str) -> None:
    """REFUSE RG-034: entities, external or not."""
    refused(book(sheet_xml(sheet(), before=declaration)), "RG-034", name="a.xlsx")


def test_x11_the_largest_sheet_is_read_and_said() -> None:
    """NOTE: beside a sheet of notes the customers are read, and both names are said."""
    seen = noted(book({"Notes": [["read me"], ["by jane"]], "Customers": sheet()}), "Customers", "Notes", name="a.xlsx")
    assert texts(seen) == customers()


def test_x11_two_similar_sheets_are_asked_about() -> None:
    """ASK: both names are shown, `sheet` decides."""
    content = book({"October": sheet(), "November": sheet(38)})
    question = asked(content, "October", "November", setting="sheet", name="a.xlsx")
    assert texts(question.decided(content, "November", "a.xlsx")) == customers(38)


def test_x12_what_is_hidden_is_read_and_said() -> None:
    """NOTE: hidden rows and columns, a filter, a hidden sheet alone: read like the rest."""
    xml = sheet_xml(sheet()).replace('<row r="5">', '<row r="5" hidden="1">')
    assert texts(noted(book(xml), "hidden", "row", name="a.xlsx")) == customers()
    xml = sheet_xml(sheet()).replace("<sheetData>", '<cols><col min="3" max="3" hidden="1"/></cols><sheetData>')
    assert texts(noted(book(xml), "hidden", "column", name="a.xlsx")) == customers()
    assert texts(noted(book({"S": sheet()}, hidden=["S"]), "hidden", name="a.xlsx")) == customers()


def test_x12_a_filter_is_said() -> None:
    """NOTE: a filter hides rows; they are customers all the same."""
    xml = sheet_xml(sheet()).replace("</sheetData>", '</sheetData><autoFilter ref="A1:E41"/>')
    assert (
        texts(noted(book(xml.replace('<row r="9">', '<row r="9" hidden="1">')), "hidden", name="a.xlsx")) == customers()
    )


def test_x13_merged_names_are_joined() -> None:
    """FIX: a name over two columns belongs to both."""
    rows: Cells = [["", "", "Shop", "", "Web"], ["id", "city", "spend", "orders", "spend"], *typed()]
    xml = sheet_xml(rows).replace(
        "</sheetData>", '</sheetData><mergeCells count="1"><mergeCell ref="C1:D1"/></mergeCells>'
    )
    seen = fixed(book(xml), "header", name="a.xlsx")
    assert len(texts(seen)) == 40
    assert all(word in name for word, name in zip(("Shop", "Shop", "Web"), seen.raw.columns[2:], strict=True))


def test_x14_a_formula_without_a_result_is_missing() -> None:
    """NOTE: never 0, and counted."""
    xml = sheet_xml(sheet())
    cell = f'<c r="C4"><v>{typed()[2][2]}</v></c>'
    assert cell in xml
    seen = noted(book(xml.replace(cell, '<c r="C4"><f>SUM(A1:A2)</f></c>')), "formula", "1", name="a.xlsx")
    assert texts(seen)[2][2] == ""
    assert n_missing(seen, "income") == 1


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?"])
def test_x15_errors_are_missing_and_counted(error: str) -> None:
    """Missing: an error is no value, and how many there were is said."""
    rows = sheet()
    rows[3][2] = rows[7][2] = error
    seen = noted(book(rows), "2", "error", name="a.xlsx")
    assert n_missing(seen, "income") == 2


@pytest.mark.parametrize(("style", "serial", "text"), [(1, 45_296, "2024-01-05"), (2, 45_296.5, "2024-01-05 12:00:00")])
def test_x16_dates_by_their_format(style: int, serial: float, text: str) -> None:
    """OK: a number with a date's format is that day."""
    rows = "".join(
        f'<row r="{i + 2}"><c r="A{i + 2}" t="inlineStr"><is><t>C{i}</t></is></c>'
        f'<c r="B{i + 2}" s="{style}"><v>{serial + i}</v></c><c r="C{i + 2}"><v>{i * 7 % 90}</v></c></row>'
        for i in range(40)
    )
    seen = meet(book(sheet_xml([["id", "joined", "visits"]], rows), parts=date_styles()), "a.xlsx")
    assert texts(seen)[0][1] == text
    assert values(seen, "joined")[31] == "2024-02-05"
    assert not seen.raw.report.fixes


def test_x17_without_a_sheet_of_cells_there_is_nothing() -> None:
    """REFUSE RG-002: empty sheets, and a workbook of charts alone."""
    refused(book({"A": [], "B": [[""]]}), "RG-002", name="a.xlsx")
    chart = book("<chartsheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'/>")
    refused(chart, "RG-002", "RG-032", name="a.xlsx")


def test_x18_links_are_not_followed() -> None:
    """NOTE: links to other workbooks and DDE are said, never opened."""
    link = "<externalLink><ddeLink ddeService='cmd' ddeTopic='/c calc'/></externalLink>"
    parts = {"xl/externalLinks/externalLink1.xml": link}
    assert texts(noted(book(sheet(), parts=parts), "link", name="a.xlsx")) == customers()


@pytest.mark.parametrize("place", ["AAAAAAA9", "XFE9", "A1048577", "ZZZZZZZZZZZZZZ1"])
def test_x19_a_place_that_no_sheet_has(place: str) -> None:
    """REFUSE: a reference beyond the last column or row."""
    more = f'<row r="99"><c r="{place}"><v>1</v></c></row>'
    refused(book(sheet_xml(sheet(), more)), "RG-031", "RG-032", name="a.xlsx")


def test_x20_a_shared_text_that_is_not_there() -> None:
    """REFUSE RG-032: the index points behind the last text."""
    refused(book(sheet_xml(sheet(), '<row r="99"><c r="A99" t="s"><v>7</v></c></row>')), "RG-032", name="a.xlsx")


def test_every_row_of_a_sheet_is_accounted_for() -> None:
    """R2 holds for workbooks: title, blank rows, a repeated header, a total and a note are listed or said."""
    rows: Cells = [
        ["Customers of October"],
        [],
        *sheet(),
        list(HEADER),
        ["C9999", "Rome", 1, 2, 3],
        ["Total", "", 9, 9, 9],
    ]
    seen = meet(book(rows), "a.xlsx")
    assert texts(seen) == [*customers(), ["C9999", "Rome", "1", "2", "3"]]
    assert [entry.line for entry in listed(seen)] == [41, 43]
    assert_said(said(seen).splitlines(), ["above"])


def test_the_helpers_make_real_containers() -> None:
    """An archive and a compound file that are well formed are not refused as damaged."""
    assert archive({"a": "b"}).startswith(b"PK")
    assert struct.unpack("<H", compound(b"\0" * 4096)[24:26]) == (62,)
