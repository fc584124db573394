"""The projection of more than two features."""

from __future__ import annotations

import numpy as np
import pytest

from reportgen.profile.projection import axis_label, project
from reportgen.records.profile import Projection
from reportgen.records.table import Column, Role


def column(label: str, role: Role) -> Column:
    return Column(label, label, "", None, role, "", 1.0, "number")


COLUMNS = (column("Total spent", Role.MONEY), column("Orders", Role.COUNT), column("Age", Role.AGE))


def projected() -> tuple[np.ndarray, Projection]:
    matrix = np.random.default_rng(0).normal(size=(200, 3)) * (1, 4, 2) + (5, 0, -3)
    return matrix, project(matrix, np.arange(0, 200, 2), matrix[:4], COLUMNS)


def test_axes_are_the_principal_components() -> None:
    """Explained shares and scatter agree with the singular values of the centred matrix."""
    matrix, found = projected()
    sizes = np.linalg.svd(matrix - matrix.mean(axis=0), compute_uv=False) ** 2
    assert found.explained == pytest.approx(tuple(sizes[:2] / sizes.sum()))
    assert found.loadings @ found.loadings.T == pytest.approx(np.eye(2))


def test_points_and_centroids_lie_in_one_plane() -> None:
    """Rows of the sample and centroids are projected alike, around the mean of all customers."""
    _, found = projected()
    assert found.points.shape == (100, 2)
    assert found.centroids[0] == pytest.approx(found.points[0])
    assert found.centroids[2] == pytest.approx(found.points[1])


def test_the_largest_loading_is_positive() -> None:
    """Signs are fixed, so that the map does not flip from run to run."""
    _, found = projected()
    assert all(axis[np.abs(axis).argmax()] > 0 for axis in found.loadings)


@pytest.mark.parametrize(
    ("loadings", "label"),
    [
        ((0.9, 0.1, 0.1), "more total spent"),
        ((0.6, -0.6, 0.5), "more total spent, fewer orders and older"),
        ((0.1, 0.5, -0.8), "younger and more orders"),
    ],
)
def test_axes_are_named_by_their_strong_loadings(loadings: tuple[float, ...], label: str) -> None:
    """Only features with at least half the largest loading name the axis, the strongest first."""
    assert axis_label(np.array(loadings), COLUMNS) == label


def test_of_an_average_there_is_no_more() -> None:
    """Averages and scores are higher or lower; abbreviations keep their capitals."""
    columns = (column("Average basket", Role.MONEY), column("CLV score", Role.SCORE))
    assert axis_label(np.array([0.7, -0.7]), columns) == "higher average basket and lower CLV score"
