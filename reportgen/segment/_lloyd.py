"""Batched k-means: many runs of Lloyd's algorithm at once, on one data set or on many of the same shape.

Points and weights are shaped as in `_points`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from reportgen.records.segments import FloatArray, IntArray
from reportgen.segment._points import CACHE_CELLS, LabelArray, lift, nearest_of, norms_of, part_of
from reportgen.segment._seeding import seed_runs

EXCHANGES = (7, 12)
"""How far away are the sets whose result a set also tries; not 1, the partner in a pair of bootstraps."""

CONTEST_TOLERANCE = 0.01
"""Share of rows still moving at which runs are compared; only the winner goes on to its end."""

MAX_ITERATIONS = 300
"""Lloyd's algorithm ends by itself; the limit is scikit-learn's."""


@dataclass(frozen=True, slots=True, eq=False)
class Runs:
    """Where each run of Lloyd's algorithm ended."""

    centroids: FloatArray
    """Runs × k × p."""
    labels: LabelArray
    """Runs × n, values 0..k − 1: the nearest centroid, the first of equals."""
    inertia: FloatArray
    """One weighted sum of squared distances a run."""

    def best_of(self, n_restarts: int) -> Runs:
        """The run of least inertia out of every `n_restarts` consecutive ones."""
        inertia = self.inertia.reshape(-1, n_restarts)
        best = inertia.argmin(axis=1) + np.arange(len(inertia)) * n_restarts
        return self.take(best)

    def or_better(self, others: Runs) -> Runs:
        """For each run the one of less inertia, this one where equal."""
        better = others.inertia < self.inertia
        return Runs(
            np.where(better[:, None, None], others.centroids, self.centroids),
            np.where(better[:, None], others.labels, self.labels),
            np.where(better, others.inertia, self.inertia),
        )

    def take(self, runs: IntArray) -> Runs:
        return Runs(self.centroids[runs], self.labels[runs], self.inertia[runs])


def run_lloyd(
    points: FloatArray,
    weights: FloatArray | None,
    starts: FloatArray,
    max_iterations: int = MAX_ITERATIONS,
    tolerance: float = 0.0,
) -> Runs:
    """Lloyd's algorithm from each start until no more than the share `tolerance` of rows changes its segment.

    Sums are updated by the rows that moved only, so that late iterations cost little more than the distances.
    A segment that loses all its rows restarts at the row farthest from its centroid.
    """
    n_runs, k, _ = starts.shape
    depth = max(1, CACHE_CELLS // (k * points.shape[2]))
    batches = []
    for first in range(0, n_runs, depth):
        batch = slice(first, first + depth)
        some_weights = None if weights is None else part_of(weights, batch, n_runs)
        some_points = part_of(points, batch, n_runs)
        batches.append(_run_batch(some_points, some_weights, starts[batch], max_iterations, tolerance))
    return _join(batches)


def cluster_sets(
    points: FloatArray, weights: FloatArray | None, ks: Sequence[int], n_restarts: int, generator: np.random.Generator
) -> tuple[Runs, ...]:
    """For each k the best of `n_restarts` runs on each set: a data set (points) or a weighting of the one data set.

    Weightings of one data set also try what two other sets ended with: that reaches lower inertia than twice the
    restarts, and makes the comparison of sets one of the data rather than of the luck of the search.
    """
    n_runs = n_restarts * len(points if weights is None else weights)
    even = np.ones((1, points.shape[2]))
    starts = seed_runs(points, even if weights is None else weights, n_runs, max(ks), generator)
    found = []
    for k in ks:
        runs = run_lloyd(points, weights, starts[:, :k], tolerance=CONTEST_TOLERANCE).best_of(n_restarts)
        for step in () if weights is None else EXCHANGES:
            others = np.roll(runs.centroids, step, axis=0)
            runs = runs.or_better(run_lloyd(points, weights, others, tolerance=CONTEST_TOLERANCE))
        found.append(run_lloyd(points, weights, runs.centroids))
    return tuple(found)


class _Batch:
    """The runs still moving: their data, centroids, nearest labels and the sums of each segment's rows."""

    def __init__(self, points: FloatArray, weights: FloatArray | None, starts: FloatArray) -> None:
        n_runs, k, p = starts.shape
        self.runs = np.arange(n_runs)
        self.lifted = lift(points)
        self.norms = norms_of(points)
        self.weights = weights
        self.centroids = starts.copy()
        self.labels, self.scores = nearest_of(self.lifted, self.centroids)
        self.counts = self._sum_all(weights)
        self.sums = np.empty((n_runs, k, p))
        for feature in range(p):
            values = self.lifted[:, feature]
            self.sums[:, :, feature] = self._sum_all(values if weights is None else values * weights)

    def _sum_all(self, values: FloatArray | None) -> FloatArray:
        """Runs × k sums of each row's value, of 1 where there is none."""
        n_runs, k, _ = self.centroids.shape
        cells = (self.labels + np.arange(n_runs)[:, None] * k).ravel()
        every = None if values is None else np.broadcast_to(values, self.labels.shape).ravel()
        return np.bincount(cells, every, n_runs * k).reshape(n_runs, k).astype(np.float64, copy=False)

    def assign(self) -> IntArray:
        """Gives every row its nearest centroid and books the moves; returns how many rows moved, by run."""
        labels, self.scores = nearest_of(self.lifted, self.centroids)
        run, row = np.divmod(np.flatnonzero(labels != self.labels), labels.shape[1])
        self._book(run, row, labels)
        self.labels = labels
        return np.bincount(run, minlength=len(labels))

    def _book(self, run: IntArray, row: IntArray, labels: LabelArray) -> None:
        """Moves those rows from the sums of their old segment to the new one's."""
        n_runs, k, p = self.sums.shape
        offset = run * k
        new, old = offset + labels[run, row], offset + self.labels[run, row]
        share = None if self.weights is None else self.weights[run if len(self.weights) > 1 else 0, row]

        def flow(values: FloatArray | None) -> FloatArray:
            moved = np.bincount(new, values, n_runs * k) - np.bincount(old, values, n_runs * k)
            return moved.reshape(n_runs, k).astype(np.float64, copy=False)

        self.counts += flow(share)
        source = run if len(self.lifted) > 1 else 0
        for feature in range(p):
            values = self.lifted[source, feature, row]
            self.sums[:, :, feature] += flow(values if share is None else values * share)

    def move_centroids(self) -> None:
        filled = self.counts > 0
        means = self.sums / np.where(filled, self.counts, 1.0)[:, :, None]
        self.centroids = np.where(filled[:, :, None], means, self.centroids)
        for run in np.flatnonzero(~filled.all(axis=1)):
            self._restart_empty(int(run), np.flatnonzero(~filled[run]))

    def _restart_empty(self, run: int, segments: IntArray) -> None:
        distances = self.squares(np.array([run]))[0]
        if self.weights is not None:
            distances = np.where(self.weights[run if len(self.weights) > 1 else 0] > 0, distances, -1.0)
        far = np.argsort(-distances, kind="stable")[: len(segments)]
        source = run if len(self.lifted) > 1 else 0
        self.centroids[run, segments] = self.lifted[source, :-1, far]

    def squares(self, runs: IntArray) -> FloatArray:
        """Runs × n squared distances to the nearest centroid when rows were last assigned."""
        norms = self.norms[runs] if len(self.norms) > 1 else self.norms
        distances: FloatArray = self.scores[runs] + norms
        return distances

    def inertia(self, runs: IntArray) -> FloatArray:
        """One weighted sum of squared distances a run."""
        squares = np.maximum(self.squares(runs), 0.0)
        if self.weights is not None:
            squares *= self.weights[runs] if len(self.weights) > 1 else self.weights
        totals: FloatArray = squares.sum(axis=1)
        return totals

    def keep(self, stay: npt.NDArray[np.bool_]) -> None:
        """Lets the runs that have ended go."""
        self.runs, self.centroids = self.runs[stay], self.centroids[stay]
        self.labels, self.scores = self.labels[stay], self.scores[stay]
        self.counts, self.sums = self.counts[stay], self.sums[stay]
        if len(self.lifted) > 1:
            self.lifted, self.norms = self.lifted[stay], self.norms[stay]
        if self.weights is not None and len(self.weights) > 1:
            self.weights = self.weights[stay]


def _run_batch(
    points: FloatArray, weights: FloatArray | None, starts: FloatArray, max_iterations: int, tolerance: float
) -> Runs:
    n_runs, n_rows = len(starts), points.shape[2]
    ended = Runs(np.empty_like(starts), np.empty((n_runs, n_rows), dtype=np.uint8), np.empty(n_runs))
    batch = _Batch(points, weights, starts)
    n_moved = np.full(n_runs, n_rows)
    for n_left in reversed(range(max_iterations)):
        is_done = n_moved <= tolerance * n_rows if n_left else np.ones(len(n_moved), dtype=bool)
        if is_done.any():
            done = np.flatnonzero(is_done)
            runs = batch.runs[done]
            ended.centroids[runs], ended.labels[runs] = batch.centroids[done], batch.labels[done]
            ended.inertia[runs] = batch.inertia(done)
            batch.keep(~is_done)
            if not len(batch.runs):
                break
        batch.move_centroids()
        n_moved = batch.assign()
    return ended


def _join(batches: Sequence[Runs]) -> Runs:
    return Runs(
        np.concatenate([batch.centroids for batch in batches]),
        np.concatenate([batch.labels for batch in batches]),
        np.concatenate([batch.inertia for batch in batches]),
    )
