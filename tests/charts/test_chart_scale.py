"""Scales run straight, ticks are round."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.charts._scale import Scale, tick_step, tick_texts, ticks_around, ticks_within

BOUNDS = st.tuples(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6)).map(lambda pair: (pair[0], pair[0] + pair[1]))


def test_a_scale_maps_its_ends() -> None:
    """Low lies at the start, high at the end, even where the end is above the start on paper."""
    y = Scale(0.0, 10.0, 100.0, 20.0)
    assert (y(0.0), y(10.0), y(5.0)) == (100.0, 20.0, 60.0)


@given(BOUNDS, st.integers(2, 8))
def test_ticks_lie_within(bounds: tuple[float, float], most: int) -> None:
    """Inner ticks stay between the ends and are at most one more than asked for."""
    ticks = ticks_within(*bounds, most)
    assert len(ticks) <= most + 1
    slack = 1e-6 * tick_step(*bounds, most)
    assert all(bounds[0] - slack <= tick <= bounds[1] + slack for tick in ticks)


@given(BOUNDS, st.integers(2, 8))
def test_ticks_lie_around(bounds: tuple[float, float], most: int) -> None:
    """Outer ticks reach past both ends."""
    ticks = ticks_around(*bounds, most)
    step = tick_step(*bounds, most)
    assert ticks[0] <= bounds[0] + 1e-6 * step
    assert ticks[-1] >= bounds[1] - 1e-6 * step


def test_ticks_are_round() -> None:
    """Steps are 1, 2, 2.5 or 5 times a power of ten."""
    assert ticks_around(0.0, 0.55, 4) == (0.0, 0.2, 0.4, 0.6)
    assert ticks_within(13.0, 141.0, 6) == (25.0, 50.0, 75.0, 100.0, 125.0)


@pytest.mark.parametrize(
    ("ticks", "texts"),
    [((0.0, 0.25, 0.5), ("0.00", "0.25", "0.50")), ((0.0, 5000.0), ("0", "5,000")), ((-1.0, 0.0), ("−1", "0"))],
)
def test_tick_texts_share_their_decimals(ticks: tuple[float, ...], texts: tuple[str, ...]) -> None:
    """All ticks of an axis have the decimals of the finest."""
    assert tick_texts(ticks) == texts
