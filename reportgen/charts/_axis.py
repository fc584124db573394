"""Axes of measured columns: straight where the feature is, bent as k-means saw it where it was transformed."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from reportgen import wording
from reportgen.charts._scale import tick_texts, ticks_within
from reportgen.charts._tell import axis_title
from reportgen.language import text
from reportgen.records.segments import Feature, FloatArray
from reportgen.records.table import Column, Role

PADDING = 0.04
"""Of the range, left free at both ends."""

FAR_SHARE, FAR_REACH = 0.01, 1.3
"""Share of the values that may lie beyond an axis; how many times as long it would be with them."""

MOST_TICKS = 6

DIGITS = (1.0, 5.0, 2.0)
"""Leading digits of ticks on a bent axis, in the order in which they are given room."""

LEAST_APART = 0.09
"""Of the axis: two ticks on a bent axis are no closer."""


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis of a map, in the units in which it is drawn."""

    title: str
    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]
    """(place between low and high, text); none where the units mean nothing."""


def moved(feature: Feature, values: FloatArray) -> FloatArray:
    """The values as the feature's transform leaves them, before centring."""
    if feature.transform == "log1p":
        return np.log1p(values - feature.offset)
    if feature.transform == "yeo-johnson":
        return _yeo_johnson(values, feature.power)
    return values


def _yeo_johnson(values: FloatArray, power: float) -> FloatArray:
    """Yeo & Johnson 2000, eq. 2.1."""
    size = np.log1p(np.abs(values))
    above = size if power == 0 else np.expm1(power * size) / power
    below = -size if power == 2 else -np.expm1((2 - power) * size) / (2 - power)
    return np.where(values >= 0, above, below)


def bounds(values: FloatArray) -> tuple[float, float]:
    """Lowest and highest value, with padding."""
    low, high = float(values.min()), float(values.max())
    pad = ((high - low) or abs(high) or 1.0) * PADDING
    return low - pad, high + pad


def near_bounds(values: FloatArray, always: FloatArray) -> tuple[float, float]:
    """The same without a few far values, where these alone would take much of the axis; `always`: what lies within."""
    low, high = np.quantile(values, [FAR_SHARE / 2, 1 - FAR_SHARE / 2])
    near = np.clip(values, min(low, always.min()), max(high, always.max()))
    return bounds(near if np.ptp(values) > FAR_REACH * np.ptp(near) else values)


def plain_axis(column: Column, low: float, high: float) -> Axis:
    """A straight axis between two values."""
    places = ticks_within(low, high, MOST_TICKS)
    texts = tuple(f"{place:.0f}" for place in places) if column.role is Role.BIRTH else tick_texts(places)
    return Axis(axis_title(column), low, high, tuple(zip(places, texts, strict=True)))


def feature_axis(feature: Feature, column: Column, values: FloatArray) -> Axis:
    """The axis of a feature over its values in the export's units."""
    low, high = bounds(moved(feature, values))
    if feature.transform == "none":
        return plain_axis(column, low, high)
    ticks = _bent_ticks(feature, float(values.min()), float(values.max()), low, high)
    return Axis(text("{column} (compressed scale)", column=axis_title(column)), low, high, ticks)


def _bent_ticks(feature: Feature, least: float, most: float, low: float, high: float) -> tuple[tuple[float, str], ...]:
    """Round values in the export's units that keep their distance on the bent axis."""
    kept: list[tuple[float, str]] = []
    for value in _round_values(least, most):
        place = float(moved(feature, np.array([value]))[0])
        if low <= place <= high and all(abs(place - other) >= LEAST_APART * (high - low) for other, _ in kept):
            kept.append((place, wording.format_number(value, 0 if value.is_integer() else None)))
    return tuple(sorted(kept))


def _round_values(least: float, most: float) -> list[float]:
    """0 and 1, 5, 2 times the powers of ten within the range, both signs, the most telling first."""
    size = max(abs(least), abs(most), 1e-9)
    top = math.floor(math.log10(size))
    values = [0.0] + [
        sign * digit * 10.0**power for digit in DIGITS for power in range(top, top - 6, -1) for sign in (1, -1)
    ]
    return [value for value in values if least <= value <= most]
