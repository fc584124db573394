"""Tells of a table of text whether something stands in it that only the careful way of reading knows."""

from __future__ import annotations

from functools import reduce
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from reportgen.engine.shortcuts import characters_of
from reportgen.ingest._dittos import FEWEST, MARKS
from reportgen.ingest._head import Head
from reportgen.ingest._headers_below import find_headers
from reportgen.ingest._layout import Profile, Row
from reportgen.ingest._limits import MAX_CELL
from reportgen.ingest._parse import BLANKS
from reportgen.ingest._shifted_rows import DATE, LOOK_ROWS, WORD, are_told, is_shifted, kinds_of
from reportgen.ingest._subtotals import LABEL_COLUMNS, PATTERN

LONG = 200_000
"""Records of a table that nobody has kept by hand."""
LEAST_LETTERS = 3
"""Different letters in the shortest word for a sum."""
WORDS_ALONE = r"^[^0-9]*\p{L}[^0-9]*\p{L}[^0-9]*$"
"""No digit and two letters, as `ID` has; RE2."""
TEXT = pa.large_string()


def holds_giant(table: Any, n_bytes: int) -> bool:
    """Whether a cell may be longer than the careful way accepts."""
    return n_bytes > MAX_CELL and any(
        (pc.max(pc.binary_length(column)).as_py() or 0) > MAX_CELL for column in table.columns
    )


def holds_no_record(table: Any, head: Head) -> bool:
    """Whether a row may be the header once more, or another one, holds blanks alone or marks for the cell above."""
    again = holds_header(table, head.header) or holds_names(table, head)
    return again or holds_blanks(table) or holds_dittos(table, head.profile)


def is_irregular(table: Any, head: Head) -> bool:
    """Whether a whole table holds rows that are no records, or records that are not in their place."""
    return holds_no_record(table, head) or starts_with_name(table) or holds_shifted(table)


def holds_names(table: Any, head: Head) -> bool:
    """Whether a row has words in every column of numbers, as a header of other names has."""
    first_two = [table[at] for at in head.profile.typed[:2] if at < table.num_columns]
    if len(first_two) < 2 or not all(_may_spell(cells, 2) for cells in first_two):
        return False
    are_words = [pc.fill_null(pc.match_substring_regex(cells, WORDS_ALONE), fill_value=False) for cells in first_two]
    found = table.filter(pc.and_(*are_words))
    return bool(find_headers(rows_of(found), head.profile, head.header))


def holds_shifted(table: Any) -> bool:
    """Whether the cells of a record may stand beside their columns; of very long tables that is not asked."""
    if len(table) > LONG:
        return False
    kinds = kinds_of(rows_of(table.slice(0, LOOK_ROWS)), table.num_columns)
    if not are_told(kinds):
        return False
    patterns = {WORD: r"^[0-9]", DATE: r"^[^0-9]"}
    odd = [pc.match_substring_regex(table[at], patterns[kind]) for at, kind in enumerate(kinds) if kind in patterns]
    found = table.filter(reduce(pc.or_, (pc.fill_null(cells, fill_value=False) for cells in odd)))
    return any(is_shifted(row, kinds) for row in rows_of(found))


def rows_of(table: Any) -> list[Row]:
    return list(zip(*(column.fill_null("").to_pylist() for column in table.columns), strict=True))


def holds_dittos(table: Any, profile: Profile) -> bool:
    """Whether marks stand in a column of words."""
    marks = pa.array(sorted(MARKS), TEXT)
    worded = (table[at] for at in profile.worded if at < table.num_columns)
    return any((pc.sum(pc.is_in(cells, marks)).as_py() or 0) >= FEWEST for cells in worded)


def starts_with_name(table: Any) -> bool:
    """Whether the first record holds a cell in the first column alone: a name above those that follow."""
    first = [column[0].is_valid for column in table.columns] if len(table) else []
    return len(first) > 1 and first[0] and not any(first[1:])


def holds_header(table: Any, header: Row) -> bool:
    """Whether a cell repeats its column's name, in the first column that has one."""
    named = next((position for position, cell in enumerate(header) if cell and position < table.num_columns), None)
    return named is not None and bool(pc.any(pc.equal(table[named], header[named])).as_py())


def holds_blanks(table: Any) -> bool:
    """Whether a record holds blanks alone: the careful way leaves it out."""
    left = table
    for at in range(table.num_columns):
        first = left[at]
        starts = [pc.any(pc.starts_with(first, blank)).as_py() for blank in BLANKS]
        if not first.null_count and not any(starts):
            return False
        is_blank = pc.equal(pc.utf8_trim(first, BLANKS), "")
        left = left.filter(pc.or_(pc.fill_null(is_blank, False), pc.is_null(first)))
        if not len(left):
            return False
    return any(left[at].null_count < len(left) for at in range(left.num_columns))


def holds_subtotal(table: Any, n: int) -> bool:
    """Whether a row among the first `n` may be a subtotal; the careful way adds up."""
    seen = (table[column].slice(0, n) for column in range(min(LABEL_COLUMNS, table.num_columns)))
    return any(
        pc.any(pc.match_substring_regex(cells, PATTERN, ignore_case=True)).as_py()
        for cells in seen
        if _may_spell(cells)
    )


def _may_spell(cells: Any, least: int = LEAST_LETTERS) -> bool:
    """Whether the cells have letters enough for a word; ids and numbers have none or one, and are told at once."""
    characters = characters_of(cells)
    return characters is None or sum(map(str.isalpha, characters)) >= least
