"""How far apart segments lie: silhouette, Calinski–Harabasz and Davies–Bouldin, in numpy, for many k at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from reportgen.records.segments import FloatArray, IntArray

DISTANCE_CELLS = 2_000_000
"""Distances held at once while silhouettes are computed: 16 MB."""

SAME_POINT = 1e-14
"""Squared distances below this share of the largest norm are rounding: |x|² + |y|² − 2xy of equal points is not 0."""


def silhouettes(matrix: FloatArray, labelings: Sequence[IntArray]) -> FloatArray:
    """Labelings × n silhouettes of the rows of an n × p matrix (Rousseeuw 1987); 0 in a segment of one.

    Each labeling gives every row a segment 0..k − 1. A row in the only segment that has rows gets 0.
    """
    segments = _Membership([labels[None] for labels in labelings])
    n_rows = len(matrix)
    height = max(1, DISTANCE_CELLS // n_rows)
    blocks = []
    for first in range(0, n_rows, height):
        rows = np.arange(first, min(first + height, n_rows))
        blocks.append(segments.silhouettes(_distances(matrix[None, rows], matrix[None], first), rows)[:, 0])
    return np.concatenate(blocks, axis=1)


def mean_silhouettes(sets: FloatArray, labelings: Sequence[IntArray]) -> FloatArray:
    """Labelings × sets mean silhouettes of sets × n × p points; each labeling is sets × n segments."""
    n_sets, n_rows, _ = sets.shape
    depth = max(1, DISTANCE_CELLS // (n_rows * n_rows))
    means = []
    for first in range(0, n_sets, depth):
        part = slice(first, first + depth)
        segments = _Membership([labels[part] for labels in labelings])
        values = segments.silhouettes(_distances(sets[part], sets[part], 0), np.arange(n_rows))
        means.append(values.mean(axis=2))
    return np.concatenate(means, axis=1)


class _Membership:
    """Several labelings side by side as 0/1 columns, so that one matrix product sums all distances to all segments."""

    def __init__(self, labelings: Sequence[IntArray]) -> None:
        """Each labeling is sets × n."""
        self.labelings = labelings
        self.widths = [int(labels.max()) + 1 for labels in labelings]
        columns = [
            (labels[:, :, None] == np.arange(width)).astype(np.float64)
            for labels, width in zip(labelings, self.widths, strict=True)
        ]
        self.columns = np.concatenate(columns, axis=2)
        self.sizes = self.columns.sum(axis=1)

    def silhouettes(self, distances: FloatArray, rows: IntArray) -> FloatArray:
        """Labelings × sets × rows, from the distances (sets × rows × n) of those rows to all."""
        totals = np.matmul(distances, self.columns)
        values = []
        start = 0
        for labels, width in zip(self.labelings, self.widths, strict=True):
            part = slice(start, start + width)
            values.append(_silhouettes(totals[:, :, part], self.sizes[:, part], labels[:, rows]))
            start += width
        return np.stack(values)


def _silhouettes(totals: FloatArray, sizes: FloatArray, labels: IntArray) -> FloatArray:
    """(b − a) / max(a, b) from the summed distances to each segment (sets × rows × k), sets × rows."""
    index = labels[:, :, None].astype(np.intp)
    own = np.take_along_axis(totals, index, axis=2)[:, :, 0]
    own_size = np.take_along_axis(sizes, index[:, :, 0], axis=1)
    within = own / np.maximum(own_size - 1, 1)
    means = totals / np.maximum(sizes, 1)[:, None, :]
    means[np.broadcast_to((sizes == 0)[:, None, :], means.shape)] = np.inf
    np.put_along_axis(means, index, np.inf, axis=2)
    between = means.min(axis=2)
    meaningful = (own_size > 1) & np.isfinite(between)
    between = np.where(meaningful, between, 0.0)
    larger = np.maximum(within, between)
    return np.where(meaningful & (larger > 0), (between - within) / np.where(larger > 0, larger, 1.0), 0.0)


def _distances(some: FloatArray, every: FloatArray, first: int) -> FloatArray:
    """Sets × rows × n Euclidean distances; row i of `some` is row first + i of `every`."""
    some_norms = np.square(some).sum(axis=2)
    every_norms = np.square(every).sum(axis=2)
    squares = np.matmul(some, every.transpose(0, 2, 1))
    squares *= -2.0
    squares += some_norms[:, :, None]
    squares += every_norms[:, None, :]
    squares[squares < SAME_POINT * every_norms.max()] = 0.0
    rows = np.arange(some.shape[1])
    squares[:, rows, first + rows] = 0.0
    distances: FloatArray = np.sqrt(squares, out=squares)
    return distances


def segment_means(values: FloatArray, labels: IntArray, k: int) -> FloatArray:
    """The mean of one number in each of k segments; 0 in an empty one."""
    counts = np.bincount(labels, minlength=k)
    return np.bincount(labels, values, k) / np.maximum(counts, 1)


def calinski_harabasz(matrix: FloatArray, labels: IntArray, centroids: FloatArray) -> float:
    """Between over within variance, each by its degrees of freedom (Caliński & Harabasz 1974).

    1 where the segments have no spread at all, as scikit-learn has it.
    """
    k, n_rows = len(centroids), len(matrix)
    within = float(np.square(matrix - centroids[labels]).sum())
    between = float((np.bincount(labels, minlength=k) @ np.square(centroids - matrix.mean(axis=0))).sum())
    if within == 0 or n_rows == k:
        return 1.0
    return between * (n_rows - k) / (within * (k - 1))


def davies_bouldin(matrix: FloatArray, labels: IntArray, centroids: FloatArray) -> float:
    """Mean of each segment's worst (spread + spread) / distance of centroids (Davies & Bouldin 1979); low is good."""
    k = len(centroids)
    spreads = segment_means(np.sqrt(np.square(matrix - centroids[labels]).sum(axis=1)), labels, k)
    apart = np.sqrt(np.square(centroids[:, None] - centroids[None]).sum(axis=2))
    np.fill_diagonal(apart, np.inf)
    if not spreads.any():
        return 0.0
    return float(((spreads[:, None] + spreads[None]) / apart).max(axis=1).mean())
