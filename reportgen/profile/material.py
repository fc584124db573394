"""Gathers what the profiles are computed from: one array a column, the rows of each segment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import narwhals as nw
import numpy as np
import numpy.typing as npt

from reportgen.engine.base import Engine
from reportgen.engine.drawing import columns_at
from reportgen.profile.distributions import distribution_of
from reportgen.profile.levels import Levels, level_codes
from reportgen.profile.numbers import Yardstick, yardstick_of
from reportgen.records.profile import Distribution
from reportgen.records.segments import Features, FloatArray, IntArray, Segmentation
from reportgen.records.table import NUMERIC_ROLES, CleanTable, Column, Role

LEVEL_ROLES = frozenset({Role.CATEGORY, Role.FLAG, Role.CODE})


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """One numeric column of all customers."""

    values: FloatArray
    """n values in the export's own units; NaN: not known."""
    yardstick: Yardstick
    distribution: Distribution
    scaled: FloatArray | None = None
    """n values as they are clustered (mean 0, SD 1), where a transform has bent the column: a tail that would hide
    every difference is drawn in. None where the column's own scale is clustered, or none."""


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """Everything at row scale that the profiles need."""

    columns: tuple[Column, ...]
    """The columns in `numbers` and `levels`, in file order."""
    shaping: tuple[Column, ...]
    """The columns of the features, in their order."""
    numbers: Mapping[str, Measured]
    """Header name → the column; features first."""
    levels: Mapping[str, Levels]
    """Header name → the level of each customer."""
    groups: tuple[IntArray, ...]
    """Row positions of each segment, by id; empty where k = 1."""
    grouping: frozenset[str] = frozenset()
    """Header names of the categories that shape: in `levels`, and not to be tested against what they made."""
    echoes: frozenset[str] = frozenset()
    """Header names of the columns that repeat, or are computed from, columns that shape: not to be tested either."""

    def describing(self) -> dict[str, Measured]:
        """The numeric columns that do not shape the segments."""
        shaping = {column.name for column in self.shaping}
        return {name: measured for name, measured in self.numbers.items() if name not in shaping}


def gather_material(
    table: CleanTable, features: Features, segmentation: Segmentation, engine: Engine, min_cell: int
) -> Material:
    """The columns that shape or describe. One that is unknown for all of a segment's customers is left out."""
    shaping = tuple(table.column(feature.name) for feature in features.features)
    describing = {left.name for left in features.left_out if left.describes} - {column.name for column in shaping}
    grouping = frozenset(category.name for category in features.categories)
    candidates = [column for column in table.columns if column.name in describing | grouping]
    numeric = [column.name for column in candidates if column.role in NUMERIC_ROLES and column.kind == "number"]
    leveled = [column.name for column in candidates if column.role in LEVEL_ROLES]
    arrays = columns_at(engine, table.frame, numeric + leveled, features.drawn)
    counts = {name: count_values(table, name) for name in leveled} if features.everyone else {}
    groups = rows_by_segment(segmentation.labels, segmentation.k)
    if features.everyone:
        groups = stood_in_for(groups, features.matrix, segmentation.centroids)

    values = {column.name: np.ascontiguousarray(features.raw[:, i]) for i, column in enumerate(shaping)}
    values |= {name: arrays[name] for name in numeric if is_known_everywhere(~np.isnan(arrays[name]), groups)}
    bent = {f.name: features.matrix[:, i] for i, f in enumerate(features.features) if f.transform != "none"}
    coded = {name: level_codes(arrays[name], min_cell, counts.get(name)) for name in leveled}
    levels = {name: level for name, level in coded.items() if is_known_everywhere(level.codes >= 0, groups)}
    return Material(
        columns=tuple(column for column in table.columns if column.name in values or column.name in levels),
        shaping=shaping,
        numbers={name: measure(name, column, bent.get(name), min_cell) for name, column in values.items()},
        levels=levels,
        groups=groups,
        grouping=grouping,
        echoes=frozenset(left.name for left in features.left_out if left.echoes),
    )


def measure(name: str, values: FloatArray, scaled: FloatArray | None, min_cell: int) -> Measured:
    if scaled is not None:
        # A stored model's scale is that of the month in which it was fitted.
        scaled = (scaled - scaled.mean()) / (float(scaled.std()) or 1.0)
    return Measured(values, yardstick_of(values), distribution_of(name, values, min_cell, scaled), scaled)


def rows_by_segment(labels: IntArray, k: int) -> tuple[IntArray, ...]:
    """Rising row positions of each segment; none where k = 1."""
    if k == 1:
        return ()
    order = np.argsort(labels, kind="stable")
    return tuple(np.split(order, np.searchsorted(labels[order], np.arange(2, k + 1))))


def stood_in_for(groups: tuple[IntArray, ...], matrix: FloatArray, centroids: FloatArray) -> tuple[IntArray, ...]:
    """The groups with the nearest of all drawn customers in a segment so small that none was drawn from it."""
    nearest = (np.argmin(np.square(matrix - centroid).sum(axis=1), keepdims=True) for centroid in centroids)
    return tuple(rows if len(rows) else one for rows, one in zip(groups, nearest, strict=bool(groups)))


def count_values(table: CleanTable, name: str) -> dict[Any, int]:
    """Value → customers who have it."""
    counted = nw.from_native(table.frame).lazy().group_by(name).agg(nw.len().alias("__n__")).collect()
    return {value: int(n) for value, n in counted.select(name, "__n__").rows()}


def is_known_everywhere(known: npt.NDArray[np.bool_], groups: tuple[IntArray, ...]) -> bool:
    return bool(known.any()) and all(known[rows].any() for rows in groups)
