"""Knows a record whose cells stand one column to the left or right from some column on, as after a slip in a sheet."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from reportgen.ingest._account import Account
from reportgen.ingest._cells import is_placeholder, is_typed
from reportgen.ingest._layout import Row

WORD, NUMBER, DATE = "word", "number", "date"
CLEAR = 2
"""Cells of another kind than their column's, and of the kind of the one beside, that speak for a slip."""
OF_ONE_KIND = 0.9
"""Share of a column's cells, of which a tenth may have slipped."""
LOOK_ROWS, FEWEST_KINDS = 200, 3
"""Rows that kinds are told from, and columns of one kind below which nothing is told."""
_DATE = re.compile(r"\s*\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[ T].*)?\s*")

SHIFTED = "its cells stand beside their columns"
Kinds = Sequence[str]


def kinds_of(rows: Sequence[Row], width: int) -> list[str]:
    """What each column holds in nearly all of these rows; empty where it holds several kinds."""
    kinds = []
    for at in range(width):
        found = Counter(kind for row in rows if (kind := kind_of(row[at])))
        kind, n = max(found.items(), key=lambda one: one[1], default=("", 0))
        kinds.append(kind if n >= OF_ONE_KIND * found.total() else "")
    return kinds


def kind_of(cell: str) -> str:
    """WORD, NUMBER or DATE; empty for a blank and a word for missing."""
    if is_placeholder(cell):
        return ""
    if not is_typed(cell):
        return WORD
    return DATE if _DATE.fullmatch(cell) else NUMBER


def is_shifted(row: Row, kinds: Kinds) -> bool:
    """Whether cells contradict their columns, and two at least fit those beside, from one column on."""
    own = [kind_of(cell) for cell in row]
    n_odd = sum(bool(kind and column and kind != column) for kind, column in zip(own, kinds, strict=False))
    if n_odd < CLEAR:
        return False
    for start in range(1, len(own) - 1):
        beside = ((own[start:-1], kinds[start + 1 :]), (own[start + 1 :], kinds[start:]))
        if _fit(own[:start], kinds[:start]) and any(_fit(*one) and _n_same(*one) >= CLEAR for one in beside):
            return True
    return False


def _fit(cells: Kinds, columns: Kinds) -> bool:
    return all(not cell or not column or cell == column for cell, column in zip(cells, columns, strict=False))


def _n_same(cells: Kinds, columns: Kinds) -> int:
    return sum(bool(cell) and cell == column for cell, column in zip(cells, columns, strict=False))


def are_told(kinds: Kinds) -> bool:
    """Whether the columns are of kinds that a slip would mix."""
    return WORD in kinds and sum(map(bool, kinds)) >= FEWEST_KINDS


def find_shifted(rows: Sequence[Row], width: int) -> list[int]:
    """Positions of such records among all."""
    kinds = kinds_of(rows[:LOOK_ROWS], width)
    if not are_told(kinds):
        return []
    return [at for at, row in enumerate(rows) if _may_be_shifted(row, kinds) and is_shifted(row, kinds)]


def _may_be_shifted(row: Row, kinds: Kinds) -> bool:
    """Whether a column of words begins with a digit, or one of dates does not; most records are told so at once."""
    return any(
        (kind == WORD and cell[:1].isdigit()) or (kind == DATE and bool(cell) and not cell[:1].isdigit())
        for cell, kind in zip(row, kinds, strict=False)
    )


def set_shifted_aside(
    account: Account, rows: list[list[str]], records: list[int], width: int, line_of: Callable[[int], int]
) -> None:
    """Takes them out of `rows` and `records`; `line_of`: where a record starts in the source."""
    for at in reversed(find_shifted(rows, width)):
        row, record = rows.pop(at), records.pop(at)
        account.entries = [entry for entry in account.entries if entry.line != record]
        account.set_aside_misfit(record, SHIFTED, ", ".join(row), line_of(record))
    account.misfits.sort()
