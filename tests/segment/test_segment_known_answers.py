"""Public sets whose right answer is known: k, agreement with the truth, and honest disagreement."""

from __future__ import annotations

from functools import cache

import pytest
from segment_data import features_of, known_set, mall

from reportgen.config import SegmentSettings
from reportgen.records.segments import Evidence, FeatureSet, Segmentation
from reportgen.segment.agreement import agreement
from reportgen.segment.stage import find_segments

pytestmark = pytest.mark.real_data

PUBLISHED_SCORES = {
    3: (0.4666, 0.717, 151.34),
    4: (0.4939, 0.710, 174.60),
    5: (0.5547, 0.572, 248.65),
    6: (0.5399, 0.655, 243.09),
    7: (0.5281, 0.715, 254.62),
}


@cache
def mall_by(*columns: str) -> tuple[Evidence, Segmentation]:
    return find_segments(features_of(mall(*columns)), SegmentSettings())


def votes_of(evidence: Evidence) -> dict[str, int | None]:
    return {vote.criterion: vote.k for vote in evidence.votes}


@pytest.mark.parametrize(
    ("name", "k", "agreed"),
    [
        pytest.param("s1", 15, 0.987, marks=pytest.mark.slow),
        pytest.param("s2", 15, 0.937, marks=pytest.mark.slow),
        pytest.param("a1", 20, 0.966, marks=pytest.mark.slow),
        ("aggregation", 4, None),
        ("iris", 2, None),
    ],
)
def test_known_sets_give_the_known_k(name: str, k: int, agreed: float | None) -> None:
    """k and the adjusted Rand index with the experts' labels, as k-means with enough restarts reaches them.

    Aggregation's groups are not round and two of iris' touch: there k-means finds four and two, the criteria are
    divided, and the segments are not called natural.
    """
    matrix, labels = known_set(name)
    evidence, segmentation = find_segments(
        features_of(matrix, matrix=matrix), SegmentSettings(max_segments=25 if k > 10 else 10, n_bootstraps=20)
    )
    assert evidence.k == k
    assert (evidence.kind == "natural") == (agreed is not None)
    if agreed is not None:
        assert agreement(segmentation.labels - 1, labels) == pytest.approx(agreed, abs=0.003)


def test_mall_by_income_and_score_gives_five() -> None:
    """The published segments, natural, with six as the runner-up."""
    evidence, segmentation = mall_by("income", "score")
    assert (evidence.k, evidence.runner_up, evidence.kind) == (5, 6, "natural")
    assert round(segmentation.inertia, 3) == 65.568


@pytest.mark.parametrize(("k", "figures"), PUBLISHED_SCORES.items())
def test_mall_scores_are_the_published_ones(k: int, figures: tuple[float, float, float]) -> None:
    """Silhouette, Davies–Bouldin and Calinski–Harabasz by k."""
    (score,) = (score for score in mall_by("income", "score")[0].scores if score.k == k)
    found = (round(score.silhouette, 4), round(score.davies_bouldin, 3), round(score.calinski_harabasz, 2))
    assert found == pytest.approx(figures, abs=0.0011)


def test_mall_votes_are_the_published_ones() -> None:
    """Silhouette, Davies–Bouldin, prediction strength and both bootstraps say five; the others do not."""
    votes = votes_of(mall_by("income", "score")[0])
    agreeing = ("silhouette", "davies_bouldin", "prediction_strength", "instability", "stability", "elbow")
    assert {votes[name] for name in agreeing} == {5}
    assert (votes["calinski_harabasz"], votes["gap"]) == (9, 1)


def test_mall_with_age_shows_its_disagreement() -> None:
    """Silhouette says six, prediction strength four; the reason tells both."""
    evidence, _ = mall_by("age", "income", "score")
    votes = votes_of(evidence)
    assert (votes["silhouette"], votes["prediction_strength"]) == (6, 4)
    assert "Silhouette" in evidence.reason
    assert "say four" in evidence.reason


def test_mall_says_what_age_would_have_given() -> None:
    """As an alternative, age, income and score give six segments of silhouette .4274."""
    income_score = mall("income", "score")
    with_age = features_of(mall("age", "income", "score")).matrix
    alternative = FeatureSet(("Age", "Income", "Score"), with_age)
    evidence, _ = find_segments(features_of(income_score, (alternative,)), SegmentSettings())
    (found,) = evidence.alternatives
    assert (found.k, round(found.silhouette, 4)) == (6, 0.4274)
    assert dict(evidence.scalings) == {"raw": 1.0, "z-score": 1.0, "robust": 1.0}


def test_every_figure_is_within_its_range() -> None:
    """Silhouettes and stabilities of every k, in order."""
    for score in mall_by("age", "income", "score")[0].scores:
        assert -1 <= score.silhouette_min <= score.silhouette <= 1
        assert score.stability_low <= score.stability <= score.stability_high <= 1
