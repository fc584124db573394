"""Seeded points with a known amount of structure: none, and five groups from touching to far apart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np

from reportgen.records.segments import FloatArray

Noise = Literal["normal", "even"]

COLUMNS = (2, 3, 4, 5, 6)
"""Columns of the noise sets, in turn."""


def noise_sets(kind: Noise, n_rows: int, n_sets: int) -> Iterator[FloatArray]:
    """`n_sets` sets of `n_rows` × 2 to 6 independent columns: one normal cloud, or points spread evenly in a box."""
    for seed in range(n_sets):
        generator = np.random.default_rng([n_rows, seed])
        shape = (n_rows, COLUMNS[seed % len(COLUMNS)])
        yield generator.standard_normal(shape) if kind == "normal" else generator.random(shape)


def blobs(apart: float, n_rows: int, seed: int, n_columns: int = 2) -> FloatArray:
    """Five equal normal groups, one in the middle and four `apart` SD from it, in a plane of `n_columns` columns."""
    generator = np.random.default_rng([n_rows, seed])
    corners = np.array([[0, 0], [1, 1], [1, -1], [-1, 1], [-1, -1]]) * apart / np.sqrt(2)
    points = generator.standard_normal((n_rows, n_columns))
    points[:, :2] += corners[np.arange(n_rows) % len(corners)]
    return points
