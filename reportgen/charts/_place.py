"""Finds room for labels: off the sheet's edges, off each other and off as many marks as possible."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt

Point = tuple[float, float]
Places = npt.NDArray[np.float64]

ROUNDS = 4
"""Times that every label may move again once the others are placed; more changed nothing."""

COVERING, OVERLAP = 9.0, 1000.0
"""Cost of covering one mark; of lying wholly on another label."""

MARK = 2.0
"""Points from a mark's middle to its edge."""

FEW_MARKS = 300
"""Past so many marks one of them counts for less, because all are drawn smaller."""

DISTANCE = 0.35
"""Cost of a point between a label and the middle of what it names."""

ASTRAY = 80.0
"""Cost of standing nearer to what another label names than to its own."""

AIR = 4.0
"""Points kept free around a label."""


@dataclass(frozen=True, slots=True)
class Box:
    """A label's place: its middle and its size, in points."""

    x: float
    y: float
    width: float
    height: float

    def shared_with(self, other: Box) -> float:
        """Area that the two have in common, over this one's area."""
        across = min(self.x + self.width / 2, other.x + other.width / 2) - max(
            self.x - self.width / 2, other.x - other.width / 2
        )
        down = min(self.y + self.height / 2, other.y + other.height / 2) - max(
            self.y - self.height / 2, other.y - other.height / 2
        )
        return max(0.0, across) * max(0.0, down) / (self.width * self.height)

    def moved(self, x: float, y: float) -> Box:
        return Box(x, y, self.width, self.height)


def place_labels(anchors: Sequence[Box], marks: Places, frame: Box, taken: Sequence[Box] = ()) -> tuple[Box, ...]:
    """A box for each anchor (which has the label's size and stands where it belongs), as near to it as room allows.

    `marks` are m × 2 points better not covered. Greedy in four orders, each label moving again with the others in
    place; the cheapest of the four is taken.
    """
    crowd = _Crowd(marks, frame)
    ranked = [_ranked(i, anchors, crowd, frame, taken) for i in range(len(anchors))]
    places = range(len(anchors))
    orders = [
        list(places),
        list(reversed(places)),
        sorted(places, key=lambda i: anchors[i].y),
        sorted(places, key=lambda i: anchors[i].x),
    ]
    return min((_settle(ranked, order) for order in orders), key=lambda settled: settled[0])[1]


def _settle(ranked: Sequence[Sequence[tuple[float, Box]]], order: Sequence[int]) -> tuple[float, tuple[Box, ...]]:
    """(cost of all, places) after placing the labels in that order."""
    placed: dict[int, tuple[float, Box]] = {}
    for _ in range(ROUNDS):
        before = dict(placed)
        for i in order:
            placed[i] = _cheapest(ranked[i], [box for j, (_, box) in placed.items() if j != i])
        if placed == before:
            break
    return sum(cost for cost, _ in placed.values()), tuple(placed[i][1] for i in range(len(ranked)))


def _ranked(i: int, anchors: Sequence[Box], crowd: _Crowd, frame: Box, taken: Sequence[Box]) -> list[tuple[float, Box]]:
    """(cost without the other labels, place), by rising cost."""
    anchor = anchors[i]
    rivals = [rival for j, rival in enumerate(anchors) if j != i]
    costs = []
    for box in _candidates(anchor, frame):
        far = math.hypot(box.x - anchor.x, box.y - anchor.y)
        is_astray = any(math.hypot(box.x - rival.x, box.y - rival.y) < far for rival in rivals)
        cost = _overlap(box, taken) + crowd.cost(box) + DISTANCE * far + ASTRAY * is_astray
        costs.append((cost, box))
    return sorted(costs, key=lambda choice: choice[0])


def _cheapest(choices: Sequence[tuple[float, Box]], others: Sequence[Box]) -> tuple[float, Box]:
    """(cost, place) of the best among the other labels; looks no further once nothing can be cheaper."""
    best, lowest = choices[0][1], math.inf
    for cost, box in choices:
        if cost >= lowest:
            break
        full = cost + _overlap(box, others)
        if full < lowest:
            best, lowest = box, full
    return lowest, best


def _overlap(box: Box, others: Sequence[Box]) -> float:
    air = Box(box.x, box.y, box.width + AIR, box.height + AIR)
    return OVERLAP * sum(air.shared_with(other) for other in others)


def _candidates(anchor: Box, frame: Box) -> list[Box]:
    """Places on and around the anchor, nearest first, all within the frame."""
    reach = [0.0, 10.0, 18.0, 28.0, 40.0, 55.0, 75.0, 100.0]
    turns = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    places = [(0.0, 0.0)] + [
        (float(np.cos(turn)) * (far + anchor.width / 2), float(np.sin(turn)) * (far + anchor.height / 2))
        for far, turn in product(reach[1:], turns)
    ]
    return [
        anchor.moved(
            _clamped(anchor.x + dx, anchor.width, frame.x, frame.width),
            _clamped(anchor.y + dy, anchor.height, frame.y, frame.height),
        )
        for dx, dy in places
    ]


def _clamped(place: float, size: float, middle: float, room: float) -> float:
    slack = max(0.0, (room - size) / 2)
    return min(max(place, middle - slack), middle + slack)


class _Crowd:
    """How many marks a box would cover, from a summed-area table: as quick for five thousand marks as for ten."""

    CELL = 3.0

    def __init__(self, marks: Places, frame: Box) -> None:
        self._left, self._top = frame.x - frame.width / 2, frame.y - frame.height / 2
        shape = (int(frame.width / self.CELL) + 1, int(frame.height / self.CELL) + 1)
        counts, _, _ = np.histogram2d(
            marks[:, 0],
            marks[:, 1],
            bins=shape,
            range=[
                [self._left, self._left + shape[0] * self.CELL],
                [self._top, self._top + shape[1] * self.CELL],
            ],
        )
        self._shape = shape
        self._summed = np.zeros((shape[0] + 1, shape[1] + 1))
        self._summed[1:, 1:] = counts.cumsum(axis=0).cumsum(axis=1)
        self._each = COVERING * min(1.0, FEW_MARKS / max(1, len(marks)))

    def cost(self, box: Box) -> float:
        across, down = box.width / 2 + MARK, box.height / 2 + MARK
        x0, x1 = (self._cell(box.x + side * across - self._left, 0) for side in (-1, 1))
        y0, y1 = (self._cell(box.y + side * down - self._top, 1) for side in (-1, 1))
        table = self._summed
        return self._each * float(table[x1, y1] - table[x0, y1] - table[x1, y0] + table[x0, y0])

    def _cell(self, offset: float, axis: int) -> int:
        return int(min(max(round(offset / self.CELL), 0), self._shape[axis]))
