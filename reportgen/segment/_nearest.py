"""Finds every row's two nearest centroids, with the same answer from every processor."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from reportgen.records.segments import FloatArray, IntArray

ASSIGN_ROWS = 65_536
"""Rows assigned at once."""

CACHED_ROWS = 16_384
"""Rows whose scores stay in the processor's cache."""

DOUBT = 1e-9
"""Of a squared length: scores closer than this may be rounding, and the rows are looked at by differences."""


@dataclass(frozen=True, slots=True, eq=False)
class Assignment:
    """Each row's two nearest segments."""

    labels: IntArray
    """n values, 0..k − 1; of equally near centroids the first."""
    nearest: FloatArray
    """n distances to the nearest centroid."""
    runner_up: IntArray
    """n values, the second nearest segment; equal to `labels` where k = 1."""
    second: FloatArray
    """n distances to the second nearest centroid; infinite where k = 1."""


def assign_exactly(matrix: FloatArray, centroids: FloatArray) -> Assignment:
    """See `assign`."""
    n_rows = len(matrix)
    labels, runner_up = np.zeros(n_rows, dtype=np.intp), np.zeros(n_rows, dtype=np.intp)
    nearest, second = np.full(n_rows, np.inf), np.full(n_rows, np.inf)
    for first in range(0, n_rows, ASSIGN_ROWS):
        part = slice(first, first + ASSIGN_ROWS)
        columns = np.ascontiguousarray(matrix[part].T)
        for segment, centroid in enumerate(centroids):
            squares = np.zeros(columns.shape[1])
            for column, center in zip(columns, centroid, strict=True):
                squares += np.square(column - center)
            closer = squares < nearest[part]
            next_best = ~closer & (squares < second[part])
            second[part] = np.where(closer, nearest[part], np.where(next_best, squares, second[part]))
            runner_up[part] = np.where(closer, labels[part], np.where(next_best, segment, runner_up[part]))
            np.copyto(nearest[part], squares, where=closer)
            np.copyto(labels[part], segment, where=closer)
    return Assignment(labels, np.sqrt(nearest), runner_up, np.sqrt(second))


def assign_many(matrix: FloatArray, centroids: FloatArray) -> Assignment:
    """The same, to the last digit, more than twice as fast on many rows; at least two centroids.

    A product of matrices tells the two nearest wherever they are clearly so; the distances are those by differences.
    """
    n_rows = len(matrix)
    labels, runner_up = np.empty(n_rows, dtype=np.intp), np.empty(n_rows, dtype=np.intp)
    nearest, second = np.empty(n_rows), np.empty(n_rows)
    weights, norms = -2.0 * centroids, np.square(centroids).sum(axis=1)[:, None]
    for first in range(0, n_rows, CACHED_ROWS):
        part = slice(first, first + CACHED_ROWS)
        columns = np.ascontiguousarray(matrix[part].T)
        scores = weights @ columns + norms
        lengths = np.square(columns).sum(axis=0) + norms.max()
        labels[part], runner_up[part], is_clear = _two_least(scores, DOUBT * lengths)
        nearest[part] = _distances(columns, centroids, labels[part])
        second[part] = _distances(columns, centroids, runner_up[part])
        doubtful = np.flatnonzero(~is_clear) + first
        if len(doubtful):
            found = assign_exactly(matrix[doubtful], centroids)
            labels[doubtful], runner_up[doubtful] = found.labels, found.runner_up
            nearest[doubtful], second[doubtful] = found.nearest, found.second
    return Assignment(labels, nearest, runner_up, second)


def _two_least(scores: FloatArray, doubt: FloatArray) -> tuple[IntArray, IntArray, npt.NDArray[np.bool_]]:
    """(place of the least score, of the second least, whether both are so by more than the doubt) of each column."""
    best, second, third = (np.full(scores.shape[1], np.inf) for _ in range(3))
    for score in scores:
        rest = np.maximum(best, score)
        np.minimum(best, score, out=best)
        last = np.maximum(second, rest)
        np.minimum(second, rest, out=second)
        np.minimum(third, last, out=third)
    labels, runner_up = np.zeros(len(best), dtype=np.intp), np.zeros(len(best), dtype=np.intp)
    for place, score in enumerate(scores):
        labels += (score == best) * place
        runner_up += (score == second) * place
    return (
        np.minimum(labels, len(scores) - 1),
        np.minimum(runner_up, len(scores) - 1),
        (second - best > doubt) & (third - second > doubt),
    )


def _distances(columns: FloatArray, centroids: FloatArray, labels: IntArray) -> FloatArray:
    """The distance of each row to the centroid of its label."""
    squares = np.zeros(columns.shape[1])
    for column, center in zip(columns, np.ascontiguousarray(centroids.T), strict=True):
        squares += np.square(column - center[labels])
    return np.sqrt(squares)
