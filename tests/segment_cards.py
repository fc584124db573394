"""Scorecards for tests of criteria and of the choice of k."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.records.segments import KScore
from reportgen.segment.criteria.base import Scorecard


def score(
    k: int,
    *,
    silhouette: float = 0.4,
    stability: float = 0.9,
    low: float = 0.8,
    inertia: float = 50.0,
    index: float = 100.0,
    bouldin: float = 0.7,
    smallest: int = 20,
) -> KScore:
    """One k with plain figures."""
    return KScore(
        k=k,
        inertia=inertia,
        silhouette=silhouette,
        silhouette_min=silhouette / 2,
        calinski_harabasz=index,
        davies_bouldin=bouldin,
        stability=stability,
        stability_low=low,
        stability_high=1.0,
        sizes=(*[40] * (k - 1), smallest),
    )


MALL_LIKE = Scorecard(
    scores=(
        score(2, silhouette=0.295, stability=0.27, low=-0.05, inertia=269.0, index=96.4, bouldin=1.291),
        score(3, silhouette=0.467, stability=0.951, low=0.38, inertia=157.7, index=151.3, bouldin=0.716),
        score(4, silhouette=0.494, stability=0.78, low=0.56, inertia=108.9, index=174.6, bouldin=0.71),
        score(5, silhouette=0.555, stability=0.957, low=0.91, inertia=65.6, index=248.6, bouldin=0.572, smallest=22),
        score(6, silhouette=0.54, stability=0.87, low=0.66, inertia=55.1, index=243.1, bouldin=0.655, smallest=10),
        score(7, silhouette=0.528, stability=0.75, low=0.6, inertia=44.9, index=254.6, bouldin=0.715, smallest=10),
    ),
    total_inertia=400.0,
    prediction_strength=((2, 0.57), (3, 0.96), (4, 0.67), (5, 0.86), (6, 0.62), (7, 0.54)),
    instability=((2, 0.35), (3, 0.03), (4, 0.09), (5, 0.016), (6, 0.04), (7, 0.08)),
    gap=((1, 0.88), (2, 0.77), (3, 0.82), (4, 0.77), (5, 1.07), (6, 1.06), (7, 1.09)),
    gap_error=tuple((k, 0.05) for k in range(1, 8)),
)
"""The mall customers' figures, rounded, k up to 7."""

ONE_K = Scorecard((score(2),), 100.0, ((2, 0.5),), ((2, 0.1),), (), ())
"""Too few customers for a choice."""


def flat(ks: Sequence[int]) -> Scorecard:
    """Every k alike."""
    return Scorecard(
        scores=tuple(score(k) for k in ks),
        total_inertia=50.0,
        prediction_strength=tuple((k, 0.5) for k in ks),
        instability=tuple((k, 0.1) for k in ks),
        gap=tuple((k, float(k)) for k in (1, *ks)),
        gap_error=tuple((k, 0.1) for k in (1, *ks)),
    )
