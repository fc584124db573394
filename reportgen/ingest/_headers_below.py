"""Knows a header inside the table, where exports were copied below each other: its columns may stand otherwise."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from reportgen.errors import ReportgenError
from reportgen.ingest._account import Account
from reportgen.ingest._cells import is_placeholder, is_typed
from reportgen.ingest._group_names import TITLE
from reportgen.ingest._layout import Profile, Row, looks_like_header
from reportgen.ingest._records import HEADER_AGAIN
from reportgen.wording import format_count, scrub

OTHER_ORDER = "the header again, its columns in another order"
LEAST_BELOW = 3
"""Records below a header of other names that make a table of its own."""
LEAST_SHARED = 3
"""Names of the header, and words in columns of numbers, that a header of some of the columns has together."""
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
    orders = _orders_below(rows, records, header, profile, place_of)
    titles = [at - 1 for at in orders if at and _is_title(rows[at - 1])]
    for first, behind in pairwise([*orders, len(rows)]):
        order = orders[first]
        reason = OTHER_ORDER if order != sorted(order) else HEADER_AGAIN
        if reason == OTHER_ORDER:
            rows[first + 1 : behind] = [_ordered(row, order) for row in rows[first + 1 : behind]]
            place = place_of(records[first])
            account.fixes.append(f"From {place} on the columns stand in another order; read by the names there.")
        account.set_aside(records[first], reason, " ".join(rows[first]))
    for at in titles:
        account.set_aside(records[at], TITLE, " ".join(filter(None, rows[at])))
    for at in sorted([*orders, *titles], reverse=True):
        del rows[at], records[at]


def _orders_below(
    rows: Sequence[Row], records: Sequence[int], header: Row, profile: Profile, place_of: Callable[[int], str]
) -> dict[int, list[int]]:
    """Position of each header below the first one → where it has the columns. Raises as `settle_headers` does."""
    wanted = _names(header)
    orders: dict[int, list[int]] = {}
    for at in find_headers(rows, profile, header) if wanted else ():
        names = _names(rows[at])
        if is_again(rows[at], header) and len(set(wanted)) == len(wanted):
            orders[at] = [names.index(name) for name in wanted]
        elif _is_shortened(names, wanted):
            orders[at] = list(range(len(wanted)))
        elif _is_other(rows, at, wanted, profile):
            raise _question(rows[at], place_of(records[at]))
    return orders


def is_again(row: Row, header: Row) -> bool:
    """Whether a row has the names of the header, in any order."""
    return sorted(_names(row)) == sorted(_names(header))


def is_other_header(row: Row, header: Row, profile: Profile) -> bool:
    """Whether a row inside the table names other columns than the header."""
    return looks_like_header(row, profile) and not is_again(row, header)


def _ordered(row: list[str], order: Sequence[int]) -> list[str]:
    return [row[at] if at < len(row) else "" for at in order] + row[len(order) :]


def find_headers(rows: Sequence[Row], profile: Profile, header: Row) -> list[int]:
    """Positions of rows with words and no digit in every column of numbers, or with names of the header."""
    if not profile.typed:
        return []
    first, wanted = profile.typed[0], frozenset(_names(header))
    found = (at for at, row in enumerate(rows) if first < len(row) and row[first] and not is_typed(row[first]))
    return [at for at in found if _names_all(rows[at], profile) or _names_some(rows[at], wanted, profile)]


def _names_all(row: Row, profile: Profile) -> bool:
    return looks_like_header(row, profile) and not any(map(_HAS_DIGIT.search, row))


def _names_some(row: Row, wanted: frozenset[str], profile: Profile) -> bool:
    """Whether the row names some columns only: names of the header and other words, none twice, and no number."""
    names = [name for name in _names(row) if name]
    cells = [row[at] for at in profile.typed if at < len(row) and not is_placeholder(row[at])]
    n_shared = len(wanted.intersection(names))
    is_named = min(len(cells), n_shared) > 0 and len(cells) + n_shared >= LEAST_SHARED
    return is_named and not any(map(is_typed, cells)) and len(set(names)) == len(names)


def _names(row: Row) -> list[str]:
    names = [cell.strip().casefold() for cell in row]
    while names and not names[-1]:
        names.pop()
    return names


def _is_shortened(names: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether the row names some of the header's columns, each in its own place: nothing below it is read otherwise."""
    return len(names) <= len(wanted) and all(name in ("", own) for name, own in zip(names, wanted, strict=False))


def _is_title(row: Row) -> bool:
    """Whether one cell of words stands alone in the row, as above a table."""
    filled = [cell for cell in row if cell.strip()]
    return len(filled) == 1 and not is_typed(filled[0])


def _is_other(rows: Sequence[Row], at: int, wanted: Sequence[str], profile: Profile) -> bool:
    """Whether the row names columns, and shares a word with the header, as no record of a test customer does."""
    names = _names(rows[at])
    cells = [rows[at][column].strip() for column in profile.typed]
    is_named = len(set(cells)) == len(cells) and all(names) and len(names) == len(wanted)
    are_akin = bool(_words(names) & _words(wanted))
    is_header = (is_named and are_akin) or _names_some(rows[at], frozenset(wanted), profile)
    return is_header and len(rows) - at > LEAST_BELOW


def _words(names: Sequence[str]) -> set[str]:
    """`customer_id` shares a word with `id`."""
    return {word for name in names for word in _WORD.findall(name)}


def _question(row: Row, place: str) -> ReportgenError:
    shown = scrub(", ".join(filter(None, row)), SHOWN)
    return ReportgenError(
        "RG-007",
        f"a second header stands in {place}: {shown}; below it columns may hold other things.",
        "Give both parts the same columns in one order, or make a file of each.",
    )


def line_of(starts: Sequence[int]) -> Callable[[int], str]:
    """`line 7` of a record, from the line on which each record starts."""
    return lambda record: f"line {format_count(starts[record - 1])}"
