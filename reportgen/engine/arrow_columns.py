"""Columns as Arrow has them, and as the rest of reportgen takes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from reportgen.engine.batches import floats_of


def arrow_of(values: Sequence[Any]) -> Any:
    """A column as Arrow; NaN is null, and a column without any value is text, as pandas has it."""
    if isinstance(values, np.ndarray) and values.dtype != object:
        return pa.array(values, from_pandas=True)
    array = values if isinstance(values, pa.Array | pa.ChunkedArray) else pa.array(values)
    return array.cast(pa.string()) if pa.types.is_null(array.type) else array


def array_of(column: Any) -> npt.NDArray[Any]:
    """An Arrow column as Engine.to_arrays gives it."""
    kind = column.type
    if any(is_kind(kind) for is_kind in (pa.types.is_decimal, pa.types.is_integer, pa.types.is_floating)):
        return floats_of(column)
    return floats_of(column) if pa.types.is_boolean(kind) else np.array(column.to_pylist(), dtype=object)
