"""Counts the customers who stayed, moved, are new or are gone, beside what refitting alone would move."""

from __future__ import annotations

import numpy as np

from reportgen.history._shared import share_customers
from reportgen.records.history import Month, Movement


def follow_customers(before: Month, now: Month, moved_by_refit: tuple[float, float]) -> Movement | None:
    """The customers of both months by segment then and now; None where they cannot be followed.

    `moved_by_refit`: share of customers that refitting moves anyway, mean and 95th percentile.
    """
    if not (len(before.keys) and len(now.keys) and before.segments and now.segments):
        return None
    rows, columns = by_size(before), by_size(now)
    in_before, in_now = share_customers(before.keys, now.keys)
    counts = cross_count(before.identities[in_before], now.identities[in_now], rows, columns)
    n_shared = len(in_before)
    n_stayed = sum(
        counts[row][column]
        for row, identity in enumerate(rows)
        for column, other in enumerate(columns)
        if identity == other
    )
    low, high = (round(share * n_shared) for share in moved_by_refit)
    return Movement(
        before=rows,
        now=columns,
        counts=counts,
        n_shared=n_shared,
        n_stayed=n_stayed,
        n_moved=n_shared - n_stayed,
        n_new=len(now.keys) - n_shared,
        n_lost=len(before.keys) - n_shared,
        noise_low=low,
        noise_high=high,
    )


def by_size(month: Month) -> tuple[int, ...]:
    """Identities by falling size, the elder of equals first."""
    ordered = sorted(month.segments, key=lambda segment: (-segment.n_customers, segment.identity))
    return tuple(segment.identity for segment in ordered)


def cross_count(
    before: np.ndarray, now: np.ndarray, rows: tuple[int, ...], columns: tuple[int, ...]
) -> tuple[tuple[int, ...], ...]:
    """Customers by identity then (`rows`) and now (`columns`)."""
    width = max(*rows, *columns) + 1
    cells = np.bincount(before.astype(np.intp) * width + now, minlength=width * width).reshape(width, width)
    return tuple(tuple(int(n) for n in row) for row in cells[np.ix_(rows, columns)])
