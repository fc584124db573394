"""Starts for k-means: greedy k-means++, for many runs at once."""

from __future__ import annotations

import numpy as np

from reportgen.records.segments import FloatArray, IntArray
from reportgen.segment._points import CACHE_CELLS, lift, norms_of, part_of, scores_of

CANDIDATES = 3
"""Points tried for each new start of greedy k-means++; scikit-learn tries 2 + log k, which is three to five."""


def seed_runs(
    points: FloatArray, weights: FloatArray, n_runs: int, k: int, generator: np.random.Generator
) -> FloatArray:
    """Starts of greedy k-means++ (Arthur & Vassilvitskii 2007), runs × k × p; their first j serve j segments."""
    depth = max(1, CACHE_CELLS // (CANDIDATES * points.shape[2]))
    batches = []
    for first in range(0, n_runs, depth):
        batch = slice(first, min(first + depth, n_runs))
        quantiles = generator.random((k, batch.stop - batch.start, CANDIDATES))
        batches.append(_seed_batch(part_of(points, batch, n_runs), part_of(weights, batch, n_runs), quantiles))
    return np.concatenate(batches)


def _seed_batch(points: FloatArray, weights: FloatArray, quantiles: FloatArray) -> FloatArray:
    """Starts from even random numbers, k × runs × candidates."""
    k, n_runs, _ = quantiles.shape
    lifted, norms = lift(points), norms_of(points)
    starts = np.empty((n_runs, k, points.shape[1]))
    nearest = np.ones((n_runs, points.shape[2]))
    every = np.arange(n_runs)
    for position in range(k):
        # the first start is any row: its candidates have nothing to be compared by
        draws = quantiles[position] if position else quantiles[position, :, :1]
        candidates = _points_at(points, _draw(nearest * weights, draws))
        squares = np.maximum(scores_of(lifted, candidates) + norms[:, None, :], 0.0)
        if position:
            np.minimum(squares, nearest[:, None, :], out=squares)
        potentials = np.matmul(squares, np.broadcast_to(weights, nearest.shape)[:, :, None])[:, :, 0]
        best = potentials.argmin(axis=1)
        starts[:, position] = candidates[every, best]
        nearest = squares[every, best]
    return starts


def _draw(potentials: FloatArray, quantiles: FloatArray) -> IntArray:
    """Row positions drawn in proportion to the potentials, runs × draws."""
    heights = np.cumsum(potentials, axis=1)
    targets = quantiles * heights[:, -1:]
    picks = np.stack([(heights <= target[:, None]).sum(axis=1) for target in targets.T], axis=1)
    rows: IntArray = np.minimum(picks, potentials.shape[1] - 1)
    return rows


def _points_at(points: FloatArray, rows: IntArray) -> FloatArray:
    """Runs × draws × p: the points at those row positions."""
    run = np.arange(len(rows))[:, None] if len(points) > 1 else 0
    chosen: FloatArray = points.transpose(0, 2, 1)[run, rows]
    return chosen
