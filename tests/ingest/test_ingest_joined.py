"""Exports that passed through several programs: lines in quotes, joined files, signs of old machines between fields."""

from __future__ import annotations

import random

import pytest
from ingest_exports import cells, read, refusal

N = 30
HEADER = "id,city,spend,visits"
ROWS = [[f"K{i}", "Köln" if i % 3 else "Oslo", f"{i * 3}.5", str(i)] for i in range(1, N + 1)]
LINES = [",".join(row) for row in ROWS]


def joined(*lines: str, end: str = "\n") -> str:
    return end.join([*lines, ""])


@pytest.mark.parametrize("header", [f'"{HEADER}"', HEADER], ids=["header too", "header bare"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_lines_in_quotes_are_read_through(header: str, end: str) -> None:
    """`"a,b,c"` on every line is a table that was exported twice; it is said."""
    table = read(joined(header, *(f'"{line}"' for line in LINES), end=end))
    assert (table.columns, cells(table)) == (tuple(HEADER.split(",")), ROWS)
    assert "stood in quotes as a whole" in table.report.fixes[0]


def test_quotes_inside_lines_in_quotes_are_single_again() -> None:
    """`"K1,""Oslo, EU"",3"`: the inner field keeps its comma."""
    table = read(joined(f'"{HEADER}"', *(f'"K{i},""Oslo, EU"",{i}.5,{i}"' for i in range(1, N))))
    assert cells(table)[0] == ["K1", "Oslo, EU", "1.5", "1"]


def test_a_few_lines_in_quotes_are_repaired_one_by_one() -> None:
    """A spreadsheet quotes only the lines that held a quote; each is listed."""
    lines = [f'"K{i},""Oslo, EU"",{i}.5,{i}"' if i % 9 == 0 else LINES[i - 1] for i in range(1, N + 1)]
    table = read(joined(HEADER, *lines))
    assert (len(cells(table)), cells(table)[8][1]) == (N, "Oslo, EU")
    assert [(entry.line, entry.action) for entry in table.set_aside] == [(i, "repaired") for i in (9, 18, 27)]


def test_well_quoted_fields_are_left_alone() -> None:
    """Every field in quotes, and a first field with a comma, is no line in quotes."""
    table = read(joined('"id","city"', *(f'"K{i}, x","y"' for i in range(N))))
    assert (cells(table)[0], table.report.fixes) == (["K0, x", "y"], ())


@pytest.mark.parametrize("sep", [",", ";", "|"])
def test_a_blank_before_a_quote_is_left_out(sep: str) -> None:
    """`K1, "Oslo, EU"` below a header without blanks: the quotes count, and it is said."""
    lines = [sep.join([f"K{i}", f' "Oslo{sep} EU"', f"{i}.5", str(i)]) for i in range(1, N)]
    table = read(joined(HEADER.replace(",", sep), *lines))
    assert cells(table)[0] == ["K1", f"Oslo{sep} EU", "1.5", "1"]
    assert any("Blanks between" in fix for fix in table.report.fixes)


def test_inches_behind_a_blank_do_not_change_the_reading() -> None:
    """A quote behind a blank inside a field is text: `wide 5" x` is read as it stands."""
    table = read(joined(HEADER, *(f'K{i},wide "5" x,{i}.5,{i}' for i in range(1, N))))
    assert cells(table)[0] == ["K1", 'wide "5" x', "1.5", "1"]


@pytest.mark.parametrize("sign", ["\x01", "\x02", "\x1f", "\x1e", "\x07"])
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_control_characters_may_part_fields(sign: str, encoding: str) -> None:
    """Hive's Ctrl-A and its kin between fields are a delimiter, commas in the fields are text."""
    rows = [[row[0], f"{row[1]}, EU", *row[2:]] for row in ROWS]
    text = joined(*(sign.join(row) for row in [HEADER.split(","), *rows]))
    table = read(text.encode(encoding))
    assert (cells(table), table.report.delimiter) == (rows, sign)


def test_signs_between_records_and_fields() -> None:
    """ASCII's own separators of records and fields, without a line end."""
    assert cells(read("\x1e".join("\x1f".join(row) for row in [HEADER.split(","), *ROWS]))) == ROWS


@pytest.mark.parametrize("width", [1, 4, 16])
def test_binary_data_is_still_refused(width: int) -> None:
    """Records of a program, their marks among them, are no text."""
    draw = random.Random(width)
    record = [bytes([1, 2]) + bytes(draw.randrange(256) for _ in range(width)) for _ in range(400)]
    assert refusal(b"".join(record)).code == "RG-005"


def test_a_stray_control_character_is_no_delimiter() -> None:
    """One in each city keeps the commas as they are."""
    table = read(joined(HEADER, *(line.replace(",", "\x01,", 1) for line in LINES)))
    assert (table.report.delimiter, len(table.columns)) == (",", 4)


@pytest.mark.parametrize("end", ["\n", ""], ids=["with its line end", "glued on"])
def test_a_second_file_behind_the_first(end: str) -> None:
    """A byte order mark and the header again in the middle are taken out and said; no customer is lost."""
    first, second = joined(HEADER, *LINES[:15]), joined(HEADER, *LINES[15:])
    table = read(f"\ufeff{first.rstrip()}{end}\ufeff{second}")
    assert cells(table) == ROWS
    assert [entry.reason for entry in table.set_aside] == ["the header again"]
    assert "files were joined" in table.report.fixes[0]


def test_a_mark_before_a_record_is_no_part_of_its_id() -> None:
    """A joined file without a header: the first customer keeps the id."""
    table = read(joined(HEADER, *LINES[:15], "\ufeff" + LINES[15], *LINES[16:]))
    assert cells(table) == ROWS


@pytest.mark.parametrize("n", [2, 3])
def test_a_table_that_was_written_twice_is_read_once(n: int) -> None:
    """The header again and every record once more: the copies are set aside and said."""
    table = read(joined(HEADER, *LINES) * n)
    assert cells(table) == ROWS
    assert len(table.set_aside) == (n - 1) * (N + 1)
    assert f"{n} times" in table.report.fixes[0]


def test_a_copy_that_was_cut_off_is_a_copy() -> None:
    """The second time the last records are missing: still no record of its own."""
    assert cells(read(joined(HEADER, *LINES) + joined(HEADER, *LINES[:-3]))) == ROWS


def test_what_differs_in_a_copy_is_kept() -> None:
    """One amount is another: that record is read beside the first one, the others are set aside, and both are told."""
    table = read(joined(HEADER, *LINES) + joined(HEADER, *LINES[:-1], "K30,Oslo,91.5,31"))
    assert cells(table) == [*ROWS, ["K30", "Oslo", "91.5", "31"]]
    assert {entry.reason for entry in table.set_aside} == {"the header again", "the whole table again"}
    assert f"{N - 1} records that the first one has too left out, 1 other kept" in table.report.fixes[0]


def test_a_page_that_differs_is_no_copy() -> None:
    """A third of its records stand above too, as those of customers who did nothing: both pages are read."""
    later = [line if n % 3 == 0 else f"{line}9" for n, line in enumerate(LINES)]
    table = read(joined(HEADER, *LINES) + joined(HEADER, *later))
    assert (len(cells(table)), len(table.set_aside)) == (2 * N, 1)


def test_a_header_that_stands_twice_names_each_column_once() -> None:
    """`DATE` over `DATE` is DATE, as in the month whose header stands once; it is said."""
    table = read("id,name,score\nid,name,score\n1,Ann,5\n2,Ben,6\n3,Cem,7\n")
    assert (table.columns, len(cells(table))) == (("id", "name", "score"), 3)
    assert "The header stands 2 times, one below the other; read once." in table.report.fixes
