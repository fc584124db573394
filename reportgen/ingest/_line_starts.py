"""Where the records of a long text start, without a number for each where every line is one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any, overload

import numpy as np


class LineStarts(Sequence[int]):
    """1-based lines by record, added block by block."""

    def __init__(self, first: int) -> None:
        """`first`: line of the first record."""
        self.first = self.next_line = first
        self.n = 0
        self._parts: list[tuple[int, int, Any]] = []
        """(records before it, its first line, lines counted from there; None where each record is one line)."""

    def add(self, n_records: int, n_lines: int, lines: Any) -> None:
        """The next block; `lines`: 0-based line in it of each record, None where each record is one line."""
        kept = None if lines is None else np.asarray(lines[:n_records], dtype=np.uint32)
        if kept is not None or not self._parts or self._parts[-1][2] is not None:
            self._parts.append((self.n, self.next_line, kept))
        self.n += n_records
        self.next_line += n_lines

    def numbers(self) -> Sequence[int]:
        """All of them, as a range where each record is one line."""
        is_plain = all(lines is None for _, _, lines in self._parts)
        return range(self.first, self.first + self.n) if is_plain else self

    def __len__(self) -> int:
        return self.n

    @overload
    def __getitem__(self, at: int) -> int: ...
    @overload
    def __getitem__(self, at: slice) -> list[int]: ...
    def __getitem__(self, at: int | slice) -> int | list[int]:
        if isinstance(at, slice):
            return [self[place] for place in range(*at.indices(self.n))]
        place = at + self.n if at < 0 else at
        if not 0 <= place < self.n:
            raise IndexError(at)
        before, first, lines = self._parts[bisect_right(self._parts, place, key=lambda part: part[0]) - 1]
        return first + (place - before if lines is None else int(lines[place - before]))
