"""Takes out of the segments' profiles what would give away fewer customers than may be told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

import numpy as np

from reportgen.records.profile import Clearness, Distribution, LevelProfile, NumberProfile, Profile, SegmentProfile
from reportgen.small_cells import protect, spread_out, untold_places
from reportgen.small_cells import told as told_alone


def withhold_few(profile: Profile) -> Profile:
    """The profile without what would give away fewer customers than `min_cell`, in levels, bins and whole segments."""
    least = profile.min_cell
    untold = tuple(place + 1 for place in untold_places([one.n_customers for one in profile.segments], least))
    clearness = tuple(
        Clearness(None, ()) if segment in untold else one for segment, one in enumerate(profile.clearness, start=1)
    )
    segments = withhold(profile.segments, profile.distributions, least, untold)
    return replace(profile, segments=segments, clearness=clearness, untold=untold)


def withhold(
    segments: Sequence[SegmentProfile], distributions: Sequence[Distribution], min_cell: int, untold: Sequence[int] = ()
) -> tuple[SegmentProfile, ...]:
    """The profiles without levels and bins that hold, or let one reckon, fewer than `min_cell` customers.

    All customers' levels and bins are told as they are: they were pooled before. `untold`: see Profile; these segments
    keep none, for they add up to their size.
    """
    if not segments:
        return ()
    numbers = [_blurred([s.numbers[place] for s in segments], d, min_cell) for place, d in enumerate(distributions)]
    levels = [_told_levels(columns, min_cell) for columns in zip(*map(_by_column, segments), strict=True)]
    told = tuple(
        replace(
            segment,
            numbers=tuple(column[place] for column in numbers),
            levels=tuple(level for column in levels for level in column[place]),
        )
        for place, segment in enumerate(segments)
    )
    return tuple(_without_counts(segment) if segment.id in untold else segment for segment in told)


def _without_counts(segment: SegmentProfile) -> SegmentProfile:
    return replace(segment, numbers=tuple(replace(number, counts=()) for number in segment.numbers), levels=())


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
    kept = [told_alone(row, groups) for row, groups in zip(counts, grouping, strict=True)]
    return [
        [level for place, level in enumerate(levels) if place in places]
        for levels, places in zip(columns, kept, strict=True)
    ]
