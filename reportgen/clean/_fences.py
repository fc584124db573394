"""Between which values a column's ordinary cells lie, told from its quartiles or from its median."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import narwhals as nw

from reportgen.clean._look import aggregate
from reportgen.clean.base import Work
from reportgen.engine.shortcuts import quantiles

NEAR_FENCE = 1.5
"""Interquartile ranges beyond the quartiles: outside values (Tukey 1977, Exploratory Data Analysis, ch. 2)."""
SKEWED = 0.15
"""Quartile skewness (Bowley 1901) from which fences are set on the log scale: an exponential column has 0.26, a
log-normal one with sigma 0.5 has 0.17. Quartiles, because a single wrong cell would decide the moment skewness."""
TAIL = 0.05
"""Share of the cells beyond each end of what reports show of a column: of 200 customers ten."""
NORMAL_MAD = 1.4826
"""Standard deviations in one median absolute deviation of a normal column (Hampel 1974)."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Seven numbers of a column."""

    minimum: float
    q25: float
    median: float
    q75: float
    maximum: float
    n_known: int
    tails: tuple[float, float] = (math.nan, math.nan)
    """The 5th and 95th percentiles."""

    @property
    def box(self) -> tuple[float, float, float, float, float]:
        return (self.minimum, self.q25, self.median, self.q75, self.maximum)

    @property
    def skewness(self) -> float:
        """(q75 + q25 − 2 median) / (q75 − q25), −1..1; 0 where the quartiles are equal."""
        spread = self.q75 - self.q25
        return (self.q75 + self.q25 - 2 * self.median) / spread if spread else 0.0

    @property
    def is_skewed(self) -> bool:
        """Whether the upper fence is set on log(1 + x); never where something is negative."""
        return self.skewness >= SKEWED and self.minimum >= 0


@dataclass(frozen=True, slots=True)
class Fences:
    """Between which values a column lies."""

    low: float
    high: float
    is_log: bool


def shapes_of(work: Work, names: Sequence[str]) -> dict[str, Shape]:
    """Header name → seven numbers; columns without a known value left out."""
    found = quantiles(work.frame, names, (TAIL, 0.25, 0.5, 0.75, 1 - TAIL))
    lows = aggregate(work.frame, {name: nw.col(name).min() for name in names})
    highs = aggregate(work.frame, {name: nw.col(name).max() for name in names})
    known = aggregate(work.frame, {name: nw.col(name).count() for name in names})
    shapes = {}
    for name in names:
        if known[name]:
            low, q25, median, q75, high = map(float, found[name])
            ends = (float(lows[name]), float(highs[name]))
            shapes[name] = Shape(ends[0], q25, median, q75, ends[1], int(known[name]), (low, high))
    return shapes


def tukey_fences(shape: Shape, fence: float) -> Fences:
    """`fence` interquartile ranges beyond the quartiles; the upper one on log(1 + x) where the column is skewed.

    The lower one stays: on the log scale every small value of a column that starts at 0 would be far out.
    """
    spread = shape.q75 - shape.q25
    low, high = shape.q25 - fence * spread, shape.q75 + fence * spread
    if not shape.is_skewed:
        return Fences(low, high, is_log=False)
    q25, q75 = math.log1p(shape.q25), math.log1p(shape.q75)
    return Fences(low, math.expm1(q75 + fence * (q75 - q25)), is_log=True)


def median_fences(shape: Shape, deviations: tuple[float, float], z: float) -> Fences:
    """`z` robust standard deviations beyond the median (Iglewicz & Hoaglin 1993); logs as in `tukey_fences`.

    `deviations` are the median absolute deviations of x and of log(1 + x).
    """
    plain, logged = (z * NORMAL_MAD * deviation for deviation in deviations)
    if not shape.is_skewed:
        return Fences(shape.median - plain, shape.median + plain, is_log=False)
    return Fences(shape.median - plain, math.expm1(math.log1p(shape.median) + logged), is_log=True)


def deviations_of(work: Work, shapes: Mapping[str, Shape]) -> dict[str, tuple[float, float]]:
    """Header name → median absolute deviations of x and, where the column is skewed, of log(1 + x), else 0."""
    plain = aggregate(
        work.frame, {name: (nw.col(name) - shape.median).abs().median() for name, shape in shapes.items()}
    )
    skewed = {name: shape for name, shape in shapes.items() if shape.is_skewed}
    logged = aggregate(
        work.frame,
        {name: ((nw.col(name) + 1).log() - math.log1p(shape.median)).abs().median() for name, shape in skewed.items()},
    )
    return {name: (float(plain[name]), float(logged.get(name, 0.0))) for name in shapes}
