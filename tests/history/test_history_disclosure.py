"""What two months tell of few customers: nothing, by itself or by subtraction."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from scipy.optimize import linprog

from reportgen.history.disclosure import withhold_moves
from reportgen.history.stage import flows_of
from reportgen.records.history import Change, Movement, SegmentChange
from reportgen.small_cells import Counts, is_small

LEAST = 10
TABLES = 150
EXACT = 1e-6


def change_of(table: Counts, *, same: bool = True) -> Change:
    """The change with those customers by segment then and now; last column: gone, last row: new."""
    n_before, n_now = table.shape[0] - 1, table.shape[1] - 1
    before, now = tuple(range(1, n_before + 1)), tuple(range(1 if same else 2, n_now + (1 if same else 2)))
    counts = tuple(tuple(row[:-1]) for row in table[:-1].tolist())
    n_shared = int(table[:-1, :-1].sum())
    n_stayed = sum(counts[i][j] for i, a in enumerate(before) for j, b in enumerate(now) if a == b)
    n_new, n_lost = int(table[-1].sum()), int(table[:, -1].sum())
    movement = Movement(before, now, counts, n_shared, n_stayed, n_shared - n_stayed, n_new, n_lost, 2, 5)
    segments = tuple(entry_of(identity, movement, table) for identity in sorted({*before, *now}))
    return Change("2026-09", "scored", n_shared + n_lost, n_shared + n_new, segments, movement, (), (), (), None, ())


def entry_of(identity: int, movement: Movement, table: Counts) -> SegmentChange:
    stayed, came, went = flows_of(identity, movement)
    row = table[movement.before.index(identity)] if identity in movement.before else np.zeros(1, dtype=np.int64)
    column = table[:, movement.now.index(identity)] if identity in movement.now else np.zeros(1, dtype=np.int64)
    sizes, turnover = (int(row.sum()), int(column.sum())), (int(column[-1]), int(row[-1]))
    shares = (0.1, 0.1, None, None)
    return SegmentChange(identity, identity, "", "", "kept", *sizes, *shares, stayed, came, went, *turnover, "", "")


def drawn_tables(is_drawn: str) -> list[Counts]:
    """Two to six segments: most stay, some move, a few come and go; every segment large enough to be told."""
    generator = np.random.default_rng(23)
    found: list[Counts] = []
    while len(found) < TABLES:
        k, scale = int(generator.integers(2, 7)), float(generator.choice([1, 3, 8, 30]))
        table = generator.poisson(generator.gamma(0.6, scale, (k + 1, k + 1)))
        table[range(k), range(k)] += generator.integers(5, 150, k)
        table[-1] *= int(generator.integers(0, 2))
        table[:, -1] *= int(generator.integers(0, 2))
        table[-1, -1] = 0
        if is_drawn == "reborn" and k > 2:
            table = np.delete(table, k - 1, axis=1)
        if np.all(table[:-1].sum(axis=1) >= LEAST) and np.all(table[:, :-1].sum(axis=0) >= LEAST):
            found.append(table)
    return found


def attack(told: Change, table: Counts, aim: Counts) -> tuple[float, float]:
    """Least and most customers in the cells of `aim` for somebody who knows all sizes and everything that is told."""
    rules = list(rules_of(told, table))
    movement = told.movement
    assert movement is not None
    moves = moves_of(movement, table.shape)
    bounds = [(-moves.ravel(), -movement.least)] if movement.n_moved is None and not movement.fewer_than else []
    bounds += [(moves.ravel(), movement.fewer_than - 1)] if movement.fewer_than else []
    known = {
        "A_eq": np.array([rule.ravel() for rule, _ in rules]),
        "b_eq": [n for _, n in rules],
        "A_ub": np.array([rule for rule, _ in bounds]) if bounds else None,
        "b_ub": [n for _, n in bounds] or None,
        "method": "highs",
    }
    ends = [linprog(sign * aim.ravel(), **known) for sign in (1, -1)]
    assert all(end.status == 0 for end in ends), (table.tolist(), told)
    return ends[0].fun, -ends[1].fun


def moves_of(movement: Movement, shape: tuple[int, ...]) -> Counts:
    moves = np.zeros(shape)
    moves[:-1, :-1] = [[a != b for b in movement.now] for a in movement.before]
    return moves


def rules_of(told: Change, table: Counts) -> Iterator[tuple[Counts, int]]:
    """Everything that is told as sums of cells."""
    movement, shape = told.movement, table.shape
    assert movement is not None

    def cells(rows: object, columns: object) -> Counts:
        rule = np.zeros(shape)
        rule[rows, columns] = 1
        return rule

    yield cells(-1, -1), 0
    for row in range(shape[0] - 1):
        yield cells(row, slice(None)), int(table[row].sum())
    for column in range(shape[1] - 1):
        yield cells(slice(None), column), int(table[:, column].sum())
    for row, counts in enumerate(movement.counts):
        yield from ((cells(row, column), n) for column, n in enumerate(counts) if n is not None)
    totals = [(cells(-1, slice(None)), movement.n_new), (cells(slice(None), -1), movement.n_lost)]
    totals += [(cells(slice(0, -1), slice(0, -1)), movement.n_shared), (moves_of(movement, shape), movement.n_moved)]
    for entry in told.segments:
        row = movement.before.index(entry.identity) if entry.identity in movement.before else None
        column = movement.now.index(entry.identity) if entry.identity in movement.now else None
        moves = moves_of(movement, shape)
        if row is not None:
            totals += [(cells(row, -1), entry.lost), (moves * cells(row, slice(None)), entry.went)]
        if column is not None:
            totals += [(cells(-1, column), entry.joined), (moves * cells(slice(None), column), entry.came)]
        if row is not None and column is not None:
            totals += [(cells(row, column), entry.stayed)]
    yield from ((rule, n) for rule, n in totals if n is not None)


def secrets_of(table: Counts, movement: Movement) -> Iterator[Counts]:
    """Every sum of cells that counts few customers: single cells, and all who moved, came, went, are new or gone."""
    moves = moves_of(movement, table.shape)
    aims = [moves]
    for row in range(table.shape[0]):
        for column in range(table.shape[1]):
            aims.append(np.zeros(table.shape))
            aims[-1][row, column] = 1
    for row in range(table.shape[0]):
        aims.append(np.zeros(table.shape))
        aims[-1][row] = 1 if row == table.shape[0] - 1 else moves[row]
    for column in range(table.shape[1]):
        aims.append(np.zeros(table.shape))
        aims[-1][:, column] = 1 if column == table.shape[1] - 1 else moves[:, column]
    yield from (aim for aim in aims if is_small(float((aim * table).sum()), LEAST))


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["lasting", "reborn"])
def test_nobody_reckons_few_customers_from_two_months(kind: str) -> None:
    """An attacker with linear programming, who knows all sizes then and now, pins no small number of 150 months."""
    n_attacked = n_told = 0
    for table in drawn_tables(kind):
        change = change_of(table)
        told = withhold_moves(change, LEAST)
        assert told.movement is not None
        n_told += told.movement.n_moved is not None
        for aim in secrets_of(table, told.movement):
            low, high = attack(told, table, aim)
            assert high - low > EXACT, (table.tolist(), told, aim)
            n_attacked += 1
    assert n_attacked > 5 * TABLES
    assert n_told > TABLES / 2
