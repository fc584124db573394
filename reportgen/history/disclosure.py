"""Takes out of a change what would give away fewer customers than may be told, by itself or by subtraction.

Both months' segments are told with their sizes, so that the customers by segment then and now are a table whose sums
everybody knows: a row for those who are new, a column for those who are gone, and nobody in their corner.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby

import numpy as np
import numpy.typing as npt

from reportgen.records.history import Change, ColumnDrift, Movement, SegmentChange, TrendPoint
from reportgen.records.segments import FloatArray
from reportgen.small_cells import Counts, is_small, untold_places

WIDE_BOUND = 2
"""Times the least that may be told: the bound of a small number of moves where sizes alone prove half the least."""

SAME = 1e-6
"""Customers by which two answers of the solver may differ and still be one."""

Flags = npt.NDArray[np.bool_]


def withhold_moves(change: Change, least: int) -> Change:
    """The change without what tells, or lets one reckon, fewer than `least` customers; None stands in its place."""
    drift = tuple(_told_drift(one, least) for one in change.drift)
    alerts = tuple(one for one in change.alerts if one.kind != "unseen levels" or not is_small(one.now, least))
    change = replace(change, drift=drift, alerts=alerts, trend=tuple(_told_trend(change.trend, least)))
    before, now = (_untold(change, name, least) for name in ("n_before", "n_now"))
    segments, movement = change.segments, change.movement
    if movement is not None:
        movement, visible = _told_movement(change, movement, least, before, now)
        segments = tuple(_told_segment(entry, movement, visible) for entry in segments)
    segments = tuple(_told_size(entry, entry.identity in before, entry.identity in now) for entry in segments)
    return replace(change, movement=movement, segments=segments)


def _untold(change: Change, name: str, least: int) -> frozenset[int]:
    """Identities whose size in that month is not told."""
    places = untold_places([getattr(entry, name) or 0 for entry in change.segments], least)
    return frozenset(change.segments[place].identity for place in places)


def _told_size(entry: SegmentChange, is_untold_before: bool, is_untold_now: bool) -> SegmentChange:
    if is_untold_before:
        entry = replace(entry, n_before=None, share_before=None, value_share_before=None)
    return replace(entry, n_now=None, share_now=None, value_share_now=None) if is_untold_now else entry


def _told_trend(trend: Sequence[TrendPoint], least: int) -> Iterator[TrendPoint]:
    """The points without the sizes and shares that are not told of their month."""
    for _, found in groupby(trend, key=lambda point: point.period):
        points = tuple(found)
        untold = untold_places([point.n_customers or 0 for point in points], least)
        for place, point in enumerate(points):
            yield replace(point, n_customers=None, share=None, value_share=None) if place in untold else point


def _told_drift(drift: ColumnDrift, least: int) -> ColumnDrift:
    """Without the names and number of levels never seen before that few customers have."""
    return replace(drift, unseen=(), n_unseen=None) if is_small(drift.n_unseen or 0, least) else drift


def _told_movement(
    change: Change, movement: Movement, least: int, before: Collection[int], now: Collection[int]
) -> tuple[Movement, Flags]:
    """The movement as it is told, and which cells of `table_of` are; `before` and `now`: segments whose size is not."""
    is_few = is_small(movement.n_moved or 0, least)
    months = TwoMonths(
        table_of(change, movement),
        moves_of(movement),
        least,
        tells_turnover=not any(is_small(n or 0, least) for n in (movement.n_new, movement.n_lost, movement.n_shared)),
        tells_moved=not is_few,
    )
    hidden = hidden_cells(months)
    if next(pinned(months, hidden), None) is not None:
        months = replace(months, tells_moved=False)
    hidden |= not months.tells_moved
    hidden[[row for row, identity in enumerate(movement.before) if identity in before]] = True
    hidden[:, [column for column, identity in enumerate(movement.now) if identity in now]] = True
    counts = tuple(
        tuple(None if hidden[row, column] else n for column, n in enumerate(told))
        for row, told in enumerate(movement.counts)
    )
    told = replace(
        movement,
        counts=counts,
        n_shared=movement.n_shared if months.tells_turnover else None,
        n_new=movement.n_new if months.tells_turnover else None,
        n_lost=movement.n_lost if months.tells_turnover else None,
        n_moved=movement.n_moved if months.tells_moved else None,
        n_stayed=movement.n_stayed if months.tells_moved and months.tells_turnover else None,
        fewer_than=_bound_of_few(change, least) if is_few else 0,
        least=least,
    )
    return told, ~hidden


def _bound_of_few(change: Change, least: int) -> int:
    """Below which the number of those who moved is not told: the higher, the more the sizes give away of it."""
    n_proved = sum(max(0, (entry.n_now or 0) - (entry.n_before or 0)) for entry in change.segments)
    return least if 2 * n_proved <= least else WIDE_BOUND * least


def table_of(change: Change, movement: Movement) -> Counts:
    """Customers by segment then and now, those who are gone in the last column, those who are new in the last row."""
    entries = {entry.identity: entry for entry in change.segments}
    rows = [
        [*(n or 0 for n in counts), entries[identity].lost or 0]
        for identity, counts in zip(movement.before, movement.counts, strict=True)
    ]
    joined = [entries[identity].joined or 0 for identity in movement.now]
    return np.array([*rows, [*joined, 0]], dtype=np.int64)


def moves_of(movement: Movement) -> Flags:
    """Cells of `table_of` whose customers moved from one segment to another."""
    moves = np.zeros((len(movement.before) + 1, len(movement.now) + 1), dtype=np.bool_)
    moves[:-1, :-1] = [[then != now for now in movement.now] for then in movement.before]
    return moves


@dataclass(frozen=True, slots=True, eq=False)
class TwoMonths:
    """The customers by segment then and now, and which of their sums are told beside the sizes of the segments."""

    table: Counts
    moves: Flags
    least: int
    tells_turnover: bool
    """How many are new, and how many are gone."""
    tells_moved: bool

    @property
    def sums(self) -> tuple[Flags, ...]:
        """Cells whose sum is told, or was a month before."""
        rows, columns = np.indices(self.table.shape)
        lines = [rows == row for row in range(len(self.table) - (not self.tells_turnover))]
        lines += [columns == column for column in range(self.table.shape[1] - (not self.tells_turnover))]
        return tuple(lines + [self.moves] * self.tells_moved)

    @property
    def secrets(self) -> Iterator[Flags]:
        """Cells whose sum is of few: one by one; who came to a segment or went; who is new, who is gone."""
        rows, columns = np.indices(self.table.shape)
        lines = [(rows == row, row == len(self.table) - 1) for row in range(len(self.table))]
        lines += [(columns == column, column == self.table.shape[1] - 1) for column in range(self.table.shape[1])]
        sums = [line if is_turnover else np.logical_and(line, self.moves) for line, is_turnover in lines]
        cells = [(rows == row) & (columns == column) for row, column in np.ndindex(self.table.shape)]
        yield from (some for some in (*cells, *sums) if is_small(int(self.table[some].sum()), self.least))


def hidden_cells(months: TwoMonths) -> Flags:
    """Cells that are not told: of few customers, and as many more as keep these open; all where that is not enough."""
    hidden = (months.table > 0) & (months.table < months.least)
    if not months.tells_turnover:
        hidden[-1] = True
    while not hidden.all():
        exposed = exposed_by(months, hidden)
        if exposed is None:
            break
        _hide_beside(months, hidden, exposed)
    return _without_surplus(months, hidden)


def exposed_by(months: TwoMonths, hidden: Flags) -> Flags | None:
    """Cells of few customers that follow while no more is hidden; None if nothing follows."""
    return next(chain(thin(months, hidden), pinned(months, hidden)), None)


def _without_surplus(months: TwoMonths, hidden: Flags) -> Flags:
    """The hidden cells without those that need not be, the largest tried first."""
    cells = [cell for cell in np.ndindex(hidden.shape) if hidden[cell] and months.table[cell] >= months.least]
    for cell in sorted(cells, key=lambda cell: (not months.moves[cell], -months.table[cell], cell)):
        fewer = hidden.copy()
        fewer[cell] = False
        if exposed_by(months, fewer) is None:
            hidden = fewer
    return hidden


def thin(months: TwoMonths, hidden: Flags) -> Iterator[Flags]:
    """Hidden cells whose sum is told, being the rest of a sum, and is of few."""
    rests = (some & hidden for some in months.sums)
    yield from (some for some in rests if is_small(int(months.table[some].sum()), months.least))


def _hide_beside(months: TwoMonths, hidden: Flags, exposed: Flags) -> None:
    """Hides one more cell: in a row or column of the exposed ones if there is any, of those the least with somebody.

    Those who stayed, came or are gone before those who moved: what is left of these is the finding.
    """
    near = np.logical_or.outer(np.any(exposed, axis=1), np.any(exposed, axis=0))
    told = [cell for cell in np.ndindex(hidden.shape) if not hidden[cell]]
    hidden[
        min(
            told,
            key=lambda cell: (
                not near[cell],
                months.table[cell] == 0,
                bool(months.moves[cell]),
                months.table[cell],
                cell,
            ),
        )
    ] = True


def pinned(months: TwoMonths, hidden: Flags) -> Iterator[Flags]:
    """Secrets that can have one value alone, where the sizes and everything else that is told are known."""
    secrets = list(months.secrets)
    if not secrets:
        return
    from scipy.optimize import linprog  # costs .3 s; only months with small numbers need it

    ends = (np.where(hidden, low, months.table).ravel() for low in (0, np.inf))
    bounds = np.column_stack([*ends])
    bounds[-1] = 0
    rules = np.array([some.ravel() for some in months.sums], dtype=np.float64)
    told = [int(months.table[some].sum()) for some in months.sums]
    open_ones: list[FloatArray] = []
    for some in secrets:
        count = int(months.table[some].sum())
        if any(abs(other[some.ravel()].sum() - count) > SAME for other in open_ones):
            continue
        for sign in (1, -1):
            found = linprog(sign * some.ravel().astype(np.float64), A_eq=rules, b_eq=told, bounds=bounds)
            other = np.asarray(months.table.ravel() if found.x is None else found.x, dtype=np.float64)
            if abs(other[some.ravel()].sum() - count) > SAME:
                open_ones.append(other)
                break
        else:
            yield some


def _told_segment(entry: SegmentChange, movement: Movement, visible: Flags) -> SegmentChange:
    """Stayed, new and gone as their cells are told; from and to other segments where that follows from these."""
    row = movement.before.index(entry.identity) if entry.identity in movement.before else None
    column = movement.now.index(entry.identity) if entry.identity in movement.now else None
    tells_stayed = row is None or column is None or bool(visible[row, column])
    tells_lost = row is None or bool(visible[row, -1])
    tells_joined = column is None or bool(visible[-1, column])
    return replace(
        entry,
        stayed=entry.stayed if tells_stayed else None,
        lost=entry.lost if tells_lost else None,
        joined=entry.joined if tells_joined else None,
        came=entry.came if tells_stayed and tells_joined else None,
        went=entry.went if tells_stayed and tells_lost else None,
    )
