"""Stored segments: customers scored by an earlier model, beside what a new fit would give."""

from __future__ import annotations

import numpy as np
import pytest
from segment_data import features_of, groups

from reportgen.config import SegmentSettings
from reportgen.records.segments import Evidence, FloatArray, Segmentation
from reportgen.segment.known import Scored
from reportgen.segment.stage import find_segments, score_segments

QUICK = SegmentSettings(n_bootstraps=20, max_segments=4)
POINTS = groups((40, 30, 20))


def scored(points: FloatArray, centroids: FloatArray) -> tuple[Evidence, Segmentation, Scored]:
    return score_segments(features_of(points, matrix=points), QUICK, centroids)


@pytest.fixture(scope="module")
def centroids() -> FloatArray:
    _, found = find_segments(features_of(POINTS, matrix=POINTS), QUICK)
    return found.centroids


def test_the_same_customers_come_back_in_the_same_segments(centroids: FloatArray) -> None:
    """A model scores its own customers as it found them, and a new fit agrees."""
    _, before = find_segments(features_of(POINTS, matrix=POINTS), QUICK)
    _, now, known = scored(POINTS, centroids)
    assert (now.labels == before.labels).all()
    assert known.places == (0, 1, 2)
    assert known.refit.agreement == 1
    assert not known.refit.is_recommended


def test_centroids_stay_where_they_are_when_customers_move(centroids: FloatArray) -> None:
    """A new month's customers do not draw the stored centroids with them."""
    evidence, now, _ = scored(POINTS + 0.3, centroids)
    assert {tuple(row) for row in now.centroids} == {tuple(row) for row in centroids}
    assert evidence.k == 3
    assert "months before are kept" in evidence.reason


def test_segments_are_numbered_by_this_months_size(centroids: FloatArray) -> None:
    """The stored segment that is the largest now comes first, and says which one it is."""
    grown = np.vstack([POINTS, np.repeat(POINTS[-20:], 3, axis=0) + 0.01])
    _, now, known = scored(grown, centroids)
    assert known.places[0] == 2
    assert np.bincount(now.labels)[1:].tolist() == [80, 40, 30]


def test_a_stored_segment_without_customers_has_no_number(centroids: FloatArray) -> None:
    """Nobody near a centroid: the others are the segments of the month."""
    evidence, now, known = scored(POINTS[:70], centroids)
    assert (now.k, evidence.k, sorted(known.places)) == (2, 2, [0, 1])


def test_a_new_fit_is_recommended_where_the_model_has_worn_out(centroids: FloatArray) -> None:
    """Customers who now lie apart in other ways: the stored segments cut through them, and that is said in figures."""
    turned = groups((40, 30, 20), seed=5) @ np.array([[0.0, -1.0], [1.0, 0.0]]) + 4
    _, _, known = scored(turned, centroids)
    assert known.refit.is_recommended
    assert known.refit.silhouette_refit > known.refit.silhouette_stored + 0.05


def test_scoring_forgets_the_order_of_the_customers(centroids: FloatArray) -> None:
    """Customers in another order are in the same segments."""
    order = np.random.default_rng(3).permutation(len(POINTS))
    _, one, _ = scored(POINTS, centroids)
    _, other, _ = scored(POINTS[order], centroids)
    assert (one.labels[order] == other.labels).all()
