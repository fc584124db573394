"""Tests the columns that did not make the segments for a difference between them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from reportgen.profile.levels import level_counts
from reportgen.profile.material import Material
from reportgen.records.profile import SIGNIFICANT, Association
from reportgen.records.segments import FloatArray, IntArray

NOTICEABLE_EFFECT = 0.1
"""Cohen (1988): from w = .1 an association is small, below it negligible; large files make anything significant."""

NO_TABLES: Mapping[str, IntArray] = {}


def associate(material: Material, tables: Mapping[str, IntArray] = NO_TABLES) -> tuple[Association, ...]:
    """Every column that did not make the segments against them, in file order; none where there are no segments.

    tables: header name → segments × levels of all customers, where the material is of drawn ones.
    """
    if not material.groups:
        return ()
    describing = {name: column for name, column in material.describing().items() if name not in material.echoes}
    found = [
        compare_levels(column.name, tables.get(column.name, cross_table(material, column.name)))
        if column.name in material.levels
        else compare_numbers(column.name, describing[column.name].values, material.groups)
        for column in material.columns
        if column.name in material.levels.keys() - material.grouping or column.name in describing
    ]
    return adjust_by_holm(found)


def compare_numbers(column: str, values: FloatArray, groups: Sequence[IntArray]) -> Association:
    """Kruskal & Wallis (1952) with ties; the effect is epsilon squared, H / (n − 1) (Tomczak & Tomczak 2014)."""
    known = [rows[~np.isnan(values[rows])] for rows in groups]
    ranks, ties = average_ranks(np.concatenate([values[rows] for rows in known]))
    n = len(ranks)
    sizes = np.array([len(rows) for rows in known])
    sums = np.add.reduceat(ranks, np.concatenate(([0], np.cumsum(sizes)[:-1])))
    correction = 1 - float((ties**3 - ties).sum()) / (float(n) ** 3 - n)
    if correction <= 0:
        return Association(column, "Kruskal–Wallis", 0.0, 1.0, 0.0, differs=False)
    h = (12 / (n * (n + 1)) * float((sums**2 / sizes).sum()) - 3 * (n + 1)) / correction
    h = max(h, 0.0)
    return Association(column, "Kruskal–Wallis", h, chi_square_tail(h, len(groups) - 1), h / (n - 1), differs=False)


def average_ranks(values: FloatArray) -> tuple[FloatArray, FloatArray]:
    """(ranks from 1, ties sharing their mean rank; the size of each tie)."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return (last - (counts - 1) / 2)[inverse], counts.astype(np.float64)


def cross_table(material: Material, column: str) -> IntArray:
    """Segments × levels: customers whose level is known."""
    return np.array([level_counts(material.levels[column], rows) for rows in material.groups])


def compare_levels(column: str, counts: IntArray) -> Association:
    """Pearson's chi-square on segments × levels; the effect is Cramér's V (1946)."""
    table = counts[:, counts.sum(axis=0) > 0].astype(np.float64)
    n = table.sum()
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / n
    statistic = float(((table - expected) ** 2 / expected).sum())
    rows, columns = table.shape
    freedom, least = (rows - 1) * (columns - 1), min(rows, columns) - 1
    if least == 0:
        return Association(column, "chi-square", 0.0, 1.0, 0.0, differs=False)
    effect = float(np.sqrt(statistic / (n * least)))
    return Association(column, "chi-square", statistic, chi_square_tail(statistic, freedom), effect, differs=False)


def chi_square_tail(statistic: float, freedom: int) -> float:
    """P(χ² ≥ statistic): the finite sums for whole degrees (Abramowitz & Stegun 1964, 26.4.4 and 26.4.5).

    SciPy would have to be imported for this number alone, which takes longer than all the rest of the profile.
    """
    if statistic <= 0:
        return 1.0
    half = statistic / 2
    first = math.erfc(math.sqrt(half)) if freedom % 2 else 0.0
    powers = [place + freedom % 2 / 2 for place in range(freedom // 2)]
    terms = (math.exp(power * math.log(half) - half - math.lgamma(power + 1)) for power in powers)
    return min(1.0, math.fsum((first, *terms)))


def adjust_by_holm(associations: Sequence[Association]) -> tuple[Association, ...]:
    """The associations, in their order, with p-values after Holm (1979) and the verdict `differs`."""
    order = sorted(range(len(associations)), key=lambda i: associations[i].p_value)
    adjusted = dict[int, float]()
    largest = 0.0
    for rank, i in enumerate(order):
        largest = max(largest, min(1.0, (len(order) - rank) * associations[i].p_value))
        adjusted[i] = largest
    return tuple(
        Association(
            a.column,
            a.test,
            a.statistic,
            adjusted[i],
            a.effect,
            differs=adjusted[i] <= SIGNIFICANT and a.effect >= NOTICEABLE_EFFECT,
        )
        for i, a in enumerate(associations)
    )
