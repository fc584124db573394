"""Every measure, computed again."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import studies

from reportgen import claims
from reportgen.records.study import Facts
from reportgen.verify.customers import Customers, customers_of
from reportgen.verify.paths import RecomputeError
from reportgen.verify.recompute import MEASURES, recompute

FACTS = studies.mall_like_facts()
SIX = Customers(
    {
        "x": np.array([1.0, 2.0, 3.0, 4.0, 10.0, np.nan]),
        "zero": np.zeros(6),
        "text": np.array(["a", "b", "a", None, "", "c"], dtype=object),
        "code": np.array([1.0, 2.0, 1.0, np.nan, 2.5, 1.0]),
    },
    np.array([1, 1, 1, 2, 2, 2]),
)

ALL_SIX = {"measure": "count", "segment": None}
COUNT_OF_ONE = {"measure": "count", "segment": 1}


def again(measure: str, segment: int | None = None, **parts: Any) -> float:
    return recompute({"measure": measure, "segment": segment, **parts}, SIX, FACTS)


@pytest.mark.parametrize(
    ("expected", "measure", "segment", "parts"),
    [
        (6, "count", None, {}),
        (3, "count", 2, {}),
        (2, "count", 1, {"column": "text", "level": "a"}),
        (3, "count", None, {"column": "code", "level": "1"}),
        (1, "count", None, {"column": "code", "level": "2.5"}),
        (0.5, "share", 1, {}),
        (2 / 3, "share", 1, {"column": "text", "level": "a"}),
        (0.5, "share", None, {"column": "text", "level": "a"}),
        (4, "mean", None, {"column": "x"}),
        (7, "mean", 2, {"column": "x"}),
        (3, "median", None, {"column": "x"}),
        (7, "median", 2, {"column": "x"}),
        (14, "total", 2, {"column": "x"}),
        (math.sqrt(10), "sd", None, {"column": "x"}),
        (1.5, "quantile", 1, {"column": "x", "q": 0.25}),
        (3 / math.sqrt(10), "difference", 2, {"column": "x"}),
        (0, "difference", 2, {"column": "zero"}),
        (2, "gap", 1, {"column": "x"}),
        (0.7, "value_share", 2, {"column": "x"}),
        (1, "share_above", 2, {"column": "x"}),
        (2 / 3, "share_below", 1, {"column": "x"}),
        (0.5, "share_between", 2, {"column": "x", "low": None, "high": 4}),
        (2 / 3, "share_between", 1, {"column": "x", "low": 2, "high": None}),
        (0, "band", 1, {"column": "x", "q": 0.25, "step": 2, "up": False}),
        (2, "band", 1, {"column": "x", "q": 0.25, "step": 2, "up": True}),
        (2, "split", 1, {"part": "test"}),
        (1, "split", 1, {"part": "control"}),
        (5, "fact", None, {"path": "evidence.k"}),
        (5, "size", None, {"path": "profile.segments"}),
        (2, "tally", None, {"path": "set_aside", "where": {"action": "set aside"}}),
        (4, "tally", None, {"path": "notes", "where": {"step": "imputation", "column": "Age"}, "total": "n_rows"}),
        (60, "quoted", None, {"path": "profile.segments[1].rule.text", "n": 0}),
        (0.05, "assumed", None, {"assumption": "significance"}),
        (75, "points", None, {"parts": [{"of": COUNT_OF_ONE, "most": 4, "weight": 1}]}),
        (
            *(82.5, "points", None),
            {
                "parts": [
                    {"of": COUNT_OF_ONE, "most": 2, "weight": 1.3},
                    {"of": COUNT_OF_ONE, "most": 6, "weight": 0.7},
                ]
            },
        ),
        (
            50,
            "points",
            None,
            {"parts": [{"of": None, "most": 1, "weight": 1}, {"of": ALL_SIX, "most": 6, "weight": 1}]},
        ),
    ],
)
def test_each_measure_is_what_its_documentation_says(
    expected: float, measure: str, segment: int | None, parts: dict[str, Any]
) -> None:
    """Six customers, counted by hand."""
    assert again(measure, segment, **parts) == pytest.approx(expected)


def test_sample_sizes_are_those_of_the_text_books() -> None:
    """At 5 % and 80 %, half an SD needs 63 a group and a rise from 20 to 50 %, h = .64, needs 38 (Cohen 1988)."""
    odds = {"significance": 0.05, "power": 0.8}
    assert again("sample_size", effect=0.5, **odds) == 63
    assert again("sample_size", baseline=0.2, raised=0.5, **odds) == 38


def test_what_a_split_can_show_inverts_the_sample_size() -> None:
    """The effect that a split detects needs about that split; the detectable share is that effect over the baseline."""
    half = Customers({}, np.ones(200, dtype=np.intp))
    odds = {"segment": 1, "significance": 0.05, "power": 0.8}
    effect = recompute({"measure": "detectable_difference", **odds}, half, FACTS)
    assert again("sample_size", effect=effect * 1.0001, significance=0.05, power=0.8) == 100
    raised = recompute({"measure": "detectable_share", "baseline": 0.05, **odds}, half, FACTS)
    assert 2 * math.asin(math.sqrt(raised)) - 2 * math.asin(math.sqrt(0.05)) == pytest.approx(effect)


@pytest.mark.parametrize(
    ("measure", "segment", "parts"),
    [
        ("variance", None, {"column": "x"}),
        ("mean", None, {}),
        ("mean", None, {"column": "y"}),
        ("mean", None, {"column": "text"}),
        ("mean", 3, {"column": "x"}),
        ("mean", True, {"column": "x"}),
        ("quantile", None, {"column": "x"}),
        ("quantile", None, {"column": "x", "q": 1.5}),
        ("quantile", None, {"column": "x", "q": "half"}),
        ("value_share", None, {"column": "zero"}),
        ("band", None, {"column": "x", "q": 0.5, "step": 0, "up": True}),
        ("split", 1, {"part": "both"}),
        ("points", None, {}),
        ("points", None, {"parts": [{"of": ALL_SIX, "most": 0, "weight": 1}]}),
        ("points", None, {"parts": [{"of": ALL_SIX, "most": 1, "weight": 0}]}),
        ("points", None, {"parts": [{"of": {"measure": "none"}, "most": 1, "weight": 1}]}),
        ("fact", None, {"path": "evidence.reason"}),
        ("fact", None, {"path": "evidence.structure.found"}),
        ("fact", None, {"path": "profile.segments[9].share"}),
        ("size", None, {"path": "evidence"}),
        ("tally", None, {"path": "notes", "where": "all"}),
        ("tally", None, {"path": "notes", "where": {"author": "me"}}),
        ("tally", None, {"path": "notes", "where": {}, "total": "step"}),
        ("quoted", None, {"path": "evidence.k", "n": 0}),
        ("quoted", None, {"path": "evidence.reason", "n": 5}),
        ("assumed", None, {"assumption": "luck"}),
        ("sample_size", None, {"effect": 0, "significance": 0.05, "power": 0.8}),
        ("sample_size", None, {"effect": 0.2, "significance": 0, "power": 0.8}),
    ],
)
def test_a_record_that_cannot_be_followed_says_so(measure: str, segment: Any, parts: dict[str, Any]) -> None:
    """Whatever stands in a recompute record, the answer is a number or a RecomputeError."""
    with pytest.raises(RecomputeError):
        again(measure, segment, **parts)


@pytest.mark.parametrize(
    ("planted", "facts_of"),
    [
        (studies.mall_like, studies.mall_like_facts),
        (studies.structureless, studies.no_structure_facts),
        (studies.shop, studies.many_feature_facts),
    ],
)
def test_profiles_recompute(planted: Callable[[], studies.Planted], facts_of: Callable[[], Facts]) -> None:
    """Every figure of every profile comes out the same by the plain second way."""
    facts = facts_of()
    customers = customers_of(planted().table, facts.features, facts.segmentation, studies.ENGINE)

    def again_of(measure: str, segment: int, column: str, **parts: Any) -> float:
        record = {"measure": measure, "segment": segment or None, "column": column, **parts}
        return recompute(record, customers, facts)

    for profile in (facts.profile.overall, *facts.profile.segments):
        for number in profile.numbers:
            for measure in (
                "mean",
                "median",
                "total",
                "difference",
                "share_above",
                "share_below",
            ):
                found = again_of(measure, profile.id, number.column)
                assert found == pytest.approx(getattr(number, measure), rel=1e-9, abs=1e-12), (measure, number.column)
            assert again_of("quantile", profile.id, number.column, q=0.75) == pytest.approx(number.q75)
        for level in profile.levels:
            assert again_of("share", profile.id, level.column, level=level.level) == pytest.approx(level.share)
            assert again_of("count", profile.id, level.column, level=level.level) == level.n_customers


def test_every_documented_measure_exists() -> None:
    """Each measure that the table of reportgen.claims names can be computed, and no other."""
    lines = (claims.__doc__ or "").splitlines()
    start, end = (i for i, line in enumerate(lines) if line.startswith("====="))
    rows = [line for line in lines[start + 1 : end] if not line.startswith(" ")]
    named = {name for row in rows for name in row.split("  ", maxsplit=1)[0].split()}
    assert named | {"share_below"} == set(MEASURES)


def test_the_customers_are_those_of_the_table() -> None:
    """Every source column of the clean table can be asked for, the id among them."""
    planted = studies.mall_like()
    customers = customers_of(planted.table, planted.features, planted.segmentation, studies.ENGINE)
    assert set(customers.columns) == {column.name for column in planted.table.columns}
    shifted = replace(customers, segment=np.roll(customers.segment, 1))
    record = {"measure": "mean", "segment": 1, "column": "Age"}
    assert recompute(record, customers, FACTS) != recompute(record, shifted, FACTS)
