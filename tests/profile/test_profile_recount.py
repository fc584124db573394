"""Profiles of tables too long to hold: what is counted is what holding everybody would give."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from engines import ENGINES, EVERY_ENGINE
from pytest import approx

from reportgen.config import Settings, parse_settings
from reportgen.engine import drawing
from reportgen.engine.base import Engine
from reportgen.features.stage import build_features
from reportgen.profile.stage import profile_segments
from reportgen.records.profile import Profile, SegmentProfile
from reportgen.records.segments import Evidence, Features, Segmentation
from reportgen.records.source import Source
from reportgen.records.table import CleanTable
from reportgen.roles.stage import assign_roles
from reportgen.segment.stage import find_segments
from reportgen.tabulate import tabulate
from reportgen.together import read_one_or_several

SAMPLE = Path(__file__).parents[2] / "sample_data" / "customers_2026-10.csv"
SETTINGS = parse_settings({"segments": {"n_bootstraps": 20, "k": 5}}, origin="a test")
HELD, DRAWN = 500, 700
"""Of the sample's 1,200 customers."""


@pytest.fixture(params=EVERY_ENGINE)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    started = ENGINES[request.param](tmp_path / "engine")
    yield started
    started.close()


def cleaned(engine: Engine) -> CleanTable:
    settings = Settings()
    raw = read_one_or_several(Source(SAMPLE.name, SAMPLE), settings.input, engine)
    return tabulate(raw, assign_roles(raw, settings, engine), settings, engine)


def held_too(features: Features, segmentation: Segmentation, table: CleanTable, engine: Engine) -> Any:
    """The same features and segments with every customer held."""
    assert features.everyone is not None and segmentation.place is not None
    stretches = list(features.everyone.stretches())
    matrix = np.concatenate([part for part, _ in stretches])
    raw = [np.concatenate([batch.numbers[f.name] for _, batch in stretches]) for f in features.features]
    labels, runner_up, confidence = segmentation.place(matrix)
    everyone = replace(features, matrix=matrix, raw=np.column_stack(raw), drawn=drawing.ALL_HELD, everyone=None)
    rows = np.arange(len(matrix))[: len(segmentation.silhouettes)]
    placed = replace(
        segmentation,
        labels=labels,
        runner_up=runner_up,
        confidence=confidence,
        sizes=(),
        place=None,
        silhouette_rows=rows,
    )
    return everyone, placed


def profiles_both_ways(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> tuple[Profile, Profile]:
    """(counted among all while some are held, everybody held) of the same segments."""
    monkeypatch.setattr(drawing, "HELD_CUSTOMERS", HELD)
    monkeypatch.setattr(drawing, "DRAWN_CUSTOMERS", DRAWN)
    table, settings = cleaned(engine), SETTINGS
    features = build_features(table, settings, engine)
    found: tuple[Evidence, Segmentation] = find_segments(features, settings.segments)
    counted = profile_segments(table, features, *found, settings, engine)
    everyone, placed = held_too(features, found[1], table, engine)
    return counted, profile_segments(table, everyone, found[0], placed, settings, engine)


def figures(profile: SegmentProfile) -> list[float]:
    """Everything in it that is counted, bins and levels that depend on pooling left out."""
    known = (profile.value_share, profile.reach)
    found = [profile.n_customers, profile.share, *(-1.0 if share is None else share for share in known)]
    found += profile.centroid
    for one in profile.numbers:
        found += [one.mean, one.median, one.q25, one.q75, one.total, one.difference, one.share_above, one.share_below]
    return [*found, profile.trust.n_borderline]


def test_what_is_counted_is_exact(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sizes, shares, means, quartiles, differences and customers on the borderline are those of all customers."""
    counted, held = profiles_both_ways(engine, monkeypatch)
    assert counted.n_drawn == DRAWN
    assert len(counted.segments) == len(held.segments) > 1
    for one, other in zip((counted.overall, *counted.segments), (held.overall, *held.segments), strict=True):
        assert figures(one) == approx(figures(other), rel=1e-9, abs=1e-9)
    assert [one.levels for one in counted.segments] == [other.levels for other in held.segments]
    assert counted.overall.levels == held.overall.levels
    for clear, same in zip(counted.clearness, held.clearness, strict=True):
        assert (clear.mean, clear.counts) == (approx(same.mean), same.counts)


def test_bins_and_tests_of_levels_count_everybody(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Histograms add up to all customers whose value is known; chi-square is that of all customers."""
    counted, held = profiles_both_ways(engine, monkeypatch)
    for one, other in zip(counted.distributions, held.distributions, strict=True):
        assert sum(one.counts) == sum(other.counts)
    tested = {one.column: one.statistic for one in held.associations if one.test == "chi-square"}
    assert tested
    assert {a.column: a.statistic for a in counted.associations if a.test == "chi-square"} == approx(tested)


def test_rules_are_judged_by_everybody(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """The shares at the ends of the rule tree are those of all customers."""
    counted, _ = profiles_both_ways(engine, monkeypatch)
    table_size = counted.overall.n_customers
    shares = [path.share for path in counted.rule_paths if path.share is not None]
    assert shares and all(share * table_size == approx(round(share * table_size)) for share in shares)
