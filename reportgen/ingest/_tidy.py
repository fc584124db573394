"""Turns rows into columns: an empty cell is null, and columns that hold neither a name nor a value are left out."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from reportgen.errors import ReportgenError
from reportgen.ingest._limits import MAX_CELLS
from reportgen.ingest._names import Names, listed
from reportgen.ingest._parse import BLANKS
from reportgen.wording import format_count, plural

Cells = Sequence[str | None]


def columns_of(rows: Sequence[Sequence[str]], width: int) -> list[Cells]:
    """One list a column; an empty cell is None."""
    if not rows:
        return [[] for _ in range(width)]
    return [[cell or None for cell in column] if "" in column else column for column in zip(*rows, strict=True)]


def drop_nameless(columns: Sequence[Cells], names: Names) -> tuple[tuple[str, ...], tuple[Cells, ...], tuple[str, ...]]:
    """Names and cells of the columns that hold a name or a value, and notes on the others.

    Raises ReportgenError (RG-021 if there are more cells than memory is meant for).
    """
    n_cells = len(columns) * len(columns[0]) if columns else 0
    if n_cells > MAX_CELLS:
        raise ReportgenError(
            "RG-021",
            f"the table has {format_count(n_cells)} cells; at most {format_count(MAX_CELLS)} can be held in memory.",
            "Export one row a customer and only the columns that matter.",
        )
    kept, notes = kept_columns(names, {at for at in names.nameless if is_empty(columns[at])})
    return tuple(names.names[at] for at in kept), tuple(columns[at] for at in kept), notes


def kept_columns(names: Names, empty: AbstractSet[int]) -> tuple[list[int], tuple[str, ...]]:
    """Positions of the columns but for the nameless ones that are `empty`, and what to say of them."""
    kept = [at for at in range(len(names.names)) if at not in empty]
    notes = []
    if empty:
        notes.append(f"{plural(len(empty), 'column')} without a name or a value left out.")
    named = [names.names[at] for at in sorted(names.nameless - empty)]
    if named and len(names.nameless) < len(names.names):
        notes.append(f"{plural(len(named), 'column')} had no name, now named by position: {listed(named)}.")
    return kept, tuple(notes)


def is_empty(cells: Cells) -> bool:
    """Whether no cell holds more than blanks; of a column of Arrow's each text is looked at once."""
    distinct = cells.unique().to_pylist() if hasattr(cells, "unique") else cells
    return all(cell is None or not cell.strip(BLANKS) for cell in distinct)
