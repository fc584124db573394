"""What each criterion says, and when it declines."""

from __future__ import annotations

import warnings
from dataclasses import replace

import numpy as np
import pytest
from segment_cards import MALL_LIKE, ONE_K, flat, score

from reportgen.errors import NotApplicable
from reportgen.segment.criteria.base import CRITERIA
from reportgen.segment.criteria.elbow import find_elbow

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from kneed import KneeLocator


@pytest.mark.parametrize(
    ("name", "k"),
    [
        ("calinski_harabasz", 7),
        ("davies_bouldin", 5),
        ("gap", 1),
        ("instability", 5),
        ("prediction_strength", 5),
        ("silhouette", 5),
        ("stability", 5),
    ],
)
def test_criteria_agree_and_disagree_as_published(name: str, k: int) -> None:
    """On the mall customers' figures each criterion says what is published."""
    assert CRITERIA[name].choose(MALL_LIKE).k == k


@pytest.mark.parametrize("name", ["calinski_harabasz", "davies_bouldin", "instability", "silhouette", "stability"])
def test_one_k_is_no_choice(name: str) -> None:
    """A criterion that takes an extreme declines where there is only one figure."""
    with pytest.raises(NotApplicable, match="only one"):
        CRITERIA[name].choose(ONE_K)


def test_stability_takes_the_steadiest_of_equals() -> None:
    """Means a hundredth apart are a tie, which the worst draws decide."""
    card = replace(MALL_LIKE, scores=(score(2, stability=0.96, low=0.4), score(3, stability=0.95, low=0.9)))
    choice = CRITERIA["stability"].choose(card)
    assert (choice.k, choice.value) == (3, 0.95)


def test_prediction_strength_declines_below_its_threshold() -> None:
    """No k predicted well is an answer, not a choice."""
    with pytest.raises(NotApplicable, match="for no number"):
        CRITERIA["prediction_strength"].choose(flat(range(2, 6)))


def test_gap_declines_while_it_grows() -> None:
    """If each k is clearly beaten by the next, there is none to choose."""
    with pytest.raises(NotApplicable, match="keeps growing"):
        CRITERIA["gap"].choose(flat(range(2, 6)))


def test_gap_declines_without_spread() -> None:
    """Customers on few points leave nothing to take the logarithm of."""
    with pytest.raises(NotApplicable, match="few points"):
        CRITERIA["gap"].choose(replace(MALL_LIKE, gap=(), gap_error=()))


def test_a_straight_curve_has_no_elbow() -> None:
    """Inertia that falls evenly bends nowhere."""
    assert find_elbow(np.arange(1.0, 9.0), np.arange(9.0, 1.0, -1.0)) is None


def test_a_level_curve_has_no_elbow() -> None:
    """All equal: no division by zero either."""
    with pytest.raises(NotApplicable, match="no elbow"):
        CRITERIA["elbow"].choose(flat(range(2, 8)))


@pytest.mark.parametrize("seed", range(40))
def test_elbows_are_those_of_kneed(seed: int) -> None:
    """On falling curves, with and without a bump, Kneedle as the library kneed has it."""
    generator = np.random.default_rng(seed)
    x = np.arange(1.0, 5.0 + seed % 8)
    falls = np.sort(generator.random(len(x)) ** 3 * np.exp(-x / generator.uniform(1, 6)))[::-1]
    bump = 1 + seed % 3
    if seed % 2:
        falls[[bump, bump + 1]] = falls[[bump + 1, bump]]
    y = falls.sum() - np.cumsum(falls)
    expected = KneeLocator(x, y, curve="convex", direction="decreasing").knee
    position = find_elbow(x, y)
    assert (None if position is None else x[position]) == expected
