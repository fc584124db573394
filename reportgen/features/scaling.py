"""Scales one column for k-means: an optional transform against skew, then a z-score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from reportgen.language import msgid, text
from reportgen.records.segments import Feature, FloatArray

STRONG_SKEW = 1.0
"""Beyond this a distribution is highly skewed (Bulmer 1979, Principles of Statistics, ch. 4)."""

POWER_ROWS = 50_000
"""Evenly spaced rows that the power is fitted on: it is rounded to a tenth, which so many rows settle."""

PREFER_LOG = 0.25
"""A logarithm is easier to explain: Yeo–Johnson must bring the skewness closer to 0 by more than this."""


def apply_feature(values: FloatArray, feature: Feature) -> FloatArray:
    """n values in the export's own units, scaled: (transform(x) − center) / spread."""
    return (transform_values(values, feature) - feature.center) / feature.spread


def matrix_of(arrays: Mapping[str, FloatArray], features: Sequence[Feature]) -> FloatArray:
    """n × p, scaled, the features in their order."""
    return np.column_stack([apply_feature(arrays[feature.name], feature) for feature in features])


def transform_values(values: FloatArray, feature: Feature) -> FloatArray:
    """n values after the feature's transform, before the z-score."""
    match feature.transform:
        case "log1p":
            return np.asarray(np.log1p(np.maximum(values - feature.offset, 0.0)), dtype=np.float64)
        case "yeo-johnson":
            return yeo_johnson(values, feature.power)
        case _:
            return values


TAILS = {
    (True, True): msgid("a long tail to the right: its logarithm is used"),
    (True, False): msgid("a long tail to the right: a power transform (Yeo–Johnson) is used"),
    (False, True): msgid("a long tail to the left: its logarithm is used"),
    (False, False): msgid("a long tail to the left: a power transform (Yeo–Johnson) is used"),
}
"""(the tail is on the right, the logarithm is taken) → why the column is transformed."""


def fit_feature(name: str, values: FloatArray) -> Feature:
    """How a column of n known values (not all equal) enters k-means; log1p or Yeo–Johnson where skew is strong."""
    skew = skewness(values)
    plain = z_scored(Feature(name, "none", 0.0, 1.0, 0.0, 1.0, skew, text("nearly symmetric")), values)
    if abs(skew) <= STRONG_SKEW:
        return plain
    candidates = [transformed(plain, values, "yeo-johnson", power=best_power(values), reason="")]
    if skew > 0:
        candidates.insert(0, transformed(plain, values, "log1p", offset=min(float(values.min()), 0.0), reason=""))
    left = [abs(skewness(transform_values(values, candidate))) for candidate in candidates]
    best = 0 if left[0] <= left[-1] + PREFER_LOG else 1
    if left[best] >= abs(skew):
        return plain
    reason = text(TAILS[skew > 0, candidates[best].transform == "log1p"])
    return transformed(
        plain,
        values,
        candidates[best].transform,
        offset=candidates[best].offset,
        power=candidates[best].power,
        reason=reason,
    )


def transformed(
    plain: Feature, values: FloatArray, transform: str, *, offset: float = 0.0, power: float = 1.0, reason: str
) -> Feature:
    return z_scored(Feature(plain.name, transform, offset, power, 0.0, 1.0, plain.skew, reason), values)


def z_scored(feature: Feature, values: FloatArray) -> Feature:
    """The feature with mean and population standard deviation after its transform."""
    after = transform_values(values, feature)
    center, spread = float(after.mean()), float(after.std())
    return Feature(
        feature.name,
        feature.transform,
        feature.offset,
        feature.power,
        center,
        spread or 1.0,
        feature.skew,
        feature.reason,
    )


def skewness(values: FloatArray) -> float:
    """Third standardised moment of n values; 0 for a constant."""
    centered = values - values.mean()
    spread = float(np.sqrt(np.mean(centered**2)))
    if spread == 0.0:
        return 0.0
    return float(np.mean((centered / spread) ** 3))


def yeo_johnson(values: FloatArray, power: float) -> FloatArray:
    """Yeo & Johnson 2000, Biometrika 87, eq. 2.1."""
    result = np.empty_like(values)
    positive = values >= 0
    up, down = values[positive], values[~positive]
    result[positive] = np.log1p(up) if power == 0 else np.expm1(power * np.log1p(up)) / power
    rest = 2.0 - power
    result[~positive] = -np.log1p(-down) if rest == 0 else -np.expm1(rest * np.log1p(-down)) / rest
    return result


def best_power(values: FloatArray) -> float:
    """The lambda of highest likelihood, on a grid of tenths from −2 to 2, so that it is the same on every machine."""
    values = values[:: -(-len(values) // POWER_ROWS)]
    logs = float(np.sum(np.sign(values) * np.log1p(np.abs(values))))

    def likelihood(power: float) -> float:
        variance = float(yeo_johnson(values, power).var())
        return -len(values) / 2 * float(np.log(variance)) + (power - 1) * logs if variance > 0 else -np.inf

    return max((tenth / 10 for tenth in range(-20, 21)), key=likelihood)
