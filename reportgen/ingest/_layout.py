"""Finds the table inside what was read: notes above, the header's rows, the first record, totals and notes below."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from reportgen.errors import ReportgenError
from reportgen.ingest._cells import is_placeholder, is_typed
from reportgen.wording import format_count, scrub

Row = Sequence[str]

HEAD_ROWS, HEAD_CELLS = 100, 100_000
"""Rows that columns are judged by; of very wide tables fewer, about 100,000 cells, but ten rows at least."""
MAX_ABOVE = 50
"""Rows among which the header must be; longer notes are rather a second table."""
MAX_BELOW = 20
"""Rows at the end among which totals and notes are looked for."""
TYPED_SHARE = 0.8
"""A column is one of numbers or dates if this share of its cells is: real exports hold stray words ('?', 'n/a')."""
LEAST_JOINED = 3
"""Columns from which a filled row right above the header is taken for a part of it; a note is often two cells."""
TOTALS = (
    "total|totals|grand total|sub-?total|overall|sum|summe|gesamt|gesamtsumme|insgesamt|somme|total général|totaal"
    "|totale|suma|razem|итого|всего|合計|总计"
)
_TOTALS_ROW = re.compile(rf"(?:{TOTALS})\s*(?:[:=(].*)?", re.IGNORECASE)
_PERIOD = re.compile(r"(?:19|20)\d\d(?:[-/.]\d\d?){0,2}(?: 00:00:00)?")
_COUNT = re.compile(r"\d{1,4}")
_HEADER_HINT = "Put the column names in the first row, or say that there are none: header = false under [input]."


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
        return len(words), 0 if self._are_labels(numbers, bool(words)) else len(numbers)

    def _are_labels(self, numbers: list[tuple[int, str]], has_words: bool) -> bool:
        """Whether numbers name columns: periods over amounts (2019, 2020-01), or 1, 2, 3 … beside a name."""
        if len(numbers) < 2:
            return False
        if all(_PERIOD.fullmatch(cell) and column not in self.periods for column, cell in numbers):
            return True
        counted = [int(cell) for _, cell in numbers if _COUNT.fullmatch(cell)]
        is_run = len(counted) == len(numbers) and all(after - before == 1 for before, after in pairwise(counted))
        return is_run and has_words


@dataclass(frozen=True, slots=True)
class Header:
    """Positions among the rows that were given."""

    first: int
    last: int
    """Last row of the header; rows between `first` and it are joined."""

    @property
    def data(self) -> int:
        return self.last + 1


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
    n_filled = [_filled(row) for row in fitting] or [width]
    return Profile(
        width=width,
        filled_width=max((at + 1 for at, cells in enumerate(columns) if any(map(str.strip, cells))), default=width),
        most=max(n_filled),
        typed=tuple(at for at, cells in enumerate(filled) if _are_mostly(is_typed, cells)),
        periods=frozenset(at for at, cells in enumerate(filled) if _are_mostly(_PERIOD.fullmatch, cells)),
        frequent=tuple(frozenset(cell for cell, n in Counter(cells).items() if n > 1) for cells in columns),
        typical=median(n_filled),
    )


def _are_mostly(test: Callable[[str], object], cells: list[str]) -> bool:
    return bool(cells) and sum(1 for cell in cells if test(cell)) >= TYPED_SHARE * len(cells)


def find_header(rows: Sequence[Row], profile: Profile, gaps: frozenset[int]) -> Header:
    """Where the header is among the first rows, blank ones left out.

    `gaps`: positions followed by a blank row. Raises ReportgenError (RG-007 if the first row looks like data or there
    are two readings, RG-012 if the header has another width than the rows).
    """
    votes = []
    body = None
    for at, row in enumerate(rows[:MAX_ABOVE]):
        words, numbers = profile.votes(row)
        votes.append((words, numbers))
        if profile.fits(row) and numbers and numbers >= words:
            body = at
            break
    if body == 0:
        raise looks_like_data(rows[0])
    if body is None:
        return _header_among_words(rows, profile, gaps)
    heads = [
        at
        for at in range(body)
        if profile.fits(rows[at]) and votes[at][0] > votes[at][1] and _filled(rows[at]) >= profile.least_filled
    ]
    if not heads:
        raise _misfit_or_missing(rows[:body], profile)
    full = [at for at in heads if len(profile.typed) > 1 and votes[at][0] == len(profile.typed)]
    last = full[-1] if full else heads[0]
    return Header(_first_of(rows, last, profile), _last_of(rows, last, body))


def find_below(rows: Sequence[Row], profile: Profile) -> dict[int, str]:
    """Positions at the end of the rows that are totals or notes below the table → why."""
    below: dict[int, str] = {}
    for position in range(len(rows) - 1, max(-1, len(rows) - 1 - MAX_BELOW), -1):
        row = rows[position]
        filled = [cell.strip() for cell in row if cell.strip()]
        if any(map(_TOTALS_ROW.fullmatch, filled if not row[0].strip() else filled[:1])):
            below[position] = "a row of totals"
        elif _is_note(row, profile):
            below[position] = "a note below the table"
        else:
            break
    return below


def looks_like_header(row: Row, profile: Profile) -> bool:
    """Whether a row inside the table holds words in every column of numbers, two such columns at least."""
    words, _ = profile.votes(row)
    return len(profile.typed) > 1 and words == len(profile.typed)


def looks_like_data(row: Row) -> ReportgenError:
    shown = scrub(", ".join(row), 60)
    return ReportgenError("RG-007", f"the first row looks like data, not like column names: {shown}.", _HEADER_HINT)


def _is_note(row: Row, profile: Profile) -> bool:
    if profile.typical < LEAST_JOINED or _filled(row) > profile.typical / 2:
        return False
    if not profile.typed:
        return _filled(row) == 1
    return not any(column < len(row) and is_typed(row[column]) for column in profile.typed)


def _header_among_words(rows: Sequence[Row], profile: Profile, gaps: frozenset[int]) -> Header:
    """The header of a table without a column of numbers: its first row, unless notes stand above it."""
    first = rows[0]
    if profile.fits(first) and _filled(first) >= profile.least_filled:
        below = [row for row in rows[1 : HEAD_ROWS + 1] if profile.fits(row) and list(row) != list(first)]
        cells = list(enumerate(first[: profile.width]))
        n_again = sum(any(at < len(row) and row[at] == cell for row in below) for at, cell in cells if cell)
        if 2 * n_again >= profile.width:
            raise looks_like_data(first)
        return Header(0, 0)
    for at in range(1, min(len(rows), MAX_ABOVE)):
        if profile.fits(rows[at]) and _filled(rows[at]) >= profile.typical:
            if all(_is_set_off(rows[above], gaps & set(range(above, at)), profile) for above in range(at)):
                return Header(at, at)
            break
    raise _misfit_or_missing(rows[:1], profile)


def _is_set_off(row: Row, gaps_below: frozenset[int], profile: Profile) -> bool:
    """Whether a row above the header is visibly no part of the table."""
    return bool(gaps_below) or row[0].startswith("#") or len(row) == profile.width


def _misfit_or_missing(above: Sequence[Row], profile: Profile) -> ReportgenError:
    """Why no row above the first record can be its header."""
    header = next((row for row in above if len(row) > 1 and not any(map(is_typed, row))), None)
    if header is not None and not profile.fits(header):
        return misfit_header(len(header), profile.width)
    return ReportgenError(
        "RG-007",
        f"no row names the {format_count(profile.width)} columns; above the first record stands only:"
        f" {scrub(' '.join(above[-1]), 60)}.",
        _HEADER_HINT,
    )


def misfit_header(n_header: int, n_fields: int) -> ReportgenError:
    return ReportgenError(
        "RG-012",
        f"the header has {format_count(n_header)} columns, but the rows below have {format_count(n_fields)} fields.",
        "Give each column one name, and put text that holds the delimiter in quotes.",
    )


def _first_of(rows: Sequence[Row], last: int, profile: Profile) -> int:
    """The first row of a header that ends at `last`: rows that repeat or group its names belong to it."""
    first = last
    while first > 0 and _is_header_part(rows[first - 1], rows[first : last + 1], profile):
        first -= 1
    return first


def _last_of(rows: Sequence[Row], last: int, body: int) -> int:
    """The last row of a header: rows that only name what the row above leaves open or groups belong to it."""
    while last + 1 < body and _names_gaps(rows[last], rows[last + 1]):
        last += 1
    return last


def _names_gaps(names: Row, below: Row) -> bool:
    """Whether the row fills two nameless columns at least, and no cell but those and below a group's name."""
    if len(names) != len(below) or any(map(is_typed, below)):
        return False
    is_gap = [not name for name in names]
    filled = [at for at, cell in enumerate(below) if cell.strip()]
    is_open = [is_gap[at] or (at + 1 < len(names) and is_gap[at + 1] and bool(below[at + 1].strip())) for at in filled]
    return sum(is_gap[at] for at in filled) > 1 and all(is_open)


def _is_header_part(above: Row, below: Sequence[Row], profile: Profile) -> bool:
    """Whether a row repeats the names of the header rows below, or groups names that are not unique without it."""
    if list(above) == list(below[-1]):
        return True
    if len(above) != profile.width or any(is_typed(cell) and not _PERIOD.fullmatch(cell) for cell in above):
        return False
    if all(above):
        return profile.width >= LEAST_JOINED
    names = list(zip(*(filled_forward(row) for row in below[:-1]), below[-1], strict=False))
    grouped = list(zip(filled_forward(above), names, strict=False))
    are_names_enough = all(below[-1]) and len(set(names)) == len(names)
    return _filled(above) > 1 and not are_names_enough and len(set(grouped)) > len(set(names))


def filled_forward(row: Row) -> list[str]:
    """A row of group names, each carried on over the empty cells to its right."""
    carried = ""
    return [carried := cell or carried for cell in row]


def _filled(row: Row) -> int:
    return sum(1 for cell in row if cell and not cell.isspace())
