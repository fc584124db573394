"""The rule for k, the kind of segments, and the reason in plain words."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from segment_cards import MALL_LIKE, score

from reportgen.config import SegmentSettings
from reportgen.errors import ReportgenError
from reportgen.records.segments import KScore
from reportgen.segment.choose_k import Decision, decide, largest_k, say_votes
from reportgen.segment.criteria.base import cast_votes

VOTES = cast_votes(MALL_LIKE)


def decided(*scores: KScore, has_structure: bool = True, **settings: Any) -> Decision:
    return decide(scores or MALL_LIKE.scores, VOTES, has_structure, SegmentSettings(**settings))


def test_the_best_separated_of_the_stable_is_chosen() -> None:
    """On the mall customers' figures five, then six; both come back and lie apart."""
    decision = decided()
    assert (decision.k, decision.runner_up, decision.kind) == (5, 6, "natural")


def test_stability_comes_before_separation() -> None:
    """A better separated k that does not come back is passed over."""
    assert decided(score(2, silhouette=0.9, stability=0.5), score(3, silhouette=0.3)).k == 3


def test_a_k_with_a_small_segment_is_passed_over() -> None:
    """The business limit holds against separation."""
    assert decided(score(2), score(3, silhouette=0.9, smallest=9)).k == 2


def test_equal_figures_give_the_smaller_k() -> None:
    """Nothing is gained by one more segment."""
    assert decided(score(2), score(3)).k == 2


@pytest.mark.parametrize(
    ("figures", "kind"),
    [
        ({"silhouette": 0.5, "stability": 0.8}, "natural"),
        ({"silhouette": 0.49, "stability": 0.8}, "reproducible"),
        ({"silhouette": 0.9, "stability": 0.79}, "constructive"),
    ],
)
def test_the_kind_follows_from_the_figures(figures: dict[str, float], kind: str) -> None:
    """Natural, reproducible or constructive by the documented limits, where the criteria agree."""
    agreed = [replace(vote, k=3) for vote in VOTES]
    assert decide((score(3, **figures),), agreed, True, SegmentSettings()).kind == kind


def test_divided_criteria_make_no_natural_segments() -> None:
    """Four of eight are no majority: gaps that half of the tests do not see are not said to be there."""
    divided = [replace(vote, k=3 if place < 4 else 2) for place, vote in enumerate(VOTES)]
    assert decide((score(3, silhouette=0.9),), divided, True, SegmentSettings()).kind == "reproducible"


def test_without_a_stable_k_the_most_stable_is_constructive() -> None:
    """The report says that none comes back reliably."""
    decision = decided(score(2, stability=0.4), score(3, stability=0.6), score(4, stability=0.5, silhouette=0.9))
    assert (decision.k, decision.kind) == (3, "constructive")
    assert "No number of segments comes back reliably" in decision.reason


def test_no_structure_means_no_segments() -> None:
    """k is 1 and the reason says that segments would be invented."""
    decision = decided(has_structure=False)
    assert (decision.k, decision.runner_up, decision.kind) == (1, None, "none")
    assert "invented" in decision.reason


def test_small_segments_everywhere_mean_no_segments() -> None:
    """If every k leaves a segment below the limit, none is chosen and the reason is not chance."""
    decision = decided(score(2, smallest=5), score(3, smallest=4))
    assert (decision.k, decision.kind) == (1, "none")
    assert "smallest size" in decision.reason


def test_an_explicit_k_is_honoured() -> None:
    """The settings decide; the reason names what the evidence alone would have chosen."""
    decision = decided(k=3)
    assert (decision.k, decision.runner_up, decision.kind) == (3, 5, "reproducible")
    assert decision.reason.startswith("Three segments were asked for. The evidence alone leads to five.")


def test_an_explicit_k_that_the_evidence_shares_says_so() -> None:
    """Asked for and found: the runner-up is the next best."""
    decision = decided(k=5)
    assert (decision.k, decision.runner_up) == (5, 6)
    assert "leads to the same number" in decision.reason


def test_an_explicit_k_without_structure_is_constructive() -> None:
    """Segments are made, and called a convenient division."""
    decision = decided(k=4, has_structure=False)
    assert (decision.k, decision.kind) == (4, "constructive")
    assert "no structure" in decision.reason


def test_an_explicit_k_with_a_small_segment_warns() -> None:
    """The size below the limit is said."""
    decision = decided(score(2), score(3, smallest=7), k=3)
    assert decision.reason.endswith("The smallest segment is below the size the settings set.")


def test_votes_are_told_with_their_disagreement() -> None:
    """Who agrees, and what the others say, by rising k."""
    said = say_votes(5, VOTES)
    assert said == (
        "Davies–Bouldin, Instability, Prediction strength, Silhouette and Stability agree on five; "
        "Gap says one, Elbow says three and Calinski–Harabasz says seven."
    )


@pytest.mark.parametrize("settings", [{}, {"k": 3}, {"k": 5}, {"min_segment_size": 21}])
def test_every_number_of_a_reason_stands_in_the_scores(settings: dict[str, int]) -> None:
    """Digits in a reason are sizes of smallest segments."""
    allowed = {str(score.sizes[-1]) for score in MALL_LIKE.scores}
    assert set(re.findall(r"\d+", decided(**settings).reason)) <= allowed


def test_a_reason_is_two_to_four_sentences() -> None:
    """A director reads it in one breath."""
    for decision in (decided(), decided(has_structure=False), decided(k=3)):
        assert 2 <= len(re.findall(r"\.(?: |$)", decision.reason)) <= 4


@pytest.mark.parametrize(
    ("n_rows", "n_ways", "settings", "expected"),
    [
        (200, 200, {}, 10),
        (200, 200, {"max_segments": 4}, 4),
        (45, 45, {}, 4),
        (200, 3, {}, 3),
        (200, 200, {"k": 12}, 12),
        (200, 200, {"k": 4}, 10),
    ],
)
def test_the_largest_k_fits_settings_rows_and_distinct_rows(
    n_rows: int, n_ways: int, settings: dict[str, int], expected: int
) -> None:
    """Capped by the setting, by rows per segment, by distinct rows; an explicit k lifts the setting."""
    rows = (np.arange(n_rows) % n_ways)[:, None].astype(float)
    assert largest_k(n_rows, rows, SegmentSettings(**settings)) == expected


@pytest.mark.parametrize(
    ("n_rows", "n_ways", "settings", "code", "words"),
    [
        (0, 1, {}, "RG-003", "has 0 customers; two segments of at least 10 need 20"),
        (1, 1, {}, "RG-003", "has 1 customer;"),
        (19, 19, {}, "RG-003", "need 20"),
        (30, 1, {}, "RG-011", "are the same"),
        (60, 60, {"k": 12}, "RG-063", "twelve segments of at least 10 customers, but the export has 60 customers"),
        (60, 3, {"k": 4}, "RG-063", "four segments, but the customers differ in three ways only"),
    ],
)
def test_what_cannot_be_given_is_refused(
    n_rows: int, n_ways: int, settings: dict[str, int], code: str, words: str
) -> None:
    """Too few customers, all the same, or more segments than there can be: a sentence with the figures."""
    rows = (np.arange(n_rows) % n_ways)[:, None].astype(float)
    with pytest.raises(ReportgenError, match=words) as refusal:
        largest_k(n_rows, rows, SegmentSettings(**settings))
    assert refusal.value.code == code
