"""Joins words that stand in no quotes in a text parted by blanks, where one column alone can hold them."""

from __future__ import annotations

from reportgen.ingest._cells import is_placeholder, is_typed
from reportgen.ingest._layout import Profile, Row

BLANK = " "
LEAST_TYPED = 2
"""Columns of numbers or dates that must fit; by fewer any words could be joined."""


def join_words(row: Row, profile: Profile, delimiter: str) -> list[str] | None:
    """The record at the table's width; None if no joining puts numbers and dates into place, or several do.

    Only in a text parted by blanks; there a field with a blank in it stood in quotes: it is whole.
    """
    surplus = len(row) - profile.width
    if delimiter != BLANK or surplus <= 0 or len(profile.typed) < LEAST_TYPED:
        return None
    ways = []
    for at in range(profile.width):
        words = row[at : at + surplus + 1]
        if at not in profile.typed and all(word and BLANK not in word for word in words):
            joined = [*row[:at], BLANK.join(words), *row[at + surplus + 1 :]]
            ways += [joined] * _is_in_place(joined, profile)
    return ways[0] if len(ways) == 1 else None


def _is_in_place(row: Row, profile: Profile) -> bool:
    cells = [row[column] for column in profile.typed]
    words = [row[column] for column in profile.worded]
    return all(map(is_typed, cells)) and not any(is_typed(cell) for cell in words if not is_placeholder(cell))
