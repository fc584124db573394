"""Marks for the cell above, and two customers on a line."""

from __future__ import annotations

import pytest
from ingest_exports import cells, read, refusal, workbook

TOWNS = ["Bath", "Bath", "Bath", "York", "York"]


@pytest.mark.parametrize("mark", ['"', "″", "dto.", "Ditto", '-"-'])
def test_ditto_marks_are_the_cell_above(mark: str) -> None:
    """84 of 90 towns of a list were a mark."""
    rows: list[list[object]] = [["id", "town", "spend"]]
    rows += [[i, town if i in (0, 3) else mark, 10 + i] for i, town in enumerate(TOWNS)]
    table = read(workbook({"S": rows}))
    assert [row[1] for row in cells(table)] == TOWNS
    assert table.report.fixes == ("3 cells with a ditto mark in town read as the cell above.",)
    quoted = mark.replace('"', '""')
    text = "\n".join(["id,town,spend", *(f'{i},"{t if i in (0, 3) else quoted}",1{i}' for i, t in enumerate(TOWNS))])
    assert [row[1] for row in cells(read(text))] == TOWNS


def test_ditto_marks_in_a_large_file() -> None:
    """The fast way of reading leaves such a file to the careful one."""
    body = "".join(f"{i},{'York' if i % 50 == 0 else 'dto.'},{i % 90}\n" for i in range(20_000))
    assert {row[1] for row in cells(read("id,town,spend\n" + body))} == {"York"}


def test_one_mark_and_one_at_the_start_stay() -> None:
    """A slip, and a mark with nothing above it, say nothing."""
    assert cells(read("id,town\n1,Bath\n2,dto.\n3,York\n"))[1][1] == "dto."
    assert cells(read("id,town\n1,dto.\n2,dto.\n3,York\n"))[1][1] == "dto."


def names_above(n_groups: int = 12, n_lines: int = 4) -> str:
    """Invoices below the name of who got them."""
    lines = ["Invoice,Date,Amount"]
    for group in range(n_groups):
        lines += [f"{1000 + group} Ann Lee{'abcdefghijklmnopqrstuvwxyz'[group % 26]},,"]
        lines += [f"INV{group * 10 + i:05d},2026-01-{i % 28 + 1:02d},{i + 5}.50" for i in range(n_lines)]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(("n_groups", "n_lines"), [(26, 4), (26, 60)])
def test_names_above_records_that_fill_the_first_column(n_groups: int, n_lines: int) -> None:
    """Each invoice was a customer, and no sentence said so; also in a file for the fast way."""
    fault = refusal(names_above(n_groups, n_lines))
    assert fault.code == "RG-012"
    assert f"{n_groups} names stand alone on a line" in fault.sentence
    assert "Ann" not in fault.sentence


def test_customers_of_whom_nothing_is_known_are_no_names_above() -> None:
    """Their ids are written as all others are."""
    text = "id,date,amount\n" + "".join(f"C{i:03d},,\nC{i + 50:03d},2026-01-02,{i}\n" for i in range(20))
    assert read(text).report.n_used == 40


def test_two_customers_on_a_line_are_asked_about() -> None:
    """Half of the customers stood in columns that were numbered."""
    text = "id,spend,visits,id,spend,visits\n" + "".join(f"{i},{i * 3},4,{i + 50},{i * 5},6\n" for i in range(50))
    fault = refusal(text)
    assert fault.code == "RG-007"
    assert "id, spend and visits stand twice, side by side" in fault.sentence
    assert read(text, when_unsure="guess").report.n_used == 50
    rows: list[list[object]] = [line.split(",") for line in text.splitlines()]
    assert refusal(workbook({"S": rows})).code == "RG-007"
