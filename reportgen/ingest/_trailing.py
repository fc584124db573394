"""Proves that a record lacks empty fields at its end alone, as spreadsheets drop them, and none in its middle."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.ingest._cells import is_placeholder, is_typed
from reportgen.ingest._layout import Profile, Row

LEAST_SHORT = 3
"""Short records that make a habit of the program; one or two are rather damaged."""
SHORT_SHARE = 0.02
"""The same as a share of the records."""


def ends_early(row: Row, profile: Profile) -> bool:
    """Whether each cell is of its column's kind, and the last one of no column behind: so none is missing before it.

    A field lost in the middle moves the last cell into a column behind its own.
    """
    n = len(row)
    if not 1 < n < profile.width or is_placeholder(row[-1]):
        return False
    is_in_place = all(_fits(cell, column, profile) for column, cell in enumerate(row))
    return is_in_place and not any(_may_belong(row[-1], n - 1, column, profile) for column in range(n, profile.width))


def drops_ends(short: Sequence[Row], full: Sequence[Row]) -> bool:
    """Whether a program left out empty fields at the end: many records are short, and no other one ends in one."""
    is_habit = len(short) >= max(LEAST_SHORT, SHORT_SHARE * (len(short) + len(full)))
    return is_habit and all(row[-1].strip() for row in full)


def _fits(cell: str, column: int, profile: Profile) -> bool:
    """Whether the cell is of the kind of that column, number or word; a placeholder fits everywhere."""
    if is_placeholder(cell):
        return True
    return is_typed(cell) if column in profile.typed else column not in profile.worded or not is_typed(cell)


def _may_belong(cell: str, own: int, column: int, profile: Profile) -> bool:
    """Whether a cell that is read as one of the column `own` may be one of another column."""
    is_elsewhere = column in profile.closed and cell not in profile.frequent[column] and cell in profile.frequent[own]
    return _fits(cell, column, profile) and not is_elsewhere
