"""Bins at round numbers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.profile.distributions import MOST_BINS, distribution_of

steady = settings(deadline=None, derandomize=True)
finite = st.floats(-1e9, 1e9, allow_subnormal=False).map(lambda value: round(value, 4))


@steady
@given(st.lists(finite, min_size=1, max_size=60))
def test_every_value_falls_into_one_of_few_rising_bins(values: list[float]) -> None:
    """Bins rise, cover all values and are at most MOST_BINS."""
    distribution = distribution_of("x", np.array(values))
    assert all(np.diff(distribution.edges) > 0)
    assert 1 <= len(distribution.counts) == len(distribution.edges) - 1 <= MOST_BINS
    assert sum(distribution.counts) == len(values)


def test_ages_fall_into_whole_years() -> None:
    """Edges of ages are whole years, multiples of one round step."""
    edges = distribution_of("Age", np.arange(18.0, 71.0)).edges
    assert edges == (10, 20, 30, 40, 50, 60, 70, 80)


def test_each_bin_of_whole_numbers_holds_equally_many() -> None:
    """The top edge of whole numbers lies above the largest, so the last bin is no wider than the rest."""
    distribution = distribution_of("Orders", np.repeat(np.arange(6.0), 10))
    assert distribution.edges == (0, 1, 2, 3, 4, 5, 6)
    assert distribution.counts == (10,) * 6


def test_edges_are_the_decimals_they_seem() -> None:
    """An edge of 0.3 is 0.3, not 0.30000000000000004."""
    edges = distribution_of("x", np.linspace(0, 1, 100)).edges
    assert edges == (0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1)


@pytest.mark.parametrize("value", [0.0, 7.0, 2.5, -3.2, 1e12])
def test_one_value_makes_one_bin(value: float) -> None:
    """A constant column has a single bin around its value."""
    distribution = distribution_of("x", np.full(5, value))
    assert distribution.counts == (5,)
    assert distribution.edges[0] <= value <= distribution.edges[1]
