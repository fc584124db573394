"""Finds rows inside a table that add up the group above them: no customers, if the sum or a missing key proves it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportgen.engine.text_numbers import read_number
from reportgen.ingest._layout import TOTALS, Profile, Row

LABEL_COLUMNS = 3
"""First columns in which the word is looked for: ids and groups stand there."""
MOST_LABEL = 60
"""Characters of a cell with the word; a longer one is text."""
MOST_STARTS = 10
"""Earlier subtotals behind which the group of a higher total may start."""
TOLERANCE = 0.006
"""Of a sum: amounts are rounded to cents."""
KEY_SHARE = 0.99
"""Distinct cells over records from which a column names the records."""
WORDS = rf"(?:{TOTALS}|sous[- ]total|zwischensumme|zwischentotal|teilsumme|subtotale|ergebnis|subsuma)"
PATTERN = rf"^[*\s]*(?:{WORDS}(?:\s*[:=(].*|\s.*)?|.{{1,40}}\s{WORDS}\s*:?)\s*$"
"""`Subtotal`, `Summe Nord`, `Nord Total`; Python and RE2."""
_WORD = re.compile(PATTERN, re.IGNORECASE)
_ALONE = re.compile(rf"{WORDS}\s*:?", re.IGNORECASE)
MOST_SHARE = 0.5
"""Share of rows with the word beyond which it is a value (`partial`, `total`)."""
FEW_DOUBTFUL, DOUBTFUL_SHARE = 3, 0.05
"""Rows with the word that are no subtotals and worth a note: more of them have it as a value."""
MOST_CELLS = 1_000_000
"""Cells that are added up in all."""
SUBTOTAL = "a subtotal of the records above"
TOTAL = "the total of the records below"


@dataclass(frozen=True, slots=True)
class Subtotals:
    proved: tuple[int, ...]
    """Positions of rows that are subtotals."""
    doubtful: tuple[int, ...]
    """Those that have the word, but name a record and do not add up."""


def may_be_subtotal(row: Row) -> bool:
    """Whether one of the first cells has the word for a sum."""
    return any(len(cell) <= MOST_LABEL and _WORD.match(cell) for cell in row[:LABEL_COLUMNS] if cell)


def find_subtotals(rows: Sequence[Row], profile: Profile) -> Subtotals:
    """Which rows are subtotals: they have the word, and their amounts are sums of those above or they lack the key."""
    candidates = [at for at, row in enumerate(rows) if may_be_subtotal(row)]
    if not 0 < len(candidates) <= MOST_SHARE * len(rows):
        return Subtotals((), ())
    keys = _keys(rows, frozenset(candidates))
    adder = _Adder(rows, profile)
    proved: list[int] = []
    doubtful: list[int] = []
    for at in candidates:
        is_sum = adder.adds_up(at, proved) if at else adder.heads(frozenset(candidates))
        (proved if _lacks_key(rows[at], keys) or is_sum else doubtful).append(at)
    are_values = len(doubtful) > max(FEW_DOUBTFUL, DOUBTFUL_SHARE * len(rows))
    return Subtotals(tuple(proved), () if are_values else tuple(doubtful))


def _lacks_key(row: Row, keys: Sequence[int]) -> bool:
    """Whether a key is empty; where the word stands in another key, it must be nothing but the word."""
    empty = [key for key in keys if not row[key].strip()]
    named = [key for key in keys if _WORD.match(row[key]) and not _ALONE.fullmatch(row[key].strip())]
    return bool(empty) and not named


def _keys(rows: Sequence[Row], candidates: frozenset[int]) -> list[int]:
    """First columns that are filled and differ in all other rows."""
    others = [row for at, row in enumerate(rows) if at not in candidates]
    if not others:
        return []
    cells = [[row[column].strip() for row in others] for column in range(min(LABEL_COLUMNS, len(others[0])))]
    return [at for at, seen in enumerate(cells) if all(seen) and len(set(seen)) >= KEY_SHARE * len(seen)]


class _Adder:
    """Compares rows with the sums of the groups above, as far as that costs little."""

    def __init__(self, rows: Sequence[Row], profile: Profile) -> None:
        self.rows = rows
        self.columns = profile.typed
        self.cells_left = MOST_CELLS

    def adds_up(self, at: int, proved: Sequence[int]) -> bool:
        """Whether the row's amounts are sums, means or counts of the rows above, of one column the sum at least.

        The group starts behind an earlier subtotal, the nearest first, or with the table.
        """
        amounts = self._amounts_of(at)
        before = frozenset(proved)
        starts = [*(position + 1 for position in reversed(proved[-MOST_STARTS:])), 0]
        for start in starts if amounts else ():
            group = [self.rows[position] for position in range(start, at) if position not in before]
            if self._is_sum(group, self.rows[at], amounts):
                return True
        return False

    def heads(self, candidates: frozenset[int]) -> bool:
        """Whether the first row's amounts are sums, means or counts of all rows below but for candidates."""
        amounts = self._amounts_of(0)
        group = [row for at, row in enumerate(self.rows) if at not in candidates]
        return bool(amounts) and self._is_sum(group, self.rows[0], amounts)

    def _amounts_of(self, at: int) -> list[int]:
        """Columns of numbers in which the row has a cell that is not the word."""
        row = self.rows[at]
        return [at for at in self.columns if at >= 1 and row[at].strip() and not _WORD.match(row[at])]

    def _is_sum(self, group: Sequence[Row], total: Row, amounts: Sequence[int]) -> bool:
        self.cells_left -= len(group) * len(amounts)
        if self.cells_left < 0:
            return False
        answers = [_relation([row[column] for row in group], total[column]) for column in amounts]
        return "sum" in answers and all(answers)


def _relation(cells: Sequence[str], total: str) -> str:
    """What the total is of the cells: their sum, mean or count; empty for none of them."""
    for decimal in (".", ","):
        wanted = read_number(total, decimal)
        values = list(_read(cells, decimal))
        if wanted is None or not values:
            continue
        tolerance = TOLERANCE * len(values)
        if abs(sum(values) - wanted) <= tolerance:
            return "sum"
        if abs(sum(values) / len(values) - wanted) <= TOLERANCE or wanted == len(cells):
            return "other"
    return ""


def _read(cells: Sequence[str], decimal: str) -> Iterator[float]:
    return (value for cell in cells if (value := read_number(cell, decimal)) is not None)
