"""Scaling: z-scores by default, a transform first where skew is strong."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import skew, yeojohnson

from reportgen.features.scaling import apply_feature, best_power, fit_feature, skewness, yeo_johnson

GENERATOR = np.random.default_rng(0)
SYMMETRIC = GENERATOR.normal(50, 10, 500)
LONG_TAILED = GENERATOR.lognormal(3, 1, 500)
LEFT_TAILED = 100 - LONG_TAILED


def test_a_symmetric_column_is_only_z_scored() -> None:
    """Mean 0, population standard deviation 1, no transform."""
    feature = fit_feature("a", SYMMETRIC)
    scaled = apply_feature(SYMMETRIC, feature)
    assert feature.transform == "none"
    assert (scaled.mean(), scaled.std()) == pytest.approx((0, 1), abs=1e-12)


def test_a_long_tail_is_logged_first() -> None:
    """A right-skewed amount is logged, which brings its skewness near 0."""
    feature = fit_feature("a", LONG_TAILED)
    assert feature.transform == "log1p"
    assert abs(skewness(apply_feature(LONG_TAILED, feature))) < 0.3


def test_a_tail_to_the_left_takes_yeo_johnson() -> None:
    """A logarithm cannot help a tail to the left."""
    feature = fit_feature("a", LEFT_TAILED)
    assert feature.transform == "yeo-johnson"
    assert abs(skewness(apply_feature(LEFT_TAILED, feature))) < abs(feature.skew)


@pytest.mark.parametrize("power", [-1.3, 0.0, 0.7, 2.0])
def test_yeo_johnson_is_the_published_transform(power: float) -> None:
    """Equal to SciPy's on both sides of zero."""
    values = np.linspace(-5, 5, 41)
    assert yeo_johnson(values, power) == pytest.approx(yeojohnson(values, power))


def test_the_power_is_the_likeliest() -> None:
    """The grid finds SciPy's maximum to a tenth."""
    _, power = yeojohnson(LEFT_TAILED)
    assert best_power(LEFT_TAILED) == pytest.approx(np.clip(power, -2, 2), abs=0.06)


def test_skewness_is_the_third_moment() -> None:
    """Equal to SciPy's, and 0 for a constant."""
    assert skewness(LONG_TAILED) == pytest.approx(skew(LONG_TAILED))
    assert skewness(np.ones(5)) == 0


def test_negative_amounts_survive_the_logarithm() -> None:
    """Refunds below zero shift the logarithm's origin; nothing becomes missing."""
    values = np.concatenate([LONG_TAILED, [-30.0]])
    assert np.isfinite(apply_feature(values, fit_feature("a", values))).all()


def test_the_power_of_many_rows_is_that_of_some() -> None:
    """Past the rows it is fitted on, evenly spaced ones give the same tenth."""
    many = np.random.default_rng(2).gamma(2, 10, 120_000)
    assert best_power(many) == best_power(many[::3])


def test_later_values_below_the_smallest_stay_finite() -> None:
    """Next month's refund under the logarithm's origin counts as the smallest value."""
    feature = fit_feature("a", LONG_TAILED)
    assert np.isfinite(apply_feature(np.array([-1e6, 0.0]), feature)).all()
