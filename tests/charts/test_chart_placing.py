"""Labels find room; outlines go around."""

from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
import pytest
from chart_studies import MALL_NAMES
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from reportgen.charts._outline import convex_hull, inner_points, rounded_hull
from reportgen.charts._place import Box, place_labels
from reportgen.charts._spread import LEAST_APART, spread

FRAME = Box(240, 150, 480, 300)
POINTS = arrays(np.float64, st.tuples(st.integers(3, 40), st.just(2)), elements=st.floats(-100, 100))


def crowd(seed: int) -> tuple[list[Box], np.ndarray]:
    """Labels of five groups in a row and 60 marks each."""
    generator = np.random.default_rng(seed)
    middles = [(60 + 90 * place, 150) for place in range(len(MALL_NAMES))]
    marks = np.concatenate([generator.normal(middle, 12, (60, 2)) for middle in middles])
    return [Box(x, y, 110, 26) for x, y in middles], marks


@pytest.mark.parametrize("seed", range(4))
def test_labels_do_not_lie_on_each_other(seed: int) -> None:
    """Five wide labels side by side find places of their own, all within the frame."""
    anchors, marks = crowd(seed)
    placed = place_labels(anchors, marks, FRAME)
    assert max(one.shared_with(other) for one, other in combinations(placed, 2)) == 0
    for box in placed:
        assert box.x - box.width / 2 >= 0
        assert box.x + box.width / 2 <= 480
        assert box.y - box.height / 2 >= 0
        assert box.y + box.height / 2 <= 300


@pytest.mark.parametrize("seed", range(4))
def test_labels_leave_the_marks_free(seed: int) -> None:
    """At most one mark in fifty is covered, where a label on its middle covers one in two of its own."""
    anchors, marks = crowd(seed)
    placed = place_labels(anchors, marks, FRAME)

    def covered(boxes: list[Box]) -> int:
        inside = [(abs(marks[:, 0] - b.x) < b.width / 2) & (abs(marks[:, 1] - b.y) < b.height / 2) for b in boxes]
        return int(np.any(inside, axis=0).sum())

    assert covered(list(placed)) <= len(marks) / 50
    assert covered(anchors) >= len(marks) / 2


def test_a_lone_label_stays_where_it_belongs() -> None:
    """With nothing around, the label stands on what it names."""
    anchor = Box(240, 150, 80, 20)
    assert place_labels([anchor], np.empty((0, 2)), FRAME) == (anchor,)


@given(POINTS)
def test_the_hull_holds_every_point(points: np.ndarray) -> None:
    """All points lie on the left of every edge of the hull, or on it."""
    hull = convex_hull(points)
    if len(hull) >= 3:
        edges = np.roll(hull, -1, axis=0) - hull
        for corner, edge in zip(hull, edges, strict=True):
            across = edge[0] * (points[:, 1] - corner[1]) - edge[1] * (points[:, 0] - corner[0])
            assert across.min() >= -1e-6 * max(1.0, float(np.hypot(*edge)))


def test_the_hull_of_a_square_is_its_corners() -> None:
    """Points inside and on the edges are no corners."""
    square = [(0, 0), (4, 0), (4, 4), (0, 4), (2, 2), (2, 0)]
    assert {tuple(corner) for corner in convex_hull(np.array(square, float))} == {(0, 0), (4, 0), (4, 4), (0, 4)}


def test_the_outline_keeps_its_margin() -> None:
    """A rounded outline stands off the points by its margin, even around one point."""
    outline = rounded_hull(np.array([[3.0, 5.0]]), 2.0)
    assert np.hypot(*(outline - [3.0, 5.0]).T) == pytest.approx(np.full(len(outline), 2.0))


def test_the_outline_leaves_stragglers_out() -> None:
    """The nine tenths nearest the mean are kept, one far out is not."""
    points = np.array([[float(i % 3), float(i // 3)] for i in range(9)] + [[50.0, 50.0]])
    kept = inner_points(points, 0.9)
    assert len(kept) == 9
    assert kept.max() <= 2


@given(st.lists(st.floats(0, 200), min_size=1, max_size=10))
def test_labels_of_slopes_are_spread(places: list[float]) -> None:
    """Labels at the end of lines keep their distance and their order, within the sheet."""
    moved = spread(places, 0.0, 200.0)
    order = sorted(range(len(places)), key=lambda i: places[i])
    gaps = [moved[b] - moved[a] for a, b in pairwise(order)]
    assert min(gaps, default=LEAST_APART) >= LEAST_APART - 1e-6
    assert min(moved) >= -1e-6
    assert max(moved) <= 200 + 1e-6
