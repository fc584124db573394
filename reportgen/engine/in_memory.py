"""The default engine: pandas, everything in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from reportgen.engine.batches import BATCH_ROWS, batch_of, fold_in_order
from reportgen.records.everyone import Batch, Partial
from reportgen.records.table import LINE_COLUMN

TEXT = pd.StringDtype("pyarrow", na_value=np.nan)
"""What pandas calls `str`: Arrow's text, null as NaN."""


class InMemoryEngine:
    """See `reportgen.engine.base.Engine`."""

    name = "memory"
    folder = None

    def from_columns(self, columns: Mapping[str, Sequence[Any]]) -> Any:
        return pd.DataFrame({name: _series(values) for name, values in columns.items()})

    def from_parquet(self, paths: Sequence[Path]) -> Any:
        import pyarrow.parquet as pq

        table = pa.concat_tables([pq.read_table(path, partitioning=None) for path in paths])
        return self.from_columns(dict(zip(table.column_names, map(_loose, table.columns), strict=True)))

    def keep(self, frame: Any) -> Any:
        if frame[LINE_COLUMN].is_monotonic_increasing:
            return frame
        return frame.sort_values(LINE_COLUMN, ignore_index=True)

    def hold(self, frame: Any) -> Any:
        return frame

    def split(self, frame: Any, by: str, n_rows: int) -> Sequence[Any]:  # noqa: ARG002
        return [frame]

    def to_arrays(self, frame: Any, names: Sequence[str]) -> dict[str, npt.NDArray[Any]]:
        return {name: _array(frame[name]) for name in names}

    def take(self, frame: Any, names: Sequence[str], positions: npt.NDArray[np.intp]) -> dict[str, npt.NDArray[Any]]:
        return self.to_arrays(frame[list(names)].take(positions), names)

    def batches(self, frame: Any, names: Sequence[str]) -> Iterator[Batch]:
        for start in range(0, len(frame), BATCH_ROWS):
            part = frame[list(names)].iloc[start : start + BATCH_ROWS]
            yield batch_of(pa.Table.from_pandas(part, preserve_index=False), start)

    def fold(
        self,
        frame: Any,
        names: Sequence[str],
        look: Callable[[Batch], Partial],
        merge: Callable[[Partial, Partial], Partial],
    ) -> Partial:
        return fold_in_order(self.batches(frame, names), look, merge)

    def close(self) -> None:
        """Nothing is held."""


def _loose(column: Any) -> Any:
    """A column as `from_columns` takes it: text as Arrow has it, everything else as numpy has it."""
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        return column.cast(pa.large_string())
    return column.to_numpy()


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
