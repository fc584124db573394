"""The few verbs that Narwhals lacks; look and apply steps are Narwhals expressions and know no engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from reportgen.records.everyone import Batch, Partial


class Engine(Protocol):
    """Runs row-scale work. A frame is the engine's own table, wrapped by `narwhals.from_native(frame).lazy()`.

    What Narwhals collects of it (`.collect().to_native()`, a small table) is a frame to `to_arrays` and `take` too.
    """

    name: str
    """`memory`, `duckdb` or `spark`."""

    @property
    def folder(self) -> Path | None:
        """Where Parquet files are staged for `from_parquet`; None: the engine holds its tables in memory."""
        ...

    def from_columns(self, columns: Mapping[str, Sequence[Any]]) -> Any:
        """A frame of the columns (name → n values; str, int, float, bool or None), order kept."""
        ...

    def from_parquet(self, paths: Sequence[Path]) -> Any:
        """A frame of the rows of Parquet files that reportgen itself has written, one file after the other."""
        ...

    def keep(self, frame: Any) -> Any:
        """The same rows by rising LINE_COLUMN, computed once, so that reading them again costs no more than reading."""
        ...

    def hold(self, frame: Any) -> Any:
        """The same rows in any order, computed once: for what is only counted and added up behind."""
        ...

    def split(self, frame: Any, by: str, n_rows: int) -> Sequence[Any]:
        """Frames that hold the same rows between them in any order, computed once: those of one value of `by` in one.

        What is added up by that column then needs the room of one frame at a time. `n_rows`: of `frame`.
        """
        ...

    def to_arrays(self, frame: Any, names: Sequence[str]) -> dict[str, npt.NDArray[Any]]:
        """Columns as 1-d arrays of n values in row order.

        float64 for numbers (null → NaN), object for the rest (null → None).
        """
        ...

    def take(self, frame: Any, names: Sequence[str], positions: npt.NDArray[np.intp]) -> dict[str, npt.NDArray[Any]]:
        """The same of the rows at these rising positions of a kept frame."""
        ...

    def batches(self, frame: Any, names: Sequence[str]) -> Iterator[Batch]:
        """The rows of a kept frame in order, BATCH_ROWS at a time, so that no more than a few stretches are held."""
        ...

    def fold(
        self,
        frame: Any,
        names: Sequence[str],
        look: Callable[[Batch], Partial],
        merge: Callable[[Partial, Partial], Partial],
    ) -> Partial:
        """What `look` finds in each stretch of a kept frame (≥ 1 row), merged in the order of the rows.

        Both are pure functions that can be sent to other processes; `look` may run for several stretches at once.
        """
        ...

    def close(self) -> None:
        """Gives back what the engine holds, its files included."""
        ...
