"""Puts customers into segments that are known from an earlier month, and weighs them against a new fit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reportgen.records.everyone import Everyone
from reportgen.records.history import Refit
from reportgen.records.segments import FloatArray
from reportgen.segment.agreement import agreement
from reportgen.segment.everyone import known_to_everyone
from reportgen.segment.kmeans import Fit, assign, by_size

CLEARLY_WORSE = 0.05
"""Silhouette that a new fit must gain before it is recommended: ten times what drawing 5,000 customers is off by."""

SAME_SEGMENTS = 0.8
"""Adjusted Rand index under which a new fit is another segmentation (Steinley 2004: .8 is good agreement)."""


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """What the stored model makes of a month."""

    places: tuple[int, ...]
    """Segment id 1.. → row of the stored centroids; segments without a customer have no id."""
    refit: Refit


def fit_known(
    matrix: FloatArray, centroids: FloatArray, everyone: Everyone | None = None
) -> tuple[Fit, tuple[int, ...]]:
    """The segments of these centroids that have customers, by falling size, and where each stands in `centroids`."""
    if everyone:
        return known_to_everyone(everyone, matrix, centroids)
    assignment = assign(matrix, centroids)
    sizes = np.bincount(assignment.labels, minlength=len(centroids))
    places = by_size(centroids, sizes)[: np.count_nonzero(sizes)]
    number = np.zeros(len(centroids), dtype=np.intp)
    number[places] = np.arange(len(places))
    fit = Fit(centroids[places], number[assignment.labels], float(np.square(assignment.nearest).sum()))
    return fit, tuple(places.tolist())


def n_inhabited(matrix: FloatArray, centroids: FloatArray) -> int:
    """How many of the centroids are the nearest of some customer."""
    return len(np.unique(assign(matrix, centroids).labels))


def compare_with_refit(
    stored: Fit, stored_silhouette: float, anew: Fit, anew_silhouette: float, *, k_found: int, has_structure: bool
) -> Refit:
    """The stored segments beside as many fitted anew; labels of the same rows."""
    alike = agreement(anew.labels, stored.labels)
    has_fallen = anew_silhouette - stored_silhouette > CLEARLY_WORSE or alike < SAME_SEGMENTS
    return Refit(
        k_stored=stored.k,
        k_found=k_found,
        silhouette_stored=stored_silhouette,
        silhouette_refit=anew_silhouette,
        agreement=alike,
        is_recommended=has_structure and has_fallen,
    )
