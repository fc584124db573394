"""Tells what the columns of a table hold from its first rows, and what stands below the table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile
from statistics import median

from reportgen.ingest._cells import is_placeholder, is_typed

Row = Sequence[str]

HEAD_ROWS, HEAD_CELLS = 100, 100_000
"""Rows that columns are judged by; of very wide tables fewer, about 100,000 cells, but ten rows at least."""
MAX_BELOW = 20
"""Rows at the end among which totals and notes are looked for."""
TYPED_SHARE = 0.8
"""A column is one of numbers or dates if this share of its cells is: real exports hold stray words ('?', 'n/a')."""
LEAST_CLOSED = 10
"""Cells that tell a category whose every value comes again."""
LEAST_JOINED = 3
"""Columns from which a filled row right above the header is taken for a part of it; a note is often two cells."""
TOTALS = (
    "total|totals|grand total|sub-?total|overall|sum|summe|gesamt|gesamtsumme|gesamtergebnis|insgesamt|somme"
    "|total général|totaal|totale|suma|summa|razem|celkem|toplam|összesen|yhteensä|i alt|c-total|Σ|∑|итого|всего|合計"
    "|总计"
)
AVERAGES = "averages?|avg\\.?|durchschnitt|mittelwert|moyenne|promedio|gemiddelde|średnia|Ø(?![^\\W\\d_]).*"
"""Of the rows at the end alone: elsewhere they are words like others."""
STATISTICS = re.compile(
    rf"(?:{AVERAGES}|mean|mittel|media|média|průměr|medel|medelvärde|median|mediane?|médiane|mediana|mediaan|min\.?"
    r"|minimum|mínimo|minimo|max\.?|maximum|máximo|massimo|count|counta|anzahl|nombre|número|conteggio|aantal|antal"
    r"|liczba|počet|std\.?|stdev|stddev|std\. ?dev\.?|standard deviation|standardabweichung|stabw|écart[- ]type"
    r"|desviación estándar|variance|varianz|davon\b.*|anteil\b.*|vorjahr\b.*|of which\b.*|thereof\b.*"
    r"|(?:previous|prior|last) year\b.*|dont\b.*)\s*:?",
    re.IGNORECASE,
)
"""What stands beside a total, and is a name or a kind alone."""
_TOTALS_ROW = re.compile(rf"[*\s]*(?:{TOTALS}|{AVERAGES})\s*(?:[:=(].*)?", re.IGNORECASE)
TOTALS_BELOW, FIGURE = "a row of totals", "a figure on all records"
"""Why a row below the table is no record."""
PAIR = 2
"""Columns of a table whose notes are as wide as its records."""
_ROWS_COUNTED = re.compile(
    r"\(?[0-9]+ (?:rows?|records?|zeilen?|lignes?|filas?|righe|linhas?|rijen|rader)(?: [^\W\d]+)?\)?", re.IGNORECASE
)
"""`(90 rows affected)`, as databases close a table; in columns of fixed width its words lie in several."""
PERIOD = re.compile(r"(?:19|20)\d\d(?:[-/.]\d\d?){0,2}(?: 00:00:00)?")
_HAS_DIGIT = re.compile(r"\d")
_COUNT = re.compile(r"\d{1,4}")


@dataclass(frozen=True, slots=True)
class Profile:
    """What the columns hold, told from the first rows."""

    width: int
    typed: tuple[int, ...]
    """Positions of columns of numbers, dates or flags."""
    typical: float
    """Median number of filled cells a row."""
    most: int
    """Largest number of filled cells in a row."""
    filled_width: int
    """Columns up to the last one that holds a value."""
    periods: frozenset[int]
    """Positions of those columns that hold years, months or days."""
    coded: tuple[int, ...]
    """Positions of columns of text whose cells all hold a digit: ids, most of them."""
    is_numbered: bool
    """Whether most records have a digit in their first cell."""
    worded: frozenset[int]
    """Positions of columns without any number."""
    closed: frozenset[int]
    """Positions of those whose every value comes again: a category."""
    frequent: tuple[frozenset[str], ...]
    """Values that occur more than once, by column: they are data."""

    @property
    def least_filled(self) -> float:
        """Filled cells that a header has at least: half of a record's, and two where a record has two."""
        return max(min(2, self.most), self.typical / 2)

    def fits(self, row: Row) -> bool:
        """Whether the row has the table's width, but for empty fields that are too many or missing at its end."""
        return self.filled_width <= len(row) <= self.width or (len(row) > self.width and not any(row[self.width :]))

    def votes(self, row: Row) -> tuple[int, int]:
        """Cells that speak for a header (words over numbers) and for data (numbers over numbers)."""
        cells = [(column, row[column]) for column in self.typed if column < len(row) and row[column]]
        numbers = [(column, cell) for column, cell in cells if is_typed(cell)]
        words = [
            cell
            for column, cell in cells
            if not is_typed(cell) and not is_placeholder(cell) and cell not in self.frequent[column]
        ]
        if not self._are_labels(numbers, bool(words), row):
            return len(words), len(numbers)
        return len(words) + len(numbers) * (not words), 0

    def _are_labels(self, numbers: list[tuple[int, str]], has_words: bool, row: Row) -> bool:
        """Whether numbers name columns: periods over amounts (2019, 2020-01), or 1, 2, 3 … beside a name."""
        if len(numbers) < 2:
            return False
        counted = [int(cell) for _, cell in numbers if _COUNT.fullmatch(cell)]
        steps = {after - before for before, after in pairwise(counted)}
        is_run = len(counted) == len(numbers) and steps in ({1}, {-1})
        if all(PERIOD.fullmatch(cell) and column not in self.periods for column, cell in numbers):
            return has_words or is_run or not counted or self._names_codes(row)
        return steps == {1} and is_run and (has_words or self._names_codes(row))

    def _names_codes(self, row: Row) -> bool:
        """Whether a cell without a digit stands over codes that all have one: `customer` over K00017."""
        return any(
            column < len(row) and row[column].strip() and not _HAS_DIGIT.search(row[column]) for column in self.coded
        )


def profile_of(rows: Sequence[Row], width: int) -> Profile:
    """The columns of the rows below the first, those of another width left out."""
    seen: set[tuple[str, ...]] = set()
    fitting = []
    n_rows = max(10, min(HEAD_ROWS, HEAD_CELLS // width))
    for row in rows[1 : n_rows + 1]:
        key = tuple(row)
        is_repeated_header = key in seen and not any(map(is_typed, row))
        seen.add(key)
        if len(row) >= width and not any(row[width:]) and key != tuple(rows[0]) and not is_repeated_header:
            fitting.append(row)
    columns = [[row[column] for row in fitting] for column in range(width)]
    filled = [[cell for cell in cells if not is_placeholder(cell)] for cells in columns]
    n_filled = [count_filled(row) for row in fitting] or [width]
    return Profile(
        width=width,
        filled_width=max((at + 1 for at, cells in enumerate(columns) if any(map(str.strip, cells))), default=width),
        most=max(n_filled),
        typed=tuple(at for at, cells in enumerate(filled) if _are_mostly(is_typed, cells)),
        periods=frozenset(at for at, cells in enumerate(filled) if _are_mostly(PERIOD.fullmatch, cells)),
        worded=frozenset(at for at, cells in enumerate(filled) if cells and not any(map(is_typed, cells))),
        closed=frozenset(at for at, cells in enumerate(filled) if _are_closed(cells)),
        is_numbered=_are_mostly(_HAS_DIGIT.search, filled[0]),
        coded=tuple(at for at, cells in enumerate(filled) if _are_codes(cells)),
        frequent=tuple(frozenset(cell for cell, n in Counter(cells).items() if n > 1) for cells in columns),
        typical=median(n_filled),
    )


def _are_closed(cells: list[str]) -> bool:
    return len(cells) >= LEAST_CLOSED and not any(map(is_typed, cells)) and min(Counter(cells).values()) > 1


def _are_codes(cells: list[str]) -> bool:
    return len(cells) > 1 and all(map(_HAS_DIGIT.search, cells)) and not any(map(is_typed, cells))


def _are_mostly(test: Callable[[str], object], cells: list[str]) -> bool:
    return bool(cells) and sum(1 for cell in cells if test(cell)) >= TYPED_SHARE * len(cells)


def find_below(rows: Sequence[Row], profile: Profile) -> dict[int, str]:
    """Positions at the end of the rows that are totals or notes below the table → why.

    Where every record has a digit in its first cell, words there are figures on all records: beside a total, or two
    of which one is a statistic.
    """
    below: dict[int, str] = {}
    wordy: list[int] = []
    position = len(rows) - 1
    while position > len(rows) - 1 - MAX_BELOW and position >= 0:
        if reason := _below_why(rows[position], profile, rows[:position]):
            below[position] = reason
        elif _is_wordy_figure(rows[position], profile):
            wordy.append(position)
        else:
            break
        position -= 1
    records = rows[max(0, len(rows) - 1 - MAX_BELOW) : position + 1]
    is_said = TOTALS_BELOW in below.values() or any(STATISTICS.fullmatch(rows[at][0].strip()) for at in wordy)
    n_figures = len(wordy) + (TOTALS_BELOW in below.values())
    if wordy and is_said and n_figures > 1 and records and all(_HAS_DIGIT.search(row[0]) for row in records):
        return below | dict.fromkeys(wordy, FIGURE)
    return {at: reason for at, reason in below.items() if at > max(wordy, default=-1)}


def _below_why(row: Row, profile: Profile, above: Sequence[Row]) -> str:
    """What a row below those records is, by itself; empty for a record."""
    filled = [cell.strip() for cell in row if cell.strip()]
    # A category: whether it is a subtotal is told by adding up.
    is_value = bool(row[0]) and row[0] in profile.frequent[0]
    if not is_value and any(map(_TOTALS_ROW.fullmatch, filled if not row[0].strip() else filled[:1])):
        return TOTALS_BELOW
    is_count = _ROWS_COUNTED.fullmatch(" ".join(filled))
    if is_count or _is_note(row, profile) or _is_note_below_pairs(row, profile, above):
        return "a note below the table"
    return FIGURE if _is_summary(row, profile) else ""


def _is_wordy_figure(row: Row, profile: Profile) -> bool:
    """Whether a number stands beside words where each record has a number or a code."""
    is_worded = bool(row[0].strip()) and not _HAS_DIGIT.search(row[0]) and not is_placeholder(row[0])
    has_figure = any(column and column < len(row) and is_typed(row[column]) for column in profile.typed)
    return profile.is_numbered and is_worded and has_figure


def find_above(rows: Sequence[Row], profile: Profile) -> dict[int, str]:
    """Positions of the rows before the first record that are totals and figures on all records → why.

    One of them says that it sums up; every record has a digit in its first cell, and none of them has. One row alone is
    told by adding up.
    """
    is_figure = (bool(row[0].strip()) and not _HAS_DIGIT.search(row[0]) for row in rows[:MAX_BELOW])
    above = list(takewhile(bool, is_figure))
    reasons = [TOTALS_BELOW if is_total(row[0]) else FIGURE for row in rows[: len(above)]]
    return dict(enumerate(reasons)) if len(above) > 1 and profile.is_numbered and TOTALS_BELOW in reasons else {}


def is_total(cell: str) -> bool:
    """Whether a cell says that its row sums others: `Total`, `Summe:`, `Grand total (90)`."""
    return bool(_TOTALS_ROW.fullmatch(cell.strip()))


def looks_like_header(row: Row, profile: Profile) -> bool:
    """Whether a row inside the table holds words in every column of numbers, two such columns at least."""
    words, _ = profile.votes(row)
    return len(profile.typed) > 1 and words == len(profile.typed)


def _is_summary(row: Row, profile: Profile) -> bool:
    """Whether words stand where each record has a number or a code, and few cells beside: `Number of customers 120`."""
    is_short = profile.typical >= LEAST_JOINED and count_filled(row) <= profile.typical / 2
    return is_short and profile.is_numbered and bool(row[0].strip()) and not _HAS_DIGIT.search(row[0])


def _is_note(row: Row, profile: Profile) -> bool:
    if profile.typical < LEAST_JOINED or count_filled(row) > profile.typical / 2:
        return False
    if not profile.typed:
        return count_filled(row) == 1
    return not any(column < len(row) and is_typed(row[column]) for column in profile.typed)


def _is_note_below_pairs(row: Row, profile: Profile, above: Sequence[Row]) -> bool:
    """Of a table of two columns: several words without a digit where all ids have one, and no number beside them."""
    words, is_wide = row[0].strip(), profile.filled_width > PAIR
    if is_wide or not profile.typed or " " not in words or _HAS_DIGIT.search(words) or any(map(str.strip, row[1:])):
        return False
    return len(above) >= LEAST_CLOSED and all(_HAS_DIGIT.search(other[0]) for other in above)


def count_filled(row: Row) -> int:
    """Cells that hold more than blanks."""
    return sum(1 for cell in row if cell and not cell.isspace())
