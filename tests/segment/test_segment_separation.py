"""Silhouette, Calinski–Harabasz and Davies–Bouldin against scikit-learn."""

from __future__ import annotations

import numpy as np
import pytest
from segment_data import groups
from sklearn.metrics import calinski_harabasz_score, davies_bouldin_score, silhouette_samples

from reportgen.segment import separation
from reportgen.segment.kmeans import fit_every_k
from reportgen.segment.separation import calinski_harabasz, davies_bouldin, mean_silhouettes, silhouettes

POINTS = groups((30, 25, 20, 15), n_features=3, apart=2.0)
FITS = fit_every_k(POINTS, (2, 3, 5), np.random.default_rng(0))


def test_silhouettes_match_scikit_learn() -> None:
    """Row by row, for several labelings at once."""
    values = silhouettes(POINTS, [fit.labels for fit in FITS])
    for row, fit in zip(values, FITS, strict=True):
        assert row == pytest.approx(silhouette_samples(POINTS, fit.labels), abs=1e-9)


def test_silhouettes_in_blocks_match_those_in_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """The block size is a matter of memory only."""
    whole = silhouettes(POINTS, [FITS[1].labels])
    monkeypatch.setattr(separation, "DISTANCE_CELLS", 700)
    assert silhouettes(POINTS, [FITS[1].labels]) == pytest.approx(whole, abs=1e-12)


def test_mean_silhouettes_of_many_sets_match_one_by_one() -> None:
    """Sets side by side do not touch each other."""
    sets = np.stack([POINTS, POINTS[::-1] * 2.0])
    labels = FITS[1].labels
    means = mean_silhouettes(sets, [np.stack([labels, labels[::-1]])])
    assert means[0] == pytest.approx([silhouette_samples(POINTS, labels).mean()] * 2, abs=1e-9)


def test_a_segment_of_one_has_silhouette_zero() -> None:
    """By Rousseeuw's convention, and equal rows are at distance zero exactly."""
    values = silhouettes(np.array([[0.1], [0.1], [0.1], [5.0]]), [np.array([0, 0, 0, 1])])
    assert values[0].tolist() == [1.0, 1.0, 1.0, 0.0]


def test_calinski_harabasz_and_davies_bouldin_match_scikit_learn() -> None:
    """Both indices, for every k."""
    for fit in FITS:
        expected = (calinski_harabasz_score(POINTS, fit.labels), davies_bouldin_score(POINTS, fit.labels))
        found = tuple(index(POINTS, fit.labels, fit.centroids) for index in (calinski_harabasz, davies_bouldin))
        assert found == pytest.approx(expected, rel=1e-9)


def test_segments_without_spread_have_finite_indices() -> None:
    """Two points many times over: no division by zero."""
    points = np.repeat([[0.0], [1.0]], 5, axis=0)
    labels, centroids = np.repeat([0, 1], 5), np.array([[0.0], [1.0]])
    assert calinski_harabasz(points, labels, centroids) == 1.0
    assert davies_bouldin(points, labels, centroids) == 0.0
