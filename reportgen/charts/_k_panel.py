"""The panel shared by the charts of a score by number of segments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportgen import language
from reportgen.charts._scale import Scale, tick_texts, ticks_around
from reportgen.charts._sheet import LINE, Sheet
from reportgen.charts._tell import index_text
from reportgen.charts._ticks import write_ticks
from reportgen.charts._type import BODY, SMALL, STRONG, text_width, widest
from reportgen.errors import NotApplicable
from reportgen.records.segments import Evidence, KScore

HEIGHT = 1.75
"""Inches."""

HEAD, FOOT = 16.0, 26.0
"""Points above the panel, where labels of its highest dot go; below it, for the numbers of segments."""

SMALL_DOT, LARGE_DOT = 5.0, 8.5

MOST_TICKS = 5


@dataclass(frozen=True, slots=True)
class Panel:
    x: Scale
    y: Scale


def scores_of(evidence: Evidence) -> tuple[KScore, ...]:
    """The scores by rising k. Raises NotApplicable for fewer than three: two dots are no curve."""
    if len(evidence.scores) < 3:
        raise NotApplicable(language.text("too few numbers of segments were tried for a curve"))
    return evidence.scores


def draw_panel(sheet: Sheet, ks: Sequence[int], low: float, high: float) -> Panel:
    """Grid, ticks and the axis of k; returns the scales."""
    theme = sheet.theme
    ticks = tuple(tick for tick in ticks_around(low, high, MOST_TICKS) if tick >= low)
    texts = tick_texts(ticks)
    left = widest(texts, SMALL) + 7
    bottom = sheet.height - FOOT
    inset = 10.0
    x = Scale(ks[0], ks[-1], left + inset, sheet.width - inset)
    y = Scale(low, ticks[-1], bottom, HEAD)
    sheet.rules([((left, y(tick)), (sheet.width, y(tick))) for tick in ticks if tick > low])
    sheet.rule((left, bottom), (sheet.width, bottom), theme.ink_soft, LINE)
    for tick, text in zip(ticks, texts, strict=True):
        sheet.text(left - 6, y(tick), text, size=SMALL, color=theme.ink_soft, align="right")
    write_ticks(sheet, x, ks, bottom + 9, bounds=(left, sheet.width), texts=[str(k) for k in ks])
    sheet.text(
        sheet.width, sheet.height - 5, language.text("segments"), size=SMALL, color=theme.ink_soft, align="right"
    )
    return Panel(x, y)


def draw_curve(sheet: Sheet, panel: Panel, ks: Sequence[int], values: Sequence[float], chosen: int | None) -> None:
    """The scores as a line of dots, the chosen one large."""
    places = [(panel.x(k), panel.y(value)) for k, value in zip(ks, values, strict=True)]
    color = sheet.theme.primary_ink
    sheet.line(places, color)
    others = [place for k, place in zip(ks, places, strict=True) if k != chosen]
    sheet.dots(
        [x for x, _ in others], [y for _, y in others], sheet.theme.paper, size=SMALL_DOT, edge=color, edge_width=1.2
    )
    for k, (x, y) in zip(ks, places, strict=True):
        if k == chosen:
            sheet.dots([x], [y], color, size=LARGE_DOT, edge=sheet.theme.paper, edge_width=1.2)


def label_dot(sheet: Sheet, panel: Panel, k: int, value: float) -> None:
    """The value above its dot, kept within the sheet."""
    text = index_text(value)
    half = text_width(text, BODY, STRONG) / 2
    x = min(max(panel.x(k), panel.x.start - 10 + half), sheet.width - half)
    sheet.text(x, panel.y(value) - 11, text, weight=STRONG, align="center", on_plate=True)
