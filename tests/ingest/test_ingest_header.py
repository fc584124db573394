"""Where the table starts, and what its columns are called."""

from __future__ import annotations

import pytest
from ingest_exports import CUSTOMERS, cells, read, refusal

BODY = CUSTOMERS.split("\n", 1)[1]


@pytest.mark.parametrize(
    "above",
    [
        "Customers of June 2026\n",
        "Customers\nJune 2026\n\n",
        "Report,,,\n,,,\n",
        "# a comment\n# another\n",
        "By: Jo, June\n\n\n",
    ],
)
def test_lines_above_the_header_are_left_out_and_said(above: str) -> None:
    """Titles, padded or not, comments and blank lines are no part of the table; a fix quotes them."""
    table = read(above + CUSTOMERS)
    assert table.columns == ("id", "name", "income", "score")
    assert table.report.n_physical == 5
    assert table.report.header_line == len(above.splitlines()) + 1
    assert above.splitlines()[0].strip(",")[:6] in table.report.fixes[0]


def test_comment_lines_between_records_are_no_records() -> None:
    """`# page 2` is left out, and said; a record that begins with # is a record."""
    table = read("id,name\n#1,Ann\n# page 2\n#2,Ben\n#3,Cem\n")
    assert [row[0] for row in cells(table)] == ["#1", "#2", "#3"]
    assert table.report.fixes == ("1 comment line left out (they start with #).",)


@pytest.mark.parametrize("first", ["1,2,3", "7,Ann,2026-01-02", "1,Ann,$3.50"])
def test_a_first_row_of_data_is_asked_about(first: str) -> None:
    """No customer is eaten as a header: RG-007 shows the row and names the setting."""
    fault = refusal(f"{first}\n" + "8,Ben,2026-01-03\n9,Cem,2026-01-04\n")
    assert fault.code == "RG-007"
    assert "header = false" in fault.hint


def test_a_first_row_of_words_that_come_again_is_asked_about() -> None:
    """Without numbers, words that are values below show that the first row is data."""
    assert refusal("Paris,gold\nRome,gold\nParis,tin\nRome,tin\n").code == "RG-007"


def test_without_a_header_columns_are_numbered() -> None:
    """header = false: every row is a record, columns are `column 1`, `column 2`, …"""
    table = read("1,Ann,15\n2,Ben,16\n", header=False)
    assert table.columns == ("column 1", "column 2", "column 3")
    assert cells(table) == [["1", "Ann", "15"], ["2", "Ben", "16"]]
    assert table.report.header_line == 0


@pytest.mark.parametrize("header", ["K00,2023,2019", "1001,12,13", "x1,7.5,3.25"])
def test_a_first_row_that_looks_like_data_is_the_header_if_the_settings_say_so(header: str) -> None:
    """header = true: whatever stands in the first row names the columns; the question offers it."""
    text = f"{header}\nK01,12.5,14.25\nK02,13.5,1.75\nK03,11.5,9.25\n"
    table = read(text, header=True)
    assert (list(table.columns), len(cells(table))) == (header.split(","), 3)
    assert "header = true" in refusal(text).hint


def test_rows_that_do_not_fit_stand_above_a_stated_header() -> None:
    """A title above the row that the settings call the header is left out and said."""
    table = read("Sales\n1,2,3\n4,5,6\n7,8,9\n", header=True)
    assert (table.columns, table.report.header_line) == (("1", "2", "3"), 2)
    assert "Sales" in table.report.fixes[0]
    assert refusal("a,b,c,d\n1,2,3\n4,5,6\n7,8,9\n", header=True).code == "RG-012"


@pytest.mark.parametrize(
    "header", ["segment,2024,2025", "K,2025,2024", "customer,1,2", "segment,2026-01,2026-02", "id,1,2"]
)
def test_periods_and_numbers_may_name_columns(header: str) -> None:
    """Years above amounts, or 1, 2 beside a name, are names; nothing is asked."""
    assert read(f"{header}\n10,5.5,60\n11,6.5,70\n12,7.5,80\n").columns == tuple(header.split(","))


def test_a_record_of_years_is_no_header() -> None:
    """Years above years are data: born and joined in the first record."""
    assert refusal("Ann,1957,2012\nBen,1960,2013\nCem,1971,2014\n").code == "RG-007"


def test_two_header_rows_are_joined() -> None:
    """Names above names: joined, equal parts once."""
    table = read("id,income,score\nid,k$,points\n" + "1,15,39\n2,16,81\n" * 3)
    assert table.columns == ("id", "income k$", "score points")
    assert table.report.header_line == 2


def test_group_names_are_carried_over_the_columns_below() -> None:
    """`Spend,,Visits,` above names that would repeat: joined to each."""
    table = read("who,Spend,,Visits,\nid,shop,web,shop,web\n" + "1,5,6,7,8\n2,6,7,8,9\n" * 3)
    assert table.columns == ("who id", "Spend shop", "Spend web", "Visits shop", "Visits web")


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        (" id ,  first   name,\tage", ("id", "first name", "age")),
        ('"a\nb",c,d', ("a b", "c", "d")),
        ("a,a,a", ("a", "a (2)", "a (3)")),
        ("a,a,a (2)", ("a", "a (2)", "a (2) (2)")),
        ("a,,c", ("a", "column 2", "c")),
        ("=1+1,<script>,{{ 7*7 }}", ("=1+1", "<script>", "{{ 7*7 }}")),
        ("__line__,__imputed__x,c", ("line__", "imputed__x", "c")),
    ],
)
def test_column_names_are_trimmed_unique_and_never_empty(header: str, columns: tuple[str, ...]) -> None:
    """White space, line ends, repeats, gaps and names that reportgen needs itself."""
    assert read(f"{header}\n1,x,3\n2,y,4\n").columns == columns


def test_marks_of_byte_order_are_no_part_of_a_name() -> None:
    """Two of them, as when a file was saved twice."""
    assert read(b"\xef\xbb\xbf\xef\xbb\xbfid,name\n1,Ann\n2,Ben\n").columns == ("id", "name")


def test_an_endless_name_is_clipped_and_stays_unique() -> None:
    """100,000 characters become 120, told apart by a digest."""
    names = ["x" * 100_000 + end for end in ("a", "b")]
    first, second, _ = read(f"{names[0]},{names[1]},c\n1,2,z\n3,4,z\n").columns
    assert len(first) == len(second) == 120
    assert first != second


def test_every_change_to_the_header_is_said() -> None:
    """Repeats and gaps are among the fixes."""
    notes = " ".join(read("a,a,,d\n1,2,3,x\n4,5,6,y\n").report.fixes)
    assert "1 column name occurred twice" in notes
    assert "1 column had no name" in notes


def test_columns_without_name_and_value_are_left_out() -> None:
    """Trailing delimiters on every line make no columns; a named empty column stays."""
    table = read("id,name,blank,,\n1,Ann,,,\n2,Ben,,,\n")
    assert table.columns == ("id", "name", "blank")
    assert "2 columns without a name or a value left out." in table.report.fixes


@pytest.mark.parametrize(
    ("text", "n_header", "n_fields"),
    [("a,b\n1,2,3\n4,5,6\n", 2, 3), ("a,b,c,d\n1,2,3\n4,5,6\n", 4, 3), ("name,town\nx,y,z\np,q,r\n", 2, 3)],
)
def test_a_header_of_another_width_than_all_rows_is_refused(text: str, n_header: int, n_fields: int) -> None:
    """Nothing is shifted by one column in silence: RG-012 counts both."""
    fault = refusal(text)
    assert fault.code == "RG-012"
    assert f"{n_header} columns" in fault.sentence
    assert f"{n_fields} fields" in fault.sentence


def test_a_damaged_header_is_read() -> None:
    """A stray quote at its start does not swallow the first records."""
    table = read('"id,name,income,score\n' + BODY.replace("Ann", '"Ann, Bea"'))
    assert table.columns == ("id", "name", "income", "score")
    assert table.report.n_physical == 5
    assert "A quote that never closes left out of 1 column name." in table.report.fixes


@pytest.mark.parametrize("width", [16_385, 40_000])
def test_a_table_wider_than_any_sheet_is_refused(width: int) -> None:
    """RG-021 says how many columns there are and how many can be read."""
    row = ",".join(f"c{number}" for number in range(width))
    fault = refusal(f"{row}\n{row}\n")
    assert fault.code == "RG-021"
    assert f"{width:,}" in fault.sentence


def test_keys_of_a_survey_tool_are_no_part_of_a_name() -> None:
    """Names, questions and a row of JSON: the first two are joined."""
    keys = '"{""ImportId"":""QID1""}","{""ImportId"":""QID2""}","{""ImportId"":""QID3""}"'
    table = read(f"Q1,Q2,Q3\nWhere?,How much?,How often?\n{keys}\n" + "Oslo,1.5,3\nBonn,2.5,4\n" * 10)
    assert table.columns == ("Q1 Where?", "Q2 How much?", "Q3 How often?")


def test_a_missing_header_is_told_without_the_first_customer() -> None:
    """Words of the first row may be a name and an address; numbers that are short show where to look."""
    rows = [f"Ann Bach{i},ann{i}@web.de,{i % 7},{i}.5,017{i:07}" for i in range(40)]
    found = refusal("\n".join(rows) + "\n")
    assert found.code == "RG-007"
    assert "ann" not in str(found).lower().replace("names", "")
    assert "0170000000" not in str(found)


@pytest.mark.parametrize("units", [["", "EUR", "kg", ""], ["", "[€]", "(kg)", "days"], ["", "%", "", ""]])
def test_a_row_of_units_belongs_to_the_header(units: list[str]) -> None:
    """As a record it would make text of the id and of every column that it names a unit for."""
    rows = [[f"K{i}", f"{i}.5", f"{i % 9}.25", str(i % 7)] for i in range(40)]
    names = ["id", "Umsatz", "Gewicht", "Besuche"]
    table = read("\n".join(",".join(row) for row in [names, units, *rows]) + "\n")
    assert cells(table) == rows
    assert table.columns == tuple(f"{name} {unit}".strip() for name, unit in zip(names, units, strict=True))


def test_a_first_record_with_few_values_is_no_row_of_units() -> None:
    rows = [["K1", "", "kg", ""], *([f"K{i}", f"{i}.5", "kg", str(i % 7)] for i in range(2, 40))]
    table = read("\n".join(",".join(row) for row in [["id", "Umsatz", "Einheit", "Besuche"], *rows]) + "\n")
    assert len(cells(table)) == len(rows)


ROWS = [[f"K{i}", f"{i}.5", str(i % 7), f"2026-01-{i % 28 + 1:02}"] for i in range(40)]


def text_of(*rows: list[str], sign: str = ",") -> str:
    return "\n".join(sign.join(row) for row in rows) + "\n"


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_a_line_drawn_below_the_header_is_no_part_of_it(sign: str) -> None:
    """As sqlcmd prints it with a delimiter, and once more for each page."""
    head = [["id", "spent", "visits", "last"], ["--", "-----", "------", "----------"]]
    table = read(text_of(*head, *ROWS[:20], *head, *ROWS[20:], sign=sign))
    assert table.columns == tuple(head[0])
    assert cells(table) == ROWS
    assert {entry.reason for entry in table.set_aside} == {"the header again", "a line drawn below the header"}


@pytest.mark.parametrize(
    "kinds",
    [["VARCHAR(20)", "DECIMAL", "INTEGER", "DATE"], ["", "EUR", "count", "yyyy-mm-dd"], ["text", "real", "int", ""]],
)
def test_a_row_of_kinds_is_neither_a_name_nor_a_record(kinds: list[str]) -> None:
    """What a program says of its columns tells no reader what they are; a unit does."""
    table = read(text_of(["id", "spent", "visits", "last"], kinds, *ROWS))
    assert table.columns == ("id", "spent EUR" if "EUR" in kinds else "spent", "visits", "last")
    assert cells(table) == ROWS


@pytest.mark.parametrize("name", ["Total", "", "Summe:"])
def test_sums_above_the_header_are_left_out(name: str) -> None:
    """A first row of numbers is no data where the names stand below it."""
    table = read(text_of([name, "800.0", "117", ""], ["id", "spent", "visits", "last"], *ROWS))
    assert table.columns == ("id", "spent", "visits", "last")
    assert cells(table) == ROWS
    assert "1 line above the header left out" in table.report.fixes[0]


@pytest.mark.parametrize(
    "above", ["Report,Customers\nDate,2026-01-05\nRows,40\n\n", "By: Jo, Ann\nUser: x\n\nAll, of them\n\n"]
)
def test_pairs_above_a_table_of_two_columns_are_left_out(above: str) -> None:
    """They have the table's width, but stand above a blank line and the names."""
    rows = [row[:2] for row in ROWS]
    table = read(above + text_of(["customer", "spent"], *rows))
    assert table.columns == ("customer", "spent")
    assert cells(table) == rows


def test_a_header_that_comes_again_with_blanks_or_empty_ends_is_no_record() -> None:
    """Nor does a blank line before it make it a second table."""
    head = ["id", "spent", "visits", "last"]
    table = read(text_of(head, *ROWS[:20], [], [" id", "spent ", "visits", "last", ""], *ROWS[20:]))
    assert cells(table) == ROWS


def test_words_of_a_comment_are_no_fields() -> None:
    """A table of two columns below comments is not parted at blanks."""
    rows = [row[:2] for row in ROWS]
    table = read("# made by shop 3.2\n# do not edit\n" + text_of(["customer ", " spent"], *rows, sign=" , "))
    assert table.columns == ("customer", "spent")


def test_blanks_that_do_not_break_are_no_values() -> None:
    """A record and a nameless column of them hold nothing."""
    blank = "\u00a0"
    rows = [[*row, blank] for row in ROWS]
    table = read(text_of(["id", "spent", "visits", "last", ""], *rows[:9], [blank] * 5, *rows[9:]))
    assert table.columns == ("id", "spent", "visits", "last")
    assert cells(table) == ROWS


@pytest.mark.parametrize("end", [[], ["", ""]])
def test_a_note_below_two_columns_is_no_customer(end: list[str]) -> None:
    """It has several words and no digit where every id has one, and no number; an id without a number stays."""
    rows = [[*row[:2], *end] for row in ROWS]
    rows += [["K77", "", *end], ["* provisional figures", "", *end]]
    table = read(text_of(["customer", "spent", *end], *rows))
    assert [row[0] for row in cells(table)][-2:] == ["K39", "K77"]
    assert [entry.reason for entry in table.set_aside] == ["a note below the table"]


def test_names_that_are_kinds_are_names_where_no_others_stand_above() -> None:
    """A table of tests has `text`, `integer` and `date` for names."""
    table = read(text_of(["text", "float", "integer", "date"], *ROWS))
    assert table.columns == ("text", "float", "integer", "date")


def test_a_hyphen_that_does_not_show_is_taken_out_of_a_name() -> None:
    """`Um\u00adsatz`, from a table of Word, was no money."""
    assert read("id;Um\u00adsatz\n1;2\n2;3\n").columns == ("id", "Umsatz")
