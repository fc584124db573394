"""What one column less, no filled-in values and another number of segments change."""

from __future__ import annotations

import numpy as np
import pytest
from segment_data import groups, z_scored

from reportgen.segment.sensitivity import divide_otherwise, leave_out_each, leave_out_filled_in

SIZES = (30, 25, 20)
POINTS = groups(SIZES)
LABELS = np.repeat([0, 1, 2], SIZES)
BLOCKS = (slice(0, 1), slice(1, 2), slice(2, 3))


def generator() -> np.random.Generator:
    return np.random.default_rng(0)


def test_a_column_of_noise_can_be_left_out() -> None:
    """The segments are the same without it, and not without the columns that make them."""
    noise = np.random.default_rng(1).standard_normal((len(POINTS), 1)) * 0.1
    first, second, without_noise = leave_out_each(np.hstack([POINTS, noise]), LABELS, 3, BLOCKS, generator())
    assert without_noise == 1.0
    assert first is not None
    assert second is not None
    assert min(first, second) < 0.8


def test_levels_of_one_category_are_left_out_together() -> None:
    """A block of several columns counts as one."""
    agreements = leave_out_each(np.hstack([POINTS, POINTS]), LABELS, 3, (slice(0, 2), slice(2, 4)), generator())
    assert agreements == (1.0, 1.0)


def test_a_single_column_cannot_be_left_out() -> None:
    assert leave_out_each(POINTS[:, :1], LABELS, 2, BLOCKS[:1], generator()) == ()


def test_a_column_too_plain_for_the_segments_is_not_known() -> None:
    """Two values make no three segments."""
    flat = np.hstack([POINTS[:, :1], (LABELS == 0).astype(float)[:, None]])
    agreements = leave_out_each(flat, LABELS, 3, BLOCKS[:2], generator())
    assert agreements[0] is None


def test_clear_groups_owe_nothing_to_filled_in_values() -> None:
    """The others stay where they are."""
    filled = np.zeros(len(POINTS), dtype=bool)
    filled[::10] = True
    found = leave_out_filled_in(POINTS, LABELS, 3, filled, generator())
    assert found is not None
    assert (found.n_customers, found.agreement, found.moved) == (8, 1.0, 0.0)


def test_segments_made_by_filled_in_values_show_it() -> None:
    """Where the filled-in customers are the third group, the others divide anew."""
    found = leave_out_filled_in(POINTS, LABELS, 3, LABELS == 2, generator())
    assert found is not None
    assert found.moved > 0.1


def test_without_filled_in_values_there_is_nothing_to_say() -> None:
    assert leave_out_filled_in(POINTS, LABELS, 3, np.zeros(len(POINTS), dtype=bool), generator()) is None


def test_another_division_is_counted_by_segment() -> None:
    """Two of three groups put together: counts by chosen segment, means in the export's units."""
    matrix = z_scored(POINTS)
    centers = np.array([matrix[LABELS == 0].mean(axis=0), matrix[LABELS == 1].mean(axis=0)])
    division = divide_otherwise(matrix, POINTS, LABELS, 3, centers)
    assert [sum(row) for row in division.counts] == list(SIZES)
    assert division.counts[0] == (30, 0)
    assert division.counts[1] == (0, 25)
    assert division.centroids[0] == pytest.approx(tuple(centers[0]))
