"""How well segments come back when the customers are drawn again: bootstraps, halves, and each segment by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reportgen.records.segments import FloatArray, IntArray
from reportgen.segment._lloyd import cluster_sets
from reportgen.segment._points import LabelArray, rows_last
from reportgen.segment.agreement import adjusted_rand, cross_tables, disagreement, jaccard, matched_share

RESTARTS = 4
"""Restarts on each bootstrap and half, beside the exchange: too few, and the search looks like unstable data."""

N_SPLITS = 30
"""Halvings of the customers behind the prediction strength; both halves are predicted."""

DISSOLVED = 0.5
"""A segment whose best match in a bootstrap has a Jaccard of at most this has dissolved (Hennig 2007)."""


@dataclass(frozen=True, slots=True, eq=False)
class Bootstraps:
    """The same rows clustered anew from many bootstrap samples."""

    ks: tuple[int, ...]
    counts: FloatArray
    """B × n: how often each sample holds each row."""
    labels: tuple[LabelArray, ...]
    """For each k, B × n: the segment (0..k − 1, in no order) of every row, drawn or not."""

    def labels_at(self, k: int) -> LabelArray:
        return self.labels[self.ks.index(k)]


@dataclass(frozen=True, slots=True, eq=False)
class SegmentStability:
    """What the bootstraps say about each of the chosen segments."""

    jaccard: tuple[float, ...]
    """Mean Jaccard of the best match, by segment."""
    dissolved: tuple[float, ...]
    """Share of bootstraps in which the best match was at most `DISSOLVED`."""
    means: FloatArray
    """B × k × p: the best match's mean over the bootstrap sample, the export's units; NaN where dissolved."""
    moved: tuple[float, float]
    """Share of rows that refitting moves to another segment: mean and 95th percentile over bootstraps."""


def draw_bootstraps(
    matrix: FloatArray, ks: Sequence[int], n_bootstraps: int, generator: np.random.Generator
) -> Bootstraps:
    """Draws rows with replacement, clusters each sample for every k and gives all rows the segments found."""
    n_rows = len(matrix)
    counts = generator.multinomial(n_rows, np.full(n_rows, 1 / n_rows), size=n_bootstraps).astype(np.float64)
    runs = cluster_sets(rows_last(matrix), counts, ks, RESTARTS, generator)
    return Bootstraps(tuple(ks), counts, tuple(found.labels for found in runs))


def pair_tables(bootstraps: Bootstraps, k: int) -> FloatArray:
    """B × k × k cross tables of each bootstrap's segments with the next one's, over all rows.

    Every bootstrap stands in two pairs: B pairs from B fits, at hardly more variance than from 2B.
    """
    labels = bootstraps.labels_at(k)
    return cross_tables(labels, np.roll(labels, -1, axis=0), k)


def global_stability(tables: FloatArray) -> tuple[float, float, float]:
    """Adjusted Rand index over pairs of bootstraps: mean, 5th and 95th percentile (Dolnicar & Leisch 2010)."""
    values = adjusted_rand(tables)
    return float(values.mean()), float(np.quantile(values, 0.05)), float(np.quantile(values, 0.95))


def instability(tables: FloatArray) -> float:
    """Mean share of pairs of customers that two bootstraps disagree about (Fang & Wang 2012)."""
    return float(disagreement(tables).mean())


def prediction_strengths(matrix: FloatArray, ks: Sequence[int], generator: np.random.Generator) -> tuple[float, ...]:
    """For each k the prediction strength (Tibshirani & Walther 2005, eq. 2.1), mean over halvings and both halves.

    Of each segment of one half: the share of its pairs that the other half's centroids also keep together; the
    worst segment counts. A segment of one has no pair and does not count.
    """
    halves = np.zeros((N_SPLITS, 2, len(matrix)))
    for half in halves:
        order = generator.permutation(len(matrix))
        half[0, order[: len(matrix) // 2]] = 1.0
        half[1] = 1.0 - half[0]
    weights = halves.reshape(2 * N_SPLITS, -1)
    runs = cluster_sets(rows_last(matrix), weights, ks, RESTARTS, generator)
    return tuple(_strength(found.labels, weights, k) for k, found in zip(ks, runs, strict=True))


def _strength(labels: LabelArray, weights: FloatArray, k: int) -> float:
    by_other_half = labels.reshape(N_SPLITS, 2, -1)[:, ::-1].reshape(labels.shape)
    tables = cross_tables(labels, by_other_half, k, weights)
    sizes = tables.sum(axis=2)
    pairs = sizes * (sizes - 1)
    kept = (tables * (tables - 1)).sum(axis=2)
    shares = np.where(pairs > 0, kept / np.where(pairs > 0, pairs, 1.0), 1.0)
    return float(shares.min(axis=1).mean())


def segment_stability(bootstraps: Bootstraps, labels: IntArray, raw: FloatArray, k: int) -> SegmentStability:
    """How each of the k segments (labels 0..k − 1 of the bootstrapped rows) fares over the bootstraps.

    Jaccard counts the distinct rows that a sample drew (Hennig 2007). `raw` holds the rows in the export's units.
    """
    found = bootstraps.labels_at(k)
    drawn = (bootstraps.counts > 0).astype(np.float64)
    chosen = np.broadcast_to(labels, found.shape)
    similarity = jaccard(cross_tables(chosen, found, k, drawn))
    best = similarity.max(axis=2)
    means = _sample_means(bootstraps.counts, found, raw, k)
    matched = np.take_along_axis(means, similarity.argmax(axis=2)[:, :, None], axis=1)
    gone = best <= DISSOLVED
    matched[gone] = np.nan
    moved = np.array([1.0 - matched_share(table) for table in cross_tables(chosen, found, k)])
    return SegmentStability(
        jaccard=tuple(float(value) for value in best.mean(axis=0)),
        dissolved=tuple(float(value) for value in gone.mean(axis=0)),
        means=matched,
        moved=(float(moved.mean()), float(np.quantile(moved, 0.95))),
    )


def _sample_means(counts: FloatArray, labels: LabelArray, raw: FloatArray, k: int) -> FloatArray:
    """B × k × p means of the raw rows of each bootstrap's own segments, rows counted as often as drawn."""
    cells = (labels + np.arange(len(labels))[:, None] * k).ravel()
    totals = np.bincount(cells, counts.ravel(), len(labels) * k)
    sums = [np.bincount(cells, (counts * column).ravel(), len(labels) * k) for column in np.ascontiguousarray(raw.T)]
    means = np.stack(sums, axis=1) / np.where(totals > 0, totals, 1.0)[:, None]
    return means.reshape(len(labels), k, -1)
