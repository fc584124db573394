"""Seeded exports of any size, written a block at a time so that no size needs more than a few hundred MiB."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

ROOT = Path(__file__).parents[2]
SMALL_ROWS = 200
BLOCK = 500_000
WIDE_ROWS, WIDE_COLUMNS = 1_000, 10_000
MANY_LABELS = 1_000_000
CENTERS = np.array([[55, 50, 4, 30], [86, 82, 9, 55], [88, 17, 2, 20], [26, 20, 3, 45], [25, 79, 8, 15]])
SPREADS = [6, 6, 1, 4]
MEASURES = ("Annual Income (k$)", "Spending Score", "Visits", "Average Basket")
FIRST_DAY, N_DAYS = np.datetime64("2024-11-01"), 730
LINES_A_CUSTOMER = 20


def small_export(folder: Path) -> Path:
    """The first 200 records of the sample data's newest month."""
    source = sorted((ROOT / "sample_data").glob("customers_*.csv"))[-1]
    target = folder / "small.csv"
    lines = source.read_text(encoding="utf-8").splitlines(keepends=True)
    target.write_text("".join(lines[: SMALL_ROWS + 1]), encoding="utf-8")
    return target


def blocks(n_rows: int) -> Iterator[tuple[int, int, np.random.Generator]]:
    """(first row, rows, generator) of each block: a block is the same however many follow."""
    for start in range(0, n_rows, BLOCK):
        yield start, min(BLOCK, n_rows - start), np.random.default_rng([0, start])


def customers(n_rows: int, n_measures: int) -> Iterator[pa.Table]:
    """Customers in five planted groups: id, age and up to four measures."""
    for start, size, generator in blocks(n_rows):
        group = generator.integers(0, len(CENTERS), size)
        values = CENTERS[group] + generator.normal(0, SPREADS, (size, 4))
        ids = pa.array(np.char.mod("C%09d", np.arange(start, start + size)))
        measures = {name: np.round(values[:, place], 2) for place, name in enumerate(MEASURES[:n_measures])}
        yield pa.table({"Customer ID": ids, "Age": generator.integers(18, 80, size), **measures})


def order_lines(n_lines: int) -> Iterator[pa.Table]:
    """Lines of orders of 20 lines a customer, two years; when they were bought and prices by the customer's group."""
    n_customers = n_lines // LINES_A_CUSTOMER
    for start, size, generator in blocks(n_lines):
        customer = generator.integers(0, n_customers, size)
        group = customer % len(CENTERS)
        since, reach = (np.array(days)[group] for days in ([0, 0, 420, 150, 330], [90, 360, 300, 240, 120]))
        days = N_DAYS - 1 - since - (generator.random(size) * reach).astype(int)
        yield pa.table(
            {
                "Invoice": pa.array(np.arange(start, start + size) // 3),
                "Customer ID": pa.array(customer),
                "Invoice Date": pa.array(FIRST_DAY + days.astype("timedelta64[D]")),
                "Quantity": generator.integers(1, 9, size),
                "Unit Price": np.round(generator.gamma(2, CENTERS[group, 0] / 10), 2),
            }
        )


def write(tables: Iterator[pa.Table], target: Path) -> Path:
    """The blocks as CSV or Parquet, by the file's ending."""
    first = next(tables)
    opened = pa.csv.CSVWriter if target.suffix == ".csv" else pa.parquet.ParquetWriter
    with opened(str(target), first.schema) as writer:
        writer.write_table(first)
        for table in tables:
            writer.write_table(table)
    return target


def wide_export(folder: Path) -> Path:
    """A thousand customers in five groups, ten thousand columns: measures, categories, constants, codes and gaps."""
    generator = np.random.default_rng(0)
    group = generator.integers(0, 5, WIDE_ROWS)

    def measures() -> list[str]:
        middles = 10 + 2 * generator.normal(size=5)[group]
        return [f"{value:.2f}" for value in middles + generator.normal(0, 1.5, WIDE_ROWS)]

    makers: tuple[Callable[[], object], ...] = (
        *[measures] * 6,
        lambda: generator.integers(0, 50, WIDE_ROWS).astype(str),
        lambda: np.array(["red", "green", "blue", "black"])[generator.integers(0, 4, WIDE_ROWS)],
        lambda: ["7"] * WIDE_ROWS,
        lambda: ["" if x < 0.97 else "3" for x in generator.random(WIDE_ROWS)],
    )
    columns: list = [makers[generator.integers(len(makers))]() for _ in range(WIDE_COLUMNS)]
    target = folder / "wide.csv"
    with target.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["Customer ID", *(f"m{i}" for i in range(WIDE_COLUMNS))])
        writer.writerows((f"C{i:04d}", *cells) for i, cells in enumerate(zip(*columns, strict=True)))
    return target


def labelled_export(folder: Path) -> Path:
    """A million customers with an amount, a score and a category of a million different labels."""
    generator = np.random.default_rng(0)
    places = np.arange(MANY_LABELS)
    table = pa.table(
        {
            "Customer ID": np.char.mod("C%07d", places),
            "Spending": np.round(generator.gamma(2, 50, MANY_LABELS), 2),
            "Score (1-100)": generator.integers(1, 101, MANY_LABELS),
            "Category": np.char.mod("kind %d", places),
        }
    )
    return write(iter([table]), folder / "labels.csv")
