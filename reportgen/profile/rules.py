"""Writes the rule card: how to recognise each segment by a small tree over the features."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reportgen import wording
from reportgen.language import text
from reportgen.profile._tree import Condition, Leaf, follow, grow_leaves
from reportgen.records.profile import Rule, RulePath
from reportgen.records.segments import FloatArray, IntArray
from reportgen.records.table import Column, Role
from reportgen.small_cells import untold_places

LEAST_FIDELITY = 0.9
"""A tree that puts fewer customers into their segment is refused: its rules would mislead."""

GOOD_FIDELITY = 0.95
"""From here on another leaf costs the reader more than it gives."""

MOST_LEAVES_PER_SEGMENT = 2
"""k leaves, or a few more: past two paths a segment nobody remembers the card."""

MOST_TRAINING_ROWS = 20_000
"""Customers the tree is grown on, evenly spaced; fidelity, precision and coverage count all customers."""

MOST_DECIMALS = 12
"""Past these a threshold prints as nothing but zeros."""

SIGNS = {"<=": "≤", ">": ">"}


@dataclass(frozen=True, slots=True)
class RuleCard:
    """One rule a segment, and how faithful they are together."""

    rules: tuple[Rule | None, ...]
    """By segment id; None where the card is refused or no path leads to the segment."""
    fidelity: float | None
    """Share of all customers whom the tree puts into their segment; None where refused."""
    n_leaves: int
    """Paths of the tree; 0 where refused."""
    paths: tuple[RulePath, ...] = ()
    """The same from left to right."""


def card_of(leaves: Sequence[Leaf], counts: IntArray, columns: Sequence[Column], min_cell: int) -> RuleCard:
    """The rule card of a tree; counts: leaves × k, customers at the end of each path by segment."""
    k = counts.shape[1]
    refused = RuleCard((None,) * k, None, 0)
    n_right = sum(int(row[leaf.segment]) for leaf, row in zip(leaves, counts, strict=True))
    if not leaves or n_right < LEAST_FIDELITY * counts.sum():
        return refused
    rules = tuple(rule_of(segment, leaves, counts, columns) for segment in range(1, k + 1))
    paths = paths_of(leaves, counts.sum(axis=1).tolist(), columns, min_cell)
    return RuleCard(rules, n_right / int(counts.sum()), len(leaves), paths)


def count_leaves(leaves: Sequence[Leaf], raw: FloatArray, labels: IntArray, k: int) -> IntArray:
    """Leaves × k: the rows at the end of each path, by segment (labels 1..k)."""
    rows = [np.bincount(labels[follow(leaf.conditions, raw)] - 1, minlength=k) for leaf in leaves]
    return np.array(rows, dtype=np.intp).reshape(len(leaves), k)


def paths_of(
    leaves: Sequence[Leaf], sizes: Sequence[int], columns: Sequence[Column], min_cell: int
) -> tuple[RulePath, ...]:
    """The paths as they are told: without the share of few customers, and without another that would give it away."""
    untold = untold_places(sizes, min_cell)
    return tuple(
        RulePath(
            tuple((columns[feature].name, sign, threshold) for feature, sign, threshold in leaf.conditions),
            tuple(show_threshold(columns[feature], threshold) for feature, _, threshold in leaf.conditions),
            leaf.segment + 1,
            None if place in untold else sizes[place] / sum(sizes),
        )
        for place, leaf in enumerate(leaves)
    )


def choose_leaves(raw: FloatArray, labels: IntArray, k: int) -> tuple[Leaf, ...]:
    """The smallest tree from k leaves on that is good enough and leads to every segment, else the most faithful.

    None where k = 1.
    """
    if k == 1:
        return ()
    rows = np.linspace(0, len(labels) - 1, min(len(labels), MOST_TRAINING_ROWS)).astype(np.intp)
    x, y = raw[rows], labels[rows] - 1
    chosen: tuple[Leaf, ...] = ()
    best = (0, -1.0)
    for leaves in grow_leaves(x, y, k, MOST_LEAVES_PER_SEGMENT * k):
        n_led_to = len({leaf.segment for leaf in leaves})
        faithful = sum(int((y[leaf.rows] == leaf.segment).sum()) for leaf in leaves) / len(y)
        if (n_led_to, faithful) > best:
            best, chosen = (n_led_to, faithful), leaves
        if n_led_to == k and faithful >= GOOD_FIDELITY:
            break
    return chosen


def rule_of(segment: int, leaves: Sequence[Leaf], counts: IntArray, columns: Sequence[Column]) -> Rule | None:
    """The rule of one segment (id), its largest path first; None if no path leads to it."""
    sizes = counts.sum(axis=1).tolist()
    paths = [i for i, leaf in enumerate(leaves) if leaf.segment + 1 == segment and sizes[i]]
    paths.sort(key=lambda i: (-sizes[i], i))
    if not paths or not leaves[paths[0]].conditions:
        return None
    n_right = int(counts[paths, segment - 1].sum())
    tightest = [tighten(leaves[i].conditions) for i in paths]
    return Rule(
        text=" or ".join(path_text(conditions, columns) for conditions in tightest),
        conditions=tuple((columns[feature].name, sign, threshold) for feature, sign, threshold in tightest[0]),
        precision=n_right / sum(sizes[i] for i in paths),
        coverage=n_right / int(counts[:, segment - 1].sum()),
    )


def tighten(conditions: tuple[Condition, ...]) -> tuple[Condition, ...]:
    """The conditions without those that another one implies, in the order of the features."""
    bounds: dict[tuple[int, str], float] = {}
    for feature, sign, threshold in conditions:
        known = bounds.get((feature, sign), threshold)
        bounds[feature, sign] = min(known, threshold) if sign == "<=" else max(known, threshold)
    ordered = sorted(bounds.items(), key=lambda item: (item[0][0], item[0][1] == "<="))
    return tuple((feature, sign, threshold) for (feature, sign), threshold in ordered)


def path_text(conditions: Sequence[Condition], columns: Sequence[Column]) -> str:
    """`Annual income > 40 k$ and ≤ 70 k$ and Spending score > 60`; a label stands once for both its bounds."""
    said: list[str] = []
    last = -1
    for feature, sign, threshold in conditions:
        bound = f"{SIGNS[sign]} {show_threshold(columns[feature], threshold)}"
        said.append(bound if feature == last else f"{columns[feature].label} {bound}")
        last = feature
    return f" {text('and')} ".join(said)


def show_threshold(column: Column, threshold: float) -> str:
    if column.role is Role.BIRTH:
        return wording.format_year(threshold)
    return wording.format_amount(threshold, wording.unit_of(column), decimals_of(threshold))


def decimals_of(threshold: float) -> int:
    """Decimals that print the threshold as it is."""
    return next((d for d in range(MOST_DECIMALS) if round(threshold, d) == threshold), MOST_DECIMALS)
