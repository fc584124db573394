"""The default engine: pandas, everything in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

TEXT = pd.StringDtype("pyarrow", na_value=np.nan)
"""What pandas calls `str`: Arrow's text, null as NaN."""


class InMemoryEngine:
    """See `reportgen.engine.base.Engine`."""

    name = "memory"

    def from_columns(self, columns: Mapping[str, Sequence[Any]]) -> Any:
        return pd.DataFrame({name: _series(values) for name, values in columns.items()})

    def to_arrays(self, frame: Any, names: Sequence[str]) -> dict[str, npt.NDArray[Any]]:
        return {name: _array(frame[name]) for name in names}

    def sample_positions(self, n_rows: int, size: int, seed: int) -> npt.NDArray[np.intp]:
        if size >= n_rows:
            return np.arange(n_rows, dtype=np.intp)
        return np.sort(np.random.default_rng(seed).choice(n_rows, size, replace=False)).astype(np.intp)


def _series(values: Sequence[Any]) -> Any:
    if isinstance(values, pa.Array | pa.ChunkedArray) and values.null_count < len(values):
        return pd.Series(TEXT.__from_arrow__(values))
    if isinstance(values, np.ndarray) and values.dtype != object:
        return pd.Series(values)
    is_text = any(isinstance(value, str) for value in values)
    return pd.Series(values, dtype=TEXT) if is_text else pd.Series(values)


def _array(series: Any) -> npt.NDArray[Any]:
    if pd.api.types.is_bool_dtype(series) or pd.api.types.is_numeric_dtype(series):
        return series.to_numpy(dtype=np.float64, na_value=np.nan)  # type: ignore[no-any-return]
    return series.to_numpy(dtype=object, na_value=None)  # type: ignore[no-any-return]
