"""Outlines around points: the convex hull, with rounded corners."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Places = npt.NDArray[np.float64]

CORNER_POINTS = 12
"""Points of the circle that rounds a corner."""


def convex_hull(points: Places) -> Places:
    """The corners of the smallest convex shape that holds the m × 2 points (Andrew's monotone chain, 1979)."""
    ordered = sorted({(float(x), float(y)) for x, y in points})
    if len(ordered) <= 2:
        return np.array(ordered)
    halves = []
    for run in (ordered, ordered[::-1]):
        half: list[tuple[float, float]] = []
        for point in run:
            while len(half) >= 2 and _turn(half[-2], half[-1], point) <= 0:
                half.pop()
            half.append(point)
        halves.append(half[:-1])
    return np.array(halves[0] + halves[1])


def _turn(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def rounded_hull(points: Places, margin: float) -> Places:
    """The hull, grown by `margin` on all sides, with round corners."""
    turns = np.linspace(0, 2 * np.pi, CORNER_POINTS, endpoint=False)
    circle = margin * np.column_stack([np.cos(turns), np.sin(turns)])
    return convex_hull((convex_hull(points)[:, None, :] + circle[None, :, :]).reshape(-1, 2))


def inner_points(points: Places, share: float) -> Places:
    """The given share of the points, those nearest to their mean in units of their spread."""
    spread = points.std(axis=0)
    spread[spread == 0] = 1.0
    distances = np.hypot(*((points - points.mean(axis=0)) / spread).T)
    n_kept = max(1, int(np.ceil(share * len(points))))
    return points[np.argsort(distances, kind="stable")[:n_kept]]
