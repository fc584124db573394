"""What each choice of a cleaning step does: methods for outliers, gaps and repeated customers, large categories."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from raw_tables import cells, cleaned, raw_table_of, settings_of

from reportgen.errors import ReportgenError
from reportgen.records.table import CleanTable

N = 400


def shop() -> dict[str, list[Any]]:
    """Customers whose visits grow with their sales; the last of them far beyond all others."""
    generator = np.random.default_rng(0)
    sales = np.round(generator.normal(500, 60, N), 1)
    visits = np.round(sales / 10 + generator.normal(0, 2, N))
    sales[-1] = 50_000.0
    return {
        "Customer ID": [f"C{i:05d}" for i in range(N)],
        "Sales": [str(value) for value in sales],
        "Visits": [str(int(value)) for value in visits],
    }


def cleaned_with(columns: dict[str, list[Any]], **steps: dict[str, object]) -> CleanTable:
    return cleaned(raw_table_of(columns), settings_of(clean=steps))


@pytest.mark.parametrize("method", ["iqr", "robust z", "isolation forest"])
def test_every_method_finds_the_customer_far_from_all_others(method: str) -> None:
    """Set aside with a reason, or brought in to the limit; nobody else by the methods of one column."""
    table = cleaned_with(shop(), outliers={"method": method, "treatment": "set aside"})
    lines = [entry.line for entry in table.set_aside if entry.action == "set aside"]
    assert N in lines
    assert len(lines) <= N / 100
    assert table.n_customers + len(lines) == N


@pytest.mark.parametrize("method", ["iqr", "robust z"])
def test_capping_brings_the_cell_in_and_shows_before_and_after(method: str) -> None:
    """The customer stays, the column's largest value is the limit, and the quality record tells both."""
    table = cleaned_with(shop(), outliers={"method": method, "treatment": "cap"})
    quality = next(entry for entry in table.quality if entry.name == "Sales")
    assert table.n_customers == N
    assert quality.box_before is not None
    assert quality.box_after is not None
    assert 1 <= quality.n_capped <= N / 100
    assert quality.box_before[4] == 50_000.0
    assert max(cells(table, "Sales")) == pytest.approx(quality.box_after[4])  # type: ignore[type-var]
    assert quality.box_after[4] < 1_000


def test_kept_outliers_are_said() -> None:
    """`keep` changes no cell and notes what stays."""
    table = cleaned_with(shop(), outliers={"treatment": "keep"})
    assert max(cells(table, "Sales")) == 50_000.0  # type: ignore[type-var]
    assert [note.after for note in table.notes if note.step == "outliers"] == ["kept"]


@pytest.mark.parametrize(("method", "low", "high"), [("median", 480, 520), ("mode", 300, 400), ("knn", 590, 680)])
def test_gaps_are_filled_by_the_chosen_method(method: str, low: float, high: float) -> None:
    """The median of all, the most frequent value, or the customers most alike: who visits often buys much."""
    columns = shop()
    best = max(range(N - 1), key=lambda place: float(columns["Visits"][place]))
    columns["Sales"][best] = None
    for place in [place for place in range(40) if place != best]:
        columns["Sales"][place] = "345.0"
    table = cleaned_with(columns, imputation={"method": method}, outliers={"on": False})
    assert low <= float(cells(table, "Sales")[best]) <= high  # type: ignore[arg-type]
    assert sum(bool(flag) for flag in cells(table, "__imputed__Sales")) == 1


def orders() -> dict[str, list[Any]]:
    """Every tenth customer twice."""
    columns = shop()
    for values in columns.values():
        values += values[:N:10]
    columns["Sales"][N:] = ["1.5"] * len(columns["Sales"][N:])
    return columns


def test_repeated_customers_are_summed_where_that_is_asked_for() -> None:
    """Money and counts add up on the latest record; each earlier one is set aside with its reason."""
    columns = orders()
    table = cleaned_with(columns, repeated_ids={"keep": "sum"}, outliers={"on": False})
    ids = [str(value) for value in cells(table, "Customer ID")]
    assert (table.n_customers, len(set(ids))) == (N, N)
    assert cells(table, "Sales")[ids.index("C00010")] == pytest.approx(float(columns["Sales"][10]) + 1.5)


def test_the_latest_record_counts_where_that_is_asked_for() -> None:
    """However many customers repeat."""
    table = cleaned_with(orders(), repeated_ids={"keep": "latest"}, outliers={"on": False})
    ids = [str(value) for value in cells(table, "Customer ID")]
    assert cells(table, "Sales")[ids.index("C00010")] == 1.5


@pytest.mark.parametrize("keep", ["ask", "refuse"])
def test_many_repeated_customers_are_refused_with_the_choices(keep: str) -> None:
    """By default the run stops and names what would settle it."""
    with pytest.raises(ReportgenError) as caught:
        cleaned_with(orders(), repeated_ids={"keep": keep})
    assert caught.value.code == "RG-009"
    assert all(choice in f"{caught.value.sentence} {caught.value.hint}" for choice in ("latest", "sum"))


def test_rare_labels_of_a_large_category_share_one() -> None:
    """The most frequent keep their names; the log counts the others."""
    columns = shop() | {"City": [f"City {i % 80}" if i % 2 else "Hamburg" for i in range(N)]}
    table = cleaned_with(columns, rare_labels={"most_labels": 5}, label_variants={"on": False})
    assert len(set(cells(table, "City"))) <= 6
    assert [note.column for note in table.notes if note.step == "rare_labels"] == ["City"]


def test_equal_columns_are_used_once() -> None:
    """The second copy is left out and the log names the first."""
    columns = shop()
    columns["Sales again"] = list(columns["Sales"])
    table = cleaned_with(columns, outliers={"on": False})
    assert [note.column for note in table.notes if note.step == "duplicate_columns"] == ["Sales again"]
