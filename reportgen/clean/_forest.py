"""Finds customers that few random cuts part from all others: an isolation forest over all measures at once."""

from __future__ import annotations

from collections.abc import Mapping

import narwhals as nw
import numpy as np

from reportgen.clean._fences import Shape
from reportgen.clean.base import Work
from reportgen.records.table import LINE_COLUMN

TREES, SAMPLE = 100, 256
"""Trees, and customers a tree is grown from: past both the scores no longer move (Liu, Ting & Zhou 2008, fig. 2)."""


def strange_lines(work: Work, shapes: Mapping[str, Shape], least_score: float) -> tuple[int, ...]:
    """Lines of customers with an anomaly score above `least_score`, rising; a missing measure counts as typical."""
    if not shapes:
        return ()
    from sklearn.ensemble import IsolationForest

    measures = [_measure(name, shape).alias(name) for name, shape in shapes.items()]
    rows = work.frame.select(LINE_COLUMN, *measures).sort(LINE_COLUMN).collect()
    matrix = rows.select(*shapes).to_numpy().astype(np.float64)
    size = min(SAMPLE, len(matrix))
    forest = IsolationForest(n_estimators=TREES, max_samples=size, random_state=work.plan.settings.segments.seed)
    scores = -forest.fit(matrix).score_samples(matrix)
    return tuple(int(line) for line in rows[LINE_COLUMN].to_numpy()[scores > least_score])


def _measure(name: str, shape: Shape) -> nw.Expr:
    """The column without gaps, on the log scale if skewed: else a long tail would be all that is strange."""
    value = nw.col(name).fill_null(shape.median)
    return (value + 1).log() if shape.is_skewed else value
