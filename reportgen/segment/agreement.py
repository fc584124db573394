"""How far two divisions of the same customers agree: adjusted Rand index, Rand index, Jaccard, best matching."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from reportgen.records.segments import FloatArray, IntArray

Labels = npt.NDArray[np.integer]


def cross_tables(first: Labels, second: Labels, k: int, weights: FloatArray | None = None) -> FloatArray:
    """Pairs × k × k counts of rows by their segment (0..k − 1) in each of two labelings, both pairs × n.

    `weights`, pairs × n, count a row several times or not at all.
    """
    n_pairs = max(len(first), len(second))
    cells = first.astype(np.intp) * k + second + np.arange(n_pairs)[:, None] * (k * k)
    counts = np.bincount(cells.ravel(), None if weights is None else weights.ravel(), n_pairs * k * k)
    return counts.reshape(n_pairs, k, k).astype(np.float64)


def adjusted_rand(tables: FloatArray) -> FloatArray:
    """One adjusted Rand index a table (Hubert & Arabie 1985, eq. 5): 1 equal, 0 as by chance.

    1 where both labelings put all rows into one segment.
    """
    together = _pairs(tables).sum(axis=(1, 2))
    first = _pairs(tables.sum(axis=2)).sum(axis=1)
    second = _pairs(tables.sum(axis=1)).sum(axis=1)
    every = _pairs(tables.sum(axis=(1, 2)))
    expected = first * second / np.maximum(every, 1.0)
    largest = (first + second) / 2
    room = largest - expected
    return np.where(room > 0, (together - expected) / np.where(room > 0, room, 1.0), 1.0)


def disagreement(tables: FloatArray) -> FloatArray:
    """Share of pairs of rows that one labeling keeps together and the other parts, one a table: 1 − Rand index."""
    together = _pairs(tables).sum(axis=(1, 2))
    first = _pairs(tables.sum(axis=2)).sum(axis=1)
    second = _pairs(tables.sum(axis=1)).sum(axis=1)
    every = _pairs(tables.sum(axis=(1, 2)))
    shares: FloatArray = (first + second - 2 * together) / np.maximum(every, 1.0)
    return shares


def jaccard(tables: FloatArray) -> FloatArray:
    """Tables × k × k: rows in both segments over rows in either; 0 where both are empty."""
    either = tables.sum(axis=2)[:, :, None] + tables.sum(axis=1)[:, None, :] - tables
    similarity: FloatArray = tables / np.maximum(either, 1.0)
    return similarity


def agreement(first: IntArray, second: IntArray) -> float:
    """The adjusted Rand index of two labelings of n rows, values from 0."""
    k = int(max(first.max(), second.max())) + 1
    return float(adjusted_rand(cross_tables(first[None], second[None], k))[0])


def matched_share(table: FloatArray) -> float:
    """Share of the rows of a k × k table that the best one-to-one matching of segments keeps in place."""
    columns = best_matching(-table)
    return float(table[np.arange(len(table)), columns].sum() / table.sum())


def best_matching(costs: FloatArray) -> IntArray:
    """For each row of a square cost matrix its column, so that the sum is least (Kuhn 1955; Jonker & Volgenant 1987).

    Shortest augmenting paths with potentials. Importing SciPy for it would cost more time than all bootstraps.
    """
    size = len(costs)
    row_price, column_price = np.zeros(size), np.zeros(size + 1)
    row_of = np.full(size + 1, -1)
    for row in range(size):
        current, row_of[size] = size, row
        distance = np.full(size, np.inf)
        came_from = np.full(size, size)
        visited = np.zeros(size + 1, dtype=bool)
        while row_of[current] >= 0:
            visited[current] = True
            reduced = costs[row_of[current]] - row_price[row_of[current]] - column_price[:size]
            closer = ~visited[:size] & (reduced < distance)
            distance[closer], came_from[closer] = reduced[closer], current
            following = int(np.argmin(np.where(visited[:size], np.inf, distance)))
            step = distance[following]
            row_price[row_of[visited]] += step
            column_price[visited] -= step
            distance[~visited[:size]] -= step
            current = following
        while current != size:
            row_of[current] = row_of[came_from[current]]
            current = int(came_from[current])
    columns = np.empty(size, dtype=np.intp)
    columns[row_of[:size]] = np.arange(size)
    return columns


def _pairs(counts: FloatArray) -> FloatArray:
    return counts * (counts - 1) / 2
