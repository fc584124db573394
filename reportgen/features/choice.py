"""Chooses the columns that shape the segments where the settings name none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from reportgen import language, wording
from reportgen.records.segments import FloatArray
from reportgen.records.table import SHAPING_ROLES, Column, Role

SAME_COLUMN = 0.98
"""Correlation beyond which two columns say the same and one of them would count twice."""

NEARLY_ONE_VALUE = 0.95
"""Share of customers with one and the same value beyond which a column cannot tell customers apart."""

FIRST_ROLES = frozenset({Role.MONEY, Role.COUNT, Role.SCORE})
"""What customers spend and do, as headers say it: asked before measures that no header explains."""

NO_VARIANCE = 1e-9
"""Share of a column that the chosen ones do not tell, below which the rest is rounding."""

TOLD_DECIMALS = 9
"""Columns that tell as much differ by rounding only, which hangs on the order of the customers."""

Arrays = Mapping[str, FloatArray]


def choose_features(numbers: Sequence[Column], arrays: Arrays, most: int) -> tuple[list[Column], dict[str, str]]:
    """(at most `most` columns that shape, why others of a shaping role do not by header name)."""
    shaping = [column for column in numbers if column.role in SHAPING_ROLES]
    correlations = correlations_of([arrays[column.name] for column in shaping])
    alike = np.abs(correlations) > SAME_COLUMN
    chosen: dict[int, Column] = {}
    unfit: dict[str, str] = {}
    for place, column in enumerate(shaping):
        twin = next((other for at, other in chosen.items() if alike[place, at]), None)
        if share_of_commonest(arrays[column.name]) > NEARLY_ONE_VALUE:
            unfit[column.name] = language.text("nearly all customers have the same value")
        elif twin:
            unfit[column.name] = says_the_same(twin)
        else:
            chosen[place] = column
    kept = within_budget(chosen, correlations, most)
    for place in chosen.keys() - kept:
        unfit[chosen[place].name] = past_budget(most)
    return [column for place, column in chosen.items() if place in kept], unfit


def says_the_same(twin: Column) -> str:
    """Why a column is left out that nearly repeats one that shapes."""
    return language.text("says the same as {label}, which would then count twice", label=twin.label)


def past_budget(most: int) -> str:
    """Why a column is left out though it could shape."""
    return language.text(
        "past the {n} columns that shape at most, which tell more of the others", n=wording.format_count(most)
    )


def within_budget(columns: Mapping[int, Column], correlations: FloatArray, most: int) -> set[int]:
    """Places of the `most` columns to keep: those of FIRST_ROLES, then measures, the most telling first in both."""
    if len(columns) <= most:
        return set(columns)
    places = np.array(list(columns))
    is_first = np.array([column.role in FIRST_ROLES for column in columns.values()])
    picked = most_telling(correlations[np.ix_(places, places)], is_first, most)
    return set(places[picked].tolist())


def most_telling(correlations: FloatArray, is_first: npt.NDArray[np.bool_], most: int) -> list[int]:
    """Positions of `most` columns, each chosen for what it tells of all columns beyond those chosen before it.

    Greedy column subset selection (Farahat, Ghodsi & Kamel 2013): the share of all variance, linearly explained. Of
    equals the earlier column; those marked `is_first` before all others.
    """
    rest, picked = correlations.copy(), list[int]()
    is_left = np.ones(len(rest), dtype=bool)
    for _ in range(min(most, len(rest))):
        own = rest.diagonal()
        told = np.square(rest).sum(axis=1) / np.where(own > NO_VARIANCE, own, np.inf)
        candidates = is_left & is_first if (is_left & is_first).any() else is_left
        best = int(np.argmax(np.where(candidates, told.round(TOLD_DECIMALS), -1.0)))
        picked.append(best)
        is_left[best] = False
        if own[best] > NO_VARIANCE:
            rest -= np.outer(rest[best], rest[best]) / own[best]
    return picked


def share_of_commonest(values: FloatArray) -> float:
    _, counts = np.unique(values, return_counts=True)
    return float(counts.max() / len(values))


def correlations_of(columns: Sequence[FloatArray]) -> FloatArray:
    """p × p correlations; a constant column correlates with none."""
    if not columns:
        return np.zeros((0, 0))
    centered = np.array([column - column.mean() for column in columns])
    lengths = np.sqrt((centered**2).sum(axis=1))
    is_constant = np.array([np.ptp(column) == 0 for column in columns])
    units = centered / np.where(is_constant, 1.0, lengths)[:, None]
    correlations: FloatArray = units @ units.T
    correlations[is_constant] = correlations[:, is_constant] = 0.0
    return correlations
