"""The final k-means fit of one data set: many restarts, full Lloyd, segments in a canonical order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reportgen.records.segments import FloatArray, IntArray
from reportgen.segment._lloyd import Runs, run_lloyd
from reportgen.segment._nearest import Assignment, assign_exactly, assign_many
from reportgen.segment._points import rows_last
from reportgen.segment._seeding import seed_runs

RESTART_ROWS = 2_000
"""Rows on which restarts compete; the best then go on over all rows (Bradley & Fayyad 1998)."""

RESTART_CELLS = 60_000
"""Restarts × rows to spend for each k: 200 restarts on 300 rows, 50 on 1,200."""

FEWEST_RESTARTS, MOST_RESTARTS = 50, 200
"""One restart misses the best five segments of the mall customers in 22 % of seeds, 50 never did."""

FINALISTS = 8
"""Different optima of the contest that go on over all rows."""

TIE = 1e-6
"""Inertias this close, relative to the least, count as equal."""

MOMENT_DECIMALS = 6
"""Moments of equal solutions differ by rounding only."""

ALL_ROWS_TOLERANCE = 1e-5
"""Past the evidence budget, Lloyd's algorithm ends when fewer rows than this share change their segment."""

MANY_ROWS = 20_000
"""Rows from which it pays to look for the two nearest by a product of matrices first."""


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """k segments of the rows it was fitted on, ids 0..k − 1 by falling size."""

    centroids: FloatArray
    """k × p."""
    labels: IntArray
    """n values, 0..k − 1."""
    inertia: float
    """Sum of squared distances to the nearest centroid."""
    counted: tuple[int, ...] = ()
    """Customers by segment, and `inertia` that of all of them, where the rows are drawn ones; empty: rows are all."""

    @property
    def k(self) -> int:
        return len(self.centroids)

    @property
    def sizes(self) -> tuple[int, ...]:
        return self.counted or tuple(int(size) for size in np.bincount(self.labels, minlength=self.k))


def fit_every_k(matrix: FloatArray, ks: Sequence[int], generator: np.random.Generator) -> tuple[Fit, ...]:
    """The best fit for each k of an n × p matrix. Each k must not exceed the number of distinct rows."""
    points = rows_last(matrix)
    contest = points
    if len(matrix) > RESTART_ROWS:
        contest = rows_last(matrix[np.sort(generator.choice(len(matrix), RESTART_ROWS, replace=False))])
    n_contest = contest.shape[2]
    n_restarts = int(np.clip(RESTART_CELLS // n_contest, FEWEST_RESTARTS, MOST_RESTARTS))
    starts = seed_runs(contest, np.ones((1, n_contest)), n_restarts, max(ks), generator)
    fits = []
    for k in ks:
        runs = run_lloyd(contest, None, starts[:, :k])
        if contest is not points:
            runs = run_lloyd(points, None, runs.centroids[_finalists(runs)])
        fits.append(settle(matrix, _winner(runs)))
    return tuple(fits)


def fit_all_rows(matrix: FloatArray, centroids: FloatArray) -> Fit:
    """Lloyd's algorithm over all rows from centroids found on a sample, settled."""
    runs = run_lloyd(rows_last(matrix), None, centroids[None], tolerance=ALL_ROWS_TOLERANCE)
    return settle(matrix, runs.centroids[0])


def settle(matrix: FloatArray, centroids: FloatArray) -> Fit:
    """The fit of these centroids: exact distances, ids by falling size, equal sizes by the first coordinate."""
    order = by_size(centroids, np.bincount(assign(matrix, centroids).labels, minlength=len(centroids)))
    assignment = assign(matrix, centroids[order])
    return Fit(centroids[order], assignment.labels, float(np.square(assignment.nearest).sum()))


def by_size(centroids: FloatArray, sizes: IntArray) -> IntArray:
    """The order of the segments: by falling size, equal sizes by the first coordinate."""
    order: IntArray = np.lexsort((*centroids.T[::-1], -sizes))
    return order


def assign(matrix: FloatArray, centroids: FloatArray) -> Assignment:
    """The two nearest centroids of every row, by differences of coordinates: the same on every processor."""
    if len(matrix) >= MANY_ROWS and len(centroids) > 1:
        return assign_many(matrix, centroids)
    return assign_exactly(matrix, centroids)


def _finalists(runs: Runs) -> IntArray:
    """The runs of least inertia, one for each optimum."""
    order = np.argsort(runs.inertia, kind="stable")
    rising = runs.inertia[order]
    is_new = np.append(True, np.diff(rising) > TIE * rising[:-1])
    finalists: IntArray = order[is_new][:FINALISTS]
    return finalists


def _winner(runs: Runs) -> FloatArray:
    """The centroids of least inertia; of equals the most even sizes, then the least of two moments of the centroids.

    The moments (sizes squared × a mixture of coordinates to an odd and an even power) tell solutions apart, whatever
    the order of their segments: the odd one those that are mirrored, the even one those that are each their own mirror.
    """
    close = np.flatnonzero(runs.inertia <= runs.inertia.min() * (1 + TIE))
    tied = runs.take(close)
    k, p = tied.centroids.shape[1:]
    cells = tied.labels + np.arange(len(close))[:, None] * k
    squared_sizes = np.square(np.bincount(cells.ravel(), minlength=len(close) * k).reshape(-1, k).astype(np.float64))
    mixtures = tied.centroids @ np.sqrt(np.arange(p) + 2.0)
    odd, even = (np.round((squared_sizes * mixtures**power).sum(axis=1), MOMENT_DECIMALS) for power in (3, 4))
    best: FloatArray = tied.centroids[np.lexsort((even, odd, squared_sizes.sum(axis=1)))[0]]
    return best
