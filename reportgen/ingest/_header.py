"""Finds the rows that name the columns among the first rows of a table, notes above and several rows included."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reportgen.errors import ReportgenError
from reportgen.ingest._below_names import are_kinds, is_answer, is_below_names
from reportgen.ingest._cells import is_typed
from reportgen.ingest._layout import HEAD_ROWS, LEAST_JOINED, PAIR, PERIOD, Profile, Row, count_filled, is_total
from reportgen.wording import format_count, scrub

MAX_ABOVE = 50
"""Rows among which the header must be; longer notes are rather a second table."""
SHOWN_TYPED = 6
"""Characters of a number that a refusal shows: a longer one may be a telephone's or a birthday."""
MOST_PAIRS, PAIRS_BELOW = 10, 5
"""Such lines at most, and records below the header for each of them."""
SIGNED = frozenset({"EXTF", "DTVF"})
"""First cell of a line above the header that says who wrote the file: DATEV's format for exchange."""
_ID = re.compile(r"[A-Za-z]{1,4}[-_]?[0-9]{1,8}")
_HEADER_HINT = (
    "Put the column names in the first row, or say under [input] that it names them, header = true, or that there are"
    " none, header = false."
)


@dataclass(frozen=True, slots=True)
class Header:
    """Positions among the rows that were given."""

    first: int
    last: int
    """Last row of the header; rows between `first` and it are joined."""

    @property
    def data(self) -> int:
        return self.last + 1


def stated_header(rows: Sequence[Row], profile: Profile) -> Header:
    """The first row of the table's width, which the settings call the header. Raises ReportgenError (RG-012)."""
    at = next((at for at, row in enumerate(rows) if profile.fits(row)), None)
    above = next((row for row in rows[:at] if count_filled(row) >= profile.least_filled), None)
    if at is None or above is not None:
        raise misfit_header(len(above or rows[0]), profile.width)
    return Header(at, at)


def find_header(rows: Sequence[Row], profile: Profile, gaps: frozenset[int]) -> Header:
    """Where the header is among the first rows, blank ones left out.

    `gaps`: positions followed by a blank row. Raises ReportgenError (RG-007 if the first row looks like data or there
    are two readings, RG-012 if the header has another width than the rows).
    """
    if at := _below_pairs(rows, profile, gaps):
        return Header(at, _last_of(rows, at, min(len(rows), at + 2)))
    votes = []
    body = None
    for at, row in enumerate(rows[:MAX_ABOVE]):
        words, numbers = profile.votes(row)
        votes.append((words, numbers))
        if profile.fits(row) and numbers and numbers >= words and 2 * count_filled(row) > profile.typical:
            body = at
            break
    if body == 0 and len(rows) > 1 and (rows[0][0] in SIGNED or _are_sums(rows[0])) and _is_wordy(rows[1], profile):
        below = find_header(rows[1:], profile, frozenset(at - 1 for at in gaps if at))
        return Header(below.first + 1, below.last + 1)
    if body == 0:
        raise looks_like_data(rows[0])
    if body is None:
        return _header_among_words(rows, profile, gaps)
    heads = [
        at
        for at in range(body)
        if profile.fits(rows[at])
        and votes[at][0] > votes[at][1]
        and count_filled(rows[at]) >= profile.least_filled
        and not (at and are_kinds(rows[at]) and profile.fits(rows[at - 1]))
    ]
    if not heads:
        raise _misfit_or_missing(rows[:body], profile)
    full = [at for at in heads if len(profile.typed) > 1 and votes[at][0] == len(profile.typed)]
    last = full[-1] if full else heads[0]
    return Header(_first_of(rows, last, profile), _last_of(rows, last, body))


def _are_sums(row: Row) -> bool:
    """Whether a row of numbers stands above the header because it sums what is below: `Total`, or no name at all."""
    return not row[0].strip() or is_total(row[0])


def _is_wordy(row: Row, profile: Profile) -> bool:
    """Whether every cell of the row is a word, of its own over each column of numbers."""
    names = [cell.strip() for cell in row[: profile.filled_width]]
    is_named = all(names) and len(set(names)) == len(names) and not any(map(is_typed, names))
    return is_named and profile.fits(row) and profile.votes(row) == (len(profile.typed), 0) and bool(profile.typed)


def _below_pairs(rows: Sequence[Row], profile: Profile, gaps: frozenset[int]) -> int:
    """The header of a table of two columns below lines such as `Date,2026-01-05` and a blank one; 0 without such lines.

    Elsewhere their width tells them from the table; here they are few, and the header stands over far more rows.
    """
    for gap in sorted(gaps, reverse=True) if profile.width == PAIR else ():
        at = gap + 1
        are_few = at <= MOST_PAIRS and (at + 1) * PAIRS_BELOW <= len(rows)
        if are_few and _is_wordy(rows[at], profile) and list(rows[at]) != list(rows[0]):
            n_data = sum(profile.votes(row)[1] > 0 for row in rows[at + 1 : at + 1 + PAIRS_BELOW])
            return at if n_data >= PAIRS_BELOW - 1 and not any(is_typed(row[0]) for row in rows[:at]) else 0
    return 0


def looks_like_data(row: Row) -> ReportgenError:
    shown = scrub(", ".join(cell if _tells_nobody(cell) else "…" for cell in row), 60)
    return ReportgenError("RG-007", f"the first row looks like data, not like column names: {shown}.", _HEADER_HINT)


def _header_among_words(rows: Sequence[Row], profile: Profile, gaps: frozenset[int]) -> Header:
    """The header of a table without a column of numbers: its first row, unless notes stand above it."""
    first = rows[0]
    if profile.fits(first) and count_filled(first) >= profile.least_filled:
        below = [row for row in rows[1 : HEAD_ROWS + 1] if profile.fits(row) and list(row) != list(first)]
        cells = list(enumerate(first[: profile.width]))
        n_again = sum(any(at < len(row) and row[at] == cell for row in below) for at, cell in cells if cell)
        if 2 * n_again >= profile.width:
            raise looks_like_data(first)
        return Header(0, 0)
    for at in range(1, min(len(rows), MAX_ABOVE)):
        if profile.fits(rows[at]) and count_filled(rows[at]) >= profile.typical:
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


def _tells_nobody(cell: str) -> bool:
    """Whether it is an id or a short number; words may be a customer's name or address."""
    return bool(_ID.fullmatch(cell)) or (is_typed(cell) and len(cell) <= SHOWN_TYPED)


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
    """The last row of a header: rows of units belong to it, and those that name what the row above leaves open."""
    while last + 1 < body and (_names_gaps(rows[last], rows[last + 1]) or is_below_names(rows[last], rows[last + 1])):
        last += 1
    return last


def _names_gaps(names: Row, below: Row) -> bool:
    """Whether the row fills two nameless columns at least, and no cell but those and below a group's name.

    But for what a merged cell repeats, or what says that the question above has one answer.
    """
    if len(names) != len(below) or any(is_typed(cell) and not PERIOD.fullmatch(cell) for cell in below):
        return False
    is_gap = [not name for name in names]
    filled = [at for at, cell in enumerate(below) if cell.strip() and cell != names[at] and not is_answer(cell)]
    is_open = [is_gap[at] or (at + 1 < len(names) and is_gap[at + 1] and bool(below[at + 1].strip())) for at in filled]
    return sum(is_gap[at] for at in filled) > 1 and all(is_open)


def _is_header_part(above: Row, below: Sequence[Row], profile: Profile) -> bool:
    """Whether a row repeats the names of the header rows below, or groups names that are not unique without it."""
    if list(above) == list(below[-1]):
        return True
    if len(above) != profile.width or any(is_typed(cell) and not PERIOD.fullmatch(cell) for cell in above):
        return False
    if all(above):
        return profile.width >= LEAST_JOINED
    names = list(zip(*(filled_forward(row) for row in below[:-1]), below[-1], strict=False))
    grouped = list(zip(filled_forward(above), names, strict=False))
    are_names_enough = all(below[-1]) and len(set(names)) == len(names)
    return count_filled(above) > 1 and not are_names_enough and len(set(grouped)) > len(set(names))


def filled_forward(row: Row) -> list[str]:
    """A row of group names, each carried on over the empty cells to its right."""
    carried = ""
    return [carried := cell or carried for cell in row]
