"""Points with and without segments, and the public sets whose segments are known, for tests of the segment stage."""

from __future__ import annotations

import csv

import numpy as np
import numpy.typing as npt
from real_data import real_data

from reportgen.records.segments import Feature, Features, FeatureSet, FloatArray

MALL_COLUMNS = {"age": 2, "income": 3, "score": 4}


def features_of(
    raw: npt.ArrayLike, alternatives: tuple[FeatureSet, ...] = (), matrix: FloatArray | None = None
) -> Features:
    """z-scored features of raw columns, or of a matrix given."""
    values = np.asarray(raw, dtype=float)
    scaled = z_scored(values) if matrix is None else matrix
    columns = tuple(
        Feature(f"column {position}", "none", 0.0, 1.0, 0.0, 1.0, 0.0, "") for position in range(values.shape[1])
    )
    return Features(columns, scaled, values, (), "", False, alternatives, "")


def z_scored(values: FloatArray) -> FloatArray:
    spread = values.std(axis=0)
    return (values - values.mean(axis=0)) / np.where(spread > 0, spread, 1.0)


def groups(sizes: tuple[int, ...], n_features: int = 2, seed: int = 0, apart: float = 8.0) -> FloatArray:
    """Normal groups of those sizes on the corners of a simplex-like frame, group after group."""
    generator = np.random.default_rng(seed)
    centers = generator.permutation(np.array(np.meshgrid(*[[0, 1, 2]] * n_features)).reshape(n_features, -1).T)
    rows = [
        center * apart + generator.standard_normal((size, n_features))
        for size, center in zip(sizes, centers, strict=False)
    ]
    return np.concatenate(rows)


def mall(*columns: str) -> FloatArray:
    """Columns of the 200 mall customers, in the file's units."""
    with real_data("mall_customers", "Mall_Customers.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))[1:]
    return np.array([[float(row[MALL_COLUMNS[column]]) for column in columns] for row in rows if row])


def known_set(name: str) -> tuple[FloatArray, npt.NDArray[np.intp]]:
    """Points of a benchmark set under one common scale, and the labels that experts gave."""
    points = np.loadtxt(real_data("clustering_truth", f"{name}.data.gz"))
    labels = np.loadtxt(real_data("clustering_truth", f"{name}.labels0.gz")).astype(np.intp)
    return (points - points.mean(axis=0)) / points.std(), labels
