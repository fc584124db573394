"""Knows a header inside the table, where exports were copied below each other: its columns may stand otherwise."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from reportgen.errors import ReportgenError
from reportgen.ingest._account import Account
from reportgen.ingest._cells import is_typed
from reportgen.ingest._layout import Profile, Row, looks_like_header
from reportgen.ingest._records import HEADER_AGAIN
from reportgen.wording import format_count, scrub

OTHER_ORDER = "the header again, its columns in another order"
LEAST_BELOW = 3
"""Records below a header of other names that make a table of its own."""
SHOWN = 60
_WORD = re.compile(r"[^\W\d_]+")
_HAS_DIGIT = re.compile(r"\d")


def settle_headers(
    account: Account,
    rows: list[list[str]],
    records: list[int],
    *,
    header: Row,
    profile: Profile,
    place_of: Callable[[int], str],
) -> None:
    """Takes headers out of `rows` and `records`; below one in another order, cells are put below their names.

    `place_of`: where a record stands, as `line 7`. Raises ReportgenError (RG-007) where the names are others.
    """
    wanted = _names(header)
    found = {at: _names(rows[at]) for at in find_headers(rows, profile)} if wanted else {}
    again: list[int] = []
    for at in sorted(found):
        if is_again(rows[at], header) and len(set(wanted)) == len(wanted):
            again.append(at)
        elif _is_other(rows, at, wanted, profile):
            raise _question(rows[at], place_of(records[at]))
    for first, behind in pairwise([*again, len(rows)]):
        order = [found[first].index(name) for name in wanted]
        reason = OTHER_ORDER if order != sorted(order) else HEADER_AGAIN
        if reason == OTHER_ORDER:
            rows[first + 1 : behind] = [_ordered(row, order) for row in rows[first + 1 : behind]]
            place = place_of(records[first])
            account.fixes.append(f"From {place} on the columns stand in another order; read by the names there.")
        account.set_aside(records[first], reason, " ".join(rows[first]))
    for at in reversed(again):
        del rows[at], records[at]


def is_again(row: Row, header: Row) -> bool:
    """Whether a row has the names of the header, in any order."""
    return sorted(_names(row)) == sorted(_names(header))


def is_other_header(row: Row, header: Row, profile: Profile) -> bool:
    """Whether a row inside the table names other columns than the header."""
    return looks_like_header(row, profile) and not is_again(row, header)


def _ordered(row: list[str], order: Sequence[int]) -> list[str]:
    return [row[at] if at < len(row) else "" for at in order] + row[len(order) :]


def find_headers(rows: Sequence[Row], profile: Profile) -> list[int]:
    """Positions of rows with words and no digit in every column of numbers."""
    if len(profile.typed) < 2:
        return []
    first = profile.typed[0]
    found = (at for at, row in enumerate(rows) if first < len(row) and row[first] and not is_typed(row[first]))
    return [at for at in found if looks_like_header(rows[at], profile) and not any(map(_HAS_DIGIT.search, rows[at]))]


def _names(row: Row) -> list[str]:
    names = [cell.strip().casefold() for cell in row]
    while names and not names[-1]:
        names.pop()
    return names


def _is_other(rows: Sequence[Row], at: int, wanted: Sequence[str], profile: Profile) -> bool:
    """Whether the row names columns, and shares a word with the header, as no record of a test customer does."""
    names = _names(rows[at])
    cells = [rows[at][column].strip() for column in profile.typed]
    is_named = len(set(cells)) == len(cells) and all(names) and len(names) == len(wanted)
    are_akin = bool(_words(names) & _words(wanted))
    return is_named and are_akin and len(rows) - at > LEAST_BELOW


def _words(names: Sequence[str]) -> set[str]:
    """`customer_id` shares a word with `id`."""
    return {word for name in names for word in _WORD.findall(name)}


def _question(row: Row, place: str) -> ReportgenError:
    return ReportgenError(
        "RG-007",
        f"a second header stands in {place}: {scrub(', '.join(row), SHOWN)}; below it columns may hold other things.",
        "Give both parts the same columns in one order, or make a file of each.",
    )


def line_of(starts: Sequence[int]) -> Callable[[int], str]:
    """`line 7` of a record, from the line on which each record starts."""
    return lambda record: f"line {format_count(starts[record - 1])}"
