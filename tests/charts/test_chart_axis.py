"""Bent axes: as k-means saw the column, ticks in the export's units."""

from __future__ import annotations

import numpy as np
import pytest
from chart_studies import STUDIES
from hypothesis import given
from hypothesis import strategies as st

from reportgen.charts._axis import bounds, feature_axis, moved, near_bounds
from reportgen.charts._bins import bins_of, is_whole
from reportgen.records.segments import Feature
from reportgen.records.table import Column, Role

SPENT = Column("spent", "Total spent", "€", None, Role.MONEY, "given", 1.0, "number")


def feature(transform: str, offset: float = 0.0, power: float = 1.0) -> Feature:
    return Feature("spent", transform, offset, power, 0.0, 1.0, 2.0, "skewed")


@given(
    st.lists(st.floats(0, 1e5), min_size=2, max_size=20, unique=True),
    st.sampled_from([feature("none"), feature("log1p"), feature("log1p", -3.0), feature("yeo-johnson", power=0.3)]),
)
def test_a_bent_axis_keeps_the_order(values: list[float], bent: Feature) -> None:
    """A larger value never lies further left."""
    assert (np.diff(moved(bent, np.array(sorted(values)))) >= 0).all()


@pytest.mark.parametrize("power", [-0.5, 0.0, 0.7, 1.0, 2.0, 2.5])
def test_yeo_johnson_bends_both_sides(power: float) -> None:
    """The transform rises below zero too, through zero itself, at the powers where the formula changes."""
    places = moved(feature("yeo-johnson", power=power), np.array([-40.0, -2.0, 0.0, 0.5]))
    assert places[2] == 0
    assert (np.diff(places) > 0).all()


def test_a_few_far_values_do_not_stretch_a_map() -> None:
    """Three customers far off leave the axis to the others; without such, it holds every value."""
    near = np.linspace(0.0, 10.0, 997)
    low, high = near_bounds(np.concatenate((near, [80.0, 90.0, 99.0])), np.array([2.0, 8.0]))
    assert low < 0.1
    assert 9.9 < high < 12
    assert near_bounds(near, np.array([2.0, 8.0])) == bounds(near)


def test_a_centre_far_off_stays_on_the_map() -> None:
    """A segment of few far customers is still drawn where it lies."""
    near = np.linspace(0.0, 10.0, 997)
    _, high = near_bounds(np.concatenate((near, [80.0, 90.0, 99.0])), np.array([2.0, 90.0]))
    assert high > 90


def test_ticks_of_a_bent_axis_keep_their_distance() -> None:
    """From 1 to 10,000 the powers of ten are named, no two ticks crowd, and whole ones have no decimals."""
    axis = feature_axis(feature("log1p"), SPENT, np.array([1.0, 10_000.0]))
    texts = [text for _, text in axis.ticks]
    places = [place for place, _ in axis.ticks]
    assert {"1", "10", "100", "1,000", "10,000"} <= set(texts)
    assert min(np.diff(places)) >= 0.09 * (axis.high - axis.low) - 1e-9


@pytest.mark.parametrize("name", ["five segments", "six features"])
def test_shares_of_bins_add_up(name: str) -> None:
    """Everyone and each segment are shared out over the bins completely."""
    study = STUDIES[name]()
    for found in study.facts.profile.distributions:
        bins = bins_of(study, found.column)
        for shares in (bins.everyone, *bins.segments):
            assert sum(shares) == pytest.approx(1.0)
            assert len(shares) == len(bins.edges) - 1


def test_bent_bins_of_whole_numbers_hold_whole_numbers() -> None:
    """No bin of a count falls between two whole numbers, so that no gap shows where there is none."""
    study = STUDIES["six features"]()
    edges = next(d.edges for d in study.facts.profile.distributions if d.column == "Orders")
    assert all(edge.is_integer() for edge in edges)
    assert bool(np.all(np.diff(edges) >= 1))


def test_areas_are_shares() -> None:
    """Heights times widths are in proportion to the shares."""
    bins = bins_of(STUDIES["six features"](), "Orders")
    areas = np.array(bins.heights(bins.everyone)) * np.diff(bins.edges)
    assert areas / areas.sum() == pytest.approx(np.array(bins.everyone))


def test_unknown_values_do_not_break_whole_numbers() -> None:
    """A column of whole numbers with gaps is whole."""
    assert is_whole(np.array([1.0, np.nan, 3.0]))
    assert not is_whole(np.array([1.5]))
