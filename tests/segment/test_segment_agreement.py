"""Agreement of two divisions against scikit-learn and SciPy."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment
from sklearn.metrics import adjusted_rand_score, rand_score

from reportgen.segment.agreement import (
    adjusted_rand,
    agreement,
    best_matching,
    cross_tables,
    disagreement,
    jaccard,
    matched_share,
)

LABELS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=2, max_size=40)


@settings(max_examples=40, deadline=None)
@given(LABELS)
def test_indices_match_scikit_learn(pairs: list[tuple[int, int]]) -> None:
    """Adjusted Rand and Rand for any two labelings."""
    first, second = np.array(pairs).T
    table = cross_tables(first[None], second[None], 5)
    assert adjusted_rand(table)[0] == pytest.approx(adjusted_rand_score(first, second), abs=1e-12)
    assert disagreement(table)[0] == pytest.approx(1 - rand_score(first, second), abs=1e-12)


def test_agreement_does_not_care_for_names() -> None:
    """The same division under other numbers agrees fully."""
    assert agreement(np.array([0, 0, 1, 2]), np.array([2, 2, 0, 1])) == 1.0


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 8), st.integers(0, 2**32 - 1))
def test_matching_costs_what_scipy_finds(size: int, seed: int) -> None:
    """The best one-to-one matching of any square of costs."""
    costs = np.random.default_rng(seed).integers(-9, 10, (size, size)).astype(float)
    columns = best_matching(costs)
    rows, best = linear_sum_assignment(costs)
    assert sorted(columns) == list(range(size))
    assert costs[np.arange(size), columns].sum() == pytest.approx(costs[rows, best].sum())


def test_moved_customers_are_counted_after_matching() -> None:
    """Nine of ten rows stay where they were, under whatever numbers."""
    table = np.array([[0.0, 5.0], [4.0, 1.0]])
    assert matched_share(table) == pytest.approx(0.9)


def test_weights_count_rows() -> None:
    """A row of weight 0 is in no table."""
    tables = cross_tables(np.array([[0, 1]]), np.array([[1, 1]]), 2, np.array([[3.0, 0.0]]))
    assert tables.tolist() == [[[0.0, 3.0], [0.0, 0.0]]]


def test_jaccard_is_shared_over_either() -> None:
    """Two shared rows of three in either."""
    tables = cross_tables(np.array([[0, 0, 0, 1]]), np.array([[0, 0, 1, 1]]), 2)
    assert jaccard(tables)[0].tolist() == [[2 / 3, 1 / 4], [0.0, 1 / 2]]
