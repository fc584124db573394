"""The two nearest centroids of many rows."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.segment._nearest import assign_exactly, assign_many

KINDS = {
    "spread": lambda generator, shape: generator.normal(size=shape),
    "on a lattice": lambda generator, shape: generator.integers(0, 4, size=shape).astype(float),
    "far from the origin": lambda generator, shape: 1e7 + generator.normal(size=shape),
    "all alike": lambda _generator, shape: np.ones(shape),
}


@pytest.mark.parametrize("kind", KINDS)
@given(st.integers(1, 400), st.integers(2, 9), st.integers(1, 6), st.integers(0, 1_000))
def test_the_quick_way_gives_the_same_digits(kind: str, n: int, k: int, p: int, seed: int) -> None:
    """Labels, runner-ups and distances are those by differences of coordinates, ties and rounding included."""
    generator = np.random.default_rng(seed)
    matrix, centroids = KINDS[kind](generator, (n, p)), KINDS[kind](generator, (k, p))
    exact, quick = assign_exactly(matrix, centroids), assign_many(matrix, centroids)
    for name in ("labels", "nearest", "runner_up", "second"):
        np.testing.assert_array_equal(getattr(quick, name), getattr(exact, name), err_msg=name)
