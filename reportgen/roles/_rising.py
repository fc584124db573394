"""Tells whole numbers that number the records."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

MOST_APART = 2
"""Times the records that rising numbers span at most which number them: some records were taken out since."""


def counts_rows(cells: Sequence[str | None], lines: Sequence[int]) -> bool:
    """True where cell − line is the same whole number everywhere."""
    if len(cells) < 2 or not all(map(_is_digits, cells)):
        return False
    return len({int(cell or 0) - line for cell, line in zip(cells, lines, strict=True)}) == 1


def rises(cells: Sequence[str | None], lines: Sequence[int]) -> bool:
    """True where the cells grow from record to record, by less than two a record on the whole."""
    if len(cells) < 2 or not all(map(_is_digits, cells)):
        return False
    numbers = [int(cell or 0) for cell in cells]
    is_dense = numbers[-1] - numbers[0] < MOST_APART * (lines[-1] - lines[0])
    return is_dense and all(after > before for before, after in pairwise(numbers))


def _is_digits(cell: str | None) -> bool:
    return cell is not None and cell.isascii() and cell.isdigit()
