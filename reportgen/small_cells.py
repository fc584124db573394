"""Keeps small cells of a published table from being read or reckoned: merges and hides until nothing follows.

A table of counts is published as groups of cells: each row is cut into groups, and of a group only the sum is told.
Sums of rows and columns are taken as known to everybody. Every group holds nobody or at least `least` customers, and
no count between follows from what is told (complementary suppression).

What follows is told exactly, as in a transport network: a cell joins its column to its group, and its count can be
another one if and only if customers can be moved round a cycle through it (Gusfield 1988), a move out of a cell needing
somebody in it. Of the sum that a column's untold cells share, the same is asked as of a group.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from reportgen.language import text

MIN_CELL = 10
"""Customers below which a cell is not told, unless the settings say otherwise."""

Counts = npt.NDArray[np.int64]
Group = tuple[int, ...]
"""Columns whose cells are told as one sum."""

Row = tuple[Group, ...]
Grouping = tuple[Row, ...]
Cell = tuple[int, int]
"""Row and column."""


def is_small(count: float, least: int) -> bool:
    """Whether so few customers may not be told; nobody is not few."""
    return 0 < count < least


def merged_bins(counts: Sequence[int], least: int) -> Row:
    """Neighbouring bins put together until each holds nobody or at least `least`; one bin where all are too few."""
    groups: list[Group] = [(place,) for place in range(len(counts))]
    while len(groups) > 1:
        sums = [sum(counts[place] for place in group) for group in groups]
        small = [place for place, count in enumerate(sums) if is_small(count, least)]
        if not small:
            break
        # Somebody before nobody: an empty stretch is worth showing as one.
        costs = [count or sum(counts) for count in sums]
        _merge_with_neighbour(groups, min(small, key=lambda place: (sums[place], place)), costs)
    return tuple(groups)


def protect(counts: Sequence[Sequence[int]], least: int, *, in_order: bool) -> Grouping:
    """How the rows of a table may be told. `in_order`: columns are bins, and only neighbours are put together.

    Where nothing else helps, a whole row is one group.
    """
    table = np.asarray(counts, dtype=np.int64)
    rows = [_first_groups(row.tolist(), least, in_order) for row in table]
    while True:
        exposed = next(iter(exposed_cells(table, rows, least)), None)
        if exposed is None or not _hide_beside(table, rows, exposed, in_order):
            return tuple(tuple(groups) for groups in rows)


def untold_places(sizes: Sequence[int], least: int) -> tuple[int, ...]:
    """Places of the groups whose size is not told: of few customers, and as many more as keep these open.

    The sum of all is known: a single small size, or small ones of few in all, would follow from the others.
    """
    groups = _first_groups(list(sizes), least, in_order=False)
    alone = {group[0] for group in groups if len(group) == 1 and not is_small(sizes[group[0]], least)}
    return tuple(place for place in range(len(sizes)) if place not in alone)


def size_in_words(n: int, least: int) -> str:
    """What stands for the size of a segment that is not told."""
    return text("fewer than {n}", n=least) if is_small(n, least) else text("not told")


def told(counts: Sequence[int], groups: Row) -> dict[int, int]:
    """Column → count, of those that are told alone."""
    return {group[0]: counts[group[0]] for group in groups if len(group) == 1}


def spread_out(counts: Sequence[int], groups: Row, widths: Sequence[float], least: int) -> tuple[float, ...]:
    """What is drawn of a row: the sum of each group in its one large bin, else a plateau over its bins by width."""
    shares = [0.0] * len(counts)
    for group in groups:
        total, width = sum(counts[place] for place in group), sum(widths[place] for place in group)
        holder = holder_of(counts, group, least)
        for place in group:
            if holder is None:
                shares[place] = total * widths[place] / width
            elif place == holder:
                shares[place] = float(total)
    return tuple(shares)


def holder_of(counts: Sequence[int], group: Group, least: int) -> int | None:
    """The only bin of a group that holds `least` customers; None where none does, or several."""
    large = [place for place in group if counts[place] >= least]
    return large[0] if len(large) == 1 else None


def absorbed(counts: Sequence[int], least: int) -> tuple[int, ...]:
    """The row with its cells of fewer than `least` counted in its largest: the sum stays, and no cell is small."""
    kept = [count if count >= least else 0 for count in counts]
    kept[max(range(len(counts)), key=lambda place: counts[place])] += sum(counts) - sum(
        count for count in counts if count >= least
    )
    return tuple(kept)


def rounded(count: int, least: int) -> int:
    """The count to the nearest multiple of `least`: beside `absorbed` rows it tells no small cell."""
    return (2 * count + least) // (2 * least) * least


def exposed_cells(table: Counts, rows: Sequence[Sequence[Group]], least: int) -> Iterable[Cell]:
    """Small cells whose count, or whose column's rest, follows from what is told."""
    network = _Network(table, rows, least)
    for column in range(table.shape[1]):
        untold = network.untold(column)
        rest = int(table[untold, column].sum())
        for row in untold:
            count = int(table[row, column])
            if is_small(rest, least) or (is_small(count, least) and network.is_fixed((row, column))):
                yield row, column
                break


def _first_groups(counts: list[int], least: int, in_order: bool) -> list[Group]:
    """Enough put together for the row alone."""
    if in_order:
        return list(merged_bins(counts, least))
    hidden = [place for place, count in enumerate(counts) if is_small(count, least)]
    shown = sorted((place for place in range(len(counts)) if counts[place] >= least), key=lambda place: counts[place])
    while hidden and shown and (len(hidden) == 1 or sum(counts[place] for place in hidden) < least):
        hidden.append(shown.pop(0))
    groups: list[Group] = [(place,) for place in range(len(counts)) if place not in hidden]
    return [*groups, tuple(sorted(hidden))] if hidden else groups


def _hide_beside(table: Counts, rows: list[list[Group]], cell: Cell, in_order: bool) -> bool:
    """Merges one more group so that the cell may become uncertain; False where all are merged already."""
    row, column = cell
    group = next(group for group in rows[row] if column in group)
    others = [r for r in range(len(rows)) if r != row and (column,) in rows[r] and len(rows[r]) > 1]
    if not others:
        others = [r for r in range(len(rows)) if len(rows[r]) > 1]
        if not others:
            return False
    # The one that loses least, somebody in it before nobody: an empty cell gives nobody away.
    chosen = min(others, key=lambda r: (table[r, column] == 0, table[r, column], r))
    groups = rows[chosen]
    place = next(i for i, found in enumerate(groups) if column in found)
    if in_order:
        _merge_with_neighbour(groups, place, [-len(set(found) & set(group)) for found in groups])
    else:
        partner = min(
            (i for i in range(len(groups)) if i != place),
            key=lambda i: (len(groups[i]) == 1, not set(groups[i]) & set(group), table[chosen, list(groups[i])].sum()),
        )
        groups[:] = [
            *(found for i, found in enumerate(groups) if i not in {place, partner}),
            tuple(sorted(groups[place] + groups[partner])),
        ]
    return True


def _merge_with_neighbour(groups: list[Group], place: int, costs: Sequence[int]) -> None:
    """Puts a group together with the cheaper of its neighbours."""
    neighbours = [i for i in (place - 1, place + 1) if 0 <= i < len(groups)]
    partner = min(neighbours, key=lambda i: costs[i])
    first, last = sorted((place, partner))
    groups[first : last + 1] = [groups[first] + groups[last]]


class _Network:
    """Columns and groups as nodes, cells that are not told alone as edges."""

    def __init__(self, table: Counts, rows: Sequence[Sequence[Group]], least: int) -> None:
        self._table = table
        self._bounds: dict[Cell, tuple[int, float]] = {}
        """Of a group with one large bin, which is drawn as such: the large one is large, the others are small."""
        self._group_of: dict[Cell, Cell] = {}
        self._columns_of: dict[Cell, Group] = {}
        for row, groups in enumerate(rows):
            for group in groups:
                if len(group) > 1:
                    self._columns_of[row, group[0]] = group
                    self._group_of |= {(row, column): (row, group[0]) for column in group}
                    holder = holder_of(table[row].tolist(), group, least)
                    if holder is not None:
                        self._bounds |= {(row, column): (0, least - 1) for column in group}
                        self._bounds[row, holder] = (least, math.inf)

    def untold(self, column: int) -> list[int]:
        """Rows whose cell in that column is not told alone."""
        return [row for row in range(len(self._table)) if (row, column) in self._group_of]

    def is_fixed(self, cell: Cell) -> bool:
        """Whether no cycle passes through the cell: neither one more nor one fewer is possible in it."""
        return not any(self._may_change(cell, more=more) and self._has_cycle(cell, more=more) for more in (True, False))

    def _may_change(self, cell: Cell, *, more: bool) -> bool:
        low, high = self._bounds.get(cell, (0, math.inf))
        return bool(self._table[cell] < high if more else self._table[cell] > low)

    def _has_cycle(self, cell: Cell, *, more: bool) -> bool:
        """Whether the cell's change can be made good: along one column someone goes, along one group someone comes.

        With `more` in the cell, its column has one fewer elsewhere, that group one more elsewhere, and so on.
        """
        home, seen = self._group_of[cell], {cell[1]}
        waiting = deque([cell[1]])
        while waiting:
            column = waiting.popleft()
            for row in self.untold(column):
                if (row, column) == cell or not self._may_change((row, column), more=not more):
                    continue
                group = self._group_of[row, column]
                if group == home:
                    return True
                for other in self._columns_of[group]:
                    if other not in seen and self._may_change((row, other), more=more):
                        seen.add(other)
                        waiting.append(other)
        return False
