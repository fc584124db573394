"""Says what a customer's missing numbers are among the customers most alike in the numbers that are known."""

from __future__ import annotations

import narwhals as nw
import numpy as np
import numpy.typing as npt

from reportgen.clean.base import Work
from reportgen.records.table import LINE_COLUMN

MOST_REFERENCES = 5_000
"""Customers among whom neighbours are sought; of more, evenly spaced ones: the cost is gaps × references."""


def values_of_neighbours(work: Work, names: list[str]) -> dict[str, nw.Expr]:
    """Header name → the column with its gaps filled by the mean of the nearest neighbours' values.

    Distances are Euclidean over the known numbers in units of their standard deviation (Troyanskaya et al. 2001;
    scikit-learn's KNNImputer). Whole numbers stay whole, and values of no other customer's range can come out.
    """
    numbers = [column.name for column in work.plan.of_kind("number")]
    if not names:
        return {}
    rows = work.frame.select(LINE_COLUMN, *numbers).sort(LINE_COLUMN).collect()
    matrix = np.column_stack([rows[name].to_numpy().astype(np.float64) for name in numbers])
    lines = rows[LINE_COLUMN].to_numpy()
    has_gap = np.asarray(np.isnan(matrix).any(axis=1))
    filled = fill(matrix, has_gap, work.plan.settings.clean.imputation.neighbours)
    expressions = {}
    for name in names:
        place = numbers.index(name)
        gaps = np.isnan(matrix[:, place])
        values = filled[gaps[has_gap], place]
        if np.array_equal(matrix[~gaps, place], np.floor(matrix[~gaps, place])):
            values = np.round(values)
        found = nw.col(LINE_COLUMN).replace_strict(
            lines[gaps].tolist(), values.tolist(), default=None, return_dtype=nw.Float64
        )
        expressions[name] = nw.when(nw.col(name).is_null()).then(found).otherwise(nw.col(name))
    return expressions


def fill(matrix: npt.NDArray[np.float64], has_gap: npt.NDArray[np.bool_], neighbours: int) -> npt.NDArray[np.float64]:
    """The rows with a gap, filled in."""
    from sklearn.impute import KNNImputer

    mean, spread = np.nanmean(matrix, axis=0), np.nanstd(matrix, axis=0)
    spread[spread == 0] = 1.0
    scaled = (matrix - mean) / spread
    step = -(-len(scaled) // MOST_REFERENCES)
    imputer = KNNImputer(n_neighbors=neighbours, keep_empty_features=True).fit(scaled[::step])
    filled: npt.NDArray[np.float64] = imputer.transform(scaled[has_gap]) * spread + mean
    return filled
