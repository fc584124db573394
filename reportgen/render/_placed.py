"""Goes through all customers with their segments, in source order, however many they are."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from reportgen.engine.base import Engine
from reportgen.records.segments import FloatArray, IntArray
from reportgen.records.study import Study
from reportgen.records.table import LINE_COLUMN, CleanTable


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """Some customers, one behind the other; arrays of one length."""

    ids: Any
    """An Arrow array of text or numbers as the export has them; record numbers where it has no id."""
    labels: IntArray
    """1..k."""
    runner_up: IntArray
    """1..k; 0 where k = 1."""
    confidence: FloatArray
    """0..1."""


def placed_customers(table: CleanTable, study: Study, engine: Engine) -> Iterator[Placed]:
    """All customers, in stretches where only drawn ones are held."""
    import pyarrow as pa

    found, everyone = study.facts.segmentation, study.facts.features.everyone
    column = table.id_column or LINE_COLUMN
    if everyone is None or found.place is None:
        ids = pa.array(engine.to_arrays(table.frame, [column])[column], from_pandas=True)
        yield Placed(ids, found.labels, found.runner_up, found.confidence)
        return
    for matrix, batch in everyone.stretches([column]):
        yield Placed(batch.rows[column], *found.place(matrix))


def id_texts(ids: Any) -> Any:
    """Ids as an Arrow array of text: whole numbers without a point; empty where one is not known."""
    import pyarrow as pa

    if pa.types.is_floating(ids.type):
        return pa.array([id_text(value) for value in ids.to_pylist()], pa.string())
    return ids.cast(pa.string()).fill_null("")


def id_text(value: float | None) -> str:
    """A number as an id: a whole one without a point; empty where it is not known."""
    if value is None or math.isnan(value):
        return ""
    return str(int(value)) if value == int(value) else repr(value)
