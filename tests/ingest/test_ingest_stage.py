"""What comes out of reading, and what is refused by its content."""

from __future__ import annotations

import pytest
from ingest_exports import CUSTOMERS, archive, cells, read, records, refusal
from old_workbooks import OLE

from reportgen.ingest.base import READERS
from reportgen.records.table import LINE_COLUMN


def test_every_cell_is_text_and_an_empty_one_is_null() -> None:
    """Ids keep their zeros, NA stays NA, long numbers keep their digits; only the empty cell is null."""
    table = read("id,country,big,flag\n00123,NA,12345678901234567890,null\n1E5,None,, \n")
    assert cells(table) == [["00123", "NA", "12345678901234567890", "null"], ["1E5", "None", None, " "]]


def test_records_are_numbered_in_the_source() -> None:
    """LINE_COLUMN counts records without the header, those set aside included."""
    table = read(CUSTOMERS + "6,short\n7,Gil,3,4\n")
    assert records(table) == [1, 2, 3, 4, 5, 7]
    assert LINE_COLUMN not in table.columns


def test_the_report_says_how_the_file_was_read() -> None:
    """File name, format, encoding, delimiter, quote, header line and the account of records."""
    report = read("# export\n\nid;name\n1;'Ann; Bea'\n2;'Cem'\n".replace("'", '"'), "june.csv").report
    assert (report.file_name, report.format, report.encoding) == ("june.csv", "csv", "utf-8")
    assert (report.delimiter, report.quote, report.header_line, report.sheet) == (";", '"', 3, "")
    assert (report.n_physical, report.n_used, report.n_repaired, report.n_set_aside) == (2, 2, 0, 0)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"%PDF-1.7\n", "a PDF document"),
        (b"\xef\xbb\xbf\n<!DOCTYPE html><html><body>Please log in", "an HTML page"),
        (b"<html><body>,,,</body></html>", "an HTML page"),
        (b'<?xml version="1.0"?><customers/>', "an XML document"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\r", "a PNG image"),
        (b"{\\rtf1 id,name}", "an RTF document"),
        (archive({"word/document.xml": "<w/>"}), "a Word document"),
        (archive({"xl/workbook.bin": "x"}), "an Excel binary workbook (.xlsb)"),
        (b"\xdb\x08\xb6\x15\x11)\x9d\x7fDUCK\xe7\x03" + b"\0" * 50, "a DuckDB database"),
        (b"ORC\n\x07\x12\x05\x08\xc8\x01P\0\n\x17" + b"\xd2" * 50, "an ORC file"),
        (OLE + b"\0" * 600 + "WordDocument".encode("utf-16-le"), "a Word document"),
    ],
)
def test_what_is_no_table_is_named_by_its_content(content: bytes, what: str) -> None:
    """Named .csv or not: RG-005 says what the file really is."""
    fault = refusal(content)
    assert fault.code == "RG-005"
    assert what in fault.sentence


def test_advice_for_a_file_of_duckdb() -> None:
    """It was said to be a text of an unknown encoding, to be saved as UTF-8."""
    assert "COPY customers" in refusal(b"\xdb\x08\xb6\x15\x11)\x9d\x7fDUCK\xe7" + b"\0" * 50).hint


@pytest.mark.parametrize("header", ["ORC,spend", "name;id;DUCK", "ids,num,DUCK_ID"])
def test_a_text_may_begin_like_other_files(header: str) -> None:
    """A column is called so."""
    sign = ";" if ";" in header else ","
    text = f"{header}\n" + "".join(sign.join([f"K{i}", "7", "8"][: header.count(sign) + 1]) + "\n" for i in range(9))
    assert read(text).columns == tuple(header.split(sign))


def test_binary_data_is_no_text() -> None:
    """Control characters all over are not taken for a one-column table."""
    assert refusal(bytes(range(1, 32)) * 9).code == "RG-005"


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\n\n \r\n", b",,,\n,,,\n"])
def test_an_empty_file_is_said_to_be_empty(content: bytes) -> None:
    """No bytes, a BOM, blank lines or delimiters alone: RG-001."""
    assert refusal(content).code == "RG-001"


def test_a_header_alone_is_no_table() -> None:
    """RG-002 counts the columns that were found."""
    fault = refusal("id,name,income\n")
    assert fault.code == "RG-002"
    assert "3 columns" in fault.sentence


@pytest.mark.parametrize("content", ["age\n21\n22\n", "address\n1 High Street\n2 Low Road\n", "id,\n1,\n2,\n"])
def test_one_column_is_no_table(content: str) -> None:
    """One column of numbers, of words, or beside a column without name and value: RG-004."""
    assert refusal(content).code == "RG-004"


def test_prose_is_no_table() -> None:
    """A letter with commas in it is not read as ragged columns."""
    letter = "Dear customer,\nwe thank you for your order.\nIt was, as always, a pleasure, and so on.\nKind regards\n"
    assert refusal(letter).code == "RG-005"


def test_a_refusal_names_the_file_and_says_what_to_do() -> None:
    """One sentence that starts with the file's name, and a hint."""
    fault = refusal("age\n1\n", "july.csv")
    assert fault.sentence.startswith("july.csv: ")
    assert fault.hint


def test_no_two_readers_read_the_same_kind() -> None:
    """A kind of content has one reader, so that the order of the folder does not matter."""
    kinds = [kind for _name, reader in READERS.items() for kind in reader.kinds]
    assert len(kinds) == len(set(kinds))
