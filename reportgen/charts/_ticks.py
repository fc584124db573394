"""Values written below an axis: within their panel, never on each other."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.charts._scale import Scale, tick_texts
from reportgen.charts._sheet import Sheet
from reportgen.charts._type import SMALL, text_width

LEAST_GAP = 4.0
"""Points between two values; one that would stand closer to the last is left out."""


def write_ticks(
    sheet: Sheet,
    x: Scale,
    ticks: Sequence[float],
    y: float,
    *,
    bounds: tuple[float, float],
    texts: Sequence[str] | None = None,
) -> None:
    """The ticks centred below their places, pushed inwards at the ends of `bounds`."""
    left, right = bounds
    last_end = float("-inf")
    for tick, text in zip(ticks, texts or tick_texts(tuple(ticks)), strict=True):
        half = text_width(text, SMALL) / 2
        place = min(max(x(tick), left + half), right - half)
        if place - half >= last_end + LEAST_GAP:
            sheet.text(place, y, text, size=SMALL, color=sheet.theme.ink_soft, align="center")
            last_end = place + half
