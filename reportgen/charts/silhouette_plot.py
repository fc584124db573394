"""How clearly each customer belongs to the own segment rather than to the next."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reportgen import language, wording
from reportgen.charts._rows import WIDEST_BESIDE, name_gutter, write_heads, write_name
from reportgen.charts._scale import Scale, ticks_within
from reportgen.charts._sheet import LINE, POINTS, Sheet
from reportgen.charts._tell import Named, customers_text, index_text, say, told_of, untold_text
from reportgen.charts._ticks import write_ticks
from reportgen.charts._type import SMALL, STRONG, text_width
from reportgen.charts.base import HALF_WIDTH, Chart, Scope
from reportgen.claims import fact
from reportgen.records.segments import FloatArray
from reportgen.records.study import Claim, Study, Table

HEAD, FOOT, BETWEEN = 17.0, 18.0, 6.0
LEAST_BLADE, ALL_BLADES = 18.0, 80.0
"""Points: height of the smallest segment, so that its name fits; of all together, shared out by size."""

STEPS = 60
"""Heights at which a segment's outline is drawn: a shape, not a line of customers."""

MEAN_ROOM = 62.0
"""Points at the right for mean and misplaced share."""


@dataclass(frozen=True, slots=True, eq=False)
class Blade:
    """One segment's customers by falling silhouette."""

    segment: Named
    outline: FloatArray
    """STEPS quantiles of the silhouettes, falling, −1..1."""
    mean: float
    share_misplaced: float
    """Share with a negative silhouette: nearer to the next segment on average."""
    share: float
    """Of all customers."""


@dataclass(frozen=True, slots=True, eq=False)
class SilhouettePlot:
    blades: tuple[Blade, ...]
    mean: float
    n_rows: int
    untold: str = ""
    """A clause on segments that may not be described, or nothing."""


def numbers(study: Study) -> SilhouettePlot:
    facts = study.facts
    segmentation = facts.segmentation
    labels = segmentation.labels[segmentation.silhouette_rows]
    blades = []
    for named, segment in told_of(study):
        own = segmentation.silhouettes[labels == named.id]
        outline = np.quantile(own, np.linspace(1, 0, STEPS)) if len(own) else np.full(STEPS, segment.silhouette)
        misplaced = float((own < 0).mean()) if len(own) else 0.0
        blades.append(Blade(named, outline, segment.silhouette, misplaced, segment.share))
    return SilhouettePlot(tuple(blades), segmentation.silhouette, len(labels), untold_text(study))


def _blade_heights(shown: SilhouettePlot) -> list[float]:
    return [max(LEAST_BLADE, blade.share * ALL_BLADES) for blade in shown.blades]


def extent(shown: SilhouettePlot) -> tuple[float, float]:
    heights = _blade_heights(shown)
    return HALF_WIDTH, (HEAD + sum(heights) + BETWEEN * len(heights) + FOOT) / POINTS


def draw(sheet: Sheet, shown: SilhouettePlot) -> None:
    theme = sheet.theme
    gutter = name_gutter(sheet, [blade.segment for blade in shown.blades], WIDEST_BESIDE)
    low = min(-0.1, *(float(blade.outline.min()) for blade in shown.blades))
    x = Scale(low, 1.0, gutter, sheet.width - MEAN_ROOM)
    bottom = sheet.height - FOOT
    ticks = ticks_within(low, 1.0, 4)
    sheet.rules([((x(tick), HEAD), (x(tick), bottom)) for tick in ticks])
    write_ticks(sheet, x, ticks, bottom + 9, bounds=(gutter, x.end + 10))
    write_heads(sheet, SMALL / 2 + 1, [(x.end + 7, language.text("mean")), (x.end + 32, language.text("below 0"))])
    top = HEAD + BETWEEN / 2
    for blade, size in zip(shown.blades, _blade_heights(shown), strict=True):
        _draw_blade(sheet, blade, x, top, size)
        write_name(sheet, blade.segment, top + size / 2, gutter)
        top += size + BETWEEN
    sheet.rule((x(0), HEAD), (x(0), bottom), theme.ink_soft, LINE)
    sheet.rule((x(shown.mean), HEAD), (x(shown.mean), bottom), theme.ink, LINE, dashed=True)
    everyone = language.text("all customers {mean}", mean=index_text(shown.mean))
    middle = min(x(shown.mean), x.end - text_width(everyone, SMALL) / 2)
    sheet.text(middle, SMALL / 2 + 1, everyone, size=SMALL, align="center")


def _draw_blade(sheet: Sheet, blade: Blade, x: Scale, top: float, size: float) -> None:
    heights = top + size * (np.arange(STEPS) + 0.5) / STEPS
    edge = [(x(value), y) for value, y in zip(blade.outline.tolist(), heights.tolist(), strict=True)]
    corners = [(x(0.0), top), (edge[0][0], top), *edge, (edge[-1][0], top + size), (x(0.0), top + size)]
    sheet.area(corners, sheet.theme.segment_color(blade.segment.id), 0.9)
    sheet.text(x.end + 7, top + size / 2, index_text(blade.mean), weight=STRONG)
    sheet.text(x.end + 32, top + size / 2, wording.format_share(blade.share_misplaced), color=sheet.theme.ink_soft)


def finding(shown: SilhouettePlot) -> Claim:
    best = max(shown.blades, key=lambda blade: blade.mean)
    weakest = min(shown.blades, key=lambda blade: blade.mean)
    first, last = (
        fact(
            blade.mean,
            f"profile.segments[{blade.segment.id - 1}].silhouette",
            index_text(blade.mean),
            segment=blade.segment.id,
        )
        for blade in (best, weakest)
    )
    return say(
        "chart.silhouette_plot",
        "{best} hold together best ({first}), {weakest} least ({last})",
        best=best.segment.name,
        first=first,
        weakest=weakest.segment.name,
        last=last,
    )


def subtitle(shown: SilhouettePlot) -> str:
    told = language.text(
        "Silhouette of each customer: 1 = deep in the own segment, below 0 = nearer to another; {customers}",
        customers=customers_text(shown.n_rows),
    )
    return f"{told}{shown.untold}"


def alt(shown: SilhouettePlot) -> str:
    rows = [
        language.text(
            "{name}: mean {mean}, {share} below zero",
            name=blade.segment.name,
            mean=index_text(blade.mean),
            share=wording.format_share(blade.share_misplaced),
        )
        for blade in shown.blades
    ]
    return language.text(
        "Silhouettes of the customers, sorted within each segment, mean {mean}. {rows}.",
        mean=index_text(shown.mean),
        rows="; ".join(rows),
    )


def table(shown: SilhouettePlot) -> Table:
    rows = tuple((blade.segment.name, blade.mean, blade.share_misplaced * 100) for blade in shown.blades)
    header = (language.text("Segment"), language.text("Mean silhouette"), language.text("Customers below 0, %"))
    return Table(header, (*rows, (language.text("All customers"), shown.mean, None)))


CHART = Chart(Scope.STUDY, numbers, extent, draw, finding, subtitle, alt, table)
