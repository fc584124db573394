"""Splits a record whose quoting is broken, if there is one cheapest way to read it as the table's width."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

MAX_LENGTH = 20_000
"""Characters of a record that is worth a repair; the search grows with fields times delimiters."""
MAX_SEARCH = 200_000
"""Fields times delimiters."""
STRAY_INSIDE, STRAY_OPENING = 1, 2
"""Costs: a lone quote inside a quoted field is the commonest slip (24" screen); a field that only opens is rarer."""


class _Path(NamedTuple):
    cost: int
    n_ways: int
    fields: tuple[str, ...]


def split_damaged(text: str, delimiter: str, quote: str, width: int) -> list[str] | None:
    """The record's `width` fields; None if no reading gives that many, or several are as cheap.

    A field that starts with a quote is read as quoted, closing at any quote before a delimiter or the end, or as
    plain text with the quote in it. Plain text and well quoted fields cost nothing.
    """
    if len(text) > MAX_LENGTH or (text.count(delimiter) + 1) * width > MAX_SEARCH:
        return None
    frontier = {0: _Path(0, 1, ())}
    best: _Path | None = None
    for n_fields in range(1, width + 1):
        following: dict[int, _Path] = {}
        for start, path in frontier.items():
            for end, field, cost in _readings(text, start, delimiter, quote):
                if (end == len(text)) != (n_fields == width):
                    continue
                longer = _Path(path.cost + cost, path.n_ways, (*path.fields, field))
                following[end + 1] = _cheaper(following.get(end + 1), longer)
        frontier = following
        best = frontier.get(len(text) + 1)
    return list(best.fields) if best is not None and best.n_ways == 1 else None


def _cheaper(one: _Path | None, other: _Path) -> _Path:
    if one is None or other.cost < one.cost:
        return other
    if one.cost < other.cost or one.fields == other.fields:
        return one
    return one._replace(n_ways=one.n_ways + other.n_ways)


def _readings(text: str, start: int, delimiter: str, quote: str) -> list[tuple[int, str, int]]:
    """Ways to read the field at `start`: (position of the delimiter behind it or the text's length, field, cost)."""
    plain_end = text.find(delimiter, start)
    plain_end = len(text) if plain_end < 0 else plain_end
    plain = text[start:plain_end]
    if not plain.startswith(quote):
        return [(plain_end, plain, 0)]
    readings = [(plain_end, plain, STRAY_OPENING)]
    end = start
    while (end := text.find(quote, end + 1)) >= 0:
        behind = end + 1
        while delimiter != " " and text.startswith(" ", behind):
            behind += 1
        if behind == len(text) or text.startswith(delimiter, behind):
            inside = text[start + 1 : end].replace(quote * 2, "")
            field = text[start + 1 : end].replace(quote * 2, quote)
            readings.append((behind, field, STRAY_INSIDE if quote in inside else 0))
    return readings


def hides_delimiter(text: str, row: list[str], delimiter: str, quote: str) -> bool:
    """Whether a quoted field with a delimiter in it was split, as its quote follows the field before: `8"Oak, red"`.

    The delimiter that is missing before the quote and the one inside make the record's width right by chance.
    """
    for before, behind in pairwise(row):
        opening = before.find(quote)
        if not 0 < opening < len(before) - 1 or not behind.endswith(quote):
            continue
        written = f"{before}{delimiter}{behind}"
        is_loose = not {" ", quote} & {before[opening - 1], before[opening + 1]}
        if is_loose and quote not in written[opening + 1 : -1].replace(quote * 2, "") and written in text:
            return True
    return False
