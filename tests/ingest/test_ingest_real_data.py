"""Public exports as they are: read right, or refused with a reason."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path

import pytest
from ingest_exports import actions, cells
from real_data import FALLBACK, real_data

from reportgen.config import InputSettings
from reportgen.engine.in_memory import InMemoryEngine
from reportgen.errors import ReportgenError
from reportgen.ingest.stage import read_export
from reportgen.records.table import RawTable

pytestmark = pytest.mark.real_data
POLLOCK = ("csv_torture", "pollock")
TWO_READINGS = {
    "file_field_delimiter_0x20.csv": "RG-007",
    "file_header_only.csv": "RG-002",
    "file_multitable_less.csv": "RG-007",
    "file_multitable_more.csv": "RG-007",
    "file_no_header.csv": "RG-007",
    "file_no_payload.csv": "RG-001",
    "row_field_delimiter_0_0x20.csv": "RG-007",
    "row_more_sep_row0_col0.csv": "RG-012",
}
"""Pollock's files that have no safe reading, and why they are refused."""
KEPT_AS_WRITTEN = {"file_quotation_char_0x27.csv"}
"""Doubled double quotes inside single-quoted fields: the clean file halves them, we keep what is written."""


def export(*parts: str, **settings: object) -> RawTable:
    return read_export(real_data(*parts), InputSettings(**settings), InMemoryEngine())


@pytest.mark.parametrize(
    ("parts", "n_records", "n_columns"),
    [
        (("mall_customers", "Mall_Customers.csv"), 200, 5),
        (("mall_customers", "Mall_Customers_lf.csv"), 200, 5),
        (("mall_customers", "Mall_Customers_genre.csv"), 200, 5),
        (("mall_customers", "Mall_Customers_genre_zeropad.csv"), 200, 5),
        (("mall_customers", "Mall_Customers_underscore_headers.csv"), 200, 5),
        (("mall_customers", "Mall_Customers_semicolon_extra_col.csv"), 200, 6),
        (("mall_customers", "Mall_Customers_altered_800.csv"), 812, 5),
        (("customer_personality", "marketing_campaign.csv"), 2240, 29),
        (("customer_personality", "marketing_campaign_bom_semicolon.csv"), 2240, 29),
        (("customer_personality", "marketing_campaign.xlsx"), 2240, 29),
        (("bank_marketing", "bank-additional-full.csv"), 41188, 17),
        (("superstore", "Sample - Superstore.csv"), 10194, 21),
        (("superstore", "Sample - Superstore.xls"), 10194, 21),
        (("telco_churn", "Telco-Customer-Churn.csv"), 7043, 21),
        (("wholesale", "Wholesale customers data.csv"), 440, 8),
        (("wholesale", "wholesale_trailing_empty_cols.csv"), 440, 9),
        (("online_retail", "france.csv"), 8557, 8),
        (("online_retail", "monthly", "2010-12.csv"), 42481, 8),
        (("cc_general", "CC GENERAL.csv"), 8950, 18),
        (("febrl_dedupe", "dataset1.csv"), 1000, 11),
        (("excel_layouts", "janitor_dirty_data.xlsx"), 12, 11),
        (("excel_layouts", "readxl_datasets.xlsx"), 1000, 5),
    ],
)
def test_customer_exports_are_read_whole(parts: tuple[str, ...], n_records: int, n_columns: int) -> None:
    """Every record of every dialect is used as it is; none is repaired or set aside."""
    table = export(*parts)
    report = table.report
    assert (report.n_used, report.n_repaired, report.n_set_aside) == (n_records, 0, 0)
    assert len(table.columns) == n_columns


def test_the_mall_customers_are_the_same_in_every_dialect() -> None:
    """Line ends, delimiters and header spellings do not change a cell."""
    names = ("Mall_Customers", "Mall_Customers_lf", "Mall_Customers_genre", "Mall_Customers_underscore_headers")
    tables = [cells(export("mall_customers", f"{name}.csv")) for name in names]
    semicolon = [row[:5] for row in cells(export("mall_customers", "Mall_Customers_semicolon_extra_col.csv"))]
    assert all(table == semicolon for table in tables)


def test_a_workbook_gives_the_same_text_as_the_csv() -> None:
    """The personality customers as .xlsx and as `;` with BOM: equal cell by cell, numbers included."""
    names = ("marketing_campaign.xlsx", "marketing_campaign_bom_semicolon.csv")
    workbook, text = (cells(export("customer_personality", name)) for name in names)
    assert workbook == text


@pytest.mark.parametrize("name", ["readxl_deaths.xls", "readxl_deaths.xlsx"])
@pytest.mark.parametrize(("sheet", "first"), [("arts", "David Bowie"), ("other", "Vera Rubin")])
def test_notes_around_a_sheet_are_no_records(name: str, sheet: str, first: str) -> None:
    """Four lines of notes above, four below, dates typed: ten people."""
    table = export("excel_layouts", name, sheet=sheet)
    assert table.report.n_used == 10
    assert cells(table)[0][0] == first
    assert [reason for _, _, reason in actions(table)] == ["a note below the table"] * 4


def csv_files(*parts: str, default: str) -> list[str]:
    """Names of the CSV files in a folder of the public exports; one name, to be skipped, where it is absent."""
    root = Path(os.environ.get("REPORTGEN_REAL_DATA", FALLBACK))
    return sorted(path.name for path in root.joinpath(*parts).glob("*.csv")) or [default]


@pytest.mark.parametrize("name", csv_files("csv_torture", "csv_spectrum", "csvs", default="simple.csv"))
def test_csv_spectrum_reads_as_its_json_says(name: str) -> None:
    """The acid test's tables, cell by cell; its own JSON disagrees with its CSV in two places."""
    table = export("csv_torture", "csv_spectrum", "csvs", name)
    expected = json.loads(
        real_data("csv_torture", "csv_spectrum", "json", f"{Path(name).stem}.json").read_text("utf-8")
    )
    rows = expected if isinstance(expected, list) else [expected]
    wanted = [[(value or None) and value.replace("\r\n", "\n") for value in row.values()] for row in rows]
    found = cells(table)
    if name == "location_coordinates.csv":
        found, wanted = [row[1:] for row in found], [row[1:] for row in wanted]
    assert list(table.columns) == list(rows[0])
    assert [[cell and cell.replace("\r\n", "\n") for cell in row] for row in found] == wanted


@pytest.mark.parametrize("name", csv_files(*POLLOCK, "csv", default="source.csv"))
def test_guesses_lose_no_polluted_row(name: str) -> None:
    """With when_unsure = "guess" only files without a header or a record are refused; no record is lost in silence."""
    with real_data(*POLLOCK, "clean", name).open(newline="", encoding="utf-8") as file:
        n_clean = len(list(csv.reader(file))) - 1
    try:
        table = export(*POLLOCK, "csv", name, when_unsure="guess", max_set_aside=1.0)
    except ReportgenError as fault:
        assert fault.code in ("RG-001", "RG-002")
        return
    assert table.report.n_physical >= n_clean
    assert table.report.n_used + table.report.n_repaired + len(table.set_aside) >= n_clean


@pytest.mark.parametrize("name", csv_files(*POLLOCK, "csv", default="source.csv"))
def test_polluted_files_lose_no_row_in_silence(name: str) -> None:
    """Each record of the clean table is read cell by cell, or listed as set aside, or the file is refused."""
    path = real_data(*POLLOCK, "csv", name)
    with real_data(*POLLOCK, "clean", name).open(newline="", encoding="utf-8") as file:
        clean = [[cell or None for cell in row] for row in csv.reader(file)][1:]
    if name in TWO_READINGS:
        with pytest.raises(ReportgenError) as caught:
            read_export(path, InputSettings(), InMemoryEngine())
        assert caught.value.code == TWO_READINGS[name]
        return
    table = read_export(path, InputSettings(), InMemoryEngine())
    aside = {entry.line for entry in table.set_aside if entry.action == "set aside"}
    expected = [row for number, row in enumerate(clean, start=1) if number not in aside]
    found = cells(table)[: len(expected)]
    assert len(found) == len(expected)
    if name not in KEPT_AS_WRITTEN:
        assert found == [row[: len(table.columns)] for row in expected]
        assert not any(cell for row in expected for cell in row[len(table.columns) :])


CSVKIT: dict[str, str | tuple[int, int, int, int]] = {
    "bad.csv": (1, 0, 2, 3),
    "bad_skip_lines.csv": (1, 0, 2, 3),
    "blanks.csv": (1, 0, 0, 6),
    "blanks_converted.csv": "RG-002",
    "date_like_number.csv": "RG-004",
    "dummy.csv": (1, 0, 0, 3),
    "dummy.tsv": (1, 0, 0, 3),
    "dummy2.csv": (1, 0, 0, 3),
    "dummy3.csv": (2, 0, 0, 3),
    "dummy_col_shuffled.csv": (1, 0, 0, 3),
    "dummy_col_shuffled_ragged.csv": (1, 0, 0, 4),
    "empty.csv": "RG-001",
    "foo1.csv": (2, 0, 0, 3),
    "foo2.csv": (2, 0, 0, 3),
    "iris.csv": (150, 0, 0, 5),
    "irismeta.csv": (3, 0, 0, 3),
    "join_a.csv": (3, 0, 0, 3),
    "join_a_short.csv": (1, 0, 2, 3),
    "join_b.csv": (3, 0, 0, 3),
    "join_no_header_row.csv": (3, 0, 0, 3),
    "join_short.csv": (2, 0, 0, 5),
    "mac_newlines.csv": (2, 0, 0, 3),
    "no_header_row.csv": "RG-002",
    "no_header_row2.csv": "RG-002",
    "no_header_row3.csv": "RG-007",
    "null_byte.csv": (1, 0, 0, 3),
    "optional_quote_characters.csv": (1, 0, 0, 3),
    "realdata/Datagov_FY10_EDU_recp_by_State.csv": (53, 0, 2, 9),
    "realdata/FY09_EDU_Recipients_by_State.csv": (52, 0, 0, 9),
    "realdata/README.csv": (3, 0, 0, 4),
    "realdata/acs2012_5yr_population.csv": (93, 0, 0, 4),
    "realdata/event-notification-rpt-lastmonth.txt": (72, 0, 0, 71),
    "sheetsxls_converted.csv": (3, 0, 2, 9),
    "sheetsxlsx_converted.csv": (3, 0, 2, 9),
    "sniff_limit.csv": (1, 0, 0, 3),
    "sort_ints_nulls.csv": (3, 0, 0, 3),
    "test_date_format.csv": "RG-004",
    "test_date_format_converted.csv": "RG-004",
    "test_empty_columns.csv": (1, 0, 1, 3),
    "test_empty_columns_long_row.csv": "RG-002",
    "test_empty_columns_short_row.csv": "RG-002",
    "test_extra_header.csv": "RG-012",
    "test_geo.csv": (17, 0, 0, 12),
    "test_geojson.csv": (3, 0, 0, 7),
    "test_header_newline.csv": (1, 0, 0, 3),
    "test_ignore_case.csv": (5, 0, 0, 3),
    "test_join_short_rows.csv": "RG-012",
    "test_latin1.csv": (2, 0, 0, 3),
    "test_literal_order.csv": (3, 0, 0, 2),
    "test_locale.csv": (1, 0, 0, 3),
    "test_locale_converted.csv": (1, 0, 0, 3),
    "test_no_leading_zeroes.csv": (1, 0, 0, 3),
    "test_numeric_date_format.csv": "RG-004",
    "test_precision.csv": "RG-004",
    "test_skip_lines.csv": (1, 0, 0, 3),
    "test_utf16_big.csv": (2, 0, 0, 3),
    "test_utf16_little.csv": (2, 0, 0, 3),
    "test_utf8.csv": (2, 0, 0, 3),
    "test_utf8_bom.csv": (2, 0, 0, 3),
    "testdbf_converted.csv": (8, 0, 0, 12),
    "testfixed_converted.csv": (3, 0, 1, 8),
    "testfixed_schema.csv": (8, 0, 0, 3),
    "testfixed_schema_no_inference.csv": (3, 0, 0, 3),
    "testjson_converted.csv": (3, 0, 2, 7),
    "testjson_multiline_converted.csv": (2, 0, 0, 3),
    "testjson_nested_converted.csv": (2, 0, 0, 7),
    "testxls_converted.csv": (3, 0, 2, 8),
    "testxls_unicode_converted.csv": (1, 0, 0, 3),
    "testxlsx_converted.csv": (3, 0, 2, 8),
    "testxlsx_noinference_converted.csv": (3, 0, 2, 8),
    "testxlsx_unicode_converted.csv": (1, 0, 0, 3),
}
"""Each example of csvkit → the refusal's code, or records used, repaired and set aside, and columns."""


@pytest.mark.parametrize("name", CSVKIT)
def test_every_example_of_csvkit_is_read_or_refused_with_its_reason(name: str) -> None:
    """Each with its own counts: rows too short or too long are listed, tables without rows or names are refused."""
    expected = CSVKIT[name]
    try:
        table = export("csv_torture", "csvkit_examples", *name.split("/"), max_set_aside=1.0)
    except ReportgenError as fault:
        assert fault.code == expected
        return
    report = table.report
    assert (report.n_used, report.n_repaired, report.n_set_aside, len(table.columns)) == expected


@pytest.mark.parametrize(
    ("name", "column", "values"),
    [
        ("test_utf16_big.csv", "c", ["ʤ"]),
        ("test_latin1.csv", "c", ["©"]),
        ("mac_newlines.csv", "c", ["3"]),
        ("null_byte.csv", "c", ["3"]),
        ("test_header_newline.csv", "start end", ["d"]),
    ],
)
def test_cells_of_odd_examples_are_right(name: str, column: str, values: list[str]) -> None:
    """Encodings, line ends and names as they should come out."""
    table = export("csv_torture", "csvkit_examples", name)
    found = [row[table.columns.index(column)] for row in cells(table)]
    assert set(values) <= set(found)


@pytest.mark.parametrize(("name", "format_", "n"), [("testjson.json", "json", 5), ("dummy.csv.gz", "csv", 1)])
def test_other_formats_than_text_are_read(name: str, format_: str, n: int) -> None:
    """JSON and gzip, by their content."""
    report = export("csv_torture", "csvkit_examples", name).report
    assert (report.format, report.n_physical) == (format_, n)


def test_notes_and_titles_of_a_government_file_are_told_apart() -> None:
    """A blank line and a title above, two notes below: 53 states and territories between."""
    table = export("csv_torture", "csvkit_examples", "realdata", "Datagov_FY10_EDU_recp_by_State.csv")
    assert (table.report.n_used, table.report.n_set_aside, table.report.header_line) == (53, 2, 3)
