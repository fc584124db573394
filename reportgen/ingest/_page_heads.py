"""Knows the lines above the header again where a program prints them on every page."""

from __future__ import annotations

import re
from collections.abc import Iterable

from reportgen.ingest._account import Account
from reportgen.ingest._records import HEADER_AGAIN, Misfit

PAGE_AGAIN = "the head of a page again"
_NUMBERS = re.compile(r"[0-9]+")


def shapes_of(lines: Iterable[str]) -> frozenset[str]:
    """How the lines are written but for blanks and numbers: a page's number and date change."""
    return frozenset(shape_of(line) for line in lines if line.strip())


def shape_of(line: str) -> str:
    return _NUMBERS.sub("0", " ".join(line.split()))


def without_page_heads(misfits: list[Misfit], above: frozenset[str], account: Account) -> list[Misfit]:
    """The misfits that are no lines of those above the header, where that comes again on every page."""
    if not comes_again(account):
        return misfits
    left = []
    for misfit in misfits:
        if len(misfit.row) == 1 and shape_of(misfit.sample) in above:
            account.set_aside(misfit.record, PAGE_AGAIN, misfit.sample)
        else:
            left.append(misfit)
    return left


def take_page_heads(rows: list[list[str]], records: list[int], above: frozenset[str], account: Account) -> None:
    """Takes such lines of a sheet out of `rows` and `records`."""
    if not above or not comes_again(account):
        return
    lines = [" ".join(filter(None, row)) for row in rows]
    for at in [at for at in range(len(rows) - 1, -1, -1) if shape_of(lines[at]) in above]:
        account.set_aside(records.pop(at), PAGE_AGAIN, lines[at])
        del rows[at]


def comes_again(account: Account) -> bool:
    """Whether the header stands on further pages."""
    return any(entry.reason == HEADER_AGAIN for entry in account.entries)
