"""What other features and other scalings would have given, and how far they agree with the chosen segments."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from reportgen.records.segments import AlternativeSet, FeatureSet, FloatArray, IntArray, Neighbours
from reportgen.segment._rows import n_distinct
from reportgen.segment.agreement import agreement
from reportgen.segment.choose_k import Candidate, SizeLimits, pick_k
from reportgen.segment.kmeans import Fit, fit_every_k
from reportgen.segment.separation import silhouettes
from reportgen.segment.stability import draw_bootstraps, global_stability, pair_tables

QUICK_BOOTSTRAPS = 30
"""Bootstraps of an alternative: enough to tell stable from unstable."""

ROBUST_QUANTILES = (0.25, 0.75)


def compare_alternatives(
    alternatives: Sequence[FeatureSet],
    labels: IntArray,
    ks: range,
    limits: SizeLimits,
    generator: np.random.Generator,
) -> tuple[AlternativeSet, ...]:
    """For each feature set the k that the same rule picks; `labels` are the chosen segments of its rows, from 0.

    `limits` count rows. A set whose rows are too alike for two segments, or of which no k passes the rule, is left out.
    """
    found = []
    for alternative in alternatives:
        matrix = alternative.matrix
        possible = ks[: n_distinct(matrix, ks[-1]) - 1]
        if not possible:
            continue
        divisions = [fit.labels for fit in fit_every_k(matrix, possible, generator)]
        means = silhouettes(matrix, divisions).mean(axis=1)
        bootstraps = draw_bootstraps(matrix, possible, QUICK_BOOTSTRAPS, generator)
        candidates = [
            Candidate(
                k=k,
                silhouette=float(mean),
                stability=global_stability(pair_tables(bootstraps, k))[0],
                sizes=tuple(np.bincount(division, minlength=k).tolist()),
            )
            for k, mean, division in zip(possible, means, divisions, strict=True)
        ]
        pick = pick_k(candidates, limits)
        if pick is not None:
            position = possible.index(pick.k)
            agreed = agreement(divisions[position], labels)
            found.append(AlternativeSet(alternative.names, pick.k, float(means[position]), agreed))
    return tuple(found)


def neighbours_of(fits: Sequence[Fit], labels: IntArray, k: int) -> Neighbours | None:
    """The chosen segments (`labels`, from 0) beside the fits of one fewer and one more; None where k = 1."""
    if k == 1:
        return None
    by_k = {fit.k: fit.labels for fit in fits}
    fewer = crossed(by_k[k - 1], labels, k - 1, k) if k - 1 in by_k else ()
    more = crossed(labels, by_k[k + 1], k, k + 1) if k + 1 in by_k else ()
    return Neighbours(fewer, more)


def crossed(rows: IntArray, columns: IntArray, n_rows: int, n_columns: int) -> tuple[tuple[int, ...], ...]:
    """Customers by segment of the one division and of the other."""
    counts = np.bincount(rows * n_columns + columns, minlength=n_rows * n_columns).reshape(n_rows, n_columns)
    return tuple(tuple(row) for row in counts.tolist())


def compare_scalings(
    raw: FloatArray, levels: FloatArray, labels: IntArray, k: int, generator: np.random.Generator
) -> tuple[tuple[str, float], ...]:
    """Adjusted Rand index of the chosen segments with those of the same k on raw, z-scored and robust values.

    All three start from the export's own units, so that a transform of a skewed column counts as a choice too.
    `levels`: the columns of categories (none: n × 0), which stay as they are.
    """
    # amounts near the largest float square to infinity; a common factor changes no segment
    raw = raw / max(float(np.abs(raw).max()), np.finfo(float).tiny)
    scaled = {"raw": raw - raw.mean(axis=0), "z-score": z_scores(raw), "robust": robust_scores(raw)}
    agreements = []
    for name, matrix in scaled.items():
        (fit,) = fit_every_k(np.hstack([matrix, levels]), [k], generator)
        agreements.append((name, agreement(fit.labels, labels)))
    return tuple(agreements)


def z_scores(raw: FloatArray) -> FloatArray:
    """Columns with mean 0 and standard deviation 1; a constant column becomes 0."""
    spread = raw.std(axis=0)
    scores: FloatArray = (raw - raw.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    return scores


def robust_scores(raw: FloatArray) -> FloatArray:
    """Columns less their median over their interquartile range, or their standard deviation where that is 0."""
    low, high = np.quantile(raw, ROBUST_QUANTILES, axis=0)
    spread = np.where(high > low, high - low, raw.std(axis=0))
    return (raw - np.median(raw, axis=0)) / np.where(spread > 0, spread, 1.0)
