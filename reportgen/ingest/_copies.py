"""Finds the records of a table that stands in its file a second time, below its own header."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from reportgen.ingest._layout import Row
from reportgen.wording import format_count, plural

LEAST_COPIED, COPIED_SHARE = 3, 0.5
"""Records of a table that may be found a second time, and the share of them that a copy has at least."""
SAME_SHARE = 0.9
"""Share of the later records that stand in the first table too: a copy may have lost or gained a slip, months differ
in more."""


def find_copies(rows: Sequence[Row], starts: Sequence[int]) -> list[int]:
    """Positions of the records below the repeated headers that the first table has too; none if they are no copy.

    `starts`: positions of the first record below each repeated header.
    """
    if not starts or starts[0] < LEAST_COPIED:
        return []
    first = set(map(tuple, rows[: starts[0]]))
    later = range(starts[0], len(rows))
    is_short = any(b - a < COPIED_SHARE * starts[0] for a, b in pairwise([*starts, len(rows)]))
    copies = [at for at in later if tuple(rows[at]) in first]
    return [] if is_short or len(copies) < SAME_SHARE * len(later) else copies


def copies_said(n_tables: int, n_copies: int, n_others: int) -> str:
    """What the user is told of them."""
    if not n_others:
        return f"The table stands {format_count(n_tables)} times in the file, with the same records; read once."
    left_out = f"{plural(n_copies, 'record')} that the first one has too left out, {plural(n_others, 'other')} kept"
    return f"The table stands {format_count(n_tables)} times in the file; {left_out}."
