"""Carries a name down to the records below it, where it stands alone on a line above each group of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from reportgen.errors import ReportgenError
from reportgen.ingest._cells import is_typed
from reportgen.ingest._layout import Row
from reportgen.records.table import FEWEST_CUSTOMERS
from reportgen.wording import format_count

FEWEST_GROUPS = 3
"""Names that make a habit of it."""
_LETTERS, _NUMBERS = re.compile(r"[^\W\d_]+"), re.compile(r"[0-9]+")
TITLE = "a title of the records below it"
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


def titles_of_groups(rows: Sequence[Row], place: str) -> list[int]:
    """Positions of names that stand alone above groups of records which fill the first column, too; else empty.

    The names are written otherwise than what stands there, the table begins with one, and each has a record below.
    `place`: where the first row stands. Raises ReportgenError (RG-012) where they are enough to be the customers.
    """
    if not rows or not _is_alone(rows[0]):
        return []
    heads = [at for at, row in enumerate(rows) if _is_alone(row)]
    if len(heads) < FEWEST_GROUPS or any(behind - at < 2 for at, behind in pairwise([*heads, len(rows)])):
        return []
    names = {rows[at][0].strip() for at in heads}
    of_records = {_shape_of(row[0]) for row in rows if not _is_alone(row)}
    if len(names) < len(heads) or of_records & set(map(_shape_of, names)):
        return []
    if len(heads) < FEWEST_CUSTOMERS:  # of so few no segments are made: they are regions or kinds
        return heads
    raise ReportgenError(
        "RG-012",
        f"{format_count(len(heads))} names stand alone on a line, each above its records, the first in {place}.",
        "Write the name into a column of its own in each record below it, as a customer column, and delete its line.",
    )


def _is_alone(row: Row) -> bool:
    return (
        bool(row[0].strip())
        and "@" not in row[0]
        and not any(cell.strip() for cell in row[1:])
        and not is_typed(row[0])
    )


def _shape_of(cell: str) -> str:
    """`1001 Jack Moore` as `0 a a`."""
    return _NUMBERS.sub("0", _LETTERS.sub("a", cell.strip()))
