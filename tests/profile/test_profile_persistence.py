"""Whether differences survive resampling."""

from __future__ import annotations

import numpy as np
import pytest

from reportgen.profile.numbers import Yardstick
from reportgen.profile.persistence import resample_means, share_kept

UNIT = Yardstick(mean=10.0, sd=2.0, median=10.0)


def test_half_an_sd_on_the_same_side_is_kept() -> None:
    """Means of 11 or more keep a positive difference over mean 10 and SD 2; others do not."""
    means = np.array([11.0, 10.9, 13.0, 8.0])
    assert share_kept(1.5, means, UNIT) == 0.5
    assert share_kept(-1.5, means, UNIT) == 0.25


def test_a_dissolved_segment_keeps_nothing() -> None:
    """A bootstrap in which the segment dissolved (NaN) counts against the difference."""
    assert share_kept(1.5, np.array([12.0, np.nan]), UNIT) == 0.5


def test_resampled_means_scatter_as_the_standard_error_says() -> None:
    """The spread over bootstraps is SD / √n."""
    values = np.random.default_rng(0).normal(50, 10, 400)
    means = resample_means([values], np.arange(400), 2000, seed=1)
    assert means.mean() == pytest.approx(values.mean(), abs=0.1)
    assert means.std() == pytest.approx(values.std() / 20, rel=0.1)


def test_resampling_leaves_unknown_values_out() -> None:
    """Bootstrap means are over known values; a draw without any is NaN."""
    values = np.array([4.0, np.nan])
    means = resample_means([values], np.array([0, 1]), 50, seed=2)
    assert set(means[~np.isnan(means)]) == {4.0}
    assert np.isnan(means).any()


def test_the_same_seed_draws_the_same() -> None:
    """Resampling depends on the seed alone."""
    values = [np.arange(30.0), np.arange(30.0) ** 2]
    first, second = (resample_means(values, np.arange(5, 25), 10, seed=3) for _ in range(2))
    assert (first == second).all()
