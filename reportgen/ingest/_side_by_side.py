"""Tells two tables that stand side by side in a sheet: an empty column between them, and one ends before the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportgen.config import InputSettings
from reportgen.errors import ReportgenError
from reportgen.ingest._names import Names
from reportgen.wording import join_words, scrub

LEAST_NAMES = 3
"""Columns with a name that make a table; two are notes beside one, or what a pivot adds up."""
LEAST_TWICE = 3
"""Columns that stand twice; of fewer, the second ones are numbered."""
LEAST_SHORT, SHORT_SHARE = 5, 0.05
"""Rows, and share of all, by which one table ends before the other: the last cells of a column may be empty."""


def refuse_side_by_side(rows: Sequence[Sequence[str]], names: Names, settings: InputSettings) -> None:
    """Raises ReportgenError (RG-007) where the rows are those of two tables."""
    if not names.nameless or settings.when_unsure == "guess":
        return
    blocks = [block for block in _blocks(rows, names) if len(block) >= LEAST_NAMES]
    ends = [_end_of(rows, block) for block in blocks]
    if len(blocks) < 2 or max(ends) - min(ends) < max(LEAST_SHORT, SHORT_SHARE * len(rows)):
        return
    first, second = (scrub(names.names[block[0]]) for block in blocks[:2])
    raise ReportgenError(
        "RG-007",
        f"two tables stand side by side, one from {first} on and one from {second} on, and do not end in the same row.",
        "Move the table of customers to a sheet of its own; --guess reads both as one.",
    )


def two_on_a_line(rows: Sequence[Sequence[str]]) -> ReportgenError | None:
    """What to ask where the header's only row names the same columns twice, one set beside the other."""
    names = [cell.strip().casefold() for cell in rows[-1]] if len(rows) == 1 else []
    half = len(names) // 2
    if half < LEAST_TWICE or names[:half] != names[half:] or not all(names) or len(set(names)) < half:
        return None
    shown = join_words([scrub(cell) for cell in rows[0][:half]])
    return ReportgenError(
        "RG-007",
        f"the columns {shown} stand twice, side by side: each line may hold two customers.",
        "Put the second half below the first; --guess reads each line as one customer.",
    )


def _blocks(rows: Sequence[Sequence[str]], names: Names) -> Iterator[list[int]]:
    """Positions of the named columns between columns without a name or a value."""
    block: list[int] = []
    for at in range(len(names.names)):
        if at not in names.nameless:
            block.append(at)
        elif not any(row[at] for row in rows):
            yield block
            block = []
    yield block


def _end_of(rows: Sequence[Sequence[str]], block: Sequence[int]) -> int:
    """The position behind the last row with a cell in these columns."""
    filled = (at for at in range(len(rows) - 1, -1, -1) if any(rows[at][column] for column in block))
    return next(filled, -1) + 1
