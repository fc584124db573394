"""Published figures on how far the mall customers' segments hold: structure, resampling, and the weakest segment."""

from __future__ import annotations

from functools import cache
from statistics import fmean

import pytest
from segment_data import features_of, mall
from threadpoolctl import threadpool_limits

from reportgen.config import SegmentSettings
from reportgen.profile.trust import judge_segment
from reportgen.records.segments import Evidence, Segmentation
from reportgen.segment.stage import find_segments

pytestmark = pytest.mark.real_data

INCOME_SCORE = ("income", "score")
WITH_AGE = ("age", "income", "score")

AGREEMENT = {
    INCOME_SCORE: {2: 0.26, 3: 0.93, 5: 0.95, 6: 0.88, 7: 0.75},
    WITH_AGE: {2: 0.95, 3: 0.63, 4: 0.93, 6: 0.88, 7: 0.80},
}
"""Mean adjusted Rand index of two bootstraps; published from 60 pairs, ± .02."""

SEARCHED_LONGER = {INCOME_SCORE: {4: 0.78}, WITH_AGE: {5: 0.79}}
"""Where ours differs from what is published, .72 and .82: scikit-learn with twenty restarts on each of a hundred pairs
of bootstraps gives .78 and .79 (standard errors .02 and .014), with a single restart .69 and .72. The published figures
are of searches that stopped earlier, ours are not."""

STRENGTH = {
    INCOME_SCORE: {2: 0.57, 3: 0.96, 4: 0.67, 5: 0.86, 6: 0.62, 7: 0.54},
    WITH_AGE: {2: 0.93, 3: 0.54, 4: 0.84, 5: 0.53, 6: 0.63, 7: 0.52},
}
"""Prediction strength; published from 40 splits, ± .02."""

NEAR = 0.05
"""The published ± .02, and .03 for our own draws."""

SEEDS = range(5)
"""Five times as many draws bring our own part down to .01: what is left is"""
NEARER = 0.03

AGREEMENT_OF_LONGER_SEARCH = {
    INCOME_SCORE: AGREEMENT[INCOME_SCORE] | {3: 0.953, 4: 0.78},
    WITH_AGE: AGREEMENT[WITH_AGE],
}
STRENGTH_OF_LONGER_SEARCH = {INCOME_SCORE: STRENGTH[INCOME_SCORE], WITH_AGE: STRENGTH[WITH_AGE] | {6: 0.659}}
"""The published figures, but for those that scikit-learn, too, finds higher with ten restarts on each draw: .953
(standard error .015) instead of .93, and .659 (.014) instead of .63."""

MOVED = {INCOME_SCORE: {4: 0.103, 5: 0.010, 6: 0.082}, WITH_AGE: {4: 0.014, 5: 0.127, 6: 0.036}}
"""Customers that refitting on a bootstrap moves, on average over a hundred, by scikit-learn with ten restarts.

Published are .8, 1.0, 3.5 and 1.3, 23.2, 3.0 %. Where two divisions are nearly as good (four, and five with age) half
of the bootstraps move hardly anybody and the others a quarter, so that a median tells one of the two; no mean is .8 %
where the mean agreement is the published .72. Ours is the mean, as the page says."""


@cache
def segmented(columns: tuple[str, ...], k: int = 0, seed: int | None = None) -> tuple[Evidence, Segmentation]:
    chosen = {} if seed is None else {"seed": seed}
    with threadpool_limits(limits=1):
        return find_segments(features_of(mall(*columns)), SegmentSettings(k=k or "auto", n_bootstraps=200, **chosen))


def votes(evidence: Evidence) -> dict[str, int | None]:
    return {vote.criterion: vote.k for vote in evidence.votes}


@pytest.mark.parametrize(
    ("columns", "hopkins", "observed", "gaussian", "uniform"),
    [(INCOME_SCORE, 0.815, 0.555, 0.379, 0.449), (WITH_AGE, 0.923, 0.427, 0.288, 0.334)],
)
def test_structure_is_as_published(
    columns: tuple[str, ...], hopkins: float, observed: float, gaussian: float, uniform: float
) -> None:
    """Hopkins, the best silhouette, and the 95th percentiles of both nulls; structure is found."""
    test = segmented(columns)[0].structure
    assert test.hopkins == pytest.approx(hopkins, abs=0.08)
    found = (test.observed, test.gaussian_p95, test.uniform_p95)
    assert found == pytest.approx((observed, gaussian, uniform), abs=0.03)
    assert test.found


@pytest.mark.parametrize("columns", [INCOME_SCORE, WITH_AGE])
def test_agreement_of_bootstraps_is_as_published(columns: tuple[str, ...]) -> None:
    """By number of segments, two to seven."""
    found = {score.k: score.stability for score in segmented(columns)[0].scores}
    for k, published in (AGREEMENT[columns] | SEARCHED_LONGER[columns]).items():
        assert found[k] == pytest.approx(published, abs=NEAR), k


@pytest.mark.parametrize("columns", [INCOME_SCORE, WITH_AGE])
def test_prediction_strength_is_as_published(columns: tuple[str, ...]) -> None:
    """By number of segments, two to seven."""
    (vote,) = (vote for vote in segmented(columns)[0].votes if vote.criterion == "prediction_strength")
    found = dict(vote.values)
    for k, published in STRENGTH[columns].items():
        assert found[k] == pytest.approx(published, abs=NEAR), k


@pytest.mark.slow
@pytest.mark.parametrize("columns", [INCOME_SCORE, WITH_AGE])
def test_many_draws_give_the_published_figures_to_three_hundredths(columns: tuple[str, ...]) -> None:
    """Agreement of bootstraps and prediction strength by number of segments, mean over five seeds."""
    found = [segmented(columns, seed=seed)[0] for seed in SEEDS]
    stability = [{score.k: score.stability for score in evidence.scores} for evidence in found]
    strength = [
        dict(vote.values) for evidence in found for vote in evidence.votes if vote.criterion == "prediction_strength"
    ]
    for ours, published in (
        (stability, AGREEMENT_OF_LONGER_SEARCH[columns]),
        (strength, STRENGTH_OF_LONGER_SEARCH[columns]),
    ):
        means = {k: fmean(values[k] for values in ours) for k in published}
        assert means == pytest.approx(published, abs=NEARER)


@pytest.mark.slow
@pytest.mark.parametrize(("columns", "k"), [(columns, k) for columns, by_k in MOVED.items() for k in by_k])
def test_refitting_moves_as_many_as_with_scikit_learn(columns: tuple[str, ...], k: int) -> None:
    """Four, five and six segments, with age and without."""
    assert segmented(columns, k)[0].moved_by_refit[0] == pytest.approx(MOVED[columns][k], abs=NEARER)


@pytest.mark.parametrize(("columns", "k"), [(INCOME_SCORE, 1), (WITH_AGE, 2)])
def test_the_gap_says_what_is_published(columns: tuple[str, ...], k: int) -> None:
    """One and two by Tibshirani's rule: shown, never decisive."""
    assert votes(segmented(columns)[0])["gap"] == k


def test_two_segments_have_a_lower_inertia_than_published() -> None:
    """269.691 is published for k = 2; a search that goes on reaches 269.017, so that its silhouette differs too."""
    two = segmented(INCOME_SCORE)[0].scores[0]
    assert (round(two.inertia, 3), round(two.silhouette, 3)) == (269.017, 0.295)


def test_five_segments_move_one_customer_in_a_hundred() -> None:
    """Refitting alone: 1.0 % on average, 2.5 % at the 95th percentile."""
    assert segmented(INCOME_SCORE)[0].moved_by_refit == pytest.approx((0.010, 0.025), abs=0.005)


def test_with_age_the_disagreement_is_told() -> None:
    """Silhouette six, prediction strength four, gap two, and two agrees as well as four when customers are redrawn."""
    evidence, _ = segmented(WITH_AGE)
    found = votes(evidence)
    assert (found["silhouette"], found["prediction_strength"], found["gap"]) == (6, 4, 2)
    for words in ("Silhouette agree on six", "Gap says two", "say four"):
        assert words in evidence.reason
    stability = {score.k: score.stability for score in evidence.scores}
    assert stability[2] == pytest.approx(stability[4], abs=0.03)


def test_six_segments_hold_one_that_dissolves() -> None:
    """Ten customers, mean Jaccard .54, dissolved in 58 of 100 draws: not to be targeted."""
    _, segmentation = segmented(INCOME_SCORE, 6)
    members = segmentation.confidence[segmentation.labels == 6]
    assert (len(members), segmentation.jaccard[5]) == (10, pytest.approx(0.54, abs=0.04))
    assert segmentation.dissolved[5] == pytest.approx(0.58, abs=0.1)
    trust = judge_segment(segmentation.jaccard[5], segmentation.dissolved[5], members, 10)
    assert (trust.label, trust.do_not_target) == ("dissolved", True)


def test_six_instead_of_five_split_the_high_income_spenders() -> None:
    """The 39 fall into 29 and 10; the other four stay as they are."""
    other = segmented(INCOME_SCORE)[0].other
    assert other is not None
    assert [tuple(sorted((n for n in row if n), reverse=True)) for row in other.counts] == [
        (81,), (29, 10), (35,), (23,), (22,),
    ]  # fmt: skip
