"""Structure where there is some, none in noise, and null sets of the right shape."""

from __future__ import annotations

import numpy as np
import pytest
from noise_and_blobs import Noise, blobs, noise_sets
from segment_data import groups, mall, z_scored

from reportgen.records.segments import FloatArray
from reportgen.segment._rows import NULL_ROWS
from reportgen.segment.structure import (
    Structure,
    examine_structure,
    gap_statistic,
    gaussian_nulls,
    hopkins_statistic,
    uniform_nulls,
)


def examine(matrix: FloatArray, largest_k: int = 6, seed: int = 0) -> Structure:
    return examine_structure(z_scored(matrix), range(2, largest_k + 1), 99, np.random.default_rng(seed))


def test_groups_are_structure() -> None:
    """Three groups stand out from both nulls as far as 99 sets can tell."""
    test = examine(groups((30, 30, 30))).test
    assert (test.found, test.p_value, test.n_null, test.n_rows) == (True, 0.01, 99, 90)
    assert test.observed > max(test.gaussian_p95, test.uniform_p95)


@pytest.mark.parametrize("kind", ["normal", "even"])
def test_noise_is_refused(kind: Noise) -> None:
    """Of ten small sets of two to six columns at least nine."""
    found = [examine(points, largest_k=4).test.found for points in noise_sets(kind, 60, 10)]
    assert sum(found) <= 1


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["normal", "even"])
@pytest.mark.parametrize("n_rows", [200, 1_000])
def test_of_a_hundred_noise_sets_ninety_five_are_refused(kind: Noise, n_rows: int) -> None:
    """With every k that would be tried, on as many rows as a run uses."""
    sets = noise_sets(kind, n_rows, 100)
    found = [examine(points[:NULL_ROWS], largest_k=10, seed=seed).test.found for seed, points in enumerate(sets)]
    assert sum(found) <= 5


@pytest.mark.parametrize(("apart", "is_found"), [(4.0, True), (1.5, False)])
def test_groups_are_found_once_they_lie_apart(apart: float, is_found: bool) -> None:
    """Five groups four standard deviations from the middle are found, at one and a half they are one cloud."""
    assert examine(blobs(apart, 200, seed=0)).test.found is is_found


def test_groups_in_a_long_cloud_are_found() -> None:
    """Though two halves of an even cloud as long reach a higher silhouette: k by k they stand out."""
    test = examine(groups((80, 40, 40, 20, 20), apart=4.0), largest_k=10).test
    assert test.found
    assert test.standout is not None
    assert test.standout.k == 5
    assert test.uniform_p95 > test.standout.observed > test.standout.uniform_p95


def test_correlated_noise_is_refused() -> None:
    """A stretched cloud is one cloud."""
    for kind in ("normal", "even"):
        (points,) = noise_sets(kind, 100, 1)
        assert not examine(points @ np.array([[1.0, 0.8], [0.0, 0.3]])).test.found


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("columns", "hopkins", "observed", "gaussian", "uniform"),
    [(("income", "score"), 0.815, 0.555, 0.379, 0.449), (("age", "income", "score"), 0.923, 0.427, 0.288, 0.334)],
)
def test_mall_has_the_published_structure(
    columns: tuple[str, ...], hopkins: float, observed: float, gaussian: float, uniform: float
) -> None:
    """Hopkins, the best silhouette, and both nulls' 95th percentiles."""
    test = examine(mall(*columns), largest_k=10).test
    assert test.hopkins == pytest.approx(hopkins, abs=0.02)
    assert test.observed == pytest.approx(observed, abs=0.002)
    assert (test.gaussian_p95, test.uniform_p95) == pytest.approx((gaussian, uniform), abs=0.02)
    assert test.found


def test_hopkins_tells_even_from_clustered() -> None:
    """About a half on even points, near one on groups, in any unit."""
    even = np.random.default_rng(0).random((300, 2))
    clustered = groups((100, 100, 100))
    assert hopkins_statistic(even, np.random.default_rng(1)) == pytest.approx(0.5, abs=0.06)
    assert hopkins_statistic(clustered, np.random.default_rng(1)) > 0.9
    assert hopkins_statistic(clustered * 1e-160, np.random.default_rng(1)) > 0.9


def test_gaussian_nulls_share_mean_and_covariance() -> None:
    """Over many sets the moments are those of the data."""
    points = groups((50, 30), n_features=2)
    rows = gaussian_nulls(points, 400, np.random.default_rng(0)).reshape(-1, 2)
    assert rows.mean(axis=0) == pytest.approx(points.mean(axis=0), abs=0.1)
    assert np.cov(rows.T, bias=True) == pytest.approx(np.cov(points.T, bias=True), rel=0.05, abs=0.3)


def test_uniform_nulls_fill_the_box_along_the_axes() -> None:
    """Turned back, every set lies within the data's extremes."""
    points = groups((50, 30), n_features=2) @ np.array([[1.0, 0.9], [0.0, 0.2]])
    _, _, axes = np.linalg.svd(points - points.mean(axis=0), full_matrices=False)
    turned = (points - points.mean(axis=0)) @ axes.T
    rows = (uniform_nulls(points, 50, np.random.default_rng(0)).reshape(-1, 2) - points.mean(axis=0)) @ axes.T
    assert rows.min(axis=0) == pytest.approx(turned.min(axis=0), abs=0.05)
    assert rows.max(axis=0) == pytest.approx(turned.max(axis=0), abs=0.05)


def test_nulls_of_a_line_stay_on_it() -> None:
    """Two columns that say the same are no plane."""
    line = np.linspace(-1, 1, 30)[:, None] * np.array([1.0, 2.0])
    for nulls in (gaussian_nulls, uniform_nulls):
        sets = nulls(line, 3, np.random.default_rng(0))
        assert sets[:, :, 1] == pytest.approx(2 * sets[:, :, 0])


def test_gap_is_a_mean_of_logarithms() -> None:
    """By hand on two reference sets: ln 4 − ln 2, and the spread of the references."""
    gaps, errors = gap_statistic(np.array([8.0, 2.0]), np.array([[8.0, 8.0], [2.0, 8.0]]))
    assert gaps == pytest.approx([0.0, np.log(2.0)])
    assert errors == pytest.approx([0.0, np.log(2.0) * np.sqrt(1.5)])


def test_gap_ends_where_no_spread_is_left() -> None:
    """A perfect fit has no logarithm."""
    gaps, _ = gap_statistic(np.array([8.0, 2.0, 0.0]), np.full((3, 2), 4.0))
    assert len(gaps) == 2
