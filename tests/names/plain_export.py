"""Reads an export and what was published of it, in plain Python, and cleans it a second time by the stated rules.

Nothing of the project is imported: the checker knows the export, segments.csv and study.json alone.
"""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from names.plain_orders import customers_of_lines
from names.plain_statistics import mean, quantile, spread

MISSING = {"", "NA"}
NUMBERS_THAT_MAY_BE_WRONG = {"money", "count", "measure"}
"""Roles in which a far value is taken for a mistake; scores have ends."""
TAIL = 0.02

Cell = float | str | None


@dataclass(frozen=True, eq=False)
class Customers:
    """The customers kept, as segments.csv lists them, with what study.json says of them."""

    study: Mapping[str, Any]
    segment: tuple[int, ...]
    """1..k."""
    borderline: tuple[bool, ...]
    columns: Mapping[str, Sequence[Cell]]
    """Header → cells: numbers for columns of numbers, else text; None: not known."""
    raw: Mapping[str, Sequence[str]]
    """Header → cells as exported, of the same customers; of order lines, nothing."""
    n_records: int

    @property
    def n(self) -> int:
        return len(self.segment)

    @cached_property
    def shaping(self) -> list[str]:
        return [feature["name"] for feature in self.study["features"]["used"]]

    @cached_property
    def info(self) -> dict[str, Mapping[str, Any]]:
        """Header → what study.json says of the column."""
        return {column["name"]: column for column in self.study["columns"]}

    @cached_property
    def numeric(self) -> list[str]:
        """The columns of numbers that shape or describe."""
        return list(self.study["all_customers"]["numbers"])

    def rows(self, segment: int | None) -> list[int]:
        return [i for i, own in enumerate(self.segment) if segment in (None, own)]

    def values(self, column: str, segment: int | None = None) -> list[float]:
        """Known numbers of a column in a segment."""
        cells = self.columns[column]
        return [cell for i in self.rows(segment) if isinstance(cell := cells[i], float)]

    def scaled(self, column: str, segment: int | None = None) -> list[float]:
        """The same on the scale on which the column is clustered, before centring."""
        return [bend(value, self.feature(column)) for value in self.values(column, segment)]

    def feature(self, column: str) -> Mapping[str, Any] | None:
        return next((f for f in self.study["features"]["used"] if f["name"] == column), None)

    def difference(self, column: str, segment: int | None) -> float:
        """From the mean of all, in their standard deviations, on the scale on which the column is clustered."""
        everyone = self.scaled(column)
        sd = spread(everyone)
        return (mean(self.scaled(column, segment)) - mean(everyone)) / sd if sd > 0 else 0.0

    def levels(self, column: str, segment: int | None = None) -> list[str]:
        cells = self.columns[column]
        return [str(cell) for i in self.rows(segment) if (cell := cells[i]) is not None]


def bend(value: float, feature: Mapping[str, Any] | None) -> float:
    """A value after its column's transform: log(1 + x − offset), or Yeo & Johnson 2000, eq. 2.1."""
    if feature is None or feature["transform"] == "none":
        return value
    if feature["transform"] == "log1p":
        return math.log(1 + max(0.0, value - feature["offset"]))
    power = feature["power"]
    if value < 0:
        value, power, sign = -value, 2 - power, -1.0
    else:
        sign = 1.0
    return sign * (math.log(1 + value) if power == 0 else ((1 + value) ** power - 1) / power)


def read_customers(export: Path, run: Path) -> Customers:
    """The customers of a run over an export."""
    study = json.loads((run / "study.json").read_text(encoding="utf-8"))
    with (run / "segments.csv").open(encoding="utf-8", newline="") as file:
        listed = list(csv.DictReader(file))
    text = export.read_text(encoding="utf-8")
    delimiter = max(",;", key=text.partition("\n")[0].count)
    records = list(csv.DictReader(text.splitlines(), delimiter=delimiter))
    ids = [row["customer_id"] for row in listed]
    raw: dict[str, list[str]] = {}
    if study["orders"]:
        columns = customers_of_lines(records, study, ids)
    else:
        key = study["id_column"]
        by_id = {record[key] if key else str(place): record for place, record in enumerate(records, start=1)}
        kept = [by_id[one] for one in ids]
        raw = {name: [record[name] for record in kept] for name in records[0]}
        columns = {column["name"]: cleaned(raw[column["name"]], column) for column in study["columns"]}
    return Customers(
        study=study,
        segment=tuple(int(row["segment_id"]) for row in listed),
        borderline=tuple(row["borderline"] == "yes" for row in listed),
        columns=columns,
        raw=raw,
        n_records=len(records),
    )


def cleaned(cells: Sequence[str], column: Mapping[str, Any]) -> list[Cell]:
    """A column's cells: far numbers capped, missing ones at the median; missing labels stay unknown."""
    if column["kind"] != "number":
        return [None if cell in MISSING else cell for cell in cells]
    numbers = [None if cell in MISSING else float(cell) for cell in cells]
    low, high = limits(numbers, column)
    capped = [None if number is None else min(max(number, low), high) for number in numbers]
    known = [number for number in capped if number is not None]
    typical = quantile(known, 0.5)
    if all(number == math.floor(number) for number in known):
        typical = float(round(typical))
    return [typical if number is None else number for number in capped]


def limits(numbers: Sequence[float | None], column: Mapping[str, Any]) -> tuple[float, float]:
    """Tukey's far fences, above on the log scale where the quartiles are skewed; none where many lie beyond."""
    known = [number for number in numbers if number is not None]
    q25, q50, q75 = (quantile(known, q) for q in (0.25, 0.5, 0.75))
    anywhere = (-math.inf, math.inf)
    if q25 == q75 or column["role"] not in NUMBERS_THAT_MAY_BE_WRONG or column["scale"]:
        return anywhere
    low, high = q25 - 3 * (q75 - q25), q75 + 3 * (q75 - q25)
    if (q75 + q25 - 2 * q50) / (q75 - q25) >= 0.15 and min(known) >= 0:
        logs = math.log(1 + q25), math.log(1 + q75)
        high = math.exp(logs[1] + 3 * (logs[1] - logs[0])) - 1
    if column["role"] == "count":
        low, high = float(math.ceil(low)), float(math.floor(high))
    n_far = sum(not low <= number <= high for number in known)
    return anywhere if n_far > TAIL * len(known) else (low, high)


def n_outside(customers: Customers, column: str) -> int:
    """Cells beyond Tukey's near fences, before anything is capped; of order lines, of the sums."""
    cells: Sequence[Cell] = customers.raw.get(column) or customers.columns[column]
    known = [float(cell) for cell in cells if cell is not None and cell not in MISSING]
    q25, q75 = quantile(known, 0.25), quantile(known, 0.75)
    reach = 1.5 * (q75 - q25)
    return sum(not q25 - reach <= value <= q75 + reach for value in known) if reach > 0 else 0
