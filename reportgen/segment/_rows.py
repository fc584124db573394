"""Which customers each kind of evidence uses: all of them up to a budget, past it nested seeded samples."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reportgen.records.segments import FloatArray, IntArray

SCORED_ROWS = 10_000
"""k chosen on 10,000 rows of a million agreed with the choice on all rows in eight of eight draws."""

SILHOUETTE_ROWS = 5_000
"""Silhouettes cost the square of the rows; on 5,000 their mean is off by .003."""

STABILITY_ROWS = 1_500
"""Rows that bootstraps and halves draw from; fewer rows make segments look less stable, never more."""

STABILITY_CELLS = 9_000
"""Rows × features that bootstraps and halves draw from: with more features the rows fall …"""

FEWEST_STABILITY_ROWS = 1_000
"""… to this."""

NULL_ROWS = 500
"""Rows of the null sets; every silhouette of the test costs the square."""


@dataclass(frozen=True, slots=True, eq=False)
class RowSamples:
    """Rising row positions; each sample lies within the one before it."""

    scored: IntArray
    """Inertia, Calinski–Harabasz, Davies–Bouldin, gap."""
    silhouette: IntArray
    stability: IntArray
    """Bootstraps and prediction strength."""
    null: IntArray
    """Hopkins and the null test."""


def canonical_order(*matrices: FloatArray) -> IntArray:
    """An order of the rows that depends on their values only: customers in any order give the same bytes.

    Sorts by one mixture of all columns, which is several times as fast as sorting by each; rows that differ but mix
    to the same value are so rare that sorting by each column is left for them.
    """
    columns = [column for matrix in matrices for column in matrix.T]
    mixture = np.zeros(len(matrices[0]))
    for position, column in enumerate(columns):
        largest = np.abs(column).max(initial=0.0)
        if largest > 0:
            mixture += column / largest * np.sqrt(position + 2.0)
    order = np.argsort(mixture, kind="stable")
    tied = np.flatnonzero(np.diff(mixture[order]) == 0)
    if any((column[order[tied]] != column[order[tied + 1]]).any() for column in columns):
        return np.lexsort(columns[::-1])
    return order


def n_distinct(matrix: FloatArray, limit: int) -> int:
    """How many distinct rows there are, counted no further than `limit`."""
    found = 0
    rest = matrix
    while len(rest) and found < limit:
        rest = rest[(rest != rest[0]).any(axis=1)]
        found += 1
    return found


def draw_samples(n_rows: int, n_features: int, generator: np.random.Generator) -> RowSamples:
    """Samples of the rows 0..n_rows − 1; all rows wherever the budget allows."""
    n_stability = int(np.clip(STABILITY_CELLS // n_features, FEWEST_STABILITY_ROWS, STABILITY_ROWS))
    drawn = generator.permutation(n_rows)[:SCORED_ROWS]
    sizes = (SCORED_ROWS, SILHOUETTE_ROWS, n_stability, NULL_ROWS)
    return RowSamples(*(np.sort(drawn[:size]) for size in sizes))
