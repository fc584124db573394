"""Profiles a numeric column in one segment against all customers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reportgen.records.profile import Distribution, NumberProfile
from reportgen.records.segments import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Yardstick:
    """What all customers' values of one column are, for a segment to be measured against."""

    mean: float
    sd: float
    """Population standard deviation; 0 if all values are the same."""
    median: float


ON_ITS_SCALE = Yardstick(0.0, 1.0, 0.0)
"""What all customers' values of a feature are once transformed and scaled."""


def yardstick_of(values: FloatArray) -> Yardstick:
    """Mean, standard deviation and median of the known values."""
    known = values[~np.isnan(values)]
    return Yardstick(float(known.mean()), float(known.std()), float(np.median(known)))


def standardize(mean: float | FloatArray, yardstick: Yardstick) -> float | FloatArray:
    """Means as differences from the overall mean in overall SD; 0 where nothing varies."""
    return (mean - yardstick.mean) / yardstick.sd if yardstick.sd > 0 else mean * 0.0


def profile_number(  # noqa: PLR0917 - one column, its measures, its place
    values: FloatArray,
    rows: IntArray | None,
    yardstick: Yardstick,
    distribution: Distribution,
    persistence: float,
    difference: float | None = None,
) -> NumberProfile:
    """One column among the customers at `rows` (None: all; the difference is then 0). At least one value is known.

    `difference`: in SD on the scale on which the column is clustered, where that is not its own.
    """
    members = values if rows is None else values[rows]
    known = members[~np.isnan(members)]
    mean = float(known.mean())
    q25, median, q75 = (float(value) for value in np.quantile(known, (0.25, 0.5, 0.75)))
    return NumberProfile(
        column=distribution.column,
        mean=mean,
        median=median,
        q25=q25,
        q75=q75,
        total=float(known.sum()),
        difference=0.0 if rows is None else float(standardize(mean, yardstick)) if difference is None else difference,
        share_above=float(np.mean(known > yardstick.median)),
        share_below=float(np.mean(known < yardstick.median)),
        persistence=persistence,
        counts=count_in_bins(known, distribution.edges),
    )


def count_in_bins(known: FloatArray, edges: tuple[float, ...]) -> tuple[int, ...]:
    """Values by bin; a bin includes its left edge, the last one both, and the outer ones what lies beyond."""
    return tuple(np.histogram(np.clip(known, edges[0], edges[-1]), bins=np.asarray(edges))[0].tolist())
