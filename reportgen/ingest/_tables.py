"""Tells several tables in one text apart: where a second one starts, and which one is meant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import islice

from reportgen.errors import ReportgenError
from reportgen.ingest._cells import is_typed
from reportgen.ingest._layout import Row
from reportgen.ingest._parse import Parsed, is_blank
from reportgen.wording import format_count, join_words, scrub

LEAST_ROWS = 3
"""Records below a header that make a table; fewer lines of another width are notes or slips."""
LEAST_WIDTH = 3
"""Columns of a table that stands above another: lines of two cells are rather the notes above it (`Date: | May`)."""
MOST = 0.5
"""Share of the lines around that have the table's width."""
SHOWN_NAMES = 4


def is_wordy(row: Row) -> bool:
    """Whether the row may be a header: two words at least and no number."""
    return sum(map(bool, row)) > 1 and not any(map(is_typed, row))


def first_table(parsed: Parsed, width: int) -> tuple[Parsed, int]:
    """The records above a second table of another width, and their width; everything if there is one table."""
    filled = [at for at, row in enumerate(parsed.rows) if not is_blank(row)]
    widths = [len(parsed.rows[at]) for at in filled]
    for number in range(LEAST_ROWS, len(filled) - LEAST_ROWS):
        if widths[number] == widths[number - 1] or not is_wordy(parsed.rows[filled[number]]):
            continue
        above, n_above = _commonest(widths[:number])
        below, n_below = _commonest(widths[number:])
        is_table_above = above >= LEAST_WIDTH and n_above > max(LEAST_ROWS, MOST * number)
        has_numbers = any(is_typed(cell) for at in filled[1:number] for cell in parsed.rows[at])
        if is_table_above and has_numbers and above != below == widths[number] and n_below > LEAST_ROWS:
            return _cut(parsed, filled[number]), above
    return parsed, width


def _commonest(widths: Sequence[int]) -> tuple[int, int]:
    return max(Counter(widths).items(), key=lambda item: (item[1], item[0]))


def _cut(parsed: Parsed, end: int) -> Parsed:
    return Parsed(
        parsed.rows[:end],
        parsed.starts[:end],
        parsed.ends[:end],
        {at for at in parsed.damaged if at < end},
        {at for at in parsed.repaired if at < end},
    )


def starts_table(row: Row, below: Sequence[Row]) -> bool:
    """Whether a record of another width than the table's is the header of a second table."""
    if not is_wordy(row):
        return False
    filled = [other for other in below if any(other)]
    n_alike = sum(len(other) == len(row) for other in filled)
    return n_alike >= LEAST_ROWS and n_alike > MOST * len(filled)


def two_tables(first: Row, second: Row, line: int) -> ReportgenError:
    """`line`: where the second table starts, 1-based."""
    return ReportgenError(
        "RG-007",
        f"two tables are in one file: one of {_named(first)}; a second one starts on line {format_count(line)}, of"
        f" {_named(second)}.",
        "Say which one holds the customers: table = 1 or table = 2 under [input].",
    )


def no_such_table(wanted: int, n_tables: int) -> ReportgenError:
    return ReportgenError(
        "RG-063",
        f"table {wanted} was asked for, but {'only one is' if n_tables == 1 else f'only {n_tables} are'} found.",
        f"Set table under [input] to a number from 1 to {n_tables}, or leave it out.",
    )


def _named(names: Row) -> str:
    shown = [scrub(name, 30) for name in islice(filter(None, names), SHOWN_NAMES)]
    return join_words([*shown, "…"] if len(list(filter(None, names))) > SHOWN_NAMES else shown)
