"""Batched k-means: seeding, weights, empty segments, many sets at once."""

from __future__ import annotations

import numpy as np
import pytest
from segment_data import groups
from sklearn.cluster import KMeans

from reportgen.segment._lloyd import cluster_sets, run_lloyd
from reportgen.segment._points import rows_last
from reportgen.segment._seeding import seed_runs

POINTS = groups((30, 20, 10))


def test_a_run_ends_where_scikit_learn_ends() -> None:
    """From the same starts, the same labels and the same inertia."""
    starts = POINTS[[0, 31, 55]]
    run = run_lloyd(rows_last(POINTS), None, starts[None])
    expected = KMeans(3, init=starts, n_init=1, tol=0).fit(POINTS)
    assert run.labels[0].tolist() == expected.labels_.tolist()
    assert run.inertia[0] == pytest.approx(expected.inertia_, rel=1e-12)


def test_weights_count_rows_several_times() -> None:
    """A row of weight 2 acts like two rows, a row of weight 0 like none, but gets its label."""
    counts = np.array([2, 0, 1] * 20)
    starts = POINTS[[0, 31, 55]]
    weighted = run_lloyd(rows_last(POINTS), counts[None].astype(float), starts[None])
    repeated = run_lloyd(rows_last(np.repeat(POINTS, counts, axis=0)), None, starts[None])
    assert weighted.centroids == pytest.approx(repeated.centroids)
    assert np.repeat(weighted.labels[0], counts).tolist() == repeated.labels[0].tolist()


def test_runs_do_not_touch_each_other() -> None:
    """A batch of runs gives what each gives alone, on shared points and on points of its own."""
    sets = np.stack([rows_last(groups((20, 20, 20), seed=seed))[0] for seed in range(3)])
    starts = seed_runs(sets, np.ones((1, 60)), 3, 3, np.random.default_rng(1))
    together = run_lloyd(sets, None, starts)
    for position in range(3):
        alone = run_lloyd(sets[position : position + 1], None, starts[position : position + 1])
        assert alone.labels[0].tolist() == together.labels[position].tolist()
        assert alone.inertia[0] == pytest.approx(together.inertia[position], rel=1e-12)


def test_an_empty_segment_restarts_at_the_farthest_row() -> None:
    """Two starts on one spot still end as two segments."""
    points = np.array([[0.0], [0.1], [9.0], [9.1]])
    run = run_lloyd(rows_last(points), None, np.array([[[0.0], [0.0]]]))
    assert sorted(np.bincount(run.labels[0]).tolist()) == [2, 2]


def test_more_segments_than_distinct_rows_ends() -> None:
    """Three segments of two distinct rows: inertia 0, no warning, no endless loop."""
    points = np.repeat([[0.0, 0.0], [1.0, 1.0]], 5, axis=0)
    (runs,) = cluster_sets(rows_last(points), np.ones((3, 10)), [3], 2, np.random.default_rng(0))
    assert runs.inertia.tolist() == [0.0, 0.0, 0.0]


def test_starts_are_rows_far_apart() -> None:
    """Greedy k-means++ hits three clear groups in nearly every run, and never a row of weight 0."""
    weights = np.ones((200, 60))
    weights[:, ::2] = 0.0
    starts = seed_runs(rows_last(POINTS), weights, 200, 3, np.random.default_rng(2))
    rows = (POINTS[None, None] == starts[:, :, None]).all(axis=3).argmax(axis=2)
    hit = [len(set(np.searchsorted([30, 50], row, side="right"))) == 3 for row in rows]
    assert (rows % 2 == 1).all()
    assert np.mean(hit) > 0.95
