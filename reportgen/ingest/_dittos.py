"""Writes the cell above in the place of marks that repeat it, as in lists kept by hand."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from reportgen.ingest._names import listed
from reportgen.wording import plural

_SIGNS = (
    '"',
    "″",
    "〃",
    "”",
    "„",
    "“",
    "''",
    '-"-',
    '- " -',
    '–"–',
    '--"--',
    "-″-",
    "-”-",
    "-„-",
    "-''-",
    '" "',
    "同上",
)
_WORDS = ("dto.", "dto", "dito", "ditto", "idem", "do.", "ebenso")
MARKS = frozenset((*_SIGNS, *_WORDS, *map(str.capitalize, _WORDS), *map(str.upper, _WORDS)))
FEWEST = 2
"""Marks of a column; one may be a slip."""


def fill_dittos(rows: list[list[str]], names: Sequence[str], worded: Collection[int]) -> list[str]:
    """Fills them in the columns of words, in their place; one sentence on it, or none."""
    filled = {at: n for at in sorted(worded) if at < len(names) and (n := _fill(rows, at))}
    if not filled:
        return []
    columns = listed([names[at] for at in filled])
    return [f"{plural(sum(filled.values()), 'cell')} with a ditto mark in {columns} read as the cell above."]


def _fill(rows: list[list[str]], column: int) -> int:
    """The marks filled in a column."""
    marked = [at for at, row in enumerate(rows) if column < len(row) and row[column] in MARKS]
    if len(marked) < FEWEST or not marked[0]:
        return 0
    for at in marked:
        rows[at][column] = rows[at - 1][column]
    return len(marked)
