"""Draws the customers whose values are held where a table is too long to hold all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from reportgen.engine.base import Engine
from reportgen.records.segments import IntArray
from reportgen.records.table import CleanTable

HELD_CUSTOMERS = 250_000
"""Up to here every customer's values are held, on any engine, so that the answer does not hang on the engine."""

DRAWN_CUSTOMERS = 100_000
"""Past it so many are drawn. k-means fitted on 100,000 of a million loses .005 % of inertia, which passes over all
customers win back; shares that are read off them are out by .002 at most (one standard error)."""


ALL_HELD: IntArray = np.empty(0, dtype=np.intp)
"""What stands for the positions of drawn customers where none was drawn."""


def is_held(table: CleanTable) -> bool:
    """Whether every customer's values are held."""
    return table.n_customers <= HELD_CUSTOMERS


def sample_positions(n_rows: int, size: int, seed: int) -> IntArray:
    """Rising row positions of a seeded sample without replacement; all rows if `size` ≥ `n_rows`."""
    if size >= n_rows:
        return np.arange(n_rows, dtype=np.intp)
    return np.sort(np.random.default_rng(seed).choice(n_rows, size, replace=False)).astype(np.intp)


def draw_customers(table: CleanTable, seed: int) -> IntArray:
    """Rising positions of the drawn customers; empty where all are held."""
    if is_held(table):
        return ALL_HELD
    return sample_positions(table.n_customers, DRAWN_CUSTOMERS, seed)


def columns_at(engine: Engine, frame: Any, names: Sequence[str], drawn: IntArray) -> dict[str, npt.NDArray[Any]]:
    """The columns of the drawn customers; of all where `drawn` is empty."""
    if not names:
        return {}
    return engine.take(frame, names, drawn) if len(drawn) else engine.to_arrays(frame, names)
