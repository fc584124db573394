"""Knows the lines above the header again where a program prints them on every page."""

from __future__ import annotations

import re
from collections.abc import Iterable

PAGE_AGAIN = "the head of a page again"
_NUMBERS = re.compile(r"[0-9]+")


def shapes_of(lines: Iterable[str]) -> frozenset[str]:
    """How the lines are written but for blanks and numbers: a page's number and date change."""
    return frozenset(shape_of(line) for line in lines if line.strip())


def shape_of(line: str) -> str:
    return _NUMBERS.sub("0", " ".join(line.split()))
