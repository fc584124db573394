"""How far the segments hang on one column, on filled-in values, and on their number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from reportgen.records.segments import FilledIn, FloatArray, IntArray, OtherDivision
from reportgen.segment._rows import n_distinct
from reportgen.segment.agreement import agreement, cross_tables, matched_share
from reportgen.segment.kmeans import assign, fit_every_k
from reportgen.segment.separation import segment_means

MOST_LEFT_OUT = 12
"""Columns that are left out one by one: of more, none decides alone, and each costs a search."""


def leave_out_each(
    matrix: FloatArray, labels: IntArray, k: int, blocks: Sequence[slice], generator: np.random.Generator
) -> tuple[float | None, ...]:
    """For each block of the matrix' columns the adjusted Rand index of the k segments found without it.

    `labels` are the chosen segments of the rows, from 0. None where too few distinct rows are left for k segments.
    Empty with a single block, or with more than MOST_LEFT_OUT.
    """
    if not 1 < len(blocks) <= MOST_LEFT_OUT:
        return ()
    agreements: list[float | None] = []
    for block in blocks:
        rest = np.delete(matrix, block, axis=1)
        if n_distinct(rest, k) < k:
            agreements.append(None)
            continue
        (fit,) = fit_every_k(rest, [k], generator)
        agreements.append(agreement(fit.labels, labels))
    return tuple(agreements)


def leave_out_filled_in(
    matrix: FloatArray, labels: IntArray, k: int, filled: npt.NDArray[np.bool_], generator: np.random.Generator
) -> FilledIn | None:
    """What becomes of the customers whose values are all known if the others do not take part.

    `labels` from 0. None where nothing was filled in, or the rest is too little for k segments.
    """
    known = matrix[~filled]
    if not filled.any() or n_distinct(known, k) < k:
        return None
    (fit,) = fit_every_k(known, [k], generator)
    before = labels[~filled]
    (table,) = cross_tables(fit.labels[None], before[None], k)
    return FilledIn(int(filled.sum()), agreement(fit.labels, before), 1.0 - matched_share(table))


def divide_otherwise(
    matrix: FloatArray, raw: FloatArray, labels: IntArray, k: int, centroids: FloatArray
) -> OtherDivision:
    """The rows divided by other centroids, beside their k chosen segments (`labels` from 0)."""
    j = len(centroids)
    others = assign(matrix, centroids).labels
    counts = np.bincount(labels * j + others, minlength=k * j).reshape(k, j)
    means = np.column_stack([segment_means(column, others, j) for column in np.ascontiguousarray(raw.T)])
    return OtherDivision(_rows_of(counts), _rows_of(means), _rows_of(centroids))


def _rows_of(table: npt.NDArray[np.generic]) -> tuple[tuple[Any, ...], ...]:
    return tuple(tuple(row) for row in table.tolist())
