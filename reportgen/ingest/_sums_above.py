"""Finds rows that are the sums of those below them, group by group, as pivot tables in compact form write them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from reportgen.engine.text_numbers import read_number
from reportgen.ingest._layout import Profile, Row

FEWEST_GROUPS, LEAST_OF_GROUP = 2, 2
"""Groups, and records below the sum of each: less is chance."""
TOLERANCE = 0.006
"""Of each amount: they are rounded to cents."""
MOST_ROWS = 100_000


def find_sums_above(rows: Sequence[Row], profile: Profile) -> list[int]:
    """Positions of the sums; empty unless groups with their sums fill the whole table, in every column of numbers."""
    if not LEAST_OF_GROUP * FEWEST_GROUPS < len(rows) <= MOST_ROWS or not _may_start(rows, profile):
        return []
    columns = [amounts for column in profile.typed if column and (amounts := _amounts([row[column] for row in rows]))]
    if not columns:
        return []
    sums = [[0.0, *accumulate(amounts)] for amounts in columns]
    heads, at = [], 0
    while at < len(rows):
        behind = _end_of_group(columns, sums, at)
        if not behind:
            return []
        heads.append(at)
        at = behind
    return heads if len(heads) >= FEWEST_GROUPS else []


def _may_start(rows: Sequence[Row], profile: Profile) -> bool:
    """Whether the first row is the sum of some rows below it: most tables are told apart after a few rows."""
    column = next((column for column in profile.typed if column), 0)
    for decimal in (".", ",") if column else ():
        total, running = read_number(rows[0][column], decimal), 0.0
        for n, row in enumerate(rows[1:], start=1):
            value = read_number(row[column], decimal)
            if total is None or value is None or value < 0 or running > total + TOLERANCE * n:
                break
            running += value
            if n >= LEAST_OF_GROUP and abs(running - total) <= TOLERANCE * n:
                return True
    return False


def _end_of_group(columns: Sequence[Sequence[float]], sums: Sequence[Sequence[float]], at: int) -> int:
    """Behind the last record of the group whose sum stands at that position; 0 where it is the sum of none."""
    first, running = columns[0], sums[0]
    if first[at] <= 0:
        return 0
    for behind in range(at + 1 + LEAST_OF_GROUP, len(first) + 1):
        if running[behind] - running[at + 1] > first[at] + TOLERANCE * (behind - at):
            return 0
        if all(_adds_up(amounts, total, at, behind) for amounts, total in zip(columns, sums, strict=True)):
            return behind
    return 0


def _adds_up(amounts: Sequence[float], sums: Sequence[float], at: int, behind: int) -> bool:
    return abs(sums[behind] - sums[at + 1] - amounts[at]) <= TOLERANCE * (behind - at)


def _amounts(cells: Sequence[str]) -> list[float]:
    """The numbers of a column, none below 0; empty where a cell is none, in either way of writing."""
    for decimal in (".", ","):
        values = [read_number(cell, decimal) for cell in cells]
        known = [value for value in values if value is not None and value >= 0]
        if len(known) == len(values):
            return known
    return []
