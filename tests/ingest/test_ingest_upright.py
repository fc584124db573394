"""Records that stand upright, one field a line, as database clients print them."""

from __future__ import annotations

import pytest
from ingest_exports import cells, read, refusal

ROWS = [[f"C{i}", f"{i}.50", ["Bonn", "", "Rome: old"][i % 3]] for i in range(30)]
NAMES = ["customer_id", "revenue", "city"]


def psql() -> str:
    lines = []
    for number, row in enumerate(ROWS, start=1):
        lines.append(f"-[ RECORD {number} ]-+--------")
        lines += [f"{name:<11} | {cell}" for name, cell in zip(NAMES, row, strict=True)]
    return "\n".join([*lines, "", "Time: 1.5 ms"]) + "\n"


def mysql() -> str:
    lines = []
    for number, row in enumerate(ROWS, start=1):
        lines.append(f"{'*' * 27} {number}. row {'*' * 27}")
        lines += [f"{name:>11}: {cell}" for name, cell in zip(NAMES, row, strict=True)]
    return "\n".join([*lines, "30 rows in set (0.00 sec)"]) + "\n"


def sqlite() -> str:
    blocks = ["\n".join(f"{name:>11} = {cell}" for name, cell in zip(NAMES, row, strict=True)) for row in ROWS]
    return "\n\n".join(blocks) + "\n"


@pytest.mark.parametrize("write", [psql, mysql, sqlite])
def test_upright_records_are_laid_flat(write: object) -> None:
    """Each becomes a row, and that is said."""
    table = read(write())  # type: ignore[operator]
    assert table.columns == tuple(NAMES)
    assert [[cell or "" for cell in row] for row in cells(table)] == ROWS
    assert "30 records stood upright" in table.report.fixes[0]


def test_what_is_beside_upright_records_is_counted() -> None:
    """No line goes in silence."""
    assert "1 line beside them left out" in read(psql()).report.fixes[0]


def test_a_value_of_several_lines_stays_one() -> None:
    """psql ends each but the last by a plus; names that stand twice are numbered."""
    records = [f"-[ RECORD {i} ]-\nid   | C{i}\nnote | one +\n     | two\nnote | {i}" for i in range(1, 6)]
    table = read("\n".join(records) + "\n")
    assert table.columns == ("id", "note", "note (2)")
    assert cells(table)[0] == ["C1", "one\ntwo", "1"]


def test_lines_with_an_equals_sign_are_no_upright_records() -> None:
    """Blocks of other names are settings."""
    text = "[a]\nx = 1\ny = 2\n\n[b]\nz = 3\n"
    assert refusal(text).code == "RG-004"
