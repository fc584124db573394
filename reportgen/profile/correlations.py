"""Correlates every pair of numeric columns."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

import numpy as np

from reportgen.records.profile import Correlation
from reportgen.records.segments import FloatArray

MOST_CORRELATED = 100
"""Columns, the first ones: their 4,950 pairs are more than a reader takes, the pairs of 2,000 columns take minutes."""


def correlate_pairs(numbers: Mapping[str, FloatArray]) -> tuple[Correlation, ...]:
    """Pearson's r of each pair once, over the customers for whom both are known; 0 where one does not vary."""
    names = tuple(numbers)[:MOST_CORRELATED]
    return tuple(Correlation(a, b, pearson(numbers[a], numbers[b])) for a, b in combinations(names, 2))


def pearson(a: FloatArray, b: FloatArray) -> float:
    known = ~(np.isnan(a) | np.isnan(b))
    if not known.any():
        return 0.0
    x, y = a[known] - a[known].mean(), b[known] - b[known].mean()
    size = float(np.sqrt((x @ x) * (y @ y)))
    return float(np.clip((x @ y) / size, -1, 1)) if size > 0 else 0.0
