"""Takes a recompute record apart: its texts and numbers, and the customers and values it is about."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from reportgen.records.profile import OTHER_LEVEL
from reportgen.records.segments import FloatArray
from reportgen.records.study import Facts, Recompute
from reportgen.verify.customers import Customers
from reportgen.verify.paths import RecomputeError


def text_of(record: Recompute, name: str) -> str:
    value = record.get(name)
    if not isinstance(value, str):
        raise RecomputeError(f"the record names no {name}")
    return value


def number_of(record: Recompute, name: str) -> float:
    value = record.get(name)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise RecomputeError(f"the record gives no {name}")
    return float(value)


def members(record: Recompute, customers: Customers) -> npt.NDArray[np.bool_]:
    """Which customers the record is about. At least one."""
    segment = record.get("segment")
    if segment is None:
        return np.ones(len(customers.segment), dtype=np.bool_)
    if isinstance(segment, bool) or not isinstance(segment, int):
        raise RecomputeError(f"{segment!r} is not a segment")
    chosen: npt.NDArray[np.bool_] = customers.segment == segment
    if not chosen.any():
        raise RecomputeError(f"segment {segment} has no customers")
    return chosen


def values_of(record: Recompute, customers: Customers) -> npt.NDArray[Any]:
    name = text_of(record, "column")
    if name not in customers.columns:
        raise RecomputeError(f"there is no column {name!r}")
    return customers.columns[name]


def everyone(record: Recompute, customers: Customers) -> FloatArray:
    """All known values of the record's column."""
    values = values_of(record, customers)
    if values.dtype != np.float64:
        raise RecomputeError(f"column {record['column']!r} does not hold numbers")
    known: FloatArray = values[~np.isnan(values)]
    return known


def known_values(record: Recompute, customers: Customers) -> FloatArray:
    """The known values of the record's column in its segment. At least one."""
    everyone(record, customers)
    values: FloatArray = values_of(record, customers)[members(record, customers)]
    known = values[~np.isnan(values)]
    if len(known) == 0:
        raise RecomputeError(f"column {record['column']!r} is not known for segment {record.get('segment')}")
    return known


def level_flags(
    record: Recompute, customers: Customers, facts: Facts
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """(has the record's level, level is known), both among the customers the record is about."""
    level, column = text_of(record, "level"), text_of(record, "column")
    texts = [level_text(value) for value in values_of(record, customers)[members(record, customers)]]
    is_known = np.array([text is not None for text in texts], dtype=np.bool_)
    named = {known.level for known in facts.profile.overall.levels if known.column == column} - {OTHER_LEVEL}
    is_pool = level == OTHER_LEVEL
    has = [text is not None and (text not in named if is_pool else text == level) for text in texts]
    return np.array(has, dtype=np.bool_), is_known


def level_text(value: object) -> str | None:
    if value is None or value == "" or (isinstance(value, float) and math.isnan(value)):
        return None
    return f"{value:.0f}" if isinstance(value, float) and value == math.floor(value) else str(value)
