"""Takes out of the segments' profiles what would give away fewer customers than may be told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

import numpy as np

from reportgen.records.profile import Distribution, LevelProfile, NumberProfile, SegmentProfile
from reportgen.small_cells import protect, spread_out, told


def withhold(
    segments: Sequence[SegmentProfile], distributions: Sequence[Distribution], min_cell: int
) -> tuple[SegmentProfile, ...]:
    """The profiles without levels and bins that hold, or let one reckon, fewer than `min_cell` customers.

    All customers' levels and bins are told as they are: they were pooled before.
    """
    if not segments:
        return ()
    numbers = [_blurred([s.numbers[place] for s in segments], d, min_cell) for place, d in enumerate(distributions)]
    levels = [_told_levels(columns, min_cell) for columns in zip(*map(_by_column, segments), strict=True)]
    return tuple(
        replace(
            segment,
            numbers=tuple(column[place] for column in numbers),
            levels=tuple(level for column in levels for level in column[place]),
        )
        for place, segment in enumerate(segments)
    )


def _blurred(numbers: Sequence[NumberProfile], shown: Distribution, min_cell: int) -> list[NumberProfile]:
    """One column in every segment, thin bins put together."""
    counts = [[round(count) for count in number.counts] for number in numbers]
    grouping = protect(counts, min_cell, in_order=True)
    widths: list[float] = np.diff(shown.edges).tolist()
    return [
        replace(number, counts=spread_out(row, groups, widths, min_cell))
        for number, row, groups in zip(numbers, counts, grouping, strict=True)
    ]


def _by_column(segment: SegmentProfile) -> list[list[LevelProfile]]:
    return [list(levels) for _, levels in groupby(segment.levels, key=lambda level: level.column)]


def _told_levels(columns: Sequence[Sequence[LevelProfile]], min_cell: int) -> list[list[LevelProfile]]:
    """The levels of one category that may be told of each segment."""
    counts = [[level.n_customers for level in levels] for levels in columns]
    grouping = protect(counts, min_cell, in_order=False)
    kept = [told(row, groups) for row, groups in zip(counts, grouping, strict=True)]
    return [
        [level for place, level in enumerate(levels) if place in places]
        for levels, places in zip(columns, kept, strict=True)
    ]
