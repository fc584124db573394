"""Rows that each belong to a segment: names at the left edge in the segment's colour, the same on every chart."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.charts._sheet import POINTS, Sheet
from reportgen.charts._tell import Named
from reportgen.charts._type import BODY, SMALL, STRONG, widest, wrap
from reportgen.charts.base import HALF_WIDTH

WIDEST_NAME = 0.31
"""Share of the sheet that names may take; longer ones go on two lines."""

WIDEST_BESIDE = 0.38
"""The same of a sheet of half the width with one small picture."""

GAP = 10.0
"""Points between a name and what belongs to it."""


def name_size(width: float) -> float:
    """Points of a name's letters on a sheet of that width, in points."""
    return SMALL if width <= HALF_WIDTH * POINTS else BODY


def name_gutter(sheet: Sheet, names: Sequence[Named], widest_name: float = WIDEST_NAME) -> float:
    """Points that the names take, the gap included; `widest_name`: share of the sheet, at most."""
    limit, size = widest_name * sheet.width, name_size(sheet.width)
    lines = [line for named in names for line in wrap(named.name, limit, 2, size, STRONG)]
    return min(limit, widest(lines, size, STRONG)) + GAP


def has_long_name(names: Sequence[Named], width: float, widest_name: float = WIDEST_NAME) -> bool:
    """Whether a name takes two lines on a sheet of that width, in points."""
    return any(len(wrap(named.name, widest_name * width, 2, name_size(width), STRONG)) > 1 for named in names)


def write_name(sheet: Sheet, named: Named, y: float, gutter: float) -> None:
    """A segment's name, centred on `y`; one of two lines is smaller, to keep clear of the rows beside it."""
    size = name_size(sheet.width)
    lines = wrap(named.name, gutter - GAP, 2, size, STRONG)
    if len(lines) > 1:
        size, lines = SMALL, wrap(named.name, gutter - GAP, 2, SMALL, STRONG)
    sheet.lines(0, y, lines, size=size, weight=STRONG, color=sheet.theme.segment_ink(named.id))


def write_heads(sheet: Sheet, y: float, heads: Sequence[tuple[float, str]]) -> None:
    """Small soft words above columns."""
    for x, text in heads:
        sheet.text(x, y, text, size=SMALL, color=sheet.theme.ink_soft)
