"""Counts outliers by Tukey's fences and caps what lies beyond the far ones, on the log scale if skewed."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import narwhals as nw

from reportgen import wording
from reportgen.clean._look import aggregate, show_number
from reportgen.clean.base import Plan, Step, Work
from reportgen.records.table import SHAPING_ROLES, CleaningNote, ColumnQuality, Role

NAME = "outliers"
NEAR_FENCE = 1.5
"""Interquartile ranges beyond the quartiles: outside values (Tukey 1977, Exploratory Data Analysis, ch. 2)."""
FAR_FENCE = 3.0
"""The same for far-out values (ibid.); a normal column has two of them in a million."""
SKEWED = 0.15
"""Quartile skewness (Bowley 1901) from which fences are set on the log scale: an exponential column has 0.26, a
log-normal one with sigma 0.5 has 0.17. Quartiles, because a single wrong cell would decide the moment skewness."""
TAIL_SHARE = 0.02
"""More cells than this beyond a far fence are a long tail, not mistakes: they stay, and scaling deals with them."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Five numbers of a column."""

    minimum: float
    q25: float
    median: float
    q75: float
    maximum: float
    n_known: int

    @property
    def box(self) -> tuple[float, float, float, float, float]:
        return (self.minimum, self.q25, self.median, self.q75, self.maximum)

    @property
    def skewness(self) -> float:
        """(q75 + q25 − 2 median) / (q75 − q25), −1..1; 0 where the quartiles are equal."""
        spread = self.q75 - self.q25
        return (self.q75 + self.q25 - 2 * self.median) / spread if spread else 0.0


@dataclass(frozen=True, slots=True)
class Fences:
    """Between which values a column lies."""

    low: float
    high: float
    is_log: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """One column against its fences."""

    shape: Shape
    n_outliers: int
    """Beyond the near fences."""
    fences: Fences | None
    """Far fences; None where the quartiles are equal."""
    n_low: int
    """Below the far fence."""
    n_high: int


@dataclass(frozen=True, slots=True)
class Decision:
    """Header name → fences to cap at, what was seen, and the log."""

    caps: Mapping[str, Fences]
    quality: tuple[ColumnQuality, ...]
    notes: tuple[CleaningNote, ...]


def look(work: Work) -> dict[str, Seen]:
    """Header name → shape and cells beyond the fences, for every column of numbers."""
    shapes = shapes_of(work, [column.name for column in work.plan.of_kind("number")])
    seen = {}
    for name, shape in shapes.items():
        value, spread = nw.col(name), shape.q75 - shape.q25
        fences = far_fences(shape) if spread > 0 else None
        if fences and work.plan.column(name).role is Role.COUNT:
            fences = Fences(math.ceil(fences.low), math.floor(fences.high), fences.is_log)
        near = (shape.q25 - NEAR_FENCE * spread, shape.q75 + NEAR_FENCE * spread)
        asked = {"outliers": ((value < near[0]) | (value > near[1])).sum()}
        if fences:
            asked |= {"low": (value < fences.low).sum(), "high": (value > fences.high).sum()}
        counts = aggregate(work.frame, asked)
        n_outliers = int(counts["outliers"]) if fences else 0
        seen[name] = Seen(shape, n_outliers, fences, int(counts.get("low", 0)), int(counts.get("high", 0)))
    return seen


def shapes_of(work: Work, names: list[str]) -> dict[str, Shape]:
    """Header name → five numbers; columns without a known value left out."""
    quantiles = {"q25": 0.25, "median": 0.5, "q75": 0.75}
    parts: dict[str, dict[str, float]] = {
        part: aggregate(work.frame, {name: nw.col(name).quantile(q, "linear") for name in names})
        for part, q in quantiles.items()
    }
    lows = aggregate(work.frame, {name: nw.col(name).min() for name in names})
    highs = aggregate(work.frame, {name: nw.col(name).max() for name in names})
    known = aggregate(work.frame, {name: nw.col(name).count() for name in names})
    return {
        name: Shape(
            float(lows[name]),
            float(parts["q25"][name]),
            float(parts["median"][name]),
            float(parts["q75"][name]),
            float(highs[name]),
            int(known[name]),
        )
        for name in names
        if known[name]
    }


def far_fences(shape: Shape) -> Fences:
    """Far-out fences; the upper one on log(1 + x) where the quartiles lie skewed and nothing is negative.

    The lower one stays: on the log scale every small value of a column that starts at 0 would be far out.
    """
    spread = shape.q75 - shape.q25
    low, high = shape.q25 - FAR_FENCE * spread, shape.q75 + FAR_FENCE * spread
    if shape.skewness < SKEWED or shape.minimum < 0:
        return Fences(low, high, is_log=False)
    q25, q75 = math.log1p(shape.q25), math.log1p(shape.q75)
    return Fences(low, math.expm1(q75 + FAR_FENCE * (q75 - q25)), is_log=True)


def decide(facts: dict[str, Seen], plan: Plan) -> Decision:
    caps, quality, notes = {}, [], []
    for name, seen in facts.items():
        caps_it, reason = should_cap(name, seen, plan)
        n_far = seen.n_low + seen.n_high
        fences = seen.fences if caps_it else None
        if fences:
            caps[name] = fences
        if reason and seen.fences:
            notes.append(_note(name, seen, seen.fences, caps_it, reason))
        after = capped_box(seen.shape, fences)
        quality.append(ColumnQuality(name, 0, 0, seen.n_outliers, n_far if fences else 0, seen.shape.box, after))
    return Decision(caps, tuple(quality), tuple(notes))


def should_cap(name: str, seen: Seen, plan: Plan) -> tuple[bool, str]:
    """(capped, why) for the cells beyond the far fences; no reason where they are ordinary values of their column."""
    n_far, column = seen.n_low + seen.n_high, plan.column(name)
    if not n_far or not seen.fences:
        return False, ""
    if plan.settings.clean.outliers == "keep":
        return False, "the settings keep outliers"
    if column.role not in SHAPING_ROLES or column.role is Role.SCORE or column.scale is not None:
        return False, ""
    if n_far > TAIL_SHARE * seen.shape.n_known:
        return False, "so many that they are the column's tail, not mistakes"
    scale = "on the log scale" if seen.fences.is_log else "of its values"
    return True, f"more than {FAR_FENCE:.0f} interquartile ranges {scale} beyond the quartiles (Tukey 1977)"


def capped_box(shape: Shape, fences: Fences | None) -> tuple[float, float, float, float, float]:
    """The five numbers after capping: quartiles lie inside the fences and stay."""
    if fences is None:
        return shape.box
    low, q25, median, q75, high = shape.box
    return (max(low, fences.low), q25, median, q75, min(high, fences.high))


def _note(name: str, seen: Seen, fences: Fences, is_capped: bool, reason: str) -> CleaningNote:
    far = []
    if seen.n_low:
        far.append(f"{wording.plural(seen.n_low, 'cell')} down to {show_number(seen.shape.minimum)}")
    if seen.n_high:
        far.append(f"{wording.plural(seen.n_high, 'cell')} up to {show_number(seen.shape.maximum)}")
    ends = ([fences.low] if seen.n_low else []) + ([fences.high] if seen.n_high else [])
    after = f"capped at {wording.join_words([show_number(end) for end in ends])}" if is_capped else "kept"
    return CleaningNote(NAME, name, seen.n_low + seen.n_high, wording.join_words(far), after, reason)


def apply(work: Work, decision: Decision) -> Work:
    capped = {name: nw.col(name).clip(fences.low, fences.high) for name, fences in decision.caps.items()}
    changed = work.rewrite(capped).with_notes(decision.notes)
    return changed.with_quality(decision.quality)


STEP: Step[dict[str, Seen], Decision] = Step(NAME, look, decide, apply)
