"""The few verbs that Narwhals lacks; look and apply steps are Narwhals expressions and know no engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt


class Engine(Protocol):
    """Runs row-scale work. A frame is the engine's own table, wrapped by `narwhals.from_native(frame).lazy()`."""

    name: str

    def from_columns(self, columns: Mapping[str, Sequence[Any]]) -> Any:
        """A frame of the columns (name → n values; str, int, float, bool or None), order kept."""
        ...

    def to_arrays(self, frame: Any, names: Sequence[str]) -> dict[str, npt.NDArray[Any]]:
        """Columns as 1-d arrays of n values in row order.

        float64 for numbers (null → NaN), object for the rest (null → None).
        """
        ...

    def sample_positions(self, n_rows: int, size: int, seed: int) -> npt.NDArray[np.intp]:
        """Rising row positions of a seeded sample without replacement; all rows if `size` ≥ `n_rows`."""
        ...
