"""Counts the lines that a text takes on paper, from the widths of the letters in the bundled fonts."""

from __future__ import annotations

import re
from functools import cache

from fontTools.ttLib import TTFont

from reportgen.resources import find_resource

FILES = {400: "IBMPlexSans-Regular.ttf", 600: "IBMPlexSans-SemiBold.ttf"}

_AFTER_HYPHEN = re.compile(r"(?<=-)(?=\w)")

WIDE = 1.0
"""Width in ems of a letter that the family lacks: rather too wide than too narrow."""


@cache
def advances(weight: int) -> dict[str, float]:
    """Character → width in ems."""
    with TTFont(find_resource("templates") / "fonts" / FILES[weight], lazy=True) as font:
        widths, per_em = font["hmtx"], font["head"].unitsPerEm
        return {chr(code): widths[glyph][0] / per_em for code, glyph in font.getBestCmap().items()}


def text_width(text: str, size: float, weight: int = 400) -> float:
    """Points that the text takes on one line, set in that size."""
    letters = advances(weight)
    return size * sum(letters.get(character, WIDE) for character in text)


def count_lines(text: str, width: float, size: float, weight: int = 400) -> int:
    """Lines of that width in points, broken at blanks and after hyphens; at least one for any text, none for none."""
    n_lines, filled, blank = 0, 0.0, text_width(" ", size, weight)
    for word in text.split():
        gap = blank
        for part in _AFTER_HYPHEN.split(word):
            needed = text_width(part, size, weight)
            if n_lines and filled + gap + needed <= width:
                filled += gap + needed
            else:
                n_lines, filled = n_lines + 1, needed
            gap = 0.0
    return n_lines
