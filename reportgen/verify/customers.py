"""Holds the customers of a rebuilt run in the plainest form: one array a column, one segment id a customer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy.typing as npt

from reportgen.engine.base import Engine
from reportgen.records.segments import IntArray
from reportgen.records.table import CleanTable


@dataclass(frozen=True, slots=True, eq=False)
class Customers:
    """What claims are computed from again."""

    columns: Mapping[str, npt.NDArray[Any]]
    """Header name → n values: float64 (NaN: not known) or text (None: not known)."""
    segment: IntArray
    """n ids, 1..k."""


def customers_of(table: CleanTable, labels: IntArray, engine: Engine) -> Customers:
    """Every column of the clean table, with the segment of each customer."""
    names = [column.name for column in table.columns]
    return Customers(engine.to_arrays(table.frame, names), labels)
