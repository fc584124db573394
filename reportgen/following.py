"""Follows customers from month to month under keys that are no ids: who is in which segment."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from reportgen.engine.base import Engine
from reportgen.engine.batches import values_at
from reportgen.records.history import NO_KEYS, KeyArray
from reportgen.records.segments import Features, IntArray, Segmentation
from reportgen.records.table import CleanTable

MOST_FOLLOWED = 1_000_000
"""Customers of a month who are followed one by one: a key of each is made and kept, 20 MB and two seconds a million."""


@dataclass(frozen=True, slots=True, eq=False)
class Followed:
    """Customers with their keys and segments, in the order of the table."""

    keys: KeyArray
    """Empty where nobody is followed: the export has no id, nothing is remembered, or customers are too many."""
    labels: IntArray
    """The segment 1..k of each; of all that are held where nobody is followed."""


def follow(
    table: CleanTable,
    features: Features,
    segmentation: Segmentation,
    keys_of: Callable[[Sequence[str]], KeyArray] | None,
    engine: Engine,
) -> Followed:
    """The customers to follow. keys_of: ids → keys; None: nothing is remembered."""
    if keys_of is None or not table.id_column or table.n_customers > MOST_FOLLOWED:
        return Followed(NO_KEYS, segmentation.labels)
    labels, ids = segmentation.labels, list[Any]()
    if features.everyone and segmentation.place:
        parts = []
        for matrix, batch in features.everyone.stretches([table.id_column]):
            parts.append(segmentation.place(matrix)[0])
            ids += values_at(batch, table.id_column, np.arange(batch.n_rows)).tolist()
        labels = np.concatenate(parts)
    else:
        ids = engine.to_arrays(table.frame, [table.id_column])[table.id_column].tolist()
    return Followed(keys_of([id_text(value) for value in ids]), labels)


def id_text(value: Any) -> str:
    """An id as text, the same from every kind of export: 12347.0 is 12347."""
    if isinstance(value, float) and math.isfinite(value) and value == int(value):
        return str(int(value))
    return str(value)
