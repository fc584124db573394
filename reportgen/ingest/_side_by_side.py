"""Tells two tables that stand side by side: the same names twice, or an empty column between, and one ends earlier."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import combinations, groupby, product

from reportgen.config import InputSettings
from reportgen.errors import ReportgenError
from reportgen.ingest._names import Names
from reportgen.wording import join_words, scrub

LEAST_NAMES = 3
"""Columns with a name that make a table; two are notes beside one, or what a pivot adds up."""
LEAST_TWICE = 3
"""Columns that stand twice; of fewer, the second ones are numbered."""
LEAST_KEYS, SAME_KEYS, SAME_ROWS = 20, 0.5, 0.5
"""Keys that make a list; shares of keys that stand in both lists, and of rows in which they are the same."""
LONGEST_RANK = 3
"""Digits."""
LEAST_SHORT, SHORT_SHARE = 5, 0.05
"""Rows, and share of all, by which one table ends before the other: the last cells of a column may be empty."""


def refuse_side_by_side(rows: Sequence[Sequence[str]], names: Names, settings: InputSettings) -> None:
    """Raises ReportgenError (RG-007) where the rows are those of two tables."""
    if not names.nameless or settings.when_unsure == "guess":
        return
    blocks = list(_blocks(rows, names))
    if twice := _listed_twice(rows, blocks, names):
        raise ReportgenError(
            "RG-007",
            f"the columns {join_words([scrub(names.names[at]) for at in twice])} hold the same values in another order:"
            " two lists stand side by side.",
            "Put each list on a sheet of its own, or sort both alike; --guess reads each row as one customer.",
        )
    blocks = [block for block in blocks if len(block) >= LEAST_NAMES]
    ends = [_end_of(rows, block) for block in blocks]
    if len(blocks) < 2 or max(ends) - min(ends) < max(LEAST_SHORT, SHORT_SHARE * len(rows)):
        return
    first, second = (scrub(names.names[block[0]]) for block in blocks[:2])
    raise ReportgenError(
        "RG-007",
        f"two tables stand side by side, one from {first} on and one from {second} on, and do not end in the same row.",
        "Move the table of customers to a sheet of its own; --guess reads both as one.",
    )


def _listed_twice(rows: Sequence[Sequence[str]], blocks: Sequence[Sequence[int]], names: Names) -> list[int]:
    """Columns of one name in two blocks whose keys are the same ones, but not row by row; else none."""
    for first, second in combinations(blocks, 2):
        for at, other in product(first, second):
            if names.names[other].startswith(f"{names.names[at]} (") and _is_in_another_order(rows, at, other):
                return [at, other]
    return []


def _is_in_another_order(rows: Sequence[Sequence[str]], at: int, other: int) -> bool:
    pairs = [(row[at], row[other]) for row in rows if row[at] and row[other]]
    keys, others = ({pair[place] for pair in pairs} for place in (0, 1))
    are_keys = len(keys) == len(others) == len(pairs) >= LEAST_KEYS and _are_names(keys)
    n_same = sum(key == one for key, one in pairs)
    return are_keys and len(keys & others) >= SAME_KEYS * len(keys) and n_same < SAME_ROWS * len(pairs)


def _are_names(keys: Collection[str]) -> bool:
    """Whether they are texts, or numbers of one length: ranks and amounts are the same ones in another order, too."""
    has_letter = all(any(map(str.isalpha, key)) for key in keys)
    return has_letter or (
        len(set(map(len, keys))) == 1 and all(len(key) > LONGEST_RANK and key.isdigit() for key in keys)
    )


def two_on_a_line(rows: Sequence[Sequence[str]]) -> ReportgenError | None:
    """What to ask where the header names the same columns twice, one set beside the other."""
    half = _twice_named(rows)
    if len(half) < LEAST_TWICE:
        return None
    return ReportgenError(
        "RG-007",
        f"the columns {join_words([scrub(cell) for cell in half])} stand twice, side by side: each line may hold two"
        " customers.",
        "Put the second half below the first; --guess reads each line as one customer.",
    )


def _twice_named(rows: Sequence[Sequence[str]]) -> list[str]:
    """The first names of the header's last row if they come again, behind columns without a name or at once.

    The first ones hold what names the customer: further sets alone are years or kinds of one customer. Without an
    empty column between, a row of groups above the names tells the sets apart.
    """
    names = list(rows[-1])
    sets = [list(named) for is_named, named in groupby(names, lambda cell: bool(cell.strip())) if is_named]
    if len(rows) == 1 and len(sets) == 1:
        half = len(names) // 2
        sets = [names[:half], names[half:]]
    start = min(next((at for at, cell in enumerate(row) if cell.strip()), len(row)) for row in rows)
    are_first = bool("".join(names[: start + 1]).strip())  # units below the names leave out the first column
    is_again = any(_folded(sets[0]) == _folded(other) for other in sets[1:])
    return sets[0] if are_first and is_again and len(set(_folded(sets[0]))) == len(sets[0]) else []


def _folded(names: Sequence[str]) -> list[str]:
    """In whatever order they stand."""
    return sorted(name.strip().casefold() for name in names)


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
