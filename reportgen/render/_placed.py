"""Goes through all customers with their segments, in source order, however many they are."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from reportgen.engine.base import Engine
from reportgen.engine.batches import values_at
from reportgen.records.segments import FloatArray, IntArray
from reportgen.records.study import Study
from reportgen.records.table import LINE_COLUMN, CleanTable


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """Some customers, one behind the other; arrays of one length."""

    ids: list[Any]
    """Text or numbers as the export has them; record numbers where it has no id."""
    labels: IntArray
    """1..k."""
    runner_up: IntArray
    """1..k; 0 where k = 1."""
    confidence: FloatArray
    """0..1."""


def placed_customers(table: CleanTable, study: Study, engine: Engine) -> Iterator[Placed]:
    """All customers, in stretches where only drawn ones are held."""
    found, everyone = study.facts.segmentation, study.facts.features.everyone
    column = table.id_column or LINE_COLUMN
    if everyone is None or found.place is None:
        ids = engine.to_arrays(table.frame, [column])[column].tolist()
        yield Placed(ids, found.labels, found.runner_up, found.confidence)
        return
    for matrix, batch in everyone.stretches([column]):
        ids = values_at(batch, column, np.arange(batch.n_rows)).tolist()
        yield Placed(ids, *found.place(matrix))


def id_text(value: Any) -> str:
    """An id as text: whole numbers without a point; empty where it is not known."""
    if isinstance(value, str):
        return value
    if value is None or math.isnan(value):
        return ""
    return str(int(value)) if value == int(value) else repr(value)
