"""Proves that a record lacks empty fields at its end alone, as spreadsheets drop them, and none in its middle."""

from __future__ import annotations

from collections.abc import Container, Sequence

from reportgen.ingest._cells import is_placeholder, is_typed
from reportgen.ingest._layout import Profile, Row

LEAST_SHORT = 3
"""Short records that make a habit of the program; one or two are rather damaged."""
SHORT_SHARE = 0.02
"""The same as a share of the records."""


def ending_early(short: Sequence[Row], full: Sequence[Row], profile: Profile) -> list[bool]:
    """Which of the short records lack nothing but empty fields at their end.

    Each cell is of its column's kind, and the last one of no column behind: a field lost in the middle moves it there.
    Where both columns are of one kind, its own column has the value elsewhere, and no one behind.
    """
    in_place = [_is_in_place(row, profile) for row in short]
    values = [{row[column] for row in full} for column in range(profile.width)] if any(in_place) else []
    proven = [False] * len(short)
    # Longer ones first: they tell the values of columns that few whole records fill.
    order = sorted((at for at, is_so in enumerate(in_place) if is_so), key=lambda at: -len(short[at]))
    for at in (*order, *order):
        if not proven[at] and _is_own(short[at], profile, values):
            proven[at] = True
            for column, cell in enumerate(short[at]):
                values[column].add(cell)
    return proven


def _is_in_place(row: Row, profile: Profile) -> bool:
    is_short = 1 < len(row) < profile.width and not is_placeholder(row[-1])
    return is_short and all(_fits(cell, column, profile) for column, cell in enumerate(row))


def _is_own(row: Row, profile: Profile, values: Sequence[Container[str]]) -> bool:
    """Whether the last cell is one of its own column, and of none behind."""
    n = len(row)
    behind = [column for column in range(n, profile.width) if _fits(row[-1], column, profile)]
    return not behind or (row[-1] in values[n - 1] and not any(row[-1] in values[column] for column in behind))


def drops_ends(short: Sequence[Row], full: Sequence[Row]) -> bool:
    """Whether a program left out empty fields at the end: many records are short, and no other one ends in one."""
    is_habit = len(short) >= max(LEAST_SHORT, SHORT_SHARE * (len(short) + len(full)))
    return is_habit and all(row[-1].strip() for row in full)


def _fits(cell: str, column: int, profile: Profile) -> bool:
    """Whether the cell is of the kind of that column, number or word; a placeholder fits everywhere."""
    if is_placeholder(cell):
        return True
    return is_typed(cell) if column in profile.typed else column not in profile.worded or not is_typed(cell)
