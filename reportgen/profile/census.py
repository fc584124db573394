"""Counts all customers for the profiles, a stretch at a time, where only drawn ones are held: two passes, exact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from reportgen.engine.ranks import Bins, Ranks, Wanted, bins_of_ranks, collect, gathered, histogram, known_of
from reportgen.engine.text_missing import is_missing_word
from reportgen.profile._tree import Leaf, follow
from reportgen.profile.clearness import BINS
from reportgen.profile.levels import places_among
from reportgen.records.everyone import Batch, Everyone, Partial
from reportgen.records.segments import BORDERLINE_CONFIDENCE, FloatArray, IntArray, Place

QUARTILES = (0.25, 0.5, 0.75)

LONGEST_MISSING_WORD = 30
"""Longer texts are no words for missing and need not be looked at one by one."""

SIZES, CENTERS, SURE, CLEAR, BORDERLINE = "sizes", "centers", "sure", "clear", "borderline"
LEAVES, VALUE, REACHED = "leaves", "value", "reached"


@dataclass(frozen=True, slots=True, eq=False)
class NumberPlan:
    """How one numeric column is counted."""

    name: str
    middle: float
    """Near its mean, so that squares around it keep their digits."""
    fine: Bins
    """The bins that quantiles are found by."""
    shown: FloatArray
    """Edges of the bins that reports show."""
    feature: int | None
    """Its column of the matrix, where it is clustered on a bent scale."""


@dataclass(frozen=True, slots=True, eq=False)
class CensusPlan:
    """Everything that is counted by segment."""

    place: Place
    k: int
    numbers: tuple[NumberPlan, ...]
    levels: tuple[tuple[str, tuple[str, ...]], ...]
    """(header name, the levels told apart)."""
    features: tuple[str, ...]
    leaves: tuple[Leaf, ...]
    value: str
    """Header name or empty."""
    contacts: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        levels = (name for name, _ in self.levels)
        value = (self.value,) if self.value else ()
        return (*(number.name for number in self.numbers), *levels, *self.features, *value, *self.contacts)


@dataclass(frozen=True, slots=True, eq=False)
class Counting:
    """The first pass."""

    plan: CensusPlan

    def __call__(self, matrix: FloatArray, batch: Batch) -> Partial:
        plan, k = self.plan, self.plan.k
        labels, _, confidence = plan.place(matrix)
        groups = labels - 1
        raw = np.column_stack([batch.numbers[name] for name in plan.features])
        found = {
            SIZES: np.bincount(groups, minlength=k),
            CENTERS: np.column_stack([np.bincount(groups, column, k) for column in raw.T]),
            SURE: np.bincount(groups, confidence, k),
            CLEAR: by_group(groups, np.minimum(confidence * BINS, BINS - 1).astype(np.intp), k, BINS),
            BORDERLINE: np.bincount(groups[confidence < BORDERLINE_CONFIDENCE], minlength=k),
            LEAVES: leaves_by_segment(plan.leaves, raw, groups, k),
            VALUE: sum_known(batch.numbers[plan.value], groups, k) if plan.value else np.zeros(k),
            REACHED: np.bincount(groups[is_reached(batch, plan.contacts)], minlength=k),
        }
        for number in plan.numbers:
            found |= count_number(number, batch.numbers[number.name], matrix, groups, k)
        for name, levels in plan.levels:
            found[f"levels of {name}"] = by_group(groups, places_in(batch, name, levels), k, len(levels))
        return found


def by_group(groups: IntArray, places: IntArray, k: int, n: int) -> IntArray:
    """k × n counts; a place of −1 counts nowhere."""
    known = places >= 0
    return np.bincount(groups[known] * n + places[known], minlength=k * n).reshape(k, n)


def leaves_by_segment(leaves: Sequence[Leaf], raw: FloatArray, groups: IntArray, k: int) -> IntArray:
    """Leaves × k."""
    rows = [np.bincount(groups[follow(leaf.conditions, raw)], minlength=k) for leaf in leaves]
    return np.array(rows, dtype=np.intp).reshape(len(leaves), k)


def sum_known(values: FloatArray, groups: IntArray, k: int) -> FloatArray:
    return np.bincount(groups, np.nan_to_num(values), k).astype(np.float64)


def is_reached(batch: Batch, contacts: Sequence[str]) -> IntArray:
    """Positions of the customers for whom some contact is known."""
    found = np.zeros(batch.n_rows, dtype=bool)
    for name in contacts:
        if name in batch.coded:
            coded = batch.coded[name]
            tells = [len(text) > LONGEST_MISSING_WORD or not is_missing_word(text) for text in coded.texts]
            found |= np.array([*tells, False])[coded.codes]
    return np.flatnonzero(found)


def count_number(plan: NumberPlan, values: FloatArray, matrix: FloatArray, groups: IntArray, k: int) -> Partial:
    """The part of one column: fine and shown bins, sums around its middle; of a bent one also those on its scale."""
    known, mine = known_of(values, groups)
    off = known - plan.middle
    shown = np.clip(np.searchsorted(plan.shown, known, side="right") - 1, 0, len(plan.shown) - 2)
    found: dict[str, npt.NDArray[Any]] = {
        f"fine bins of {plan.name}": histogram(values, groups, plan.fine, k),
        f"shown bins of {plan.name}": by_group(mine, shown, k, len(plan.shown) - 1),
        f"sums of {plan.name}": np.array([np.bincount(mine, off, k), np.bincount(mine, off * off, k)]),
    }
    if plan.feature is not None:
        scaled = matrix[:, plan.feature]
        found[f"scaled sums of {plan.name}"] = np.array(
            [
                np.bincount(groups, scaled, k),
                np.bincount(groups, scaled * scaled, k),
            ]
        )
    return found


def places_in(batch: Batch, name: str, levels: tuple[str, ...]) -> IntArray:
    """The place of each customer's level; −1: not known."""
    if name in batch.coded:
        coded = batch.coded[name]
        return places_among([*coded.texts, None], levels)[coded.codes]
    values, places = np.unique(batch.numbers[name], return_inverse=True)
    return places_among(values.tolist(), levels)[places]


@dataclass(frozen=True, slots=True, eq=False)
class Collecting:
    """The second pass: the values that quantiles lie among."""

    place: Place
    wanted: tuple[tuple[str, Wanted], ...]

    def __call__(self, matrix: FloatArray, batch: Batch) -> Partial:
        groups = self.place(matrix)[0] - 1
        return {name: collect(batch.numbers[name], groups, wanted) for name, wanted in self.wanted}


@dataclass(frozen=True, slots=True, eq=False)
class Census:
    """What both passes found."""

    found: Partial
    ranks: dict[str, Ranks]
    """Header name → quartiles of the column."""

    def of(self, what: str) -> IntArray:
        """One of the counts by segment, as `Counting` names it."""
        return np.asarray(self.found[what])


def take_census(everyone: Everyone, plan: CensusPlan) -> Census:
    """Counts all customers."""
    found = everyone.count(Counting(plan), plan.columns)
    wanted = []
    for number in plan.numbers:
        bins = bins_of_ranks(found[f"fine bins of {number.name}"], QUARTILES)
        wanted.append((number.name, Wanted(number.fine, bins[1:] | bins[0])))
    values = everyone.count(Collecting(plan.place, tuple(wanted)), [name for name, _ in wanted], gathered)
    ranks = {
        number.name: Ranks(number.fine, np.asarray(found[f"fine bins of {number.name}"]), values[number.name])
        for number in plan.numbers
    }
    return Census(found, ranks)
