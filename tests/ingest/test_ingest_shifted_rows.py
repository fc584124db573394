"""Records whose cells stand one column beside their own."""

from __future__ import annotations

import random

from ingest_exports import read, refusal, workbook

N = 400
HEADER = ["id", "name", "city", "last_order", "spend", "visits"]


def records() -> list[list[str]]:
    draw = random.Random(1)
    return [
        [
            str(1000 + i),
            draw.choice(["Ann Lee", "Bo Moe", "Cy Roe"]),
            draw.choice(["Bath", "York"]),
            f"2026-0{i % 9 + 1}-{i % 28 + 1:02d}",
            f"{draw.randint(50, 900)}.50",
            str(draw.randint(0, 30)),
        ]
        for i in range(N)
    ]


def left(row: list[str]) -> list[str]:
    """The city was lost."""
    return [*row[:2], *row[3:], ""]


def right(row: list[str]) -> list[str]:
    """The name stands in two cells, and the last one went."""
    return [row[0], *row[1].split(), *row[2:5]]


def text(rows: list[list[str]]) -> str:
    return "\n".join(",".join(row) for row in [HEADER, *rows]) + "\n"


def test_a_slip_of_one_column_is_set_aside() -> None:
    """A customer had her revenue for visits, and a city named 2026-07-02."""
    rows = records()
    rows[7], rows[200] = right(rows[7]), left(rows[200])
    table = read(text(rows))
    assert table.report.n_used == N - 2
    assert {(entry.line, entry.reason) for entry in table.set_aside} == {
        (8, "its cells stand beside their columns"),
        (201, "its cells stand beside their columns"),
    }


def test_many_slips_are_refused() -> None:
    """More than may be set aside: the lines are named."""
    rows = [left(row) if i % 20 == 3 else row for i, row in enumerate(records())]
    for fault in (refusal(text(rows)), refusal(workbook({"S": [list[object](row) for row in [HEADER, *rows]]}))):
        assert fault.code == "RG-013"
        assert "20 of 400 records" in fault.sentence


def test_the_fast_way_sees_them_too() -> None:
    """In a file of a megabyte."""
    rows = [[*row[:1], f"{row[1]} {i}", *row[2:]] for i, row in enumerate(records() * 60)]
    rows[9_000] = left(rows[9_000])
    table = read(text(rows))
    assert table.report.n_used == len(rows) - 1


def test_missing_cells_and_odd_words_are_no_slip() -> None:
    """A blank last cell, a word for missing and a date in a remark leave a record where it is."""
    rows = records()
    rows[3][5], rows[4][4], rows[5][2], rows[6][3] = "", "n/a", "2nd street", "soon"
    assert read(text(rows)).report.n_used == N
