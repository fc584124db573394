"""Every score for every k that can be tried."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reportgen.records.everyone import Everyone
from reportgen.records.segments import FloatArray, KScore
from reportgen.segment._points import lift, nearest_of, rows_last
from reportgen.segment._rows import RowSamples
from reportgen.segment.everyone import sizes_of_everyone
from reportgen.segment.kmeans import Fit, assign, fit_every_k
from reportgen.segment.separation import calinski_harabasz, davies_bouldin, segment_means, silhouettes
from reportgen.segment.stability import Bootstraps, global_stability, pair_tables


@dataclass(frozen=True, slots=True, eq=False)
class Sweep:
    """The fits of every k and how well they separate the customers."""

    fits: tuple[Fit, ...]
    """On the scored rows, by rising k."""
    silhouettes: FloatArray
    """k × judged rows."""
    total_inertia: float
    """Of the scored rows in one segment."""

    @property
    def n_rows(self) -> int:
        return len(self.fits[0].labels)

    @property
    def inertias(self) -> tuple[float, ...]:
        return tuple(fit.inertia for fit in self.fits)


def sweep_every_k(scored: FloatArray, judged: FloatArray, ks: Sequence[int], generator: np.random.Generator) -> Sweep:
    """Fits every k on the scored rows and takes the silhouettes of the judged ones among themselves."""
    fits = fit_every_k(scored, ks, generator)
    values = silhouettes(judged, [assign(judged, fit.centroids).labels for fit in fits])
    return Sweep(fits, values, float(np.square(scored - scored.mean(axis=0)).sum()))


def score_every_k(
    matrix: FloatArray, rows: RowSamples, sweep: Sweep, bootstraps: Bootstraps, everyone: Everyone | None = None
) -> tuple[KScore, ...]:
    """One KScore a fit; sizes count all customers, the rest the sampled rows."""
    scored, judged = matrix[rows.scored], matrix[rows.silhouette]
    scores = []
    for fit, values, sizes in zip(sweep.fits, sweep.silhouettes, _sizes(matrix, sweep, everyone), strict=True):
        labels = assign(judged, fit.centroids).labels
        stability, low, high = global_stability(pair_tables(bootstraps, fit.k))
        scores.append(
            KScore(
                k=fit.k,
                inertia=fit.inertia,
                silhouette=float(values.mean()),
                silhouette_min=float(segment_means(values, labels, fit.k)[np.unique(labels)].min()),
                calinski_harabasz=calinski_harabasz(scored, fit.labels, fit.centroids),
                davies_bouldin=davies_bouldin(scored, fit.labels, fit.centroids),
                stability=stability,
                stability_low=low,
                stability_high=high,
                sizes=sizes,
            )
        )
    return tuple(scores)


def _sizes(matrix: FloatArray, sweep: Sweep, everyone: Everyone | None) -> tuple[tuple[int, ...], ...]:
    """Customers by segment for each fit, falling, over all of them."""
    if everyone:
        return sizes_of_everyone(everyone, sweep.fits)
    if sweep.n_rows == len(matrix):
        return tuple(fit.sizes for fit in sweep.fits)
    lifted = lift(rows_last(matrix))
    counts = [np.bincount(nearest_of(lifted, fit.centroids[None])[0][0], minlength=fit.k) for fit in sweep.fits]
    return tuple(tuple(sorted(count.tolist(), reverse=True)) for count in counts)
