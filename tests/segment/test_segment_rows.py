"""Orders and samples of rows that depend on values and seed only."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from reportgen.segment._rows import canonical_order, draw_samples, n_distinct


def test_the_order_depends_on_values_only() -> None:
    """Sorted, shuffled rows are the same matrix."""
    generator = np.random.default_rng(0)
    rows = generator.integers(0, 4, (50, 3)).astype(float)
    shuffled = generator.permutation(rows)
    assert rows[canonical_order(rows)].tolist() == shuffled[canonical_order(shuffled)].tolist()


def test_rows_that_mix_to_one_value_are_still_ordered() -> None:
    """Where the mixture cannot tell rows apart, the columns do."""
    rows = np.array([[0.0, 1e-30], [0.0, 1.0], [1e-30, 1.0], [0.0, 0.0], [1.0, 0.0], [1.0, 1e-30]])
    shuffled = rows[::-1]
    assert rows[canonical_order(rows)].tolist() == shuffled[canonical_order(shuffled)].tolist()


@pytest.mark.parametrize(("n_ways", "expected"), [(1, 1), (3, 3), (9, 5)])
def test_distinct_rows_are_counted_up_to_a_limit(n_ways: int, expected: int) -> None:
    """No further than is asked."""
    assert n_distinct((np.arange(30) % n_ways)[:, None].astype(float), 5) == expected


def test_no_rows_have_no_distinct_row() -> None:
    """An empty matrix."""
    assert n_distinct(np.empty((0, 2)), 5) == 0


def test_samples_are_nested_and_rising() -> None:
    """Each sample lies within the one before it."""
    rows = draw_samples(20_000, 2, np.random.default_rng(0))
    nested = [rows.scored, rows.silhouette, rows.stability, rows.null]
    assert [len(sample) for sample in nested] == [10_000, 5_000, 1_500, 500]
    for wider, narrower in pairwise(nested):
        assert set(narrower.tolist()) <= set(wider.tolist())
        assert (np.diff(narrower) > 0).all()


def test_small_data_are_used_whole() -> None:
    """Below every budget each sample is all rows."""
    rows = draw_samples(200, 2, np.random.default_rng(0))
    assert rows.scored.tolist() == rows.null.tolist() == list(range(200))


def test_more_features_mean_fewer_bootstrapped_rows() -> None:
    """Down to a floor."""
    sizes = [len(draw_samples(5_000, p, np.random.default_rng(0)).stability) for p in (2, 8, 40)]
    assert sizes == [1_500, 1_125, 1_000]
