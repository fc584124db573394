"""Small cells of published tables: hidden so that no attacker can reckon them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
import pytest
from scipy.optimize import linprog

from reportgen.small_cells import (
    Grouping,
    absorbed,
    holder_of,
    is_small,
    merged_bins,
    protect,
    rounded,
    spread_out,
    told,
    untold_places,
)

LEAST = 10
TABLES = 500
"""Of each kind."""
EXACT = 1e-6


def drawn_tables(in_order: bool) -> list[np.ndarray]:
    """Tables as reports have them: two to six segments by two to nine levels or bins, many small cells and empty ones;
    sums of rows and columns that may be told."""
    generator = np.random.default_rng(11 if in_order else 7)
    found: list[np.ndarray] = []
    while len(found) < TABLES:
        shape = (int(generator.integers(2, 7)), int(generator.integers(2, 10)))
        table = generator.negative_binomial(0.7, 0.05, shape) if len(found) % 2 else generator.integers(0, 25, shape)
        is_told = [np.all(table.sum(axis=axis) >= LEAST) for axis in (0, 1)]
        if all(is_told):
            found.append(table)
    return found


def attack(table: np.ndarray, grouping: Grouping, cell: tuple[int, int]) -> tuple[float, float]:
    """Least and most customers that the cell can hold for somebody who knows all sums and all that is told."""
    rules, sums = [], []
    for row, groups in enumerate(grouping):
        for group in groups:
            rule = np.zeros(table.shape)
            rule[row, list(group)] = 1
            rules.append(rule.ravel())
            sums.append(table[row, list(group)].sum())
    for column in range(table.shape[1]):
        rule = np.zeros(table.shape)
        rule[:, column] = 1
        rules.append(rule.ravel())
        sums.append(table[:, column].sum())
    aim = np.zeros(table.shape)
    aim[cell] = 1
    known = {"A_eq": np.array(rules), "b_eq": sums, "bounds": bounds_of(table, grouping), "method": "highs"}
    ends = [linprog(sign * aim.ravel(), **known) for sign in (1, -1)]
    assert all(end.status == 0 for end in ends)
    return ends[0].fun, -ends[1].fun


def bounds_of(table: np.ndarray, grouping: Grouping) -> list[tuple[int, int | None]]:
    """What a picture tells beyond sums: of a group with one large bin which it is, and that the others are small."""
    bounds: dict[tuple[int, int], tuple[int, int | None]] = dict.fromkeys(np.ndindex(table.shape), (0, None))
    for row, groups in enumerate(grouping):
        for group in groups:
            holder = holder_of(table[row].tolist(), group, LEAST)
            if len(group) > 1 and holder is not None:
                bounds |= {(row, column): (0, LEAST - 1) for column in group} | {(row, holder): (LEAST, None)}
    return [bounds[cell] for cell in np.ndindex(table.shape)]


@pytest.mark.slow
@pytest.mark.parametrize("in_order", [False, True])
def test_no_small_cell_follows_from_what_is_told(in_order: bool) -> None:
    """An attacker with linear programming pins no small cell of 1,000 tables, half of them bins."""
    n_attacked = 0
    for table in drawn_tables(in_order):
        grouping = protect(table.tolist(), LEAST, in_order=in_order)
        for row, groups in enumerate(grouping):
            assert sorted(place for group in groups for place in group) == list(range(table.shape[1]))
            assert not any(is_small(table[row, list(group)].sum(), LEAST) for group in groups)
        for row, column in zip(*np.nonzero((table > 0) & (table < LEAST)), strict=True):
            low, high = attack(table, grouping, (int(row), int(column)))
            assert high - low > EXACT, (table.tolist(), grouping, row, column)
            n_attacked += 1
    assert n_attacked > TABLES


def brute_force(table: Sequence[Sequence[int]], grouping: Grouping) -> set[tuple[int, ...]]:
    """Every 2 × 3 table of whole numbers that fits what is told."""
    counts = np.array(table)
    columns = counts.sum(axis=0)
    fits = set()
    for first in np.ndindex(*(columns + 1)):
        guess = np.array([first, columns - first])
        if all(
            guess[row, list(group)].sum() == counts[row, list(group)].sum()
            for row, groups in enumerate(grouping)
            for group in groups
        ):
            fits.add(tuple(int(n) for n in first))
    return fits


@pytest.mark.parametrize("table", [((3, 12, 20), (15, 14, 30)), ((9, 9, 40), (0, 25, 12)), ((1, 30, 4), (11, 2, 20))])
def test_several_whole_tables_fit_what_is_told(table: tuple[tuple[int, ...], ...]) -> None:
    """Trying every table leaves more than one value for each small cell."""
    fits = brute_force(table, protect(table, LEAST, in_order=False))
    for row, counts in enumerate(table):
        for column, count in enumerate(counts):
            if is_small(count, LEAST):
                sums = np.array(table).sum(axis=0)[column]
                assert len({fit[column] if row == 0 else sums - fit[column] for fit in fits}) > 1


def test_a_lone_small_cell_takes_others_with_it() -> None:
    """One cell under ten hides a second in its row and two in another row: subtraction then finds none of the four."""
    grouping = protect(((4, 30, 50), (20, 25, 40), (60, 70, 80)), LEAST, in_order=False)
    hidden = [{place for group in groups if len(group) > 1 for place in group} for groups in grouping]
    assert hidden == [{0, 1}, {0, 1}, set()]


def test_tables_without_small_cells_are_told_whole() -> None:
    """Nothing is hidden where nothing is small; nobody is not few."""
    table = ((30, 0, 50), (20, 25, 40))
    grouping = protect(table, LEAST, in_order=False)
    assert [told(row, groups) for row, groups in zip(table, grouping, strict=True)] == [
        {0: 30, 1: 0, 2: 50},
        {0: 20, 1: 25, 2: 40},
    ]


@pytest.mark.parametrize(
    "table", [((27, 3, 9), (1, 20, 30)), ((5, 5, 12), (30, 2, 4)), ((12, 0, 1), (9, 15, 0)), ((11, 4, 0), (0, 8, 14))]
)
def test_flows_between_divisions_leave_small_cells_open(table: tuple[tuple[int, ...], ...]) -> None:
    """Beside the rows' sums, rows with small cells absorbed and rounded sums of columns, each small cell may differ."""

    def shown(guess: np.ndarray) -> tuple[object, ...]:
        sums = [rounded(int(n), LEAST) for n in guess.sum(axis=0)]
        return (guess.sum(axis=1).tolist(), [absorbed(row, LEAST) for row in guess.tolist()], sums)

    counts = np.array(table)
    rows = [
        [(a, b, total - a - b) for a in range(total + 1) for b in range(total + 1 - a)] for total in counts.sum(axis=1)
    ]
    fits = [guess for pair in itertools.product(*rows) if shown(guess := np.array(pair)) == shown(counts)]
    for cell in zip(*np.nonzero((counts > 0) & (counts < LEAST)), strict=True):
        assert len({int(guess[cell]) for guess in fits}) > 1, cell


def test_thin_bins_join_their_neighbours() -> None:
    """Bins under ten are put together with the emptier neighbour until each holds ten or nobody."""
    assert merged_bins((30, 4, 3, 5, 0, 0, 40), LEAST) == ((0,), (1, 2, 3), (4,), (5,), (6,))
    assert merged_bins((1, 2), LEAST) == ((0, 1),)


def test_a_merged_bin_is_a_plateau() -> None:
    """What neighbours hold together is shared out by width, and the sum stays."""
    assert spread_out((12, 9, 3), ((0,), (1, 2)), (1.0, 1.0, 2.0), LEAST) == (12.0, 4.0, 8.0)
    assert spread_out((12, 4, 8), ((0,), (1, 2)), (1.0, 1.0, 2.0), LEAST) == (12.0, 4.0, 8.0)


def test_a_few_stand_with_the_many_beside_them() -> None:
    """One customer beside 772 is drawn with them: a plateau would tell a lie of 386 each."""
    assert spread_out((772, 1, 0), ((0, 1), (2,)), (1.0, 1.0, 1.0), LEAST) == (773.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("sizes", "places"),
    [
        ((40, 30, 20), ()),
        ((40, 30, 20, 7), (2, 3)),
        ((40, 30, 7, 4), (2, 3)),
        ((40, 30, 5, 4), (1, 2, 3)),
        ((40, 0, 12), ()),
        ((7, 3), (0, 1)),
        ((), ()),
    ],
)
def test_a_small_size_takes_others_with_it(sizes: tuple[int, ...], places: tuple[int, ...]) -> None:
    """One small size, or small ones of few in all, hide the smallest large one too: the sum of all is known."""
    assert untold_places(sizes, LEAST) == places
