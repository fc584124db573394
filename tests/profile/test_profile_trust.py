"""Trust in a segment."""

from __future__ import annotations

import numpy as np
import pytest

from reportgen.profile.trust import judge_segment
from reportgen.records.profile import Trust


def judge(jaccard: float, size: int = 30) -> Trust:
    return judge_segment(jaccard, 0.0, np.full(size, 0.5), 10)


@pytest.mark.parametrize(
    ("jaccard", "label", "do_not_target"),
    [
        (0.5, "dissolved", True),
        (0.51, "do not trust", True),
        (0.599, "do not trust", True),
        (0.6, "a pattern, members doubtful", False),
        (0.749, "a pattern, members doubtful", False),
        (0.75, "stable", False),
        (0.849, "stable", False),
        (0.85, "highly stable", False),
    ],
)
def test_labels_follow_hennig(jaccard: float, label: str, do_not_target: bool) -> None:
    """The label changes at .5, .6, .75 and .85; below .6 a segment is not targeted."""
    trust = judge(jaccard)
    assert (trust.label, trust.do_not_target) == (label, do_not_target)


def test_a_segment_that_dissolves_in_most_draws_has_dissolved() -> None:
    """Six of the mall's segments: mean Jaccard .54, dissolved in 58 of 100 draws; in half of them it has not."""
    trust = judge_segment(0.54, 0.58, np.full(10, 0.5), 10)
    assert (trust.label, trust.do_not_target) == ("dissolved", True)
    assert trust.reason == "resampled customers do not form it again"
    assert judge_segment(0.7, 0.51, np.full(10, 0.5), 10).do_not_target
    assert judge_segment(0.55, 0.5, np.full(10, 0.5), 10).label == "do not trust"


def test_a_small_segment_is_not_targeted_however_stable() -> None:
    """Below the least size of the settings a segment is not targeted, and the reason says so."""
    assert not judge(0.99, size=10).do_not_target
    small = judge(0.99, size=9)
    assert small.do_not_target
    assert "smaller than the settings allow" in small.reason


def test_borderline_members_are_counted() -> None:
    """Members nearly as close to a second centroid count as borderline."""
    assert judge_segment(0.9, 0.0, np.array([0.0, 0.09, 0.1, 0.8]), 2).n_borderline == 2


@pytest.mark.parametrize("jaccard", [0.3, 0.55, 0.7, 0.8, 0.95])
def test_reasons_print_no_number(jaccard: float) -> None:
    """Reasons stand in sentences beside claims, so they carry no digit of their own."""
    assert not any(character.isdigit() for character in judge(jaccard, size=5).reason)
