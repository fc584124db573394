"""Tables on their side, fields below each other, titles of groups."""

from __future__ import annotations

import pytest
from ingest_exports import cells, read, workbook

N = 40
TABLE = [
    ["customer", *(str(1000 + i) for i in range(N))],
    ["town", *(("Bath", "York")[i % 2] for i in range(N))],
    ["spend", *(f"{i * 7}.5" for i in range(N))],
    ["visits", *(str(i % 9) for i in range(N))],
]
RECORDS = [list(row) for row in zip(*(row[1:] for row in TABLE), strict=True)]


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_a_table_on_its_side_is_turned(delimiter: str) -> None:
    """Forty customers were four, and the advice was to export more."""
    table = read("\n".join(delimiter.join(row) for row in TABLE) + "\n")
    assert table.columns == ("customer", "town", "spend", "visits")
    assert cells(table) == RECORDS
    assert "lay on its side" in table.report.fixes[0]


def test_a_sheet_on_its_side_is_turned() -> None:
    """The same in a workbook."""
    table = read(workbook({"S": [list[object](row[:26]) for row in TABLE]}))
    assert cells(table) == RECORDS[:25]
    assert "lay on its side" in table.report.fixes[0]


@pytest.mark.parametrize(
    "names",
    [
        [f"{2000 + i // 12}-{i % 12 + 1:02d}" for i in range(N)],
        [f"Week {i}" for i in range(N)],
        [f"question {'abcdefghij'[i % 10]}{'abcdefghij'[i // 10]}" for i in range(N)],
    ],
)
def test_months_weeks_and_questions_are_columns(names: list[str]) -> None:
    """A few persons over many columns of numbers stay persons, too few of them as they are."""
    rows = [
        ["who", *names],
        *([who, *(str(i * n % 7) for i in range(N))] for n, who in enumerate(["Ann", "Bo", "Cy"], 2)),
    ]
    table = read("\n".join(",".join(row) for row in rows) + "\n")
    assert table.columns[:2] == ("who", names[0])
    assert table.report.n_used == 3


def test_fields_below_each_other() -> None:
    """A name and a value in each row, the same names again for each customer."""
    rows: list[list[object]] = [[name[0], cell] for record in RECORDS for name, cell in zip(TABLE, record, strict=True)]
    table = read(workbook({"S": rows}))
    assert table.columns == ("customer", "town", "spend", "visits")
    assert cells(table) == RECORDS
    blocks = ["\n".join(f"{name[0]}: {cell}" for name, cell in zip(TABLE, record, strict=True)) for record in RECORDS]
    assert cells(read("\n\n".join(blocks) + "\n")) == RECORDS


def test_a_few_titles_above_groups_are_no_customers() -> None:
    """Names of regions; twenty and more may be the customers and are asked about."""
    lines = ["id,spend,visits"]
    for group, region in enumerate(["North", "South", "East"]):
        lines += [f"{region},,", *(f"{1000 + group * 20 + i},{i}.5,{i % 5}" for i in range(20))]
    table = read("\n".join(lines) + "\n")
    assert table.report.n_used == 60
    assert {entry.reason for entry in table.set_aside} == {"a title of the records below it"}
