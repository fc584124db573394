"""The customers of two months as blocks at the left and right, and as flows between them, as far as they are told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportgen.charts._months import Known
from reportgen.records.history import Change, Movement
from reportgen.theme import INK_SOFT, NEUTRAL

ELSEWHERE = Known("", NEUTRAL, INK_SOFT)
"""Stands for the segment of those who are new or gone."""


@dataclass(frozen=True, slots=True)
class Block:
    """A segment on one side; or those who are new, at the left, or gone, at the right."""

    known: Known
    n: int
    n_open: int
    """Of them, those in flows that are not told one by one, being of few or standing beside such."""


@dataclass(frozen=True, slots=True)
class Flow:
    """Customers who are in one block at the left and in one at the right."""

    start: int
    """Place of the block at the left."""
    end: int
    n: int
    path: str = ""
    """Where the number stands in the facts, of those who moved from one segment to another; else empty."""

    @property
    def is_move(self) -> bool:
        return bool(self.path)


def blocks_of(
    known: Mapping[int, Known], sizes: Sequence[tuple[int, int]], told: Sequence[tuple[int, int]]
) -> tuple[Block, ...]:
    """`told`: by place, customers whose way is told."""
    open_ones = [n - sum(m for at, m in told if at == place) for place, (_, n) in enumerate(sizes)]
    return tuple(
        Block(known.get(identity, ELSEWHERE), n, left) for (identity, n), left in zip(sizes, open_ones, strict=True)
    )


def blocks_and_flows(
    change: Change, movement: Movement
) -> tuple[list[tuple[int, int]], list[tuple[int, int]], list[Flow]]:
    """(identity, customers) at the left and at the right, 0 for those who are new or gone; and the flows told."""
    entries = {entry.identity: entry for entry in change.segments}
    rows = _in_line(movement)
    before = [(movement.before[row], entries[movement.before[row]].n_before or 0) for row in rows]
    now = [(identity, entries[identity].n_now or 0) for identity in movement.now]
    flows = [
        Flow(place, column, n, _path(movement, row, column))
        for place, row in enumerate(rows)
        for column, n in enumerate(movement.counts[row])
        if n
    ]
    lost = [(place, entries[identity].lost) for place, (identity, _) in enumerate(before)]
    joined = [(column, entries[identity].joined) for column, identity in enumerate(movement.now)]
    flows += [Flow(place, len(now), n) for place, n in lost if n and movement.n_lost]
    flows += [Flow(len(before), column, n) for column, n in joined if n and movement.n_new]
    before += [(0, movement.n_new)] if movement.n_new else []
    now += [(0, movement.n_lost)] if movement.n_lost else []
    return before, now, sorted(flows, key=lambda flow: (flow.start, flow.end))


def _in_line(movement: Movement) -> list[int]:
    """Rows of the counts in the order of the segments now, those that are gone last: so that few bands cross."""
    places = {identity: place for place, identity in enumerate(movement.now)}
    return sorted(range(len(movement.before)), key=lambda row: places.get(movement.before[row], len(places)))


def _path(movement: Movement, row: int, column: int) -> str:
    is_move = movement.before[row] != movement.now[column]
    return f"change.movement.counts[{row}][{column}]" if is_move else ""
