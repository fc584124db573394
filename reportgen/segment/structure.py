"""Is there structure at all: Hopkins' statistic, and the silhouettes against data without segments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reportgen.records.segments import FloatArray
from reportgen.records.structure import Standout, StructureTest
from reportgen.segment._lloyd import cluster_sets
from reportgen.segment.separation import mean_silhouettes

SIGNIFICANT = 0.02
"""Largest p at which structure counts as found, against both kinds of null: at most one of 99 sets may do as well.

Evenly spread customers are themselves one of the nulls, so that the usual .05 would find segments in five of a hundred
such exports by its very meaning; .02 leaves two (measured: 5 and 2 of 100 in two columns). In power it costs little:
five groups three SD apart are missed in 45 % of draws instead of 30, 3.5 SD apart in none. See
tests/benchmarks/structure_power.py."""

HOPKINS_DRAWS = 100
"""Draws averaged: a single one scatters by several hundredths (Wright 2022)."""

HOPKINS_SHARE = 0.1
"""Share of the rows drawn each time (Cross & Jain 1982)."""

SEARCH_RESTARTS = 3
"""Restarts of each search. Few, so that hundreds of sets are affordable; data and nulls are searched alike, because
a better search alone raises the silhouette of five even columns by a standard deviation of the nulls."""

DATA_SEARCHES = 20
"""Searches of the data, so that luck in one neither makes nor breaks structure."""

DATA_QUANTILE = 0.25
"""The silhouette that counts among them: three searches in four must show the structure."""

NO_SPREAD = 1e-12
"""Inertia below this share of the total is rounding: the segments are points."""


@dataclass(frozen=True, slots=True, eq=False)
class Searches:
    """What the same quick search finds in many sets of points."""

    silhouettes: FloatArray
    """k × sets."""
    inertias: FloatArray
    """1 + k × sets, from one segment on."""


@dataclass(frozen=True, slots=True, eq=False)
class Structure:
    """The verdict, and the gap statistic, which needs the same null sets."""

    test: StructureTest
    gap: FloatArray
    """From k = 1, up to the first k that leaves no spread to take the logarithm of."""
    gap_error: FloatArray


def examine_structure(matrix: FloatArray, ks: Sequence[int], n_null: int, generator: np.random.Generator) -> Structure:
    """Searches the rows of the matrix and `n_null` sets of each kind of null for segments, in the same way.

    Each k is measured in the standard deviations of the nulls at the same k, and the k counts that stands out most, in
    the data as in each null (Westfall & Young 1993): a long cloud has a high silhouette in two halves, which would hide
    the five groups that it consists of.
    """
    data = _search(np.repeat(matrix[None], DATA_SEARCHES, axis=0), ks, generator)
    gaussian = _search(gaussian_nulls(matrix, n_null, generator), ks, generator)
    uniform = _search(uniform_nulls(matrix, n_null, generator), ks, generator)
    best = [searches.silhouettes.max(axis=0) for searches in (gaussian, uniform)]
    contests = [_Contest(data.silhouettes, searches.silhouettes) for searches in (gaussian, uniform)]
    p_value = max(contest.p_value for contest in contests)
    place = int(np.argmax(np.minimum(*(contest.by_k for contest in contests))))
    test = StructureTest(
        hopkins=hopkins_statistic(matrix, generator),
        observed=float(np.quantile(data.silhouettes.max(axis=0), DATA_QUANTILE)),
        gaussian_p95=float(np.quantile(best[0], 0.95)),
        uniform_p95=float(np.quantile(best[1], 0.95)),
        p_value=p_value,
        n_null=n_null,
        n_rows=len(matrix),
        found=p_value <= SIGNIFICANT,
        standout=Standout(
            k=ks[place],
            observed=float(np.quantile(data.silhouettes[place], DATA_QUANTILE)),
            gaussian_p95=float(np.quantile(gaussian.silhouettes[place], 0.95)),
            uniform_p95=float(np.quantile(uniform.silhouettes[place], 0.95)),
        ),
    )
    return Structure(test, *gap_statistic(np.median(data.inertias, axis=1), uniform.inertias))


class _Contest:
    """How far the data's silhouettes (k × searches) stand out from those of one kind of null (k × sets)."""

    def __init__(self, data: FloatArray, nulls: FloatArray) -> None:
        center, spread = nulls.mean(axis=1, keepdims=True), nulls.std(axis=1, keepdims=True)
        spread = np.where(spread > 0, spread, 1.0)
        found, by_chance = (data - center) / spread, ((nulls - center) / spread).max(axis=0)
        reached = float(np.quantile(found.max(axis=0), DATA_QUANTILE))
        self.by_k: FloatArray = np.quantile(found, DATA_QUANTILE, axis=1)
        self.p_value = (1 + int((by_chance >= reached).sum())) / (nulls.shape[1] + 1)


def gap_statistic(observed: FloatArray, references: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Gap from k = 1 on and its standard error (Tibshirani, Walther & Hastie 2001, eq. 3 and step 2).

    From the inertia of the data by k and of even sets by k × sets.
    """
    least = NO_SPREAD * observed[0]
    has_spread = (observed > least) & (references > least).all(axis=1)
    n_usable = len(observed) if has_spread.all() else int(np.argmin(has_spread))
    logs = np.log(references[:n_usable])
    gaps = logs.mean(axis=1) - np.log(observed[:n_usable])
    return gaps, logs.std(axis=1) * np.sqrt(1 + 1 / logs.shape[1])


def hopkins_statistic(matrix: FloatArray, generator: np.random.Generator) -> float:
    """Mean of Σu^p / (Σu^p + Σw^p) over the draws: .5 random, towards 1 clustered (Cross & Jain 1982; Wright 2022).

    u: distances from even points in the data's box to the nearest row; w: from rows to their nearest other row.
    """
    n_rows, n_features = matrix.shape
    n_drawn = max(1, round(HOPKINS_SHARE * n_rows))
    low, high = matrix.min(axis=0), matrix.max(axis=0)
    between = _squares(matrix, matrix)
    np.fill_diagonal(between, np.inf)
    row_gaps = between.min(axis=1)
    ratios = []
    for _ in range(HOPKINS_DRAWS):
        even = low + generator.random((n_drawn, n_features)) * (high - low)
        u = _squares(even, matrix).min(axis=1)
        w = row_gaps[generator.choice(n_rows, n_drawn, replace=False)]
        largest = max(u.max(), w.max())
        if largest > 0:
            # in units of the largest distance, so that a high power can neither overflow nor vanish
            u_sum, w_sum = (float(((gaps / largest) ** (n_features / 2)).sum()) for gaps in (u, w))
            ratios.append(u_sum / (u_sum + w_sum))
    return float(np.mean(ratios)) if ratios else 0.5


def gaussian_nulls(matrix: FloatArray, n_sets: int, generator: np.random.Generator) -> FloatArray:
    """Sets × n × p normal draws with the mean and the covariance of the matrix."""
    center = matrix.mean(axis=0)
    _, spreads, axes = np.linalg.svd(matrix - center, full_matrices=False)
    draws = generator.standard_normal((n_sets, len(matrix), len(spreads)))
    sets: FloatArray = center + draws @ (axes * (spreads / np.sqrt(len(matrix)))[:, None])
    return sets


def uniform_nulls(matrix: FloatArray, n_sets: int, generator: np.random.Generator) -> FloatArray:
    """Sets × n × p even draws from the matrix' box along its principal axes (Tibshirani, Walther & Hastie 2001)."""
    center = matrix.mean(axis=0)
    _, _, axes = np.linalg.svd(matrix - center, full_matrices=False)
    turned = (matrix - center) @ axes.T
    low, high = turned.min(axis=0), turned.max(axis=0)
    draws = low + generator.random((n_sets, len(matrix), len(low))) * (high - low)
    sets: FloatArray = center + draws @ axes
    return sets


def _search(sets: FloatArray, ks: Sequence[int], generator: np.random.Generator) -> Searches:
    points = np.ascontiguousarray(sets.transpose(0, 2, 1))
    runs = cluster_sets(points, None, ks, SEARCH_RESTARTS, generator)
    total = np.square(sets - sets.mean(axis=1, keepdims=True)).sum(axis=(1, 2))
    return Searches(
        mean_silhouettes(sets, [found.labels.astype(np.intp) for found in runs]),
        np.stack([total, *(found.inertia for found in runs)]),
    )


def _squares(some: FloatArray, every: FloatArray) -> FloatArray:
    """Squared distances, rows of `some` × rows of `every`."""
    squares = np.zeros((len(some), len(every)))
    for feature in range(every.shape[1]):
        squares += np.square(some[:, feature, None] - every[None, :, feature])
    return squares
