"""How reliably each segment comes back when the customers are drawn again, against Hennig's thresholds."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen import language, wording
from reportgen.charts._rows import GAP, WIDEST_NAME, name_gutter, write_name
from reportgen.charts._scale import Scale
from reportgen.charts._sheet import LINE, POINTS, Sheet
from reportgen.charts._tell import Named, index_text, names_of, say, segments_of
from reportgen.charts._type import BODY, SMALL, STRONG, text_width, widest, wrap
from reportgen.charts.base import FULL_WIDTH, Chart, Scope
from reportgen.claims import fact
from reportgen.records.study import Claim, Study, Table

THRESHOLDS = (
    (0.5, language.msgid("dissolved")),
    (0.6, language.msgid("do not trust")),
    (0.75, language.msgid("a pattern")),
    (0.85, language.msgid("stable")),
    (1.0, language.msgid("highly stable")),
)
"""Upper bounds of the mean Jaccard and what lies below them (Hennig 2007, 2008; the labels of `Trust`)."""

DISSOLVED = THRESHOLDS[0][1]
"""Also the label of a segment that dissolved in most draws, wherever its mean lies."""

LOWEST = 0.3
"""The axis starts here, or at the lowest segment: below, all is dissolved. A dot, unlike a bar, needs no zero."""

ROW, TALL_ROW, HEAD, FOOT = 18.0, 25.0, 27.0, 16.0
DOT = 9.0


@dataclass(frozen=True, slots=True)
class StabilityRow:
    segment: Named
    jaccard: float
    """Mean over the bootstraps, 0..1."""
    dissolved: float
    """Share of bootstraps in which the segment fell apart."""
    label: str


@dataclass(frozen=True, slots=True)
class SegmentStability:
    rows: tuple[StabilityRow, ...]
    n_bootstraps: int


def numbers(study: Study) -> SegmentStability:
    rows = tuple(
        StabilityRow(named, segment.trust.jaccard, segment.trust.dissolved, segment.trust.label)
        for named, segment in zip(names_of(study), segments_of(study), strict=True)
    )
    return SegmentStability(rows, study.facts.evidence.n_bootstraps)


def _row_height(shown: SegmentStability) -> float:
    """Points: taller where a name takes two lines."""
    widest_name = widest([row.segment.name for row in shown.rows], BODY, STRONG)
    return TALL_ROW if widest_name > WIDEST_NAME * FULL_WIDTH * POINTS - GAP else ROW


def extent(shown: SegmentStability) -> tuple[float, float]:
    return FULL_WIDTH, (HEAD + _row_height(shown) * len(shown.rows) + FOOT) / POINTS


def draw(sheet: Sheet, shown: SegmentStability) -> None:
    gutter = name_gutter(sheet, [row.segment for row in shown.rows])
    low = min(LOWEST, *(row.jaccard - 0.1 for row in shown.rows))
    x = Scale(max(0.0, low), 1.0, gutter, sheet.width - 12)
    height = _row_height(shown)
    bottom = HEAD + height * len(shown.rows)
    _draw_zones(sheet, x, bottom)
    for place, row in enumerate(shown.rows):
        y = HEAD + height * (place + 0.5)
        color = sheet.theme.segment_color(row.segment.id)
        write_name(sheet, row.segment, y, gutter)
        text = index_text(row.jaccard)
        before = x(row.jaccard) - DOT / 2 - 4
        sheet.rule((x.start, y), (before - text_width(text, BODY, STRONG) - 4, y), sheet.theme.neutral)
        sheet.text(before, y, text, weight=STRONG, align="right")
        sheet.dots([x(row.jaccard)], [y], color, size=DOT)


def _draw_zones(sheet: Sheet, x: Scale, bottom: float) -> None:
    """Zones between the thresholds, each named above."""
    theme = sheet.theme
    start = x.low
    for place, (end, text) in enumerate(THRESHOLDS):
        if end <= x.low:
            continue
        left, right = x(max(start, x.low)), x(end)
        if place % 2 == 0:
            sheet.box(left, HEAD, right - left, bottom - HEAD, theme.shade)
        lines = wrap(language.text(text), right - left - 4, 2, SMALL)
        sheet.lines((left + right) / 2, HEAD - 12, lines, size=SMALL, color=theme.ink_soft, align="center")
        sheet.text(right, bottom + 9, index_text(end), size=SMALL, color=theme.ink_soft, align="center")
        start = end
    sheet.rules([((x(end), HEAD), (x(end), bottom)) for end, _ in THRESHOLDS if end > x.low], theme.rule, LINE)


def finding(shown: SegmentStability) -> Claim:
    weakest = min(shown.rows, key=lambda row: (row.label != DISSOLVED, row.jaccard))
    i = weakest.segment.id - 1
    lowest = fact(
        weakest.jaccard, f"profile.segments[{i}].trust.jaccard", index_text(weakest.jaccard), segment=weakest.segment.id
    )
    doubtful_from, stable_from = THRESHOLDS[1][0], THRESHOLDS[2][0]
    template = language.msgid("{name} do not come back reliably in new draws: {jaccard}")
    if weakest.jaccard >= stable_from and weakest.label != DISSOLVED:
        template = language.msgid("every segment comes back in new draws; the least stable is {name}, at {jaccard}")
    elif weakest.jaccard >= doubtful_from and weakest.label != DISSOLVED:
        template = language.msgid("every segment comes back in new draws, but {name} with other members: {jaccard}")
    return say("chart.segment_stability", template, name=weakest.segment.name, jaccard=lowest)


def subtitle(shown: SegmentStability) -> str:
    return language.text(
        "Mean Jaccard similarity with the segment found again in {bootstraps}, 1 = the same customers",
        bootstraps=wording.plural(shown.n_bootstraps, "bootstrap"),
    )


def alt(shown: SegmentStability) -> str:
    rows = "; ".join(f"{row.segment.name}: {index_text(row.jaccard)}, {language.text(row.label)}" for row in shown.rows)
    return language.text("Dots of each segment's stability between 0 and 1. {rows}.", rows=rows)


def table(shown: SegmentStability) -> Table:
    rows = tuple((row.segment.name, row.jaccard, row.dissolved * 100, language.text(row.label)) for row in shown.rows)
    header = (language.text("Segment"), language.text("Mean Jaccard"))
    return Table((*header, language.text("Draws in which it dissolved, %"), language.text("Reading")), rows)


CHART = Chart(Scope.STUDY, numbers, extent, draw, finding, subtitle, alt, table)
