"""Scales stretches of customers as they are clustered, and measures all of them so that the scale is everybody's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from reportgen.engine.base import Engine
from reportgen.features.categories import indicators
from reportgen.features.scaling import matrix_of, transform_values
from reportgen.records.everyone import Batch, Partial
from reportgen.records.segments import CategoryFeature, Feature, FloatArray
from reportgen.records.table import CleanTable


@dataclass(frozen=True, slots=True, eq=False)
class Shaper:
    """Batch → its rows of the matrix that is clustered: m × p, scaled, no NaN."""

    features: tuple[Feature, ...]
    categories: tuple[CategoryFeature, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return (*(feature.name for feature in self.features), *(category.name for category in self.categories))

    def __call__(self, batch: Batch) -> FloatArray:
        return np.column_stack(
            [matrix_of(batch.numbers, self.features), *(self._levels(batch, c) for c in self.categories)]
        )

    def _levels(self, batch: Batch, category: CategoryFeature) -> FloatArray:
        """m × levels; each different value is scaled once."""
        if category.name in batch.coded:
            coded = batch.coded[category.name]
            return indicators(np.array([*coded.texts, None], dtype=object), category)[coded.codes]
        values, places = np.unique(batch.numbers[category.name], return_inverse=True)
        return indicators(values, category)[places]


LOWEST, N, RAW, SCALED = "lowest", "n", "raw", "scaled"


@dataclass(frozen=True, slots=True, eq=False)
class Lowest:
    """Batch → the lowest value of each feature and the first three power sums of its values around a middle."""

    features: tuple[Feature, ...]
    middles: Mapping[str, float]

    def __call__(self, batch: Batch) -> Partial:
        values = [batch.numbers[feature.name] for feature in self.features]
        return {
            LOWEST: np.array([column.min() for column in values]),
            N: np.array([batch.n_rows]),
            RAW: np.array(
                [
                    power_sums(column - self.middles[feature.name], 3)
                    for feature, column in zip(self.features, values, strict=True)
                ]
            ),
        }


def lowest_and_sums(one: Partial, other: Partial) -> Partial:
    return {LOWEST: np.minimum(one[LOWEST], other[LOWEST]), N: one[N] + other[N], RAW: one[RAW] + other[RAW]}


@dataclass(frozen=True, slots=True, eq=False)
class AfterTransform:
    """Batch → the first two power sums of each feature's values after its transform, around its centre so far."""

    features: tuple[Feature, ...]

    def __call__(self, batch: Batch) -> Partial:
        after = (transform_values(batch.numbers[feature.name], feature) - feature.center for feature in self.features)
        return {SCALED: np.array([power_sums(column, 2) for column in after])}


def sums(one: Partial, other: Partial) -> Partial:
    return {SCALED: one[SCALED] + other[SCALED]}


def power_sums(values: FloatArray, highest: int) -> list[float]:
    """Σx, Σx², … up to the highest power."""
    found, power = [], values
    for _ in range(highest):
        found.append(float(power.sum()))
        power = power * values
    return found


def measure_everyone(
    features: Sequence[Feature], drawn: Mapping[str, FloatArray], table: CleanTable, engine: Engine
) -> tuple[Feature, ...]:
    """Features that were fitted on drawn customers with the offset, skewness, mean and spread of all customers."""
    names = [feature.name for feature in features]
    middles = {name: float(drawn[name].mean()) for name in names}
    found = engine.fold(table.frame, names, Lowest(tuple(features), middles), lowest_and_sums)
    n = float(found[N][0])
    lowered = tuple(
        replace(
            feature,
            offset=min(lowest, 0.0) if feature.transform == "log1p" else feature.offset,
            skew=skewness_of(raw / n),
        )
        for feature, lowest, raw in zip(features, found[LOWEST].tolist(), found[RAW], strict=True)
    )
    moments = engine.fold(table.frame, names, AfterTransform(lowered), sums)[SCALED] / n
    return tuple(
        replace(feature, center=feature.center + mean, spread=float(np.sqrt(max(square - mean**2, 0.0))) or 1.0)
        for feature, (mean, square) in zip(lowered, moments.tolist(), strict=True)
    )


def skewness_of(moments: FloatArray) -> float:
    """Third standardised moment from the first three around any point; 0 for a constant."""
    mean, square, cube = moments.tolist()
    variance = square - mean**2
    if variance <= 0.0:
        return 0.0
    return float((cube - 3 * mean * square + 2 * mean**3) / variance**1.5)
