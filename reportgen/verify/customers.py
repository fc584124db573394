"""Holds the customers of a rebuilt run in the plainest form: one array a column, one segment id a customer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from reportgen.engine.base import Engine
from reportgen.records.segments import Features, IntArray, Segmentation
from reportgen.records.table import CleanTable


@dataclass(frozen=True, slots=True, eq=False)
class Customers:
    """What claims are computed from again."""

    columns: Mapping[str, npt.NDArray[Any]]
    """Header name → n values: float64 (NaN: not known) or text (None: not known)."""
    segment: IntArray | npt.NDArray[np.int8]
    """n ids, 1..k."""


@dataclass(frozen=True, slots=True, eq=False)
class ColumnsOnDemand(Mapping[str, npt.NDArray[Any]]):
    """The columns of a table too long to hold, one read at a time."""

    table: CleanTable
    engine: Engine
    names: frozenset[str]
    last: dict[str, npt.NDArray[Any]] = field(default_factory=dict)
    """The column read last, which claims beside each other often share."""

    def __getitem__(self, name: str) -> npt.NDArray[Any]:
        if name not in self.names:
            raise KeyError(name)
        if name not in self.last:
            self.last.clear()
            self.last.update(self.engine.to_arrays(self.table.frame, [name]))
        return self.last[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)


def customers_of(table: CleanTable, features: Features, segmentation: Segmentation, engine: Engine) -> Customers:
    """Every column of the clean table, with the segment of each customer."""
    names = [column.name for column in table.columns]
    if features.everyone is None or segmentation.place is None:
        return Customers(engine.to_arrays(table.frame, names), segmentation.labels)
    labels = [segmentation.place(matrix)[0].astype(np.int8) for matrix, _ in features.everyone.stretches()]
    return Customers(ColumnsOnDemand(table, engine, frozenset(names)), np.concatenate(labels))
