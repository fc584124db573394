"""How many customers a test needs, and what a split of a segment can show."""

from __future__ import annotations

import math
from statistics import NormalDist


def needed_per_group(effect: float, significance: float, power: float) -> int:
    """Customers in each of two equal groups so that a two-sided test shows the effect: ⌈2 ((z₁ + z₂) / effect)²⌉.

    `effect`: a difference of means in SD (Cohen 1988, ch. 2) or `share_effect` of two shares (ch. 6); normal
    approximation.
    """
    return math.ceil(2 * (z_sum(significance, power) / effect) ** 2)


def share_effect(baseline: float, raised: float) -> float:
    """Cohen's h of two shares of 0..1: 2 arcsin √raised − 2 arcsin √baseline (Cohen 1988, ch. 6)."""
    return 2 * math.asin(math.sqrt(raised)) - 2 * math.asin(math.sqrt(baseline))


def detectable_effect(n_test: int, n_control: int, significance: float, power: float) -> float:
    """Smallest effect that groups of these sizes show: (z₁ + z₂) √(1 / n₁ + 1 / n₂) (Cohen 1988, ch. 2)."""
    return z_sum(significance, power) * math.sqrt(1 / n_test + 1 / n_control)


def detectable_share(baseline: float, effect: float) -> float:
    """The raised share at that effect over the baseline, at most 1: sin²(arcsin √baseline + effect / 2)."""
    return math.sin(min(math.pi / 2, math.asin(math.sqrt(baseline)) + effect / 2)) ** 2


def z_sum(significance: float, power: float) -> float:
    """z₁ + z₂: Φ⁻¹(1 − significance / 2) + Φ⁻¹(power)."""
    normal = NormalDist()
    return normal.inv_cdf(1 - significance / 2) + normal.inv_cdf(power)
