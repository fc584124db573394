"""V26 to V45: dates, hostile texts, and columns and rows that say nothing or the same."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from ingest_exports import date_styles, sheet_xml, workbook
from outcomes import (
    CITIES,
    HEADER,
    N_LONG,
    Rows,
    asked,
    assert_said,
    by_record,
    cleaning,
    column,
    customers,
    delimited,
    documents,
    fixed,
    listed,
    meet,
    n_missing,
    noted,
    parted,
    refused,
    replaced,
    said,
    texts,
    values,
    with_column,
)

from reportgen.records.table import Role

START = date(2024, 1, 5)


def days(n: int = N_LONG, first: date = START) -> list[date]:
    """Different days over some years, the thirteenth and later among them."""
    return [first + timedelta(days=i * 11 % 700) for i in range(n)]


def dated(cells: Sequence[str], header: str = "signup_date") -> str:
    with_header, rows = with_column(header, cells)
    return delimited(rows, with_header, sep=";")


def iso(cells: Sequence[date]) -> list[str]:
    return [day.isoformat() for day in cells]


# --- dates ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["{0:02d}/{1:02d}/2026", "{0}.{1}.2026", "{0:02d}-{1:02d}-2026 10:30"])
def test_v26_days_and_months_that_nothing_tells_apart(form: str) -> None:
    """ASK: 03/04/2026 is 3 April or 4 March: both are shown, `dates` decides."""
    cells = [form.format(i % 12 + 1, i * 5 % 12 + 1) for i in range(N_LONG)]
    content = dated(cells)
    if "." in form:
        assert by_record(meet(content), "signup_date")[3] == "2026-11-03"  # a point is written between day and month
        return
    question = asked(content, "day", "month", setting="dates")
    assert by_record(question.decided(content, "day first"), "signup_date")[3] == "2026-11-03"
    assert by_record(question.decided(content, "month first"), "signup_date")[3] == "2026-03-11"


@pytest.mark.parametrize(("form", "proof"), [("%d/%m/%Y", "day"), ("%m/%d/%Y", "month")])
def test_v26_one_date_proves_the_order_of_all(form: str, proof: str) -> None:
    """OK: a single 25 in the column says which place is the day; no question."""
    cells = [date(2026, i % 12 + 1, i * 5 % 12 + 1) for i in range(N_LONG - 1)] + [date(2026, 12, 25)]
    assert values(meet(dated([day.strftime(form) for day in cells])), "signup_date") == iso(cells)


def test_v27_two_formats_in_one_column() -> None:
    """FIX: 2026-01-31 beside 31.01.2026 beside 31 Jan 2026: each is read by itself, and that is said."""
    forms = ("%Y-%m-%d", "%d.%m.%Y", "%d %b %Y")
    content = dated([day.strftime(forms[i % 3]) for i, day in enumerate(days())])
    assert values(fixed(content, "signup_date"), "signup_date") == iso(days())


def test_v27_two_orders_in_one_column() -> None:
    """PART: 25/12/2025 and 12/25/2025 contradict each other: what only one order reads is read, the rest is listed."""
    plain = [day.strftime("%d/%m/%Y") for day in days() if day.day > 12]
    cells = [*plain, "12/25/2025"]
    seen = meet(dated(cells))
    assert by_record(seen, "signup_date")[len(cells)] == "2025-12-25" or len(cells) in {e.line for e in listed(seen)}
    assert {entry.line for entry in listed(seen)} <= {len(cells)}


@pytest.mark.parametrize(
    ("header", "first", "century"), [("signup_date", date(2024, 1, 5), "20"), ("birth_date", date(1960, 1, 5), "19")]
)
def test_v28_two_digit_years(header: str, first: date, century: str) -> None:
    """NOTE: the century comes from a window, which is named; nobody is born in the future."""
    cells = [day.strftime("%d.%m.%y") for day in days(first=first)]
    seen = noted(dated(cells, header), header, century)
    assert {str(cell)[:2] for cell in values(seen, header)} == {century}


def test_v29_serial_numbers_of_excel() -> None:
    """FIX: 45296 in a column of dates is 2024-01-05, and that is said."""
    serials = [str((day - date(1899, 12, 30)).days) for day in days()]
    assert values(fixed(dated(serials), "signup_date"), "signup_date") == iso(days())


def test_v29_serial_numbers_beside_dates() -> None:
    """FIX: some cells lost their format: both spellings are the same days."""
    cells = [str((day - date(1899, 12, 30)).days) if i % 3 else day.isoformat() for i, day in enumerate(days())]
    assert values(fixed(dated(cells), "signup_date"), "signup_date") == iso(days())


def test_v29_a_workbook_that_counts_from_1904() -> None:
    """FIX or OK: a date cell of a workbook of the 1904 base is the day that Excel shows, four years later than 1900."""
    dates = days(40)
    rows = "".join(
        f'<row r="{i + 2}"><c r="A{i + 2}" t="inlineStr"><is><t>C{i}</t></is></c>'
        f'<c r="B{i + 2}" s="1"><v>{(day - date(1904, 1, 1)).days}</v></c><c r="C{i + 2}"><v>{i * 7 % 90}</v></c></row>'
        for i, day in enumerate(dates)
    )
    content = workbook({"S": sheet_xml([["id", "joined", "visits"]], rows)}, parts=date_styles() | base_of_1904())
    assert [row[1] for row in texts(meet(content, "a.xlsx"))] == iso(dates)


def base_of_1904() -> dict[str, str]:
    """The workbook part of one sheet named S that counts its days from 1904."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return {
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><workbookPr date1904="1"/>'
        '<sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'
    }


def test_v30_days_that_are_none() -> None:
    """PART: the years 1 and 9999, 30 February and a day to come are listed by record, the others read."""
    cells = [day.strftime("%Y-%m-%d") for day in days(600)]
    odd = {10: "0001-01-01", 200: "9999-12-31", 300: "2024-02-30", 400: "2171-05-01"}
    for record, cell in odd.items():
        cells[record - 1] = cell
    seen = parted(dated(cells), dict.fromkeys(odd, ""))
    kept = by_record(seen, "signup_date")
    assert all(kept[record] == cells[record - 1] for record in kept if record not in odd)


def test_v31_time_zones() -> None:
    """FIX: 00:30+02:00 and 23:30-05:00 are brought to one zone, the day may change, and that is said."""
    zones = [UTC, timezone(timedelta(hours=2)), timezone(timedelta(hours=-5))]
    moments = [datetime(2026, 3, 29, 0, 30, tzinfo=zones[i % 3]) + timedelta(hours=i * 23) for i in range(N_LONG)]
    seen = fixed(dated([moment.isoformat() for moment in moments]), "signup_date", "UTC")
    assert [str(cell)[:10] for cell in values(seen, "signup_date")] == [
        moment.astimezone(UTC).date().isoformat() for moment in moments
    ]


@pytest.mark.parametrize("factor", [1, 1_000, 1_000_000], ids=["v32 seconds", "v32 milliseconds", "v32 microseconds"])
def test_v32_epoch_times(factor: int) -> None:
    """FIX: seconds, milliseconds and microseconds since 1970 are days, and that is said."""
    stamps = [int(datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp()) * factor for day in days()]
    seen = fixed(dated(list(map(str, stamps)), "created_at"), "created_at")
    assert [str(cell)[:10] for cell in values(seen, "created_at")] == iso(days())


@pytest.mark.parametrize("header", ["quantity", "amount", "Umsatz"])
def test_v33_refunds_are_said(header: str) -> None:
    """NOTE: negative quantities are counted, and what is done with them is named."""
    cells = [str(-(i % 7 + 1) if i % 25 == 0 else i * 7 % 90 + 1) for i in range(N_LONG)]
    seen = noted(dated(cells, header), header, "negative", "12")
    assert min(values(seen, header)) < 0 or n_missing(seen, header) == 12


# --- hostile texts -------------------------------------------------------------------------------------------------

CONTROLS = {
    "v34 ANSI": "Ber\x1b[31mlin", "v34 a bell": "Berlin\x07", "v34 right to left": "Ber\u202elin",
    "v34 zero width": "Ber\u200blin", "v34 C1": "Ber\x81lin", "v34 a word joiner": "\u2060Berlin",
}  # fmt: skip


@pytest.mark.parametrize("case", CONTROLS)
def test_v34_control_characters_are_scrubbed_but_for_ids(case: str) -> None:
    """FIX: a label is the same with or without them, no output holds them; an id stays as it is."""
    odd = CONTROLS[case]
    rows = replaced("city", {7: odd, 11: odd, 60: odd}, N_LONG)
    rows[0][0] = odd
    seen = fixed(delimited(rows), "city")
    assert set(values(seen, "city")) <= set(CITIES) | {
        odd.translate(dict.fromkeys(map(ord, odd.replace("Berlin", ""))))
    }
    assert values(seen, "customer_id")[0] == odd


def test_v34_no_output_holds_them() -> None:
    """FIX: page, logs and study are free of control and bidi characters; the list of segments has the id raw."""
    rows = replaced("city", {i * 9 + 1: odd for i, odd in enumerate(CONTROLS.values())}, 60)
    files = documents(delimited(rows))
    forbidden = set("\x1b\x07\u202e\x81\u200b\u2060")
    assert not any(forbidden & set(text) for name, text in files.items() if name != "segments.csv")


def test_v35_half_surrogate_pairs() -> None:
    """FIX: from a UTF-16 file, from bytes that are no UTF-8 and from JSON: shown as U+FFFD or scrubbed, and listed."""
    wide = delimited(replaced("city", {7: "Osl\ud83d"}, N_LONG)).encode("utf-16-le", "surrogatepass")
    narrow = delimited(replaced("city", {7: "Osl\ud83d"}, N_LONG)).encode("utf-8", "surrogatepass")
    for content in (b"\xff\xfe" + wide, narrow):
        seen = fixed(content, "")
        assert texts(seen)[6][0] == "C0007"
        "".join(cell for row in texts(seen) for cell in row).encode()
    records = [dict(zip(HEADER, row, strict=True)) for row in replaced("city", {7: "Osl\ud83d"}, N_LONG)]
    assert said(fixed(json.dumps(records), "", name="a.json")).encode()


@pytest.mark.parametrize(
    "cell",
    ["😀" * 500, "漢" * 4_000, "مرحبا " * 500, "e" + "\u0301" * 10_000, "👩‍👩‍👧‍👦" * 100, "x" * 10_000],
    ids=["v36 emoji", "v36 CJK", "v36 Arabic", "v36 combining marks", "v36 joined emoji", "v36 one long word"],
)
def test_v36_long_texts_of_any_script_are_clipped_where_shown(cell: str) -> None:
    """OK: kept in the data, clipped in the report."""
    rows = replaced("city", [cell if i % 3 else CITIES[i % 4] for i in range(60)])
    assert texts(meet(delimited(rows))) == rows
    files = documents(delimited(rows))
    assert cell not in files["report.html"]
    assert len(files["report.html"]) < 300_000


HOSTILE = [
    "<script>alert(1)</script>",
    "{{7*7}}",
    "{% for x in y %}",
    "$x$",
    "$$",
    r"$\frac{1}{0}$",
    "%s%n",
    "{0}",
    "${jndi:x}",
    "<img src=x onerror=alert(1)>",
    "&lt;b&gt;",
    "javascript:alert(1)",
]


def test_v37_markup_and_templates_are_text() -> None:
    """OK: every one is read as it stands, and nothing of it lives on the page."""
    rows = replaced("city", [HOSTILE[i % len(HOSTILE)] for i in range(120)])
    assert texts(meet(delimited(rows))) == rows
    page = documents(delimited(rows))["report.html"]
    assert not [live for live in ("<script>alert", "<img src=x", ">49<", "<b>") if live in page]


def test_v38_formulas_are_escaped_on_export() -> None:
    """OK: read as they stand; in the list of segments they begin with an apostrophe."""
    ids = [f"{'=+-@'[i % 4]}cmd|{i}" for i in range(60)]
    rows = [[id_, *row[1:]] for id_, row in zip(ids, customers(60), strict=True)]
    assert texts(meet(delimited(rows))) == rows
    back = list(csv.DictReader(io.StringIO(documents(delimited(rows))["segments.csv"])))
    assert [line["customer_id"] for line in back] == [f"'{id_}" for id_ in ids]


# --- columns and rows that say nothing or the same -----------------------------------------------------------------


@pytest.mark.parametrize(
    "cells",
    [[""] * N_LONG, ["n/a"] * N_LONG, ["7", "8", "9", *[""] * (N_LONG - 3)]],
    ids=["v39 empty", "v39 n/a", "v39 99 %"],
)
def test_v39_an_empty_column_is_dropped(cells: list[str]) -> None:
    """Dropped and said: a column without values, or with next to none."""
    seen = meet(dated(cells, "fax_number_2"))
    assert not column(seen, "fax_number_2").role.value.startswith(("money", "count", "score", "measure"))
    seen = meet(dated(cells, "turnover"))
    assert column(seen, "turnover").role is Role.EMPTY
    assert column(seen, "turnover").reason


@pytest.mark.parametrize("cell", ["11", "yes", "2026-01-01", "EUR"])
def test_v40_a_constant_column_is_dropped(cell: str) -> None:
    """Dropped and said."""
    seen = meet(dated([cell] * N_LONG, "z_value"))
    assert column(seen, "z_value").role is Role.CONSTANT
    assert_said([*cleaning(seen), column(seen, "z_value").reason], ["same"])


def test_v41_a_text_that_is_another_for_everybody() -> None:
    """Set aside as an identifier: a text that never repeats is no category."""
    seen = meet(dated([f"ref-{i * 7919 % 9973:x}" for i in range(N_LONG)], "reference"))
    assert column(seen, "reference").role in {Role.ID, Role.TEXT, Role.CODE, Role.PERSONAL, Role.IGNORED}
    assert column(seen, "reference").reason
    assert seen.table.id_column == "customer_id"


def many_labels(n_labels: int, n: int) -> Rows:
    return replaced("city", [f"Town {i % n_labels}" if i % 2 else CITIES[i % 4] for i in range(n)])


def test_v42_many_categories() -> None:
    """Top and other, said: of 2,000 labels the frequent ones stay, the others are one."""
    seen = meet(delimited(many_labels(4_000, 8_000)))
    assert len(set(values(seen, "city"))) <= 1_000 or column(seen, "city").role is Role.TEXT
    assert "other" in said(seen).lower() or column(seen, "city").role is Role.TEXT


@pytest.mark.slow
def test_v42_a_hundred_thousand_categories() -> None:
    """Top and other, said; no matrix of 100,000 columns is made."""
    seen = meet(delimited(many_labels(100_000, 200_000)))
    assert seen.features.matrix.shape[1] < 10
    assert len(set(values(seen, "city"))) <= 1_000 or column(seen, "city").role is Role.TEXT


def test_v43_rows_that_repeat_are_counted() -> None:
    """Counted and said: the second copy of a row is set aside with the record that it equals."""
    rows = customers(N_LONG)
    seen = meet(delimited([*rows, rows[4], rows[9]]))
    assert {(entry.line, entry.action) for entry in listed(seen)} == {(301, "set aside"), (302, "set aside")}
    assert all("duplicate" in entry.reason for entry in listed(seen))
    assert_said(cleaning(seen), ["2"])


@pytest.mark.parametrize("name", ["income", "Annual revenue", "income_copy"])
def test_v43_columns_that_repeat_are_used_once(name: str) -> None:
    """Said, and used once: the same numbers under two names count as one feature."""
    header, rows = with_column(name, [row[2] for row in customers(N_LONG)])
    seen = meet(delimited(rows, header))
    assert len([feature for feature in seen.features.features if "income" in feature.name or feature.name == name]) == 1
    assert "income" in said(seen)
    assert "same" in said(seen) or "equal" in said(seen)


def test_v44_customers_who_are_all_the_same() -> None:
    """REFUSE RG-011: with nothing to tell customers apart no segment is invented, and the sentence says so.

    The matrix asks for a report with one group; a refusal was settled on later.
    """
    rows = [[f"C{i}", "Berlin", "30000", "50", "4"] for i in range(60)]
    assert "same" in refused(delimited(rows), "RG-011").sentence.lower()
    refused(delimited([["C1", "Berlin", "30000", "50", "4"]] * 60), "RG-003", "RG-009", "RG-011")


@pytest.mark.parametrize("written", ["{}.5", "{},5"])
def test_v45_numbers_stored_as_text_in_a_workbook(written: str) -> None:
    """FIX: they are numbers, and that is said; a column of which one part is text and one is not is one column."""
    rows = [[*row[:2], written.format(row[2]), int(row[3]), int(row[4])] for row in customers()]
    content = workbook({"S": [list(HEADER), *rows]})
    seen = fixed(content, "income", name="a.xlsx")
    assert values(seen, "income") == [float(row[2]) + 0.5 for row in customers()]


def test_v45_some_numbers_stored_as_text() -> None:
    """FIX: the green corners of Excel, in every third cell."""
    rows: list[list[object]] = [[*row[:2], row[2] if i % 3 else int(row[2]), int(row[3]), int(row[4])]
                                for i, row in enumerate(customers())]  # fmt: skip
    seen = fixed(workbook({"S": [list(HEADER), *rows]}), "income", name="a.xlsx")
    assert values(seen, "income") == [float(row[2]) for row in customers()]
