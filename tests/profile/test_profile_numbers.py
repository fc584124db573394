"""Numeric columns in one segment."""

from __future__ import annotations

import numpy as np
import pytest

from reportgen.profile.distributions import distribution_of
from reportgen.profile.numbers import profile_number, standardize, yardstick_of
from reportgen.records.profile import NumberProfile

VALUES = np.array([1.0, 2.0, 3.0, 4.0, np.nan, 10.0])


def profile_of(rows: list[int] | None) -> NumberProfile:
    positions = None if rows is None else np.array(rows)
    return profile_number(VALUES, positions, yardstick_of(VALUES), distribution_of("x", VALUES), persistence=0.5)


def test_difference_is_in_overall_population_sd() -> None:
    """d = (segment mean − overall mean) / overall SD, with the population SD."""
    sd = np.sqrt(((VALUES[~np.isnan(VALUES)] - 4) ** 2).mean())
    assert profile_of([3, 5]).difference == pytest.approx((7 - 4) / sd)


def test_unknown_values_count_nowhere() -> None:
    """A missing value enters neither mean nor total nor shares nor bins."""
    profile = profile_of([4, 5])
    assert (profile.mean, profile.total, profile.share_above, sum(profile.counts)) == (10, 10, 1, 1)


def test_all_customers_differ_from_nobody() -> None:
    """The overall profile has difference 0 and the plain quartiles."""
    profile = profile_of(None)
    assert profile.difference == 0
    assert (profile.q25, profile.median, profile.q75) == (2, 3, 4)


def test_ties_with_the_median_are_on_neither_side() -> None:
    """Members that equal the overall median are neither above nor below it."""
    profile = profile_of([1, 2, 3, 5])
    assert (profile.share_below, profile.share_above) == (0.25, 0.5)


def test_a_constant_column_differs_by_nothing() -> None:
    """Where nothing varies the difference is 0, not a division by zero."""
    assert standardize(5.0, yardstick_of(np.full(4, 5.0))) == 0


def test_counts_use_the_bins_of_all_customers() -> None:
    """Segments can be laid over the overall histogram bin by bin."""
    everyone = np.array(distribution_of("x", VALUES).counts)
    assert (np.add(profile_of([0, 1, 2]).counts, profile_of([3, 4, 5]).counts) == everyone).all()
