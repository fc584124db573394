"""Workbooks: one sheet, every cell as text, nothing around the table lost in silence."""

from __future__ import annotations

import struct

import pytest
from ingest_exports import actions, cells, date_styles, ods_row, open_document, read, refusal, sheet_xml, workbook
from old_workbooks import BOF, BOUND_SHEET, EOF, LABEL, NUMBER, compound, record

from reportgen.ingest._number_formats import kind_of, shown
from reportgen.ingest._value_text import number_text

ROWS = [["id", "name", "income"], ["001", "Ann", 15], ["002", "Ben", 16.5], ["003", "", 17]]


def sheet(*rows: list[object]) -> bytes:
    return workbook({"Customers": [["id", "name", "income"], *rows]})


def test_a_sheet_reads_as_text_with_nulls() -> None:
    """Ids keep their zeros, whole numbers have no decimals, empty cells are null; the report names the sheet."""
    table = read(workbook({"Customers": ROWS}), "june.xlsx")
    assert cells(table) == [["001", "Ann", "15"], ["002", "Ben", "16.5"], ["003", None, "17"]]
    report = table.report
    assert (report.format, report.sheet, report.encoding, report.delimiter) == ("xlsx", "Customers", "-", "-")
    assert (report.header_line, report.n_physical) == (1, 3)


def test_the_content_decides_not_the_extension() -> None:
    """A workbook named .csv is read as a workbook, a text named .xlsx as text."""
    assert read(workbook({"S": ROWS}), "june.csv").report.format == "xlsx"
    assert read("id,name\n1,Ann\n", "june.xlsx").report.format == "csv"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12.0, "12"),
        (86.5, "86.5"),
        (-0.0, "0"),
        (0.1, "0.1"),
        (1e-7, "0.0000001"),
        (9007199254740992.0, "9007199254740992"),
        (1e20, "100000000000000000000"),
        (1e300, "1e+300"),
        (float("inf"), "inf"),
    ],
)
def test_numbers_are_written_out_in_their_shortest_digits(value: float, text: str) -> None:
    """No trailing zeros, no exponent within Excel's reach, and the text gives the number again."""
    assert number_text(value) == text
    assert float(number_text(value)) == value


@pytest.mark.parametrize(
    ("style", "value", "text"),
    [(1, 43832, "2020-01-02"), (2, 43832.5, "2020-01-02 12:00:00"), (2, 0.25, "06:00:00"), (3, 1.25, "30:00:00")],
)
def test_dates_and_times_are_iso(style: int, value: float, text: str) -> None:
    """Serial numbers are dates where the cell's format says so."""
    cell = f'<row r="3"><c r="A3"><v>2</v></c><c r="B3" s="{style}"><v>{value}</v></c></row>'
    table = read(workbook({"S": sheet_xml([["id", "seen"], [1, "x"]], more=cell)}, parts=date_styles()))
    assert cells(table)[1] == ["2", text]


def dated(values: list[object], style: int = 1) -> bytes:
    """A sheet of customers with a column of dates."""
    rows: list[list[object]] = [["id", "last", "spend"], *([f"K{i}", value, i + 1] for i, value in enumerate(values))]
    xml = sheet_xml(rows)
    for number, value in enumerate(values, start=2):
        if not isinstance(value, str):
            xml = xml.replace(f'r="B{number}"', f'r="B{number}" s="{style}"')
    return workbook({"S": xml}, parts=date_styles())


@pytest.mark.parametrize("style", [1, 2])
def test_a_date_of_day_zero_is_empty(style: int) -> None:
    """Twenty cells shown as 00.01.1900 beside `never` made a column of dates one of words."""
    table = read(dated([0, 46256, "never", 46215, 0, 46226, 46225], style))
    assert [row[1] and row[1][:10] for row in cells(table)][:5] == [None, "2026-08-22", "never", "2026-07-12", None]
    assert table.report.notes == ("2 cells of last with 0 for a date (shown as 00.01.1900) read as empty.",)


def test_midnight_among_times_stays() -> None:
    """A day's zero is a time where the others are times."""
    table = read(dated([0, 0.25, 46215, 46216, 46217], 2))
    assert [row[1] for row in cells(table)][:2] == ["00:00:00", "06:00:00"]


def test_flags_are_true_or_false() -> None:
    """A cell of type boolean."""
    assert [row[2] for row in cells(read(sheet(["1", "Ann", True], ["2", "Ben", False])))] == ["TRUE", "FALSE"]


def test_errors_count_as_empty_and_are_said() -> None:
    """#N/A and #REF! are no text; the words #N/A typed by hand are the parser's business, not an error."""
    table = read(sheet(["1", "#N/A", 15], ["2", "Ben", "#REF!"], ["3", "Cem", 17]))
    assert [row[1:] for row in cells(table)] == [[None, "15"], ["Ben", None], ["Cem", "17"]]
    assert table.report.notes == ("2 cells with an error such as #N/A read as empty.",)


def test_formulas_that_were_never_computed_are_said() -> None:
    """A formula without a stored result is empty, never 0."""
    more = '<row r="5"><c r="A5"><v>4</v></c><c r="B5"><f>A1</f><v></v></c><c r="C5"><f>1/0</f></c></row>'
    table = read(workbook({"S": sheet_xml(ROWS, more)}))
    assert cells(table)[3] == ["4", None, None]
    assert table.report.notes == ("2 formulas without a stored result read as empty.",)


def test_notes_above_and_below_the_table_are_handled() -> None:
    """Titles above are left out, notes and totals below set aside, empty rows and columns skipped."""
    rows: list[list[object]] = [
        ["", "Customers of June", "", ""],
        [],
        ["", "id", "name", "income"],
        *(["", number, "Ann", 10 + number] for number in range(1, 8)),
        ["", "Total", "", 98],
        [],
        ["", "Source: shop", "", ""],
    ]
    table = read(workbook({"S": rows}))
    assert table.columns == ("id", "name", "income")
    assert table.report.header_line == 3
    assert actions(table) == [(8, "set aside", "a row of totals"), (9, "set aside", "a note below the table")]
    assert "Customers of June" in table.report.fixes[0]


def test_the_largest_sheet_is_read_and_said() -> None:
    """Small sheets beside it are named in a note."""
    table = read(workbook({"Key": [["code", "town"], ["1", "Rome"]], "Customers": ROWS}))
    assert table.report.sheet == "Customers"
    assert table.report.notes == ("Sheet Customers was read, the one with the most cells; left out: Key.",)


def test_the_setting_chooses_the_sheet() -> None:
    """By name, whatever its case."""
    content = workbook({"Key": [["code", "town"], ["1", "Rome"]], "Customers": ROWS})
    assert read(content, sheet="key").columns == ("code", "town")


def test_an_unknown_sheet_is_refused_with_the_names() -> None:
    """RG-063, exit code 78, and which sheets there are."""
    fault = refusal(workbook({"June": ROWS, "July": ROWS}), sheet="May")
    assert (fault.code, fault.exit_code) == ("RG-063", 78)
    assert "June and July" in fault.hint


def test_sheets_of_about_the_same_size_are_asked_about() -> None:
    """Two sheets of other columns: which one holds the customers is not known."""
    other: list[list[object]] = [["key", "town", "visits"], *ROWS[1:]]
    fault = refusal(workbook({"June": ROWS, "Other": other}))
    assert fault.code == "RG-007"
    assert "June (4 rows, first id, name, income) and Other (4 rows" in fault.sentence
    assert read(workbook({"June": ROWS, "Other": other}), when_unsure="guess").report.fixes


def test_months_in_sheets_of_one_size_are_parts_of_one_table() -> None:
    """To name one of two months would lose half of the customers: the advice is to join them."""
    fault = refusal(workbook({"June": ROWS, "July": ROWS}))
    assert fault.code == "RG-007"
    assert "June and July have the same columns" in fault.sentence
    assert fault.hint.startswith("Copy their rows into one sheet")


def test_a_sheet_that_is_asked_for_says_what_it_leaves_out() -> None:
    """Whoever reads one of two months is told of the other."""
    report = read(workbook({"June": ROWS, "July": ROWS}), sheet="July").report
    assert report.notes[0] == "Sheet July was read; left out: June (4 rows)."


def test_a_hidden_sheet_is_read_only_if_there_is_no_other() -> None:
    """The larger hidden sheet is left out; alone it is read, and that is said."""
    assert read(workbook({"Old": [*ROWS, *ROWS[1:] * 5], "New": ROWS}, hidden=["Old"])).report.sheet == "New"
    assert "is hidden" in read(workbook({"Old": ROWS, "New": []}, hidden=["Old"])).report.notes[0]


def test_empty_sheets_are_said_to_be_empty() -> None:
    """RG-002, for all sheets and for the one that was chosen."""
    assert refusal(workbook({"A": [], "B": []})).code == "RG-002"
    assert refusal(workbook({"A": [], "B": ROWS}), sheet="A").code == "RG-002"


def test_a_sheet_without_a_header_is_numbered() -> None:
    """header = false, and the question where the first row is data."""
    content = workbook({"S": ROWS[1:]})
    assert refusal(content).code == "RG-007"
    assert read(content, header=False).columns == ("column 1", "column 2", "column 3")


def test_merged_group_names_are_joined_where_names_repeat() -> None:
    """A name over two columns stands in its first cell; below stand `shop` and `web` twice."""
    rows: list[list[object]] = [["", "Spend", "", "Visits", ""], ["id", "shop", "web", "shop", "web"]]
    rows += [[number, 5 + number, 6, 7, 8] for number in range(1, 9)]
    table = read(workbook({"S": rows}))
    assert table.columns == ("id", "Spend shop", "Spend web", "Visits shop", "Visits web")
    assert table.report.n_physical == 8


def test_a_second_table_in_the_sheet_is_asked_about() -> None:
    """Below an empty row, words stand in every column of numbers."""
    rows: list[list[object]] = [["id", "name", "income"], *([number, "Ann", 5] for number in range(1, 9))]
    rows += [[], ["shop", "town", "rent"], [1, "Rome", 7]]
    fault = refusal(workbook({"S": rows}))
    assert fault.code == "RG-007"
    assert "row 11" in fault.sentence


def test_hidden_rows_macros_and_links_are_said() -> None:
    """What the parser passes over without a word."""
    more = '<row r="9" hidden="1"><c r="A9"><v>9</v></c><c r="B9" t="inlineStr"><is><t>Zoe</t></is></c></row>'
    parts = {"xl/vbaProject.bin": "x", "xl/externalLinks/externalLink1.xml": "<a/>"}
    table = read(workbook({"S": sheet_xml(ROWS, more)}, parts=parts), "june.xlsm")
    assert table.report.n_physical == 4
    assert table.report.notes == (
        "The workbook's macros were not run.",
        "Links to other workbooks were not followed.",
        "1 hidden row read like the others.",
    )


def test_an_open_document_sheet_is_read() -> None:
    """.ods, with the empty rows and columns that such files end with."""
    empty = '<table:table-cell table:number-columns-repeated="16381"/>'
    body = ods_row(["id", "name"], more=empty) + ods_row([1, "Ann"]) + ods_row([2.5, "Ben"])
    table = read(
        open_document(f'{body}<table:table-row table:number-rows-repeated="1048573">{empty}</table:table-row>')
    )
    assert table.report.format == "ods"
    assert cells(table) == [["1", "Ann"], ["2.5", "Ben"]]


def test_numbers_stored_as_text_are_counted_by_column() -> None:
    """Text cells of the records that show a plain number; names and notes are none, nor what is no plain number."""
    rows = [[f"C{i}", "17" if i % 3 else 17, f"{i}.5", "12 kg"] for i in range(1, 41)]
    table = read(
        workbook({"S": [["Sales of 2025"], ["id", "visits 2024", "income", "weight"], *rows, ["Total", "900"]]}),
        "a.xlsx",
    )
    assert table.text_numbers == {"visits 2024": 27, "income": 40}


def test_cells_below_a_merged_one_hold_its_value() -> None:
    """A person merges the customer over the rows of the orders: read as it shows, and said."""
    rows = [["Kunde", "Bestellung", "Betrag"], *([f"K{i // 3}", f"B{i}", i + 0.5] for i in range(60))]
    shown = [[name if at == 0 or at % 3 == 1 else "", *rest] for at, (name, *rest) in enumerate(rows)]
    ranges = [f"A{first}:A{first + 2}" for first in range(2, 62, 3)] + ["E2:E9", "A1:C1"]
    merged = "".join(f'<mergeCell ref="{one}"/>' for one in ranges)
    xml = sheet_xml(shown).replace("</sheetData>", f"</sheetData><mergeCells>{merged}</mergeCells>")
    table = read(workbook({"S": xml}))
    assert [row[0] for row in cells(table)] == [row[0] for row in rows[1:]]
    assert "40 cells below a merged one read with its value." in table.report.notes


@pytest.mark.parametrize(
    ("code", "value", "text"),
    [
        ("00000", 17.0, "00017"),
        ("00000", 123456.0, "123456"),
        ('"K-"0000', 17.0, "K-0017"),
        ("000-00-0000", 12345678.0, "012-34-5678"),
        ("0%", 0.29, "29%"),
        ("0.00%;[Red]-0.00%", -0.1234, "-12.34%"),
        ("#,##0.00 [$€-407]", 12.5, "12.5 €"),
        ('_-* #,##0.00\\ "CHF"_-', 12.5, "12.5 CHF"),
        ("[$$-409]#,##0", 12.0, "12 $"),
    ],
)
def test_what_a_number_format_shows(code: str, value: float, text: str) -> None:
    """Zeros in front, signs between digits, per cent, currencies; with every digit of the number."""
    assert shown(value, kind_of(code)) == text


@pytest.mark.parametrize(
    "code",
    [
        "General",
        "0.00",
        "#,##0.00",
        "[Red]-General",
        "dd.mm.yyyy",
        "00",
        "0.000",
        '0 "Tage"',
        "# ?/?",
        "0.0E+00",
        "[h]:mm",
    ],
)
def test_formats_that_show_no_more_than_the_number(code: str) -> None:
    """Grouping, decimals, colours, dates and words are no part of a value."""
    assert not kind_of(code)


def formatted(*codes: str) -> dict[str, str]:
    """A styles part: style n has the n-th of these codes, style 0 none."""
    listed = "".join(f"<numFmt numFmtId='{164 + at}' formatCode='{code}'/>" for at, code in enumerate(codes))
    styles = "".join(f'<xf numFmtId="{164 + at}"/>' for at in range(len(codes)))
    head = '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    return {
        "xl/styles.xml": f'{head}<numFmts>{listed}</numFmts><cellXfs><xf numFmtId="0"/>{styles}</cellXfs></styleSheet>'
    }


def styled(column: str, style: int, first: int = 2, last: int = 99) -> dict[str, str]:
    return {f'r="{column}{row}"': f'r="{column}{row}" s="{style}"' for row in range(first, last)}


def test_cells_are_read_as_their_formats_show_them() -> None:
    """Ids with zeros in front, per cents; one currency says nothing that matters."""
    xml = sheet_xml([["id", "discount", "income"], *([i, i / 100, i + 0.5] for i in range(1, 10))])
    for old, new in (styled("A", 1) | styled("B", 2) | styled("C", 3)).items():
        xml = xml.replace(old, new)
    table = read(workbook({"S": xml}, parts=formatted("00000", "0%", '0.00 "EUR"')))
    assert cells(table)[6] == ["00007", "7%", "7.5"]
    assert table.shown == {"id", "discount"}
    assert "9 cells in id read as the sheet shows them, with all their digits." in table.report.notes
    assert "9 cells in discount read as the sheet shows them, as per cents." in table.report.notes


def test_two_currencies_of_one_column_are_shown() -> None:
    """By their formats alone the amounts differ: both are written, so that cleaning asks."""
    xml = sheet_xml([["id", "income"], *([i, i + 0.5] for i in range(1, 10))])
    for old, new in (styled("B", 1, 2, 6) | styled("B", 2, 6, 99)).items():
        xml = xml.replace(old, new)
    table = read(workbook({"S": xml}, parts=formatted('0.00 "EUR"', "[$$-409]0.00")))
    assert [row[1] for row in cells(table)][3:5] == ["4.5 €", "5.5 $"]


def test_formats_of_an_old_workbook_and_of_an_open_document() -> None:
    """XF and FORMAT records; percentage and currency as kinds of value."""
    code = b"00000"
    formats = record(0x041E, struct.pack("<HHB", 164, len(code), 0) + code)
    formats += record(0x00E0, struct.pack("<HH", 0, 0)) + record(0x00E0, struct.pack("<HH", 0, 164))
    start = record(BOF, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0)) + formats
    texts = [
        record(LABEL, struct.pack("<HHHHB", 0, at, 0, 1, 1) + name.encode("utf-16-le")) for at, name in enumerate("ab")
    ]
    numbers = [record(NUMBER, struct.pack("<HHHd", row, at, 1 - at, row)) for row in range(1, 9) for at in (0, 1)]
    sheet_records = record(BOF, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0)) + b"".join([*texts, *numbers])
    n_before = len(start) + len(record(BOUND_SHEET, bytes(9))) + len(record(EOF, b""))
    bound = record(BOUND_SHEET, struct.pack("<IBBBB", n_before, 0, 0, 1, 0) + b"S")
    old = compound(start + bound + record(EOF, b"") + (sheet_records + record(EOF, b"")).ljust(4096, b"\0"))
    assert cells(read(old))[4] == ["00005", "5"]
    share = (
        '<table:table-cell office:value-type="percentage" office:value="0.29"><text:p>29%</text:p></table:table-cell>'
    )
    body = ods_row(["id", "share"]) + ods_row([1], more=share) + ods_row([2], more=share)
    assert cells(read(open_document(body))) == [["1", "29%"], ["2", "29%"]]


def test_cells_merged_downwards_in_an_open_document_hold_the_value() -> None:
    """As in other workbooks."""
    spans = 'office:value-type="string" table:number-rows-spanned="3"'
    first = f"<table:table-cell {spans}><text:p>K1</text:p></table:table-cell>"
    rows = "".join(
        f"<table:table-row>{first if at == 0 else '<table:covered-table-cell/>'}"
        f'<table:table-cell office:value-type="float" office:value="{at}"><text:p>{at}</text:p></table:table-cell>'
        "</table:table-row>"
        for at in range(3)
    )
    assert [row[0] for row in cells(read(open_document(ods_row(["Kunde", "Betrag"]) + rows)))] == ["K1", "K1", "K1"]


def test_many_formulas_that_were_never_computed_are_asked_about() -> None:
    """A program wrote them: the column is not empty, it is not known; formulas beside no record do not count."""
    cell = '<c r="C{row}"><f>A1</f></c></row>'
    more = "".join(f'<row r="{row}"><c r="A{row}"><v>{row}</v></c>{cell.format(row=row)}' for row in range(5, 9))
    fault = refusal(workbook({"S": sheet_xml(ROWS, more)}))
    assert fault.code == "RG-007" and "4 formulas" in fault.sentence
    assert read(workbook({"S": sheet_xml(ROWS, more)}), when_unsure="guess").report.n_physical == 7
    alone = "".join(f'<row r="{row}">{cell.format(row=row)}' for row in range(5, 9))
    assert read(workbook({"S": sheet_xml(ROWS, alone)})).report.n_physical == 3


def test_a_filter_of_the_table_in_another_sheet_is_no_part_of_it() -> None:
    """What a pivot table shows in detail has the same columns and no record of its own; one more record is a part."""
    names = ["id", "name", "income", "city"]
    large = [names, *([f"{i:03}", "Ann", i, "Ulm"] for i in range(50))]
    detail = [
        ["Details of 20 to 30"],
        [],
        [*names, "flag"],
        *([f"{i:03}", "Ann", i, "Ulm", "y"] for i in range(20, 30)),
    ]
    table = read(workbook({"All": large, "Detail": detail}))
    assert table.report.n_physical == 50
    assert "left out: Detail" in " ".join(table.report.notes)
    assert refusal(workbook({"All": large, "Detail": [*detail, ["099", "Ben", 3, "Ulm", "n"]]})).code == "RG-007"


def test_a_table_in_several_sheets_is_asked_about() -> None:
    """A small sheet with the same columns holds customers, too; a legend with others does not."""
    large = [ROWS[0], *([f"{i:03}", "Ann", i] for i in range(50))]
    fault = refusal(workbook({"North": large, "South": ROWS}))
    assert (fault.code, "North and South" in fault.sentence) == ("RG-007", True)
    assert read(workbook({"North": large, "South": ROWS}), sheet="North").report.n_physical == 50
    assert read(workbook({"North": large, "South": ROWS}), when_unsure="guess").report.fixes
    assert (
        read(workbook({"North": large, "Key": [["name", "means"], ["Ann", "a"], ["Ben", "b"]]})).report.sheet == "North"
    )


def test_a_list_of_customers_beside_their_orders_is_asked_about() -> None:
    """The orders fill more cells, but whether they or the list are meant the workbook does not say."""
    orders = [["order", "customer", "amount"], *([f"R{i}", f"K{i % 40}", i + 0.5] for i in range(200))]
    listed = [["customer", "age"], *([f"K{i}", 20 + i] for i in range(40))]
    fault = refusal(workbook({"Orders": orders, "People": listed}))
    assert fault.code == "RG-007" and 'sheet = "People"' in fault.hint
    some = [["customer", "note"], *([f"X{i}", "a"] for i in range(40))]
    assert read(workbook({"Orders": orders, "Others": some})).report.sheet == "Orders"


def test_dates_and_counts_above_the_header_are_no_records() -> None:
    """A report says its day and filter above the table: rows of few cells, however many of them are numbers."""
    rows = [["As of", "", 45000], ["Count", 8, ""], ["id", "name", "income", "score", "age"]]
    table = read(workbook({"S": [*rows, *([i, "Ann", i + 5, i + 6, i + 7] for i in range(1, 9))]}))
    assert (table.columns[0], table.report.n_physical) == ("id", 8)


def test_figures_on_all_records_are_no_records() -> None:
    """Totals in the first row, and counts and means below whatever their name."""
    data = [[f"K{i}", "Ann", i, i + 6, i + 7] for i in range(1, 31)]
    sums = ["Total", "", *(sum(row[at] for row in data) for at in (2, 3, 4))]  # type: ignore[misc]
    table = read(workbook({"S": [["id", "name", "a", "b", "c"], sums, *data, ["Number of customers", "", 30]]}))
    assert [action[2] for action in actions(table)] == ["the total of the records below", "a figure on all records"]


def test_two_tables_side_by_side_are_asked_about() -> None:
    """An empty column parts them and one is shorter; a column left empty for its look parts nothing."""
    rows = [[i, "Ann", i + 5, "", *([f"L{i}", i + 6, i + 7] if i < 10 else [])] for i in range(1, 31)]
    names = ["id", "name", "income", "", "supplier", "spent", "orders"]
    fault = refusal(workbook({"S": [names, *rows]}))
    assert fault.code == "RG-007" and "from supplier on" in fault.sentence
    assert read(workbook({"S": [names, *([*row[:4], "x", 6, 7] for row in rows)]})).report.n_physical == 30


@pytest.mark.parametrize("titles", [[], [["North", "", "", "", "South"]]])
@pytest.mark.parametrize("second", [["id", "spent", "orders"], ["ID", "orders", "spent"]])
def test_tables_of_the_same_names_side_by_side_are_asked_about(titles: list[list[str]], second: list[str]) -> None:
    """Both end in one row: half of the customers became columns of the others."""
    rows = [[i, i + 5, i + 6, "", i + 100, i + 7, i + 8] for i in range(1, 31)]
    content = workbook({"S": [*titles, ["id", "spent", "orders", "", *second], *rows]})
    fault = refusal(content)
    assert fault.code == "RG-007" and "id, spent and orders stand twice, side by side" in fault.sentence
    assert read(content, when_unsure="guess").report.n_physical == 30


def test_lists_sorted_otherwise_side_by_side_are_asked_about() -> None:
    """One customer's orders stood beside another one's revenue; sorted alike they are one table."""
    names = ["Customer No", "Orders", "", "Customer No", "Revenue"]
    rows = [[f"C{i}", i % 7, "", f"C{(i * 11) % 31}", i * 9] for i in range(31)]
    fault = refusal(workbook({"S": [names, *rows]}))
    assert fault.code == "RG-007" and "the same values in another order" in fault.sentence
    alike = [[row[0], row[1], "", row[0], row[4]] for row in rows]
    assert read(workbook({"S": [names, *alike]})).report.n_physical == 31


def test_years_side_by_side_are_columns_of_one_table() -> None:
    """The same measures once more, and one column that names the customers."""
    names = ["", "2024", "", "", "", "2025"], ["id", "a", "b", "c", "", "a", "b", "c"]
    rows = [[i, i + 5, i + 6, i + 1, "", i + 4, i + 7, i + 8] for i in range(1, 31)]
    assert read(workbook({"S": [*names, *rows]})).columns[-1] == "2025 c"
    units = ["id", "a", "b", "c", "", "d", "e", "f"], ["", "EUR", "kg", "pcs", "", "EUR", "kg", "pcs"]
    assert read(workbook({"S": [*units, *rows]})).report.n_physical == 30
