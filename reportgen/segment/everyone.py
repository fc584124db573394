"""Fits and counts segments over all customers, a stretch at a time, where only drawn ones are held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reportgen.records.everyone import Batch, Everyone, Partial
from reportgen.records.segments import Feature, FloatArray, IntArray, OtherDivision
from reportgen.segment._points import lift, nearest_of, rows_last
from reportgen.segment.kmeans import Fit, assign, by_size

MOST_PASSES = 12
"""Passes over all customers at most; from centroids found on 100,000 drawn ones two or three are usual."""

LEAST_FALL = 1e-7
"""Share of inertia that a pass must win for another one to follow."""

N, SUMS, SQUARES, COUNTS = "n", "sums", "squares", "counts"


@dataclass(frozen=True, slots=True, eq=False)
class Pull:
    """Customers, coordinate sums and inertia by nearest centroid: a step of Lloyd's algorithm, and its last count."""

    centroids: FloatArray

    def __call__(self, matrix: FloatArray, _batch: Batch) -> Partial:
        found, k = assign(matrix, self.centroids), len(self.centroids)
        return {
            N: np.bincount(found.labels, minlength=k),
            SUMS: np.column_stack([np.bincount(found.labels, column, k) for column in matrix.T]),
            SQUARES: np.array([np.square(found.nearest).sum()]),
        }


@dataclass(frozen=True, slots=True, eq=False)
class Sizes:
    """Customers by nearest centroid, for several sets of centroids."""

    fits: tuple[FloatArray, ...]

    def __call__(self, matrix: FloatArray, _batch: Batch) -> Partial:
        lifted = lift(rows_last(matrix))
        return {
            str(place): np.bincount(nearest_of(lifted, centroids[None])[0][0], minlength=len(centroids))
            for place, centroids in enumerate(self.fits)
        }


@dataclass(frozen=True, slots=True, eq=False)
class Beside:
    """Customers by segment and by another division, and sums of the features in the latter."""

    centroids: FloatArray
    others: FloatArray
    features: tuple[str, ...]

    def __call__(self, matrix: FloatArray, batch: Batch) -> Partial:
        own, other = assign(matrix, self.centroids).labels, assign(matrix, self.others).labels
        k, j = len(self.centroids), len(self.others)
        sums = [np.bincount(other, batch.numbers[name], j) for name in self.features]
        return {
            COUNTS: np.bincount(own * j + other, minlength=k * j).reshape(k, j),
            SUMS: np.column_stack(sums),
        }


def moments(matrix: FloatArray, _batch: Batch) -> Partial:
    """Customers, sums and sums of squares of each column of the matrix."""
    return {N: np.array([len(matrix)]), SUMS: matrix.sum(axis=0), SQUARES: np.square(matrix).sum(axis=0)}


def fit_everyone(everyone: Everyone, matrix: FloatArray, centroids: FloatArray) -> Fit:
    """Lloyd's algorithm over all customers from centroids found on drawn ones, until a pass wins next to nothing.

    matrix: the drawn customers, whose labels the fit has.
    """
    before = np.inf
    for _ in range(MOST_PASSES):
        found = everyone.count(Pull(centroids))
        inertia = float(found[SQUARES][0])
        if before - inertia <= LEAST_FALL * inertia:
            break
        before = inertia
        n = found[N][:, None]
        # A segment that nobody is nearest to stays where it is.
        centroids = np.where(n > 0, found[SUMS] / np.maximum(n, 1), centroids)
    found = everyone.count(Pull(centroids))
    order = by_size(centroids, found[N])
    return placed(matrix, centroids[order], found, order)


def placed(matrix: FloatArray, centroids: FloatArray, found: Partial, order: IntArray) -> Fit:
    """The fit of drawn customers to these centroids, which stood in `order` when all customers were counted."""
    sizes = tuple(found[N][order].tolist())
    return Fit(centroids, assign(matrix, centroids).labels, float(found[SQUARES][0]), sizes)


def known_to_everyone(everyone: Everyone, matrix: FloatArray, centroids: FloatArray) -> tuple[Fit, tuple[int, ...]]:
    """The stored centroids that have customers, by falling size, and where each stands in `centroids`."""
    found = everyone.count(Pull(centroids))
    order = by_size(centroids, found[N])[: np.count_nonzero(found[N])]
    return placed(matrix, centroids[order], found, order), tuple(order.tolist())


def sizes_of_everyone(everyone: Everyone, fits: Sequence[Fit]) -> tuple[tuple[int, ...], ...]:
    """Customers by segment for each fit, falling."""
    found = everyone.count(Sizes(tuple(fit.centroids for fit in fits)))
    return tuple(tuple(sorted(found[str(place)].tolist(), reverse=True)) for place in range(len(fits)))


def divide_everyone_otherwise(
    everyone: Everyone, centroids: FloatArray, others: FloatArray, features: Sequence[Feature]
) -> OtherDivision:
    """All customers divided by other centroids, beside their segments."""
    found = everyone.count(Beside(centroids, others, tuple(feature.name for feature in features)))
    means = found[SUMS] / np.maximum(found[COUNTS].sum(axis=0), 1)[:, None]
    return OtherDivision(*(tuple(tuple(row) for row in table.tolist()) for table in (found[COUNTS], means, others)))


def center_of_everyone(everyone: Everyone) -> tuple[FloatArray, float]:
    """(the mean of all customers in the matrix, their inertia around it)."""
    found = everyone.count(moments)
    n = int(found[N][0])
    center = found[SUMS] / n
    return center, float((found[SQUARES] - n * np.square(center)).sum())
