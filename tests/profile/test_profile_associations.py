"""Tests of describing columns against the segments."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy.special import chdtrc
from scipy.stats import chi2_contingency, kruskal

from reportgen.profile.associations import adjust_by_holm, chi_square_tail, compare_levels, compare_numbers
from reportgen.profile.levels import level_codes, level_counts
from reportgen.records.profile import Association
from reportgen.records.segments import IntArray

GROUPS = (np.arange(40), np.arange(40, 70), np.arange(70, 90))


def counted(texts: Any) -> IntArray:
    """GROUPS × levels."""
    levels = level_codes(texts.astype(object))
    return np.array([level_counts(levels, rows) for rows in GROUPS])


def test_numbers_are_compared_as_scipy_does() -> None:
    """The Kruskal–Wallis statistic and p-value agree with scipy's, ties and missing values included."""
    values = np.random.default_rng(0).integers(0, 9, 90).astype(float)
    values[GROUPS[2]] += 2
    values[[3, 50]] = np.nan
    expected = kruskal(*(values[rows] for rows in GROUPS), nan_policy="omit")
    found = compare_numbers("x", values, GROUPS)
    assert (found.statistic, found.p_value) == pytest.approx((expected.statistic, expected.pvalue))
    assert found.effect == pytest.approx(expected.statistic / 87)


def test_levels_are_compared_as_scipy_does() -> None:
    """The chi-square statistic, p-value and Cramér's V agree with scipy's table test."""
    generator = np.random.default_rng(1)
    texts = np.where(np.arange(90) < 40, generator.choice(["a", "b"], 90), generator.choice(["b", "c"], 90))
    table = [[(texts[rows] == level).sum() for level in "abc"] for rows in GROUPS]
    expected = chi2_contingency(table, correction=False)
    found = compare_levels("x", counted(texts))
    assert (found.statistic, found.p_value) == pytest.approx((expected.statistic, expected.pvalue))
    assert found.effect == pytest.approx(np.sqrt(expected.statistic / (90 * 2)))


@pytest.mark.parametrize(
    "found",
    [
        compare_numbers("x", np.full(90, 7.0), GROUPS),
        compare_levels("x", counted(np.full(90, "a"))),
    ],
)
def test_a_constant_column_differs_by_nothing(found: Association) -> None:
    """One value for everyone is p = 1 and no effect."""
    assert (found.statistic, found.p_value, found.effect) == (0, 1, 0)


def test_p_values_are_adjusted_by_holm() -> None:
    """.01, .03, .04 of three tests become .03, .06, .06, in the order of the columns."""
    raw = [
        Association(name, "chi-square", 1.0, p, 0.5, differs=False)
        for name, p in (("a", 0.04), ("b", 0.01), ("c", 0.03))
    ]
    assert [a.p_value for a in adjust_by_holm(raw)] == pytest.approx([0.06, 0.03, 0.06])
    assert [a.differs for a in adjust_by_holm(raw)] == [False, True, False]


def test_a_negligible_effect_is_no_difference_however_small_p() -> None:
    """In a large file everything is significant; an effect below .1 is still called none."""
    found = adjust_by_holm([Association("a", "chi-square", 99.0, 1e-9, 0.09, differs=False)])
    assert not found[0].differs


@pytest.mark.parametrize("freedom", [1, 2, 3, 8, 45, 180])
@pytest.mark.parametrize("statistic", [1e-6, 0.5, 7.8, 60.0, 1_480.0])
def test_the_tail_of_chi_square_is_exact(statistic: float, freedom: int) -> None:
    """P(χ² ≥ statistic) agrees with SciPy's for odd and even degrees of freedom, far out in the tail too."""
    assert chi_square_tail(statistic, freedom) == pytest.approx(float(chdtrc(freedom, statistic)), rel=1e-11)


def test_the_tail_of_chi_square_has_ends() -> None:
    """Nothing differs: 1. More than a number can hold: 0."""
    assert (chi_square_tail(0.0, 3), chi_square_tail(1e7, 180)) == (1.0, 0.0)
