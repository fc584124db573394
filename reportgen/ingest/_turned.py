"""Turns a table that lies on its side, a field in each row and a customer in each column, as comparisons are kept."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from itertools import islice

from reportgen.ingest._cells import is_typed
from reportgen.ingest._layout import PERIOD, Row
from reportgen.ingest._parse import iter_lines
from reportgen.records.table import FEWEST_CUSTOMERS

FEWEST_FIELDS, MOST_FIELDS = 3, 60
"""Rows of such a table."""
MOST_CUSTOMERS = 5_000
LEAST_NUMERIC = 2
"""Rows of numbers: a table of fewer is one of words."""
LONGEST = 5_000_000
"""Characters of a text that may lie so."""
OF_ONE_KIND = 0.8
"""Share of a row's cells that are numbers where the row is a field of them."""
TURNED = "The table lay on its side, a customer in each column; it was turned, and lines are counted so."


def lies_on_side(rows: Sequence[Row]) -> bool:
    """Whether names of fields stand in the first column, and too few rows below the first one to be customers.

    The first row names the customers, each once; two rows and more are of numbers, all of their cells.
    """
    is_wide = FEWEST_CUSTOMERS < len(rows[0]) <= MOST_CUSTOMERS if rows else False
    if not is_wide or not FEWEST_FIELDS <= len(rows) <= MOST_FIELDS or len({len(row) for row in rows}) > 1:
        return False
    names, customers = [row[0].strip() for row in rows], [cell.strip() for cell in rows[0][1:]]
    are_named = all(names[1:]) and len(set(names)) == len(names) and not any(map(is_typed, names))
    if not are_named or not all(customers) or len(set(customers)) < len(customers):
        return False
    n_numeric = sum(_are_numbers(row[1:]) for row in rows[1:])
    has_words = any(not any(map(is_typed, row[1:])) for row in rows[1:])
    # Months and years stand above amounts; weeks and questions never stand above a row of words.
    are_ids = all(map(is_typed, customers)) and not all(map(PERIOD.fullmatch, customers))
    are_codes = has_words and all(any(map(str.isdigit, cell)) for cell in customers)
    return n_numeric >= LEAST_NUMERIC and len(rows) < len(customers) and (are_ids or are_codes)


def _are_numbers(cells: Row) -> bool:
    filled = [cell for cell in cells if cell.strip()]
    return bool(filled) and sum(map(is_typed, filled)) >= OF_ONE_KIND * len(filled)


def turned(rows: Sequence[Row]) -> list[list[str]]:
    """Each column as a row."""
    return [list(column) for column in zip(*rows, strict=True)]


def turn_text(text: str) -> tuple[str, str]:
    """(the text turned, what to say of it); the text as it is and nothing where it does not lie so."""
    lines = [line for line in islice(iter_lines(text), 2 * MOST_FIELDS + 1) if line.strip()]
    if len(text) > LONGEST or not FEWEST_FIELDS <= len(lines) <= MOST_FIELDS:
        return text, ""
    for delimiter in ";\t|,":
        try:
            rows = list(csv.reader(lines, delimiter=delimiter))
        except csv.Error:  # a giant cell
            return text, ""
        if lies_on_side(rows):
            flat = io.StringIO()
            csv.writer(flat, delimiter=delimiter, lineterminator="\n").writerows(turned(rows))
            return flat.getvalue(), TURNED
    return text, ""


STACKED = "The fields of each customer stood below each other, a name and a value in a row; now one row a customer."


def stacked(rows: Sequence[Row]) -> list[list[str]]:
    """Names and values in two columns, the same names again for each customer, as a table; empty for other rows."""
    filled = [[cell for cell in row if cell.strip()] for row in rows]
    if len(rows) <= FEWEST_CUSTOMERS or any(len(row) > 2 for row in filled):
        return []
    names = [row[0].strip() for row in rows]
    n = next((at for at in range(1, len(names)) if names[at] == names[0]), 0)
    n_customers = len(names) // n if n > 1 else 0
    if n_customers < FEWEST_CUSTOMERS or names != names[:n] * n_customers or not all(names) or len(set(names)) > n:
        return []
    values = [next((cell for cell in row[1:] if cell.strip()), "") for row in rows]
    return [names[:n], *(values[at : at + n] for at in range(0, len(values), n))]
