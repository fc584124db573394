"""Asks of each difference whether it survives resampling, so that a name rests on more than one draw."""

from __future__ import annotations

import numpy as np

from reportgen.profile.numbers import Yardstick, standardize
from reportgen.records.segments import FloatArray, IntArray

NOTABLE_DIFFERENCE = 0.5
"""SD from which a difference is worth a word: Cohen (1988) calls half an SD a medium effect."""

MOST_RESAMPLED = 20_000
"""Members a bootstrap draws from; with fewer than all, the spread it shows is on the wide, safe side."""


def share_kept(difference: float, resampled_means: FloatArray, yardstick: Yardstick) -> float:
    """Share of bootstraps in which the difference keeps its sign at half an SD or more, 0..1.

    `resampled_means`: B values in the export's own units; NaN (the segment dissolved) counts as not kept.
    """
    sign = -1.0 if difference < 0 else 1.0
    kept = sign * np.asarray(standardize(resampled_means, yardstick)) >= NOTABLE_DIFFERENCE
    return float(kept.mean())


def resample_means(columns: list[FloatArray], rows: IntArray, n_bootstraps: int, seed: int) -> FloatArray:
    """B × len(columns) means over bootstrap samples of the customers at `rows`, of the values that are known."""
    size = min(len(rows), MOST_RESAMPLED)
    rows = rows[np.linspace(0, len(rows) - 1, size).astype(np.intp)]
    values = np.column_stack([column[rows] for column in columns])
    known = ~np.isnan(values)
    filled = np.where(known, values, 0.0)
    generator = np.random.default_rng(seed)
    means = np.full((n_bootstraps, len(columns)), np.nan)
    for b in range(n_bootstraps):
        weights = np.bincount(generator.integers(size, size=size), minlength=size).astype(np.float64)
        n_known = weights @ known
        np.divide(weights @ filled, n_known, out=means[b], where=n_known > 0)
    return means
