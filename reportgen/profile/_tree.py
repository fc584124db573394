"""Grows a small classification tree whose thresholds are round numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from reportgen.records.segments import FloatArray, IntArray

LEAST_LEAF = 5
"""Customers; a rule for fewer describes them, not a segment."""

MOVED_BY_ROUNDING = 0.005
"""Share of a node's customers that a rounder threshold may put on the other side; fidelity counts after rounding."""

ROUND_STEPS = (5, 2, 1)
"""Times a power of ten: thresholds are multiples of the largest step that works."""

FINEST_STEP = 12
"""Powers of ten below the node's range at which rounding gives up and takes the midpoint."""

Condition = tuple[int, str, float]
"""(feature position, `<=` or `>`, threshold)."""


@dataclass(frozen=True, slots=True, eq=False)
class Leaf:
    """A path of the tree and where it ends."""

    conditions: tuple[Condition, ...]
    """All of them hold for the leaf's customers; in the order of the splits."""
    rows: IntArray
    """Positions of its training customers."""
    segment: int
    """The most frequent class among them, 0..k − 1."""


@dataclass(frozen=True, slots=True)
class Split:
    gain: float
    """Fall of the Gini impurity, in customers."""
    feature: int
    threshold: float


def grow_leaves(x: FloatArray, y: IntArray, n_classes: int, most_leaves: int) -> Iterator[tuple[Leaf, ...]]:
    """The leaves after each split, the split that lowers impurity most first (CART; Breiman et al. 1984).

    x: n × p in the export's own units, y: n classes 0..n_classes − 1. The trees are nested; the first has two leaves.
    """
    classes = np.eye(n_classes)[y]
    root = Leaf((), np.arange(len(y)), int(classes.sum(axis=0).argmax()))
    leaves, splits = [root], [best_split(x, classes, root.rows)]
    while len(leaves) < most_leaves:
        i = max(range(len(leaves)), key=lambda i: splits[i].gain if splits[i] else 0.0)  # type: ignore[union-attr]
        split = splits[i]
        if split is None:
            return
        children = divide(leaves[i], split, x, classes)
        leaves[i : i + 1] = children
        splits[i : i + 1] = [best_split(x, classes, child.rows) for child in children]
        yield merge_twins(leaves)


def divide(leaf: Leaf, split: Split, x: FloatArray, classes: FloatArray) -> list[Leaf]:
    below = x[leaf.rows, split.feature] <= split.threshold
    return [
        Leaf(
            (*leaf.conditions, (split.feature, sign, split.threshold)),
            leaf.rows[side],
            int(classes[leaf.rows[side]].sum(axis=0).argmax()),
        )
        for sign, side in (("<=", below), (">", ~below))
    ]


def best_split(x: FloatArray, classes: FloatArray, rows: IntArray) -> Split | None:
    """The split with the largest gain over all features, its threshold rounded; None if nothing is gained."""
    best: tuple[float, int, FloatArray, int] | None = None
    total = classes[rows].sum(axis=0)
    if len(rows) < 2 * LEAST_LEAF or total.max() == len(rows):
        return None
    for feature in range(x.shape[1]):
        order = rows[np.argsort(x[rows, feature], kind="stable")]
        values = x[order, feature]
        cut, gain = best_cut(values, classes[order], total)
        if gain > 0 and (best is None or gain > best[0]):
            best = (gain, feature, values, cut)
    if best is None:
        return None
    gain, feature, values, cut = best
    return Split(gain, feature, round_threshold(values, cut))


def best_cut(values: FloatArray, classes: FloatArray, total: FloatArray) -> tuple[int, float]:
    """(customers on the lower side, gain) of the best cut of one sorted feature; the gain is 0 if none is allowed."""
    n = len(values)
    n_left = np.arange(1, n)
    left = classes.cumsum(axis=0)[:-1]
    purity = (left**2).sum(axis=1) / n_left + ((total - left) ** 2).sum(axis=1) / (n - n_left)
    gain = purity - (total**2).sum() / n
    is_allowed = (values[1:] > values[:-1]) & (n_left >= LEAST_LEAF) & (n - n_left >= LEAST_LEAF)
    gain = np.where(is_allowed, gain, 0.0)
    cut = int(gain.argmax())
    return cut + 1, float(gain[cut])


def round_threshold(values: FloatArray, cut: int) -> float:
    """The roundest number near the cut of the sorted values; few customers change sides (MOVED_BY_ROUNDING)."""
    n = len(values)
    middle = (values[cut - 1] + values[cut]) / 2
    may_move = int(MOVED_BY_ROUNDING * n)
    exponent = int(np.ceil(np.log10(values[-1] - values[0])))
    for power in range(exponent, exponent - FINEST_STEP, -1):
        for step in ROUND_STEPS:
            width = step * 10.0**power
            around = sorted((np.floor(middle / width), np.ceil(middle / width)), key=lambda i: abs(i * width - middle))
            for multiple in around:
                threshold = round(float(multiple * width), max(0, 1 - power))
                n_below = int(np.searchsorted(values, threshold, side="right"))
                if abs(n_below - cut) <= may_move and LEAST_LEAF <= n_below <= n - LEAST_LEAF:
                    return threshold
    return float(middle)


def merge_twins(leaves: list[Leaf]) -> tuple[Leaf, ...]:
    """The leaves with two halves of one split joined where both name the same segment."""
    merged = list(leaves)
    i = 0
    while i + 1 < len(merged):
        a, b = merged[i], merged[i + 1]
        if a.segment == b.segment and are_halves(a, b):
            rows = np.concatenate((a.rows, b.rows))
            merged[i : i + 2] = [replace(a, conditions=a.conditions[:-1], rows=rows)]
            i = max(i - 1, 0)
        else:
            i += 1
    return tuple(merged)


def are_halves(a: Leaf, b: Leaf) -> bool:
    if not a.conditions or not b.conditions or a.conditions[:-1] != b.conditions[:-1]:
        return False
    (feature, sign, threshold), (other_feature, other_sign, other_threshold) = a.conditions[-1], b.conditions[-1]
    return (feature, threshold) == (other_feature, other_threshold) and sign != other_sign


def follow(conditions: tuple[Condition, ...], x: FloatArray) -> npt.NDArray[np.bool_]:
    """Which rows of x (n × p) meet all conditions."""
    met = np.ones(len(x), dtype=np.bool_)
    for feature, sign, threshold in conditions:
        column = x[:, feature]
        met &= column <= threshold if sign == "<=" else column > threshold
    return met
