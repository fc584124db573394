"""Writes the cell above in the place of marks that repeat it, as in lists kept by hand."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.ingest._names import listed
from reportgen.wording import plural

MARKS = frozenset(
    ('"', "″", "〃", "”", "„", "“", "''", '-"-', '- " -', '–"–', '--"--', "-″-", "-”-", "-„-", "-''-", '" "', '" "')
) | {"dto.", "dto", "dito", "ditto", "idem", "do.", "ebenso", "同上"}
"""In small letters."""
FEWEST = 2
"""Marks of a column; one may be a slip."""


def fill_dittos(rows: list[list[str]], names: Sequence[str]) -> list[str]:
    """Fills them in their place; one sentence on it, or none."""
    filled = {at: n for at in range(len(names)) if (n := _fill(rows, at))}
    if not filled:
        return []
    columns = listed([names[at] for at in filled])
    return [f"{plural(sum(filled.values()), 'ditto mark')} in {columns} read as the cell above."]


def is_ditto(cell: str) -> bool:
    return len(cell) < 10 and cell.strip().casefold() in MARKS


def _fill(rows: list[list[str]], column: int) -> int:
    """The marks filled in a column."""
    marked = [at for at, row in enumerate(rows) if column < len(row) and row[column] and is_ditto(row[column])]
    if len(marked) < FEWEST or not marked[0]:
        return 0
    for at in marked:
        rows[at][column] = rows[at - 1][column]
    return len(marked)
