"""Paths into the facts."""

from __future__ import annotations

import numpy as np
import pytest
import studies

from reportgen.verify.paths import RecomputeError, number_at, value_at

FACTS = studies.mall_like_facts()


def test_paths_follow_fields_and_positions() -> None:
    """Dots name fields, brackets name positions in tuples and arrays, nested at will."""
    assert number_at(FACTS, "evidence.scores[3].silhouette") == FACTS.evidence.scores[3].silhouette
    assert number_at(FACTS, "segmentation.jaccard[1]") == FACTS.segmentation.jaccard[1]
    assert number_at(FACTS, "segmentation.centroids[1][0]") == FACTS.segmentation.centroids[1, 0]
    rule = FACTS.profile.segments[1].rule
    assert rule is not None
    assert number_at(FACTS, "profile.segments[1].rule.conditions[0][2]") == rule.conditions[0][2]


@pytest.mark.parametrize(
    "path",
    [
        "",
        ".evidence",
        "evidence.",
        "evidence..k",
        "evidence k",
        "[0]",
        "evidence.scores[-1]",
        "evidence.scores[0",
        "evidence.scores[99]",
        "evidence.nothing",
        "evidence.__class__",
        "read.file_name.upper",
        "profile.segments[0].number('Age')",
        "profile.sample.columns",
        "column",
        "evidence.scores[0].k\n",
    ],
)
def test_nothing_but_facts_can_be_reached(path: str) -> None:
    """Methods, attributes of classes, negative positions and anything malformed are refused."""
    with pytest.raises(RecomputeError):
        number_at(FACTS, path)


def test_a_truth_value_is_not_a_number() -> None:
    """True is not 1 in a sentence."""
    assert value_at(FACTS, "evidence.structure.found") is True
    with pytest.raises(RecomputeError, match="no number"):
        number_at(FACTS, "evidence.structure.found")


def test_numbers_of_numpy_are_numbers() -> None:
    """Entries of arrays come back as plain floats."""
    assert type(number_at(FACTS, "segmentation.labels[0]")) is float
    assert isinstance(FACTS.segmentation.labels[0], np.integer)
