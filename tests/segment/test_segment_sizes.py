"""Divisions that a business cannot use, a giant with a few whales, and what is done about skew before."""

from __future__ import annotations

import numpy as np
import pytest
from segment_cards import MALL_LIKE, score
from segment_data import features_of, z_scored

from reportgen.config import SegmentSettings
from reportgen.features.scaling import apply_feature, fit_feature
from reportgen.records.segments import FloatArray
from reportgen.segment.choose_k import SizeLimits, decide
from reportgen.segment.criteria.base import cast_votes
from reportgen.segment.stage import find_segments

VOTES = cast_votes(MALL_LIKE)


def skewed_customers(n: int = 600) -> FloatArray:
    """Money (lognormal, sigma 2), frequency (geometric) and days since the last order (exponential) of n customers."""
    generator = np.random.default_rng(7)
    money = generator.lognormal(4, 2, n)
    return np.column_stack([money, generator.geometric(0.2, n), generator.exponential(60, n)])


@pytest.mark.parametrize(
    ("sizes", "is_lopsided"),
    [
        ((90, 10), False),
        ((91, 9), True),
        ((880, 60, 60), False),
        ((930, 60, 5, 5), True),
        ((875, 80, 9, 9, 9, 9, 9), True),
    ],
)
def test_a_giant_is_weighed_without_the_far_off_few(sizes: tuple[int, ...], is_lopsided: bool) -> None:
    """Nine tenths of the customers, handfuls of a hundredth or less left out."""
    assert SizeLimits(5, 0.9).is_lopsided(sizes) is is_lopsided


def test_a_lopsided_k_is_passed_over_and_said() -> None:
    """The silhouette of a giant and a few whales does not win."""
    giant = score(2, silhouette=0.9, smallest=20)
    scores = (type(giant)(**{**{f: getattr(giant, f) for f in giant.__slots__}, "sizes": (380, 20)}), score(3))
    decision = decide(scores, VOTES, True, SegmentSettings())
    assert decision.k == 3
    assert "only by leaving nearly everybody in one segment" in decision.reason
    assert decide(scores, VOTES, True, SegmentSettings(max_share=0.96)).k == 2


def test_a_small_segment_passed_over_is_said() -> None:
    """With its size, so that a reader can lower the limit."""
    decision = decide((score(2), score(3, silhouette=0.9, smallest=9)), VOTES, True, SegmentSettings())
    assert "Three would lie further apart, but leave a segment below the smallest size" in decision.reason
    assert "9" not in decision.reason  # fewer than may be told


def test_nothing_but_lopsided_divisions_are_no_segments() -> None:
    """Raw money of sigma 2: whatever is chosen, nearly everybody is never one of its segments."""
    raw = skewed_customers()[:, :1] ** 1.2
    evidence, _ = find_segments(features_of(raw), SegmentSettings(n_bootstraps=20, max_segments=4))
    sizes = next((found.sizes for found in evidence.scores if found.k == evidence.k), None)
    assert sizes is None or not SizeLimits(10, 0.9).is_lopsided(sizes)


def test_skewed_columns_are_transformed_with_a_reason() -> None:
    """Each of the three has a long tail to the right; what is left of its skew is small."""
    for column in skewed_customers().T:
        feature = fit_feature("a", column)
        scaled = apply_feature(column, feature)
        assert feature.transform in {"log1p", "yeo-johnson"}
        assert feature.reason.startswith("a long tail to the right: ")
        assert abs(float((z_scored(scaled[:, None]) ** 3).mean())) < 0.5
