"""Reports of programs: names above groups of records, survey tools' second row of names, DATEV's first line, dumps."""

from __future__ import annotations

import pytest
from ingest_exports import actions, adds_up, cells, read, refusal, workbook

LINES = [
    ["Harbor Goods LLC"],
    ["Sales by Customer Detail"],
    ["January - October 2026"],
    [],
    ["", "Date", "Type", "Num", "Amount"],
    ["Ann Abel"],
    ["", "2026-01-05", "Invoice", "1001", "10.50"],
    ["", "2026-02-05", "Invoice", "1002", "20.00"],
    ["Total for Ann Abel", "", "", "", "30.50"],
    ["Ben Berg"],
    ["", "2026-01-07", "Invoice", "1003", "7.25"],
    ["Total for Ben Berg", "", "", "", "7.25"],
    ["Cem Can"],
    ["", "2026-03-01", "Invoice", "1004", "5.00"],
    ["", "2026-03-09", "Credit Memo", "1005", "-1.00"],
    ["Total for Cem Can", "", "", "", "4.00"],
]
SHEET = [[*row, *[""] * (5 - len(row))] for row in LINES]


def as_text(rows: list[list[str]]) -> str:
    return "".join(",".join(row) + "\n" for row in rows)


@pytest.mark.parametrize("content", [as_text(SHEET), workbook({"Sheet1": SHEET})], ids=["csv", "xlsx"])
def test_a_name_above_each_group_is_written_into_its_records(content: str | bytes) -> None:
    """The customers of 788 lines were lost, and each line was a customer."""
    table = read(content)
    assert table.columns == ("Customer", "Date", "Type", "Num", "Amount")
    assert [row[0] for row in cells(table)] == ["Ann Abel", "Ann Abel", "Ben Berg", "Cem Can", "Cem Can"]
    reasons = [reason for _, action, reason in actions(table) if action == "set aside"]
    assert reasons.count("the name of the records below it, written into each of them") == 3
    assert reasons.count("a subtotal of the records above") + reasons.count("a row of totals") == 3
    assert any("names above 3 groups" in fix for fix in table.report.fixes)
    assert adds_up(table)


@pytest.mark.parametrize(
    "change",
    [
        lambda rows: [row for row in rows if row[:2] != ["", "2026-01-07"]],
        lambda rows: [["Ann Abel", *row[1:]] if row[3] == "1002" else row for row in rows],
        lambda rows: [["Ann Abel", *row[1:]] if row[0] == "Ben Berg" else row for row in rows],
        lambda rows: [row for row in rows if row[0] not in ("Ben Berg", "Cem Can")],
    ],
    ids=["a name without records", "a record with a name", "a name again", "one name"],
)
def test_what_is_no_habit_is_left_as_it_is(change: object) -> None:
    rows = [row for row in SHEET if not row[0].startswith("Total")]
    table = read(as_text(change(rows)))  # type: ignore[operator]
    assert not any("names above" in fix for fix in table.report.fixes)
    assert adds_up(table)


def test_the_title_names_the_first_column_only_where_it_has_no_name() -> None:
    """And only a title that says of whom the records are."""
    named = [["Name", *row[1:]] if row[1] == "Date" else row for row in SHEET]
    assert read(as_text(named)).columns[0] == "Name"
    untold = [row if "Customer" not in row[0] else ["Sales Detail", *row[1:]] for row in SHEET]
    assert read(as_text(untold)).columns[0] == "column 1"


SURVEY = [
    ["Respondent ID", "How likely is it?", "How would you rate?", "", "", "What is your age?"],
    ["", "Response", "Price", "Staff", "Cleanliness", "Open-Ended Response"],
    *([f"{114_000 + i}", f"{i % 11}", "Fair", "Good", "Poor", f"{20 + i}"] for i in range(30)),
]


@pytest.mark.parametrize("content", [as_text(SURVEY), workbook({"Sheet": SURVEY})], ids=["csv", "xlsx"])
def test_a_survey_tools_second_row_names_what_the_question_asks(content: str | bytes) -> None:
    """It was a record set aside, and the questions were `column 4` and `column 5`; `Response` is no part of a name."""
    table = read(content)
    rated = tuple(f"How would you rate? {thing}" for thing in ("Price", "Staff", "Cleanliness"))
    assert table.columns == ("Respondent ID", "How likely is it?", *rated, "What is your age?")
    assert len(cells(table)) == 30


def test_years_and_what_a_merged_cell_repeats_are_names_below_groups() -> None:
    """The second row of the header was a customer, and its columns had no names."""
    rows = [
        ["Kunde", "", "", "Verbrauch (kWh)", "", "Mahnstufe"],
        ["Vertragskonto", "Name", "Tarif", "2024", "2025", "Mahnstufe"],
        *([f"{200_100 + i}", f"Robin Person {i}", "Strom", f"{1_800 + i}", f"{2_200 - i}", "0"] for i in range(30)),
    ]
    table = read(as_text(rows))
    assert table.columns[0] == "Kunde Vertragskonto"
    assert table.columns[3:5] == ("Verbrauch (kWh) 2024", "Verbrauch (kWh) 2025")
    assert len(cells(table)) == 30


@pytest.mark.parametrize("mark", ["EXTF", "DTVF"])
def test_the_first_line_of_datevs_format_is_above_the_header(mark: str) -> None:
    """The advice to say header = true made a column called meier."""
    rows = [f'"{mark}";700;16;"Debitoren/Kreditoren";5;20261031', '"Konto";"Name";"Ort";"Limit";"Tage";"Mahnung"']
    rows += [f'"{10_000 + i}";"Robin {i}";"Ulm";"{500 + i},00";"14";"{i % 3}"' for i in range(30)]
    table = read("\n".join(rows))
    assert (table.columns[0], len(cells(table))) == ("Konto", 30)


@pytest.mark.parametrize(
    "content",
    [
        "-- MySQL dump 10.13\nDROP TABLE IF EXISTS `customers`;\nCREATE TABLE `customers` (\n  `id` int\n);\n",
        "INSERT INTO customers VALUES (1,'Ann','2025-12-28',10),\n(2,'Ben','2025-12-29',11);\n",
    ],
)
def test_a_dump_of_a_database_is_said_to_be_one(content: str) -> None:
    """It was refused as a table of other widths, with the advice to put text in quotes."""
    fault = refusal(content)
    assert (fault.code, "dump of a database" in str(fault)) == ("RG-005", True)


PIVOT = [
    ["Row Labels", "Sum of Qty", "Sum of Revenue"],
    *(["North", "9", "60.50"], ["C1 Ann", "2", "10.25"], ["C2 Ben", "3", "20.25"], ["C3 Cem", "4", "30.00"]),
    *(["South", "5", "12.00"], ["C4 Dee", "1", "5.50"], ["C5 Eve", "4", "6.50"]),
    ["Grand Total", "14", "72.50"],
]


@pytest.mark.parametrize("content", [as_text(PIVOT), workbook({"Pivot": PIVOT})], ids=["csv", "xlsx"])
def test_the_sums_above_groups_of_a_pivot_table_are_no_customers(content: str | bytes) -> None:
    """The regions were four customers, the largest of all."""
    table = read(content)
    assert [row[0] for row in cells(table)] == ["C1 Ann", "C2 Ben", "C3 Cem", "C4 Dee", "C5 Eve"]
    assert [reason for _, _, reason in actions(table)].count("the total of the records below") == 2
    assert adds_up(table)


def test_what_does_not_add_up_to_the_end_is_no_sum() -> None:
    """One group of two, or one column of two: chance."""
    for at, cell in ((5, ["South", "6", "12.00"]), (7, ["C5 Eve", "4", "6.60"])):
        rows = [cell if i == at else row for i, row in enumerate(PIVOT[:-1])]
        assert len(cells(read(as_text(rows)))) == len(rows) - 1
