"""Writes the cell above in the place of marks that repeat it, as in lists kept by hand."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise

from reportgen.ingest._names import listed
from reportgen.wording import plural

_SIGNS = ('"', "″", "〃", "”", "„", "“", '-"-', '- " -', '–"–', '--"--', "-″-", "-”-", "-„-", "-''-", "同上")
_WORDS = ("dto.", "dto", "dito", "ditto")
MARKS = frozenset((*_SIGNS, *_WORDS, *map(str.capitalize, _WORDS)))
MOST_AGAIN = 0.1
"""Values that come again below themselves, to marks."""
FEWEST = 2
"""Marks of a column; one may be a slip."""


def fill_dittos(
    rows: list[list[str]], records: Sequence[int], names: Sequence[str], worded: Collection[int]
) -> list[str]:
    """Fills them in the columns of words, in their place; one sentence on it, or none."""
    filled = {at: n for at in sorted(worded) if at < len(names) and (n := _fill(rows, records, at))}
    if not filled:
        return []
    columns = listed([names[at] for at in filled])
    return [f"{plural(sum(filled.values()), 'cell')} with a ditto mark in {columns} read as the cell above."]


def _fill(rows: list[list[str]], records: Sequence[int], column: int) -> int:
    """The marks filled in a column; none below a record that was set aside, or below a blank cell.

    Who writes marks writes no value twice below itself: where values do so, a mark is a value, too (inches, a brand).
    """
    marked = [at for at, row in enumerate(rows) if row[column] in MARKS]
    if len(marked) < FEWEST or not marked[0]:
        return 0
    n_again = sum(
        bool(row[column]) and row[column] == before[column] and row[column] not in MARKS
        for before, row in pairwise(rows)
    )
    if n_again > MOST_AGAIN * len(marked):
        return 0
    fillable = [at for at in marked if records[at] == records[at - 1] + 1]
    n_filled = 0
    for at in fillable:
        above = rows[at - 1][column]
        if above and above not in MARKS:
            rows[at][column], n_filled = above, n_filled + 1
    return n_filled
