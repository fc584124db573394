"""Elbow: where the curve of inertia bends most, by Kneedle (Satopaa et al. 2011); it may say that it does not bend."""

from __future__ import annotations

import numpy as np

from reportgen import wording
from reportgen.errors import NotApplicable
from reportgen.language import msgid, text
from reportgen.records.segments import FloatArray
from reportgen.segment.criteria.base import Choice, Criterion, Scorecard

SENSITIVITY = 1.0
"""How many mean steps the curve must fall below a bend before it counts; the paper's recommendation."""

FEWEST_POINTS = 4
"""Points without which a curve has no bend that is more than one of its ends."""


def choose(card: Scorecard) -> Choice:
    values = ((1, card.total_inertia), *((score.k, score.inertia) for score in card.scores))
    if len(values) < FEWEST_POINTS:
        raise NotApplicable(text("no elbow: too few numbers of segments could be tried"))
    position = find_elbow(np.array([k for k, _ in values], dtype=float), np.array([value for _, value in values]))
    if position is None:
        raise NotApplicable(text("no elbow: the curve of inertia bends nowhere sharply"))
    k, value = values[position]
    return Choice(k, text("inertia falls to {n}, then flattens", n=wording.format_number(value, 1)), value, values)


def find_elbow(x: FloatArray, y: FloatArray) -> int | None:
    """Position of the first elbow of a falling convex curve, None without one (Satopaa et al. 2011, section III).

    A local maximum of the distance from the straight line counts once the distance falls below it by the
    threshold before it rises again.
    """
    if np.ptp(y) == 0:
        return None
    flat_x = (x - x.min()) / np.ptp(x)
    distance = 1.0 - (y - y.min()) / np.ptp(y) - flat_x
    threshold = SENSITIVITY * float(np.diff(flat_x).mean())
    candidate: int | None = None
    for position in range(1, len(distance) - 1):
        if distance[position - 1] <= distance[position] >= distance[position + 1]:
            candidate = position
        elif distance[position - 1] >= distance[position] <= distance[position + 1]:
            candidate = None
        if candidate is not None and distance[position + 1] < distance[candidate] - threshold:
            return candidate
    return None


CRITERION = Criterion(msgid("Elbow"), choose)
