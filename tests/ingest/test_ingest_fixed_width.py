"""Columns of fixed width, with and without a ruler, and tables drawn with bars."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ingest_exports import actions, cells, read, refusal

NAMES = ("Ann Lee", "Benjamin Oak", "Cem", "Dee Dee Fox", "Eve Long-Name", "Fay")
TOWNS = ("Oslo", "New York", "Bern", "")
ROWS = [[str(n), name, str(1501 * n), TOWNS[n % 4] or None] for n, name in enumerate(NAMES, start=1)]
BODY = "".join(f"{n:<6}{name:<17}{income:>6}  {town or ''}\n" for n, name, income, town in ROWS)
HEADER = "id    name             income  city\n"
RULER = "----- ---------------- ------- --------\n"


@pytest.mark.parametrize("above", [HEADER, HEADER + RULER, "Customers of June\n\n" + HEADER, HEADER.upper()])
def test_columns_are_found_by_their_blanks(above: str) -> None:
    """Words with single blanks stay whole, numbers are aligned right, a missing cell is missing."""
    table = read(above + BODY)
    assert cells(table) == ROWS
    assert (table.report.format, table.report.n_used) == ("fixed width", 6)


def test_names_aligned_right_belong_to_their_column() -> None:
    """Headers over numbers stand at the right."""
    rows = [f"{n:>6}  {name:<13}  {15 * n:>6}\n" for n, name in enumerate(NAMES, start=1)]
    table = read("    id  name           income\n" + "".join(rows))
    assert table.columns == ("id", "name", "income")
    assert [row[1] for row in cells(table)] == list(NAMES)


def test_text_too_long_for_its_column_is_set_aside() -> None:
    """Where a line runs across the columns it is listed, and the others are read."""
    table = read(HEADER + BODY * 20 + "301   A name far too long for it all 4500  Rom\n" + BODY)
    assert actions(table) == [(121, "set aside", "text runs across columns")]
    assert table.report.n_used == 126


def test_without_a_header_it_is_asked() -> None:
    """The first row of data is no header here either."""
    assert refusal(BODY.replace("  \n", "  Rom\n")).code == "RG-007"


@pytest.mark.parametrize(
    "drawn",
    [
        " id | name    | income \n----+---------+--------\n  1 | Ann Lee |   1501 \n"
        "  2 | Cem     |   3002 \n(2 rows)\n",
        "+----+---------+--------+\n| id | name    | income |\n+----+---------+--------+\n|  1 | Ann Lee |   1501 |\n"
        "|  2 | Cem     |   3002 |\n+----+---------+--------+\n",
        "| id | name | income |\n|---:|:-----|-------:|\n| 1 | Ann Lee | 1501 |\n| 2 | Cem | 3002 |\n",
    ],
)
def test_tables_drawn_with_bars_are_read(drawn: str) -> None:
    """As psql, mysql and Markdown write them: the lines drawn are no records, the padding no part of a cell."""
    table = read(drawn)
    assert table.columns == ("id", "name", "income")
    assert cells(table) == [["1", "Ann Lee", "1501"], ["2", "Cem", "3002"]]


def test_commas_in_names_and_numbers_part_no_columns() -> None:
    """`Lee, Ann   1,234.50`: as many commas in each line, yet the columns are those of fixed width."""
    rows = "".join(f"{n:<2}  {name + ', J.':<18}  {1234.5 * n:>8,.2f}\n" for n, name in enumerate(NAMES, start=1))
    table = read("id  name                amount\n" + rows)
    assert table.report.format == "fixed width"
    assert cells(table)[0] == ["1", "Ann Lee, J.", "1,234.50"]


def test_padded_delimited_text_is_no_fixed_width() -> None:
    """The comma parts the fields, blanks only fill them up."""
    rows = "".join(f"{n},    {name + ',':<14} {15 * n}\n" for n, name in enumerate(NAMES, start=1))
    assert read("id,   name,          income\n" + rows).report.delimiter == ","


WORDS = st.lists(st.text("abcXYZäß.", min_size=1, max_size=6), min_size=1, max_size=2).map(" ".join)


@pytest.mark.slow
@settings(max_examples=2_000, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 10**6), WORDS, st.dates(), WORDS | st.just("")), min_size=3, max_size=30))
def test_what_is_written_in_columns_reads_back(rows: list[tuple[object, ...]]) -> None:
    """Numbers at the right, words at the left, dates between: each cell comes back."""
    texts = [[str(cell) for cell in row] for row in rows]
    lines = [
        f"{a:>9}  {b:<16}  {c}  {d}".rstrip() for a, b, c, d in [["number", "name", "day       ", "other"], *texts]
    ]
    assert cells(read("\n".join(lines) + "\n")) == [[cell or None for cell in row] for row in texts]


@pytest.mark.parametrize("gap", [None, 20])
def test_names_of_several_words_are_longer_than_their_cells(gap: int | None) -> None:
    """One line among many: it says where the columns part, whether it stands in the longest block or not."""
    names = ["Kundennummer", "Anzahl aller Bestellungen", "Letzte Bestellung am", "Ort"]
    rows = [[f"K{i}", str(i % 30 + 1), f"0{i % 9 + 1}.0{i % 8 + 1}.2026", ["Bonn", "Rom"][i % 2]] for i in range(90)]
    lines = ["".join(cell.ljust(28) for cell in row).rstrip() for row in [names, *rows]]
    table = read("\n".join(lines if gap is None else [*lines[:gap], "", *lines[gap:]]) + "\n")
    assert table.columns == tuple(names)
    assert cells(table) == rows


def test_a_blank_inside_amounts_parts_no_column() -> None:
    """`R$ 12.50` and `(R$ 12.50)` stand below a name longer than either part."""
    names = ["customer", "spent at all", "number of visits"]
    rows = [[f"K{i:03}", f"(R$ {i}.50)" if i % 9 == 4 else f"R$ {i}.50", str(i % 30)] for i in range(10, 100)]
    lines = ["".join(cell.ljust(18) for cell in row).rstrip() for row in [names, *rows]]
    table = read("\n".join([*lines, "(90 rows affected)"]) + "\n")
    assert table.columns == tuple(names)
    assert cells(table) == rows
