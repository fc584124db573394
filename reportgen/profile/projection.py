"""Projects the customers onto two axes that can be named, for the map of more than two features."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from reportgen import wording
from reportgen.language import msgid, text
from reportgen.records.profile import Projection
from reportgen.records.segments import FloatArray, IntArray
from reportgen.records.table import Column, Role

MOST_WORDS = 3
"""Features that name an axis."""

STRONG_LOADING = 0.5
"""Of the axis' largest loading: a feature below this does not name the axis."""

DIRECTIONS: dict[Role, tuple[str, str]] = {
    Role.MONEY: (msgid("more {label}"), msgid("less {label}")),
    Role.COUNT: (msgid("more {label}"), msgid("fewer {label}")),
    Role.AGE: (msgid("older"), msgid("younger")),
    Role.BIRTH: (msgid("born later"), msgid("born earlier")),
}
ANY_DIRECTION = (msgid("higher {label}"), msgid("lower {label}"))

AVERAGES = frozenset({"average", "avg", "mean", "median"})
"""First words of a label of which there is no more or less, only a higher or lower."""


def project(matrix: FloatArray, rows: IntArray, centroids: FloatArray, columns: Sequence[Column]) -> Projection:
    """The first two principal components (Pearson 1901) of the scaled features (n × p), for the customers at `rows`.

    Signs are fixed: the largest loading of an axis is positive.
    """
    mean = matrix.mean(axis=0)
    centered = matrix - mean
    # The p × p scatter has the right singular vectors of the n × p matrix and does not grow with the customers.
    _, variances, axes = np.linalg.svd(centered.T @ centered)
    largest = np.abs(axes[:2]).argmax(axis=1)
    loadings = axes[:2] * np.sign(axes[[0, 1], largest])[:, None]
    explained = variances[:2] / variances.sum()
    return Projection(
        labels=(axis_label(loadings[0], columns), axis_label(loadings[1], columns)),
        explained=(float(explained[0]), float(explained[1])),
        loadings=loadings,
        points=centered[rows] @ loadings.T,
        centroids=(centroids - mean) @ loadings.T,
    )


def axis_label(loadings: FloatArray, columns: Sequence[Column]) -> str:
    """An axis in words, by its strongest loadings: `more annual income and fewer orders`."""
    size = np.abs(loadings)
    order = np.argsort(-size, kind="stable")[:MOST_WORDS]
    strong = [i for i in order if size[i] >= STRONG_LOADING * size.max()]
    return wording.join_words([direction(columns[i], float(loadings[i])) for i in strong])


def direction(column: Column, loading: float) -> str:
    label = wording.inner_case(column.label)
    is_average = label.split(" ")[0] in AVERAGES
    up, down = ANY_DIRECTION if is_average else DIRECTIONS.get(column.role, ANY_DIRECTION)
    return text(up if loading > 0 else down, label=label)
