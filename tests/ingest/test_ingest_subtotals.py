"""Subtotals between groups are no customers; what only looks like one stays."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from ingest_exports import cells, read, workbook

from reportgen.ingest import delimited

HEADER = ["region", "customer", "revenue", "visits"]
REGIONS = ("Nord", "Süd", "West", "Ost")
Rows = list[list[str]]


def group(region: str, n: int = 12) -> Rows:
    return [
        [region, f"{region[0]}{i:03d}", f"{100 + i * 7919 % 900}.50", str(i * 13 % 29 + 1)] for i in range(1, n + 1)
    ]


def summed(rows: Rows, label: str, *, id_: str = "", wrong: float = 0.0) -> list[str]:
    return [label, id_, f"{sum(float(row[2]) for row in rows) + wrong:.2f}", str(sum(int(row[3]) for row in rows))]


def table_with(subtotal: Callable[[Rows, str], list[str]]) -> tuple[Rows, Rows]:
    """(customers, the same with a line below each region)."""
    customers = [group(region) for region in REGIONS]
    lined = [[*rows, subtotal(rows, region)] for rows, region in zip(customers, REGIONS, strict=True)]
    return [row for rows in customers for row in rows], [row for rows in lined for row in rows]


def text(rows: Rows, sep: str = ",") -> str:
    return "\n".join(sep.join(row) for row in [HEADER, *rows]) + "\n"


@pytest.mark.parametrize(
    "label", ["Subtotal", "Summe {0}", "{0} Total", "Zwischensumme:", "Sous-total {0}", "{0} Ergebnis"]
)
def test_subtotals_between_groups_are_set_aside(label: str) -> None:
    """The word, and no customer: each line is listed with its reason, no customer is lost."""
    customers, lined = table_with(lambda rows, region: summed(rows, label.format(region)))
    table = read(text(lined))
    assert cells(table) == customers
    assert [entry.line for entry in table.set_aside] == [13, 26, 39, 52]
    assert all("total" in entry.reason for entry in table.set_aside)


def test_a_sum_proves_a_subtotal_in_the_column_of_ids() -> None:
    """`Subtotal` where the customer's id stands, and the amounts are those above."""
    customers, lined = table_with(lambda rows, region: summed(rows, region, id_="Subtotal"))
    assert cells(read(text(lined))) == customers


def test_totals_over_subtotals_are_told() -> None:
    """Two regions are summed up once more."""
    customers, lined = table_with(lambda rows, region: summed(rows, region, id_="Subtotal"))
    lined.insert(26, summed(customers[:24], "Both", id_="Total Nord and Süd"))
    assert cells(read(text(lined))) == customers


def test_decimal_commas_add_up() -> None:
    """1.234,50 is a number in the sum too."""
    customers, lined = table_with(lambda rows, region: summed(rows, region, id_="Summe"))
    german = [[a, b, f"{float(c):,.2f}".translate(str.maketrans(",.", ".,")), d] for a, b, c, d in lined]
    assert len(cells(read(text(german, ";")))) == len(customers)


def test_shorter_lines_of_subtotals_are_no_misfits() -> None:
    """`Summe Nord;;8.654,00` without the last field is set aside, and does not count as unreadable."""
    customers, lined = table_with(lambda rows, region: summed(rows, f"Summe {region}")[:3])
    assert cells(read(text(lined))) == customers


@pytest.mark.parametrize("name", ["Total Energies", "Summe", "Sum Insurance"])
def test_a_customer_named_like_a_subtotal_stays(name: str) -> None:
    """Its amounts are not the sum above: kept, and noted."""
    customers, _ = table_with(lambda rows, region: rows[0])
    customers[20][1] = name
    table = read(text(customers))
    assert cells(table) == customers
    assert "named like a subtotal" in "".join(table.report.notes)
    assert table.set_aside == ()


def test_a_category_that_says_total_is_no_subtotal() -> None:
    """`partial` and `total` are values of a column."""
    customers, _ = table_with(lambda rows, region: rows[0])
    marked = [[["partial", "total"][i % 2], *row[1:]] for i, row in enumerate(customers)]
    table = read(text(marked))
    assert (cells(table), table.set_aside, table.report.notes) == (marked, (), ())


def test_subtotals_in_a_workbook_are_set_aside() -> None:
    """The same in a sheet."""
    customers, lined = table_with(lambda rows, region: summed(rows, f"Summe {region}"))
    sheet = [HEADER, *([a, b, float(c), int(d)] for a, b, c, d in lined)]
    assert len(cells(read(workbook({"a": sheet})))) == len(customers)


def test_large_files_with_subtotals_take_the_careful_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """Arrow's fast way leaves a file with the word to the one that adds up."""
    monkeypatch.setattr(delimited, "BULK_FROM", 10)
    customers, lined = table_with(lambda rows, region: summed(rows, f"Summe {region}"))
    assert cells(read(text(lined))) == customers
