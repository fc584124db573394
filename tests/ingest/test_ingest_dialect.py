"""Delimiters, quotes, escapes and line ends, found without being told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ingest_exports import CUSTOMERS, cells, read, refusal

from reportgen.ingest import _parse
from reportgen.ingest._layout import profile_of

ROWS = [["1", "Ann, Bea", "1,5"], ["2", "Cem; Dee", "2,5"], ["3", "Eve", "3,5"]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", ":", "^", "~"])
def test_each_delimiter_is_found(delimiter: str) -> None:
    """Any of seven delimiters, though commas stand in names and numbers."""
    lines = [["id", "name", "score"], *ROWS]
    table = read("".join(delimiter.join(f'"{cell}"' for cell in line) + "\n" for line in lines))
    assert cells(table) == ROWS
    assert table.report.delimiter == delimiter


def test_decimal_commas_do_not_split_numbers() -> None:
    """`1,5;2,5`: the semicolon parts the fields."""
    assert cells(read("a;b\n1,5;2,5\n3,5;4,5\n")) == [["1,5", "2,5"], ["3,5", "4,5"]]


def test_times_do_not_split_at_colons() -> None:
    """Colons and spaces inside dates are no delimiters."""
    assert read("seen,by\n2026-01-02 10:00,Ann\n2026-01-03 11:30,Ben\n").columns == ("seen", "by")


def test_a_space_behind_each_delimiter_is_no_part_of_the_field() -> None:
    """`a, "b, c"`: the quote opens behind the space."""
    assert cells(read('id, name, age\n1, "Ann, Bea", 30\n2, Cem, 31\n')) == [
        ["1", "Ann, Bea", "30"],
        ["2", "Cem", "31"],
    ]


def test_single_quotes_are_quotes_where_they_wrap_fields() -> None:
    """'Ann, Bea' is one field; the apostrophe inside a word is none of it."""
    table = read("id,name,shop\n1,'Ann, Bea',O'Neil\n2,'Cem''s',Rue d'Or\n3,'Dee',X\n")
    assert [row[1:] for row in cells(table)] == [["Ann, Bea", "O'Neil"], ["Cem's", "Rue d'Or"], ["Dee", "X"]]


def test_quotes_behind_backslashes_are_part_of_the_field() -> None:
    """`\\"` inside a quoted field, where doubling is not the file's way; other backslashes stay."""
    text = 'id,size,path\n1,"24\\" wide, flat",C:\\new\n2,"5\\"",D\n3,"a, b",E\n'
    assert cells(read(text)) == [["1", '24" wide, flat', "C:\\new"], ["2", '5"', "D"], ["3", "a, b", "E"]]


def test_a_backslash_is_text_where_quotes_are_doubled() -> None:
    """One `\\'` in a comment does not turn the whole file's backslashes into escapes."""
    assert cells(read('id,note\n1,"8\\\'9"" rod"\n2,"x, y"\n'))[0] == ["1", "8\\'9\" rod"]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_each_line_end_is_found(line_end: str) -> None:
    """LF, CRLF and CR, with or without one at the end."""
    text = CUSTOMERS.replace("\n", line_end)
    assert cells(read(text)) == cells(read(text.rstrip())) == cells(read(CUSTOMERS))


def test_mixed_line_ends_part_records_alike() -> None:
    """CRLF above, LF below."""
    assert read("id,name\r\n1,Ann\r\n2,Ben\n3,Cem\r4,Dee\n").report.n_physical == 4


def test_a_line_end_inside_quotes_is_kept() -> None:
    """A comment of two lines is one cell, its line end as it was."""
    assert cells(read('id,note\r\n1,"two\r\nlines"\r\n2,"one\nmore"\r\n')) == [
        ["1", "two\r\nlines"],
        ["2", "one\nmore"],
    ]


@pytest.mark.parametrize("line", ["sep=;", '"sep=;"', "SEP=;"])
def test_the_line_that_names_the_delimiter_is_obeyed(line: str) -> None:
    """Excel's `sep=` line is no header, and header_line counts it."""
    table = read(f"{line}\na;b,c\n1;2,5\n2;3,5\n")
    assert table.columns == ("a", "b,c")
    assert table.report.header_line == 2


def test_a_cell_beyond_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """RG-022 names the line; the csv module's limit, which holds for the whole process, is put back."""
    before = _parse.csv.field_size_limit()
    monkeypatch.setattr(_parse, "MAX_CELL", 1000)
    fault = refusal("id,note\n1,a\n2," + "x" * 1001 + "\n")
    assert fault.code == "RG-022"
    assert "line 3" in fault.sentence
    assert _parse.csv.field_size_limit() == before


def test_quotes_that_never_pair_up_end_in_bounded_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file whose every quote swallows the rest is refused after a bounded number of lines read again."""
    monkeypatch.setattr(_parse, "RESCAN_FACTOR", 0)
    text = "id,name,note\n" + "".join(f'{number},ok,"x"\n' for number in range(300)) + '1,"""a,b\n' * 600
    assert refusal(text, max_set_aside=1.0).code == "RG-005"


@given(st.text(st.sampled_from('ab,"\n'), max_size=40))
def test_parsing_hands_out_every_line_once(text: str) -> None:
    """Records follow each other without gap or overlap, however the quotes stand."""
    dialect = _parse.Dialect(",")
    lines = _parse.lines_of(text, dialect)
    parsed = _parse.parse(lines, dialect, profile_of([["1", "2", "3"]] * 2, 3))
    assert [*parsed.starts, len(lines)] == [0, *parsed.ends]


def test_amounts_with_blanks_in_quotes_are_no_open_quotes() -> None:
    """`," 9,019.37 ",` of Excel's accounting format: read with a blank as the delimiter, quotes never close."""
    rows = [[f"C{i:03}", f" {i},019.37 ", str(i)] for i in range(1, 80)]
    text = "id,revenue,orders\n" + "".join(f'{a},"{b}",{c}\n' for a, b, c in rows)
    assert cells(read(text)) == rows


@pytest.mark.parametrize("cell", ['="{}"', '"=""{}"""'])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_texts_that_are_kept_from_a_spreadsheet_by_a_formula_are_read(cell: str, delimiter: str) -> None:
    """`="00123"` is 00123, also where its text holds the delimiter; what is a formula inside of a text stays."""
    rows = [["00001", "3,50", 'say ="x"'], ["00002", "4,50", "so"]]
    text = f"id{delimiter}spent{delimiter}note\n" + "".join(
        delimiter.join([cell.format(a), cell.format(b), '"{}"'.format(c.replace('"', '""'))]) + "\n" for a, b, c in rows
    )
    table = read(text)
    assert cells(table) == rows
    assert any("4 cells written as formulas" in fix for fix in table.report.fixes)


def test_a_delimiter_behind_a_backslash_parts_nothing() -> None:
    r"""UNLOAD … ESCAPE of a warehouse: `a\|b` is one field, `x\\` ends in a backslash."""
    rows = [[str(i), ("a|b", "x\\", "plain")[i % 3], f"{i}.5"] for i in range(30)]
    text = "id|note|spent\n" + "".join(
        "|".join(cell.replace("\\", "\\\\").replace("|", "\\|") for cell in row) + "\n" for row in rows
    )
    assert cells(read(text)) == rows


@pytest.mark.parametrize("word", ["Σ", "Summa", "Celkem", "Toplam", "Durchschnitt", "Average"])
def test_sums_and_means_below_the_table_are_no_customer(word: str) -> None:
    table = read("id,spent,visits\n" + "".join(f"K{i},{i}.5,{i}\n" for i in range(30)) + f"{word},450.0,435\n")
    assert len(cells(table)) == 30
    assert table.set_aside[0].reason == "a row of totals"
