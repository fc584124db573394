"""Every record can be found again in its source: by line, sheet row or record number, counted independently here."""

from __future__ import annotations

import json
import re

import pytest
from ingest_exports import read, records, workbook

from reportgen.ingest import delimited
from reportgen.records.table import RawTable

N = 40
HEADER = "id,note,income,score"
MARK = re.compile(r"mark(\d+)")


def marked(number: int, note: str = "") -> str:
    """A record that names itself by its id, so that it can be found by searching the file."""
    return f'mark{number},"{note or "a note"}",{1000 + number},{number % 7}'


def assert_found(text: str, table: RawTable) -> None:
    """Each record taken starts on the line where a search for its id finds it, as `grep -n` does."""
    found = {match[1]: at for at, line in enumerate(re.split("\r\n|\r|\n", text), 1) if (match := MARK.match(line))}
    ids = [str(cell).removeprefix("mark") for cell in table.frame["id"]]
    assert [table.places.of(record) for record in records(table)] == [f"line {found[number]}" for number in ids]


LAYOUTS = {
    "plain": lambda number: [marked(number)],
    "notes over several lines": lambda number: [marked(number, "one\ntwo" + "\n" * (number % 3) + "end")],
    "blank lines": lambda number: [marked(number), *[""] * (number % 3 == 1)],
    "comments": lambda number: [marked(number), *["# a comment"] * (number % 5 == 2)],
    "doubled quotes": lambda number: [marked(number, 'so ""called""\nlast')],
    "stray quotes": lambda number: [marked(number) if number % 11 else f'mark{number},5" wide,{1000 + number},1'],
}


@pytest.mark.parametrize("is_fast", [True, False])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("above", ["", "sep=,\n", "Customers of the shop\n\n", "Title\nof two lines\n\n\n"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_records_are_found_on_their_lines(
    layout: str, above: str, end: str, is_fast: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever stands above and between the records, by the fast way of reading and by the careful one."""
    monkeypatch.setattr(delimited, "BULK_FROM", 0 if is_fast else 1 << 30)
    body = "\n".join(line for number in range(1, N + 1) for line in LAYOUTS[layout](number))
    text = f"{above}{HEADER}\n{body}\n".replace("\n", end)
    table = read(text)
    assert len(records(table)) == N
    assert_found(text, table)


def test_what_is_set_aside_names_its_line() -> None:
    """A short record, a repaired one and the totals at the end, behind a title and notes that span lines."""
    rows = [marked(number, "one\ntwo" if number % 4 == 0 else "") for number in range(1, N + 1)]
    rows[9] = "mark10,short"
    rows[19] = 'mark20,"5" wide",1020,6'
    text = "\n".join(["Customers", "", HEADER, *rows, 'Total,"",41000,'])
    lines = text.split("\n")
    table = read(text)
    told = {entry.place: entry.reason for entry in table.set_aside}
    assert [place for place, _ in sorted(told.items(), key=lambda item: int(item[0].split()[1]))] == [
        f"line {lines.index(line) + 1}" for line in (rows[9], rows[19], 'Total,"",41000,')
    ]
    assert told[f"line {len(lines)}"] == "a row of totals"


def test_fixed_width_names_lines() -> None:
    """Rulers and blank lines between the columns of fixed width are lines too."""
    rows = [f"mark{number:<6} {1000 + number:>8} {number % 7:>5}" for number in range(1, N + 1)]
    text = "\n".join(
        [f"{'id':<10} {'income':>8} {'score':>5}", f"{'-' * 10} {'-' * 8} {'-' * 5}", *rows[:20], "", *rows[20:]]
    )
    table = read(text)
    assert (table.report.format, len(records(table))) == ("fixed width", N)
    assert_found(text, table)


def test_the_second_of_two_tables_names_lines_of_the_file() -> None:
    """Records of the table above are set aside with their lines, those of the table read keep theirs."""
    first = [f"A{number},{number},{number}" for number in range(1, 11)]
    text = "\n".join(["shop,visits,sales", *first, "", HEADER, *map(marked, range(1, N + 1))])
    table = read(text, table=2)
    assert_found(text, table)
    assert [entry.place for entry in table.set_aside] == [f"line {number}" for number in range(2, 12)]


def test_workbooks_name_rows_of_the_sheet() -> None:
    """Titles, empty rows and a repeated header count: the row is the one at the sheet's left edge."""
    rows = [[f"C{number}", number, number % 7] for number in range(1, N + 1)]
    header = ["id", "income", "score"]
    content = workbook({"S": [["Customers"], [""], header, *rows[:20], [""], [""], *rows[20:30], header, *rows[30:]]})
    table = read(content, "a.xlsx")
    assert [(entry.place, entry.reason) for entry in table.set_aside] == [("row 36", "the header again")]
    assert [table.places.of(record) for record in (1, 20, 21, 30)] == ["row 4", "row 23", "row 26", "row 35"]


def test_json_lines_name_lines_and_arrays_records() -> None:
    """A line is a place that an editor shows; inside an array only the number of the record is one."""
    objects = [{"id": f"C{number}", "income": number, "score": 1} for number in range(1, N + 1)]
    texts = [json.dumps(one) for one in objects]
    table = read("\n".join([*texts[:10], "", "", *texts[10:20], '{"id": ', *texts[20:]]))
    assert [entry.place for entry in table.set_aside] == ["line 23"]
    assert (table.places.of(10), table.places.of(11), table.places.of(41)) == ("line 10", "line 13", "line 43")
    assert read(json.dumps(objects)).places.of(17) == "record 17"
