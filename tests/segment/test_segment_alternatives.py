"""Other features and other scalings against the chosen segments."""

from __future__ import annotations

import numpy as np
import pytest
from segment_data import groups, z_scored

from reportgen.records.segments import AlternativeSet, FeatureSet, FloatArray
from reportgen.segment.alternatives import compare_alternatives, compare_scalings, robust_scores, z_scores
from reportgen.segment.choose_k import SizeLimits

SIZES = (30, 25, 20)
POINTS = groups(SIZES)
LABELS = np.repeat([0, 1, 2], SIZES)
NO_LEVELS = np.empty((len(LABELS), 0))


def compared(matrix: FloatArray, min_size: int = 5) -> tuple[AlternativeSet, ...]:
    choice = FeatureSet(("a", "b"), matrix)
    return compare_alternatives([choice], LABELS, range(2, 6), SizeLimits(min_size, 0.9), np.random.default_rng(0))


def test_the_same_features_agree_fully() -> None:
    """The rule picks the same k, and the agreement is 1."""
    (found,) = compared(z_scored(POINTS))
    assert (found.names, found.k, found.agreement) == (("a", "b"), 3, 1.0)
    assert found.silhouette > 0.6


def test_other_groups_do_not_agree() -> None:
    """Columns that know nothing of the chosen segments agree by chance only."""
    shuffled = np.random.default_rng(3).permutation(z_scored(POINTS))
    assert compared(shuffled)[0].agreement == pytest.approx(0.0, abs=0.1)


@pytest.mark.parametrize("matrix", [np.zeros((75, 2)), np.eye(75, 1)], ids=["all the same", "one apart"])
def test_a_set_without_a_division_is_left_out(matrix: FloatArray) -> None:
    """Nothing to divide, or a segment below the smallest size."""
    assert compared(matrix) == ()


def test_scalings_of_clear_groups_agree() -> None:
    """Raw, z-scored and robust values give the same three segments."""
    agreements = compare_scalings(POINTS * [1.0, 3.0] + 50, NO_LEVELS, LABELS, 3, np.random.default_rng(0))
    assert agreements == (("raw", 1.0), ("z-score", 1.0), ("robust", 1.0))


def test_raw_values_follow_the_largest_unit() -> None:
    """A column in far larger units drowns the one that carries the segments; scaling saves it."""
    noise = np.random.default_rng(5).standard_normal((75, 1)) * 1e6
    agreements = dict(compare_scalings(np.hstack([POINTS, noise]), NO_LEVELS, LABELS, 3, np.random.default_rng(0)))
    assert agreements["raw"] < 0.2 < agreements["z-score"]


@pytest.mark.parametrize("factor", [1e-300, 1e300])
def test_extreme_units_change_nothing(factor: float) -> None:
    """Amounts near the largest and the smallest float are compared as any others."""
    agreements = compare_scalings(POINTS * factor, NO_LEVELS, LABELS, 3, np.random.default_rng(0))
    assert [agreement for _, agreement in agreements] == [1.0, 1.0, 1.0]


def test_scores_of_a_constant_column_are_zero() -> None:
    """And a column that is mostly one value falls back on its standard deviation."""
    mostly = np.array([0.0] * 9 + [10.0])
    scores = robust_scores(np.stack([np.ones(10), mostly], axis=1))
    assert scores[:, 0].tolist() == z_scores(np.ones((10, 1)))[:, 0].tolist() == [0.0] * 10
    assert scores[9, 1] == pytest.approx(10 / mostly.std())
