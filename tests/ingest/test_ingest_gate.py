"""Hostile and damaged workbooks are refused before the parser could end the process."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest
import python_calamine
from ingest_exports import archive, ods_row, open_document, read, refusal, sheet_xml, workbook
from old_workbooks import OLE, compound, record

from reportgen.errors import ReportgenError
from reportgen.ingest import _gate
from reportgen.ingest._gate_ods import scan_ods
from reportgen.ingest._gate_xls import scan_xls
from reportgen.ingest._gate_xlsx import scan_sheet
from reportgen.ingest._workbook import parse_sheets

ROWS = [["id", "name"], [1, "Ann"], [2, "Ben"]]
GOOD = workbook({"S": ROWS})


def refused_here(content: bytes) -> str:
    """The code with which the gate refuses, called in this process, so that its limits can be lowered."""
    with pytest.raises(ReportgenError) as caught:
        parse_sheets(content, "xlsx")
    return caught.value.code


def code_of(more: str) -> str:
    """The code with which a sheet is refused that holds `more` behind its rows."""
    return refusal(workbook({"S": sheet_xml(ROWS, more)})).code


@pytest.mark.parametrize(
    "cell",
    [
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="9"><c r="AAAAAAA9"><v>1</v></c></row>',
        '<row r="1048577"><c r="A1048577"><v>1</v></c></row>',
        '<row r="9"><c r="XFE9"><v>1</v></c></row>',
        "<row>" + "<c><v>1</v></c>" * 20_000 + "</row>" + "<row><c><v>1</v></c></row>" * 2_000,
        "<row r='9'><c\nr = 'xfd1048576'><v>1</v></c></row>",
    ],
    ids=["last cell", "seven letters", "row beyond", "column beyond", "without places", "other spelling"],
)
def test_a_cell_far_from_the_table_is_refused(cell: str) -> None:
    """The parser lays out every cell between the corners: 1.4 kB would become 400 GB."""
    assert code_of(cell) == "RG-031"


def test_a_tall_sheet_with_a_stray_cell_is_read() -> None:
    """A cell in the last row of a narrow sheet: the empty rows between are no records."""
    cell = '<row r="1048576"><c r="A1048576"><v>3</v></c><c r="B1048576"><v>4</v></c></row>'
    assert read(workbook({"S": sheet_xml(ROWS, cell)})).report.n_physical == 3


def test_a_bomb_is_refused_by_what_it_unpacks_to() -> None:
    """20 MB of one letter in 20 kB."""
    fault = refusal(workbook({"S": sheet_xml([["id", "name"], [1, "a" * 20_000_000]])}))
    assert fault.code == "RG-031"
    assert "times its size" in fault.sentence


def test_unpacking_stops_at_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many parts there are, they share one limit."""
    monkeypatch.setattr(_gate, "MAX_EXPANDED", 1_000)
    assert refused_here(GOOD) == "RG-031"


def test_a_part_that_lies_about_its_size_is_refused() -> None:
    """The size stated in the archive is compared with the bytes that come out."""
    with zipfile.ZipFile(io.BytesIO(GOOD)) as packed:
        stated = packed.getinfo("xl/worksheets/sheet1.xml").file_size
    assert refusal(GOOD.replace(struct.pack("<I", stated), struct.pack("<I", 9))).code == "RG-032"


def test_too_many_parts_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A workbook has tens of parts, not thousands."""
    monkeypatch.setattr(_gate, "MAX_ENTRIES", 4)
    assert refused_here(GOOD) == "RG-031"


@pytest.mark.parametrize("declaration", ['<!DOCTYPE x [<!ENTITY a "b">]>', '<!DOCTYPE x SYSTEM "file:///etc/passwd">'])
def test_declared_entities_are_refused(declaration: str) -> None:
    """In a sheet as in any other part."""
    assert refusal(workbook({"S": sheet_xml(ROWS, before=declaration)})).code == "RG-034"
    assert refusal(workbook({"S": ROWS}, parts={"xl/theme/theme1.xml": declaration})).code == "RG-034"


def test_a_part_in_another_encoding_is_refused() -> None:
    """UTF-16 would hide a declaration from the search for it."""
    assert refusal(workbook({"S": ROWS}, parts={"xl/theme/theme1.xml": "<a/>".encode("utf-16")})).code == "RG-032"


@pytest.mark.parametrize("attached", ["<a/>".encode("utf-16"), b"<!DOCTYPE x []><x/>"])
def test_what_programs_attach_is_not_looked_at(attached: bytes) -> None:
    """Every workbook with a query in it was damaged, for Excel attaches the query in UTF-16."""
    assert read(workbook({"S": ROWS}, parts={"customXml/item1.xml": attached})).report.n_physical == 2


@pytest.mark.parametrize("target", ["../customXml/item1.xml", "/customXml/item1.xml"])
def test_a_sheet_among_what_programs_attach_is_refused(target: str) -> None:
    """Nothing looks there for declarations."""
    good = zipfile.ZipFile(io.BytesIO(GOOD)).read("xl/_rels/workbook.xml.rels").decode()
    moved = good.replace("worksheets/sheet1.xml", target)
    parts = {"xl/_rels/workbook.xml.rels": moved, "customXml/item1.xml": sheet_xml(ROWS).encode("utf-16")}
    assert refusal(workbook({"S": ROWS}, parts=parts)).code == "RG-032"


@pytest.mark.parametrize("cut", [8, 40, len(GOOD) // 2, len(GOOD) - 4])
def test_a_workbook_that_was_cut_off_is_said_to_be_damaged(cut: int) -> None:
    """A download that broke off, anywhere."""
    assert refusal(GOOD[:cut]).code == "RG-032"


def test_no_flipped_byte_gets_past_the_check() -> None:
    """Every part carries a checksum: a changed byte is found, or changes nothing that is read."""
    for place in range(0, len(GOOD), 7):
        damaged = GOOD[:place] + bytes([GOOD[place] ^ 0x55]) + GOOD[place + 1 :]
        try:
            assert read(damaged).report.n_physical == 2
        except ReportgenError as fault:
            assert fault.code in {"RG-005", "RG-008", "RG-032", "RG-033", "RG-004", "RG-031"}


def test_a_panic_of_the_parser_is_said_to_be_damage(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compiled code raises past every exception class; anything else of that kind, as Ctrl-C, passes."""

    class PanicException(BaseException):
        pass

    def panic(_: object) -> None:
        raise PanicException

    def interrupt(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(python_calamine, "load_workbook", panic)
    with pytest.raises(ReportgenError) as caught:
        parse_sheets(GOOD, "xlsx")
    assert caught.value.code == "RG-032"
    monkeypatch.setattr(python_calamine, "load_workbook", interrupt)
    with pytest.raises(KeyboardInterrupt):
        parse_sheets(GOOD, "xlsx")


def test_a_missing_text_is_said_to_be_damage() -> None:
    """A cell that points behind the last shared text."""
    assert code_of('<row r="9"><c r="A9" t="s"><v>7</v></c></row>') == "RG-032"


def test_a_workbook_without_a_list_of_sheets_is_damaged() -> None:
    """xl/ is there, its index is not."""
    assert refusal(archive({"xl/worksheets/sheet1.xml": sheet_xml(ROWS)})).code == "RG-032"


def test_two_parts_of_one_name_are_refused() -> None:
    """Which one a parser takes is anybody's guess."""
    buffer = io.BytesIO(GOOD)
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(buffer, "a") as packed:
        packed.writestr("xl/workbook.xml", "<workbook/>")
    assert refusal(buffer.getvalue()).code == "RG-032"


def test_passwords_are_asked_to_be_taken_off() -> None:
    """Excel's encrypted container, an encrypted archive, an encrypted OpenDocument."""
    container = OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    flagged = bytearray(GOOD)
    place = GOOD.index(b"PK\x01\x02")
    flagged[place + 8] |= 1
    document = open_document(ods_row(["id", "name"]), manifest="<manifest:encryption-data/>")
    assert [refusal(content).code for content in (container, bytes(flagged), document)] == ["RG-033"] * 3


@pytest.mark.parametrize(
    "body",
    [
        ods_row([1], more='<table:table-cell office:value="5" table:number-columns-repeated="1000000000"/>'),
        ods_row([1, "x"], attributes=' table:number-rows-repeated="900000000"'),
        '<table:table-row table:number-rows-repeated="900000000"/>' + ods_row([1, "x"]),
    ],
    ids=["cells", "rows", "empty rows above"],
)
def test_repeats_in_an_open_document_are_counted(body: str) -> None:
    """A number in an attribute stands for a billion cells."""
    assert refusal(open_document(ods_row(["id", "name"]) + body)).code == "RG-031"


def test_the_area_of_an_open_document_counts_filled_cells_alone() -> None:
    """Empty rows and cells at the end cost nothing."""
    empty = b'<table:table-row table:number-rows-repeated="1048573"><table:table-cell/></table:table-row>'
    assert max(sheet.area for sheet in scan_ods(ods_row([1, 2, 3]).encode() * 4 + empty)) == 12


def test_the_area_of_a_sheet_spans_its_corners() -> None:
    """From the first to the last row and column."""
    xml = b'<row r="3"><c r="B3"/></row><row r="6"><c r="D6" t="e"/><c r="C6"><f>A1</f></c></row>'
    facts = scan_sheet(xml, {})
    assert (facts.area, facts.n_errors, facts.n_without_result) == (12, 1, 1)


@pytest.mark.parametrize(
    ("records", "area"),
    [
        (record(0x0203, struct.pack("<HHHd", 9, 4, 0, 1.5)), 50),
        (record(0x00BD, struct.pack("<HH", 9, 4) + b"\0" * 12 + struct.pack("<H", 6)), 70),
        (record(0x0200, struct.pack("<IIHHH", 0, 1_000_000, 0, 60_000, 0)), 60_000_000_000),
        (record(0x0203, struct.pack("<HHHd", 9, 4, 0, 1.5)) + record(0x0809, b"\0" * 16), 50),
    ],
    ids=["number", "several numbers", "stated extent", "next sheet"],
)
def test_the_area_of_an_old_workbook_is_read_from_its_records(records: bytes, area: int) -> None:
    """Places of cells and the stated extent count alike: the parser reserves memory for both."""
    assert scan_xls(compound(records.ljust(4096, b"\0")))[0] == area


def test_an_old_workbook_that_spans_too_much_is_refused() -> None:
    """A cell in row and column 65,535: four billion cells."""
    far = record(0x0203, struct.pack("<HHHd", 65_535, 65_535, 0, 1.5))
    assert refusal(compound(far.ljust(4096, b"\0"))).code == "RG-031"


def test_a_password_in_an_old_workbook_is_said() -> None:
    """The record that announces encryption."""
    assert refusal(compound(record(0x002F, b"\0" * 6).ljust(4096, b"\0"))).code == "RG-033"


@pytest.mark.parametrize("content", [OLE, OLE + b"\0" * 600, compound(b"\0" * 4096)[:900], OLE + b"\xff" * 3000])
def test_a_damaged_container_is_said_to_be_damaged(content: bytes) -> None:
    """Cut off, empty, or with impossible sizes."""
    assert refusal(content).code == "RG-032"
