"""Properties of reading that hold for every file."""

from __future__ import annotations

import csv
import io
import time
from dataclasses import dataclass

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from ingest_exports import adds_up, cells, read, sheet_xml, workbook
from old_workbooks import OLE

from reportgen.errors import FAULTS, ReportgenError
from reportgen.ingest._read_twice import mend_text

EXAMPLES = 60
MANY = 2_000
MUTATED = 5_000
PATIENCE = 10.0
"""Seconds that a mutated file may take."""
NAMES = ("alpha", "beta", "gamma", "delta", "epsilon")
TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")) | st.sampled_from(",;\t|'\"\n .#"), max_size=12
).filter(lambda text: mend_text(f"{text} {text}")[0] == f"{text} {text}")
"""Any text but one that had been read in another encoding: that is put right, which other tests ask for."""


@dataclass(frozen=True)
class Dialect:
    delimiter: str
    quote: str
    line_end: str
    quoting: int


DIALECTS = st.builds(
    Dialect,
    delimiter=st.sampled_from(",;\t|"),
    quote=st.sampled_from("\"'"),
    line_end=st.sampled_from(["\n", "\r\n", "\r"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
).filter(lambda dialect: dialect.line_end != "\r" or dialect.quoting == csv.QUOTE_ALL)
"""Python's own writer leaves a line feed unquoted where lines end with a carriage return."""


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    """A header of plain words, then records of any text: an id first, so that no record is empty or a note."""
    width = draw(st.integers(2, len(NAMES)))
    texts = draw(st.lists(st.lists(TEXTS, min_size=width - 1, max_size=width - 1), min_size=1, max_size=12))
    return [list(NAMES[:width]), *([str(number), *row] for number, row in enumerate(texts, start=1))]


def written(table: list[list[str]], dialect: Dialect) -> str:
    buffer = io.StringIO(newline="")
    csv.writer(
        buffer,
        delimiter=dialect.delimiter,
        quotechar=dialect.quote,
        lineterminator=dialect.line_end,
        quoting=dialect.quoting,
    ).writerows(table)
    return buffer.getvalue()


def without_other_quote(table: list[list[str]], dialect: Dialect) -> list[list[str]]:
    """The table without double quotes where they are not the quote: `1,,"` and `2,,"` on two lines read either way."""
    return [[cell if dialect.quote == '"' else cell.replace('"', "") for cell in row] for row in table]


def reads_back(table: list[list[str]], dialect: Dialect) -> None:
    table = without_other_quote(table, dialect)
    found = read(written(table, dialect))
    assert list(found.columns) == table[0]
    assert cells(found) == [[cell or None for cell in row] for row in table[1:]]
    assert adds_up(found)


@settings(max_examples=EXAMPLES, deadline=None)
@given(tables(), DIALECTS)
def test_what_a_csv_writer_wrote_in_any_dialect_reads_back_the_same(table: list[list[str]], dialect: Dialect) -> None:
    """A table written with any delimiter, quote and line end reads back cell by cell, without being told how."""
    reads_back(table, dialect)


@pytest.mark.slow
@settings(max_examples=MANY, deadline=None)
@given(tables(), DIALECTS)
def test_many_written_tables_read_back_the_same(table: list[list[str]], dialect: Dialect) -> None:
    """The same over two thousand tables."""
    reads_back(table, dialect)


MAGIC = st.sampled_from(
    [
        b"",
        b"PK\x03\x04",
        OLE,
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"\xfe\xff",
        b"\xff\xfe\0\0",
    ]
)


def reads_or_refuses(content: bytes, **more: str) -> None:
    """Nothing but a table that adds up or a refusal with a known code and the file's name."""
    try:
        table = read(content, "odd.csv", max_set_aside=1.0, **more)
    except ReportgenError as fault:
        assert fault.code in FAULTS
        assert fault.sentence.startswith("odd.csv")
    else:
        assert adds_up(table)


@settings(max_examples=EXAMPLES, deadline=None)
@example(b"", b"\x01")
@given(MAGIC, st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(magic: bytes, content: bytes) -> None:
    """Arbitrary bytes, with or without a known beginning, never raise anything but ReportgenError."""
    reads_or_refuses(magic + content)


@settings(max_examples=2 * EXAMPLES, deadline=None)
@given(st.text(st.sampled_from("ab19.,;\t|\"'\\\n\r# =é-"), max_size=120))
def test_any_text_of_delimiters_and_quotes_is_read_or_refused(content: str) -> None:
    """Text made mostly of delimiters, quotes and line ends never raises anything but ReportgenError."""
    reads_or_refuses(content.encode())


LINES = st.sampled_from(
    [
        "7,Ann,15,39",
        '8,"Ben, jr.",16,81',
        '9,"two\nlines",1,2',
        "10,short,1",
        "11,long,1,2,3",
        "12,even,1,2,,",
        '"13,stray,1,2',
        '14,5" inside,1,2',
        '15,"6" inside",1,2',
        '16,open,"1,2',
        "17,odd\xff,1,2",
        ",,,",
        "",
        "   ",
        "# a comment",
        "id,name,income,score",
        "Total,,99,99",
        "Exported by the shop",
    ]
)


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.lists(LINES, max_size=30))
def test_the_account_of_records_always_adds_up(lines: list[str]) -> None:
    """Whatever mixture of sound, damaged and foreign lines: used + repaired + set aside = all records, each once."""
    text = "\n".join(["id,name,income,score", "1,Zoë,10,20", "2,Zoë,11,21", *lines])
    reads_or_refuses(text.encode().replace(b"\xc3\xbf", b"\xff"))


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.lists(st.lists(st.text("a1 <>&\"'/=#", max_size=8) | st.floats() | st.booleans(), max_size=6), max_size=8))
def test_any_sheet_is_read_or_refused(rows: list[list[object]]) -> None:
    """Whatever cells a sheet holds, it becomes a table that adds up or a refusal."""
    reads_or_refuses(workbook({"Sheet": rows}))


PIECES = st.sampled_from(
    [
        '<row r="2">',
        "<row>",
        "</row>",
        '<c r="A2">',
        '<c r="XFD9">',
        '<c r="ZZZZ9">',
        '<c t="s">',
        '<c r="B2" t="b">',
        "</c>",
        "<v>1</v>",
        "<v>x</v>",
        "<v>1e999</v>",
        '<c r="C0"/>',
        "<is><t>a</t></is>",
        "</sheetData>",
        "&amp;",
        "&bad;",
        "<f>A1</f>",
    ]
)


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.lists(PIECES, max_size=20))
def test_any_sheet_xml_is_read_or_refused(pieces: list[str]) -> None:
    """Worksheet parts that are no worksheet never raise anything but ReportgenError."""
    reads_or_refuses(workbook({"Sheet": sheet_xml([["id", "name"], [1, "a"]], more="".join(pieces))}))


SEEDS = [
    "id,name,income,score\n" + "".join(f'{n},"Zoë, {n}",{15 * n},{n % 7}\n' for n in range(1, 12)),
    "id;Ort;Umsatz\r\n" + "".join(f"{n};Köln;1.{n:03},5\r\n" for n in range(1, 12)),
    "Report of June\n\nid\tseen\n" + "".join(f"{n}\t2026-01-{n:02}\n" for n in range(1, 9)) + "Total\t8\n",
    "id    name             income\n"
    + "".join(f"{n:<6}{'Ann ' * (n % 3 + 1):<17}{1500 * n:>6}\n" for n in range(1, 9)),
    "| id | name |\n|----|------|\n" + "".join(f"| {n} | Ann |\n" for n in range(1, 9)),
    "id,name\n1,Ann\n2,Ben\n3,Cem\n4,Dee\nshop,town,rent\n1,Rome,4\n2,Oslo,5\n3,Bern,6\n4,Kyiv,7\n",
]
CODECS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252")
NASTY = b",;\t|\"'\\\n\r\0\x1a\xff\xfe# -=+"


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A sound file with a few bytes changed, put in, taken out or doubled."""
    data = bytearray(draw(st.sampled_from(SEEDS)).encode(draw(st.sampled_from(CODECS))))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(data) - 1))
        byte = draw(st.sampled_from(NASTY) | st.integers(0, 255))
        length = draw(st.integers(0, 40))
        match draw(st.sampled_from(["change", "insert", "delete", "double"])):
            case "change":
                data[at] = byte
            case "insert":
                data[at:at] = bytes([byte])
            case "delete":
                data[at : at + length] = b""
            case _:
                data[at:at] = data[at : at + length]
        data = data or bytearray(b",")
    return bytes(data)


@pytest.mark.slow
@settings(max_examples=MUTATED, deadline=None)
@given(mutated(), st.sampled_from(["ask", "guess"]))
def test_mutated_files_are_read_or_refused_in_time(content: bytes, when_unsure: str) -> None:
    """Five thousand damaged files: each adds up or is refused, within ten seconds."""
    start = time.monotonic()
    reads_or_refuses(content, when_unsure=when_unsure)
    assert time.monotonic() - start < PATIENCE


@settings(max_examples=EXAMPLES, deadline=None)
@given(mutated(), st.sampled_from(["ask", "guess"]))
def test_a_few_mutated_files_are_read_or_refused(content: bytes, when_unsure: str) -> None:
    """A few of the same, for the quick suite."""
    reads_or_refuses(content, when_unsure=when_unsure)
