"""Puts the chosen segments together: the final fit, each customer's place in it, and how well each segment holds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from reportgen.records.everyone import Everyone
from reportgen.records.segments import FloatArray, IntArray, Segmentation
from reportgen.segment._nearest import Assignment
from reportgen.segment._rows import RowSamples
from reportgen.segment.everyone import center_of_everyone, fit_everyone
from reportgen.segment.kmeans import Fit, assign, fit_all_rows
from reportgen.segment.separation import silhouettes
from reportgen.segment.stability import Bootstraps, segment_stability
from reportgen.segment.sweep import Sweep

Number = TypeVar("Number", np.float64, np.intp)


@dataclass(frozen=True, slots=True, eq=False)
class Placer:
    """See reportgen.records.segments.Place."""

    centroids: FloatArray

    def __call__(self, matrix: FloatArray) -> tuple[IntArray, IntArray, FloatArray]:
        if len(self.centroids) == 1:
            ones = np.ones(len(matrix), dtype=np.intp)
            return ones, ones * 0, np.ones(len(matrix))
        found = assign(matrix, self.centroids)
        return found.labels + 1, found.runner_up + 1, _confidence(found)


@dataclass(frozen=True, slots=True, eq=False)
class Chosen:
    """The segments, and what a new fit would change."""

    segmentation: Segmentation
    moved: tuple[float, float]
    """Share of customers that refitting on a bootstrap moves: mean and 95th percentile."""


def segment_customers(
    matrix: FloatArray,
    raw: FloatArray,
    rows: RowSamples,
    sweep: Sweep,
    bootstraps: Bootstraps,
    *,
    k: int,
    everyone: Everyone | None,
) -> Chosen:
    """The k segments of all rows of the matrix, which is in canonical order; of `everyone`, where they are drawn."""
    fit, values = final_fit(matrix, rows, sweep, k, everyone)
    return place_customers(matrix, raw, rows, bootstraps, fit=fit, values=values)


def final_fit(
    matrix: FloatArray, rows: RowSamples, sweep: Sweep, k: int, everyone: Everyone | None
) -> tuple[Fit, FloatArray]:
    """The best fit of k segments to all customers, and the silhouettes of `rows.silhouette` in it."""
    position = [fit.k for fit in sweep.fits].index(k)
    fit, values = sweep.fits[position], sweep.silhouettes[position]
    if everyone or len(fit.labels) < len(matrix):
        fit = fit_all_rows(matrix, fit.centroids)
        fit = fit_everyone(everyone, matrix, fit.centroids) if everyone else fit
        values = silhouettes_in(matrix, rows, fit)
    return fit, values


def silhouettes_in(matrix: FloatArray, rows: RowSamples, fit: Fit) -> FloatArray:
    """The silhouettes of `rows.silhouette` in the segments of a fit to all rows."""
    values: FloatArray = silhouettes(matrix[rows.silhouette], [fit.labels[rows.silhouette]])[0]
    return values


def place_customers(
    matrix: FloatArray, raw: FloatArray, rows: RowSamples, bootstraps: Bootstraps, *, fit: Fit, values: FloatArray
) -> Chosen:
    """Each customer's place in the segments of a fit to all rows, and how each segment fares in the bootstraps."""
    held = segment_stability(bootstraps, fit.labels[rows.stability], raw[rows.stability], fit.k)
    assignment = assign(matrix, fit.centroids)
    segmentation = Segmentation(
        k=fit.k,
        centroids=fit.centroids,
        labels=fit.labels + 1,
        runner_up=assignment.runner_up + 1,
        confidence=_confidence(assignment),
        silhouettes=values,
        silhouette_rows=rows.silhouette,
        silhouette=float(values.mean()),
        silhouette_error=float(values.std() / np.sqrt(len(values))) if len(values) < sum(fit.sizes) else 0.0,
        inertia=fit.inertia,
        jaccard=held.jaccard,
        dissolved=held.dissolved,
        bootstrap_means=held.means,
        sizes=fit.counted,
        place=Placer(fit.centroids) if fit.counted else None,
    )
    return Chosen(segmentation, held.moved)


def one_segment(matrix: FloatArray, everyone: Everyone | None) -> Chosen:
    """All customers together."""
    center = matrix.mean(axis=0)
    n_rows, inertia = len(matrix), float(np.square(matrix - center).sum())
    if everyone:
        center, inertia = center_of_everyone(everyone)
    segmentation = Segmentation(
        k=1,
        centroids=center[None],
        labels=np.ones(n_rows, dtype=np.intp),
        runner_up=np.zeros(n_rows, dtype=np.intp),
        confidence=np.ones(n_rows),
        silhouettes=np.empty(0),
        silhouette_rows=np.empty(0, dtype=np.intp),
        silhouette=0.0,
        inertia=inertia,
        jaccard=(1.0,),
        dissolved=(0.0,),
        sizes=(everyone.n_customers,) if everyone else (),
        place=Placer(center[None]) if everyone else None,
    )
    return Chosen(segmentation, (0.0, 0.0))


def in_source_order(segmentation: Segmentation, order: IntArray) -> Segmentation:
    """The same segments with the customers where `order` found them: order[i] is the source row of row i."""
    positions = order[segmentation.silhouette_rows]
    rising = np.argsort(positions)
    return replace(
        segmentation,
        labels=_scatter(segmentation.labels, order),
        runner_up=_scatter(segmentation.runner_up, order),
        confidence=_scatter(segmentation.confidence, order),
        silhouettes=segmentation.silhouettes[rising],
        silhouette_rows=positions[rising],
    )


def _scatter(values: npt.NDArray[Number], order: IntArray) -> npt.NDArray[Number]:
    placed = np.empty_like(values)
    placed[order] = values
    return placed


def _confidence(assignment: Assignment) -> FloatArray:
    """1 − d1 / d2; 0 where both centroids are equally near, a centroid on the customer's own spot included."""
    second = assignment.second
    return 1.0 - assignment.nearest / np.where(second > 0, second, 1.0)
