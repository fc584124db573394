"""Exact quantiles from counts."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.engine.ranks import Ranks, Wanted, bins_of_ranks, collect, counted, fine_bins, histogram, middle_of

SHARES = (0.05, 0.25, 0.5, 0.75, 0.95)


def ranks_in_parts(values: npt.NDArray[np.float64], groups: npt.NDArray[np.intp], k: int, n_drawn: int) -> Ranks:
    """Two passes over three stretches, bins from some drawn values."""
    generator = np.random.default_rng(0)
    bins = fine_bins(values[generator.choice(len(values), min(len(values), n_drawn), replace=False)])
    parts = np.array_split(np.arange(len(values)), 3)
    counts = np.sum([histogram(values[part], groups[part], bins, k) for part in parts], axis=0)
    places = bins_of_ranks(counts, SHARES)
    wanted = Wanted(bins, places[1:] | places[0])
    found = counted(np.hstack([collect(values[part], groups[part], wanted) for part in parts]))
    return Ranks(bins, counts, found)


KINDS = {
    "normal": lambda generator, n: generator.normal(size=n),
    "few whole numbers": lambda generator, n: generator.integers(0, 5, n).astype(float),
    "long tail": lambda generator, n: generator.exponential(size=n) ** 4,
    "mostly nought": lambda generator, n: np.where(generator.random(n) < 0.7, 0.0, generator.normal(size=n)),
    "one value": lambda generator, n: np.full(n, 3.5),
    "far apart": lambda generator, n: np.where(generator.random(n) < 0.01, 1e300, generator.normal(size=n)),
}


@pytest.mark.parametrize("kind", KINDS)
@given(st.integers(1, 3_000), st.integers(1, 4), st.integers(1, 200), st.integers(0, 1_000))
def test_quantiles_are_those_of_all_values(kind: str, n: int, k: int, n_drawn: int, seed: int) -> None:
    """Every quantile, of all values and of each group, is numpy's to the last digit, whatever was drawn."""
    generator = np.random.default_rng(seed)
    values = KINDS[kind](generator, n)
    values[generator.random(n) < 0.1] = np.nan
    groups = generator.integers(0, k, n)
    ranks = ranks_in_parts(values, groups, k, n_drawn)
    for group in (None, *range(k)):
        known = values[~np.isnan(values) & (groups == group if group is not None else True)]
        for share in SHARES:
            found = ranks.quantile(share, group)
            assert np.isnan(found) if not len(known) else found == np.quantile(known, share)


@given(st.integers(1, 3_000), st.integers(0, 1_000))
def test_values_beside_the_median_are_counted(n: int, seed: int) -> None:
    """How many of each group lie below and above the median of all is exact, ties included."""
    generator = np.random.default_rng(seed)
    values, groups = generator.integers(0, 9, n).astype(float), generator.integers(0, 3, n)
    ranks = ranks_in_parts(values, groups, 3, 100)
    median = ranks.quantile(0.5)
    below, above = ranks.beside(median)
    for group in range(3):
        mine = values[groups == group]
        assert (below[group], above[group]) == ((mine < median).sum(), (mine > median).sum())


def test_values_of_a_crowded_bin_are_held_once() -> None:
    """A value that many share takes the room of one."""
    values = np.repeat([1.0, 2.0], 5_000)
    ranks = ranks_in_parts(values, np.zeros(10_000, dtype=np.intp), 1, 100)
    assert ranks.found.shape[1] <= 2
    assert ranks.found[2].sum() <= 10_000


def test_the_middle_of_counted_values() -> None:
    """Each value as often as it stands there; of an even number the lower one, of none NaN."""
    assert middle_of([(9.0, 1), (1.0, 3), (5.0, 1)]) == 1.0
    assert middle_of([(1.0, 1), (2.0, 1)]) == 1.0
    assert math.isnan(middle_of([]))
