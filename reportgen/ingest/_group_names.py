"""Carries a name down to the records below it, where it stands alone on a line above each group of them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from reportgen.ingest._cells import is_typed
from reportgen.ingest._layout import Row

FEWEST_GROUPS = 3
"""Names that make a habit of it."""
HEADING = "the name of the records below it, written into each of them"


def find_headings(rows: Sequence[Row]) -> list[int]:
    """Positions of the rows that hold a name in the first column and nothing else; empty where this is no habit.

    Every other row has none there, and each name stands above one at least: so bookkeeping programs print what each
    customer bought.
    """
    heads = [at for at, row in enumerate(rows) if row[0].strip()]
    if not FEWEST_GROUPS <= len(heads) < len(rows) or heads[0] or heads[-1] == len(rows) - 1:
        return []
    are_alone = all(not any(cell.strip() for cell in rows[at][1:]) and not is_typed(rows[at][0]) for at in heads)
    are_distinct = len({rows[at][0].strip() for at in heads}) == len(heads)
    have_records = all(behind - at > 1 for at, behind in pairwise(heads))
    return heads if are_alone and are_distinct and have_records else []
