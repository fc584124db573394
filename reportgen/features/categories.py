"""Turns a category into columns for k-means: one a level, together with no more weight than a column of numbers."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

import numpy as np
import numpy.typing as npt

from reportgen import wording
from reportgen.records.profile import MAX_LEVELS, OTHER_LEVEL
from reportgen.records.segments import CategoryFeature, FloatArray


def fit_category(name: str, values: npt.NDArray[Any], weight: float) -> CategoryFeature:
    """How a column of n labels or codes (two levels or more) enters k-means.

    One column a level, 1 for its customers and 0 for others, less its mean, by one factor for all: so that their
    variances add up to `weight`, where those of a column of numbers are 1. Past MAX_LEVELS the rarest are pooled.
    """
    texts = level_texts(values)
    counts = Counter(text for text in texts if text is not None)
    ranked = sorted(counts, key=lambda level: (-counts[level], level))
    if len(ranked) > MAX_LEVELS:
        kept = [level for level in ranked if level != OTHER_LEVEL][:MAX_LEVELS]
        ranked = [*kept, OTHER_LEVEL]
        counts[OTHER_LEVEL] = sum(counts.values()) - sum(counts[level] for level in kept)
    known = sum(counts[level] for level in ranked)
    shares = tuple(counts[level] / known for level in ranked)
    factor = math.sqrt(weight / sum(share * (1 - share) for share in shares))
    return CategoryFeature(name, tuple(ranked), shares, factor)


def indicators(values: npt.NDArray[Any], feature: CategoryFeature) -> FloatArray:
    """n × levels, scaled; a customer whose level is not known stands at the mean of all."""
    places = {level: place for place, level in enumerate(feature.levels)}
    pool = places.get(OTHER_LEVEL, -1)
    found = np.array([-1 if text is None else places.get(text, pool) for text in level_texts(values)])
    has = (found[:, None] == np.arange(len(feature.levels))).astype(np.float64)
    scaled: FloatArray = (has - np.array(feature.shares)) * feature.factor
    return np.where((found >= 0)[:, None], scaled, 0.0)


def level_texts(values: npt.NDArray[Any]) -> list[str | None]:
    """Each level as text, a code that is stored as a number without its `.0`; None: not known."""
    return [wording.level_text(value) for value in values.tolist()]
