"""Correlations of numeric pairs."""

from __future__ import annotations

import numpy as np
import pytest

from reportgen.profile.correlations import correlate_pairs, pearson


def test_every_pair_is_correlated_once() -> None:
    """Three columns give three pairs, each as numpy computes it."""
    values = np.random.default_rng(0).normal(size=(3, 50))
    found = correlate_pairs(dict(zip("abc", values, strict=True)))
    assert [(pair.a, pair.b) for pair in found] == [("a", "b"), ("a", "c"), ("b", "c")]
    assert [pair.r for pair in found] == pytest.approx(np.corrcoef(values)[[0, 0, 1], [1, 2, 2]])


def test_pairs_use_customers_for_whom_both_are_known() -> None:
    """A missing value on either side leaves the customer out."""
    a = np.array([1.0, 2.0, 3.0, np.nan, 100.0])
    b = np.array([2.0, 4.0, 6.0, -50.0, np.nan])
    assert pearson(a, b) == pytest.approx(1)


@pytest.mark.parametrize("b", [np.full(4, 3.0), np.full(4, np.nan)])
def test_a_column_that_does_not_vary_correlates_with_nothing(b: np.ndarray) -> None:
    """Constant or unknown columns give 0, not NaN."""
    assert pearson(np.arange(4.0), b) == 0


def test_of_very_many_columns_the_first_are_correlated() -> None:
    """A table of two hundred columns does not fill the study with twenty thousand pairs."""
    columns = {f"c{i:03d}": np.array([0.0, 1.0, float(i)]) for i in range(200)}
    assert len(correlate_pairs(columns)) == 100 * 99 / 2
