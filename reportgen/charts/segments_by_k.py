"""Where the segments come from with one fewer, and what one more makes of them: customers flow from left to right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from reportgen import language, wording
from reportgen.charts._sheet import POINTS, Align, Sheet
from reportgen.charts._tell import Named, customers_text, names_of, say
from reportgen.charts._type import REGULAR, SMALL, STRONG, fit, text_width, widest
from reportgen.charts.base import FULL_WIDTH, Chart, Scope, TableRow
from reportgen.claims import fact
from reportgen.errors import NotApplicable
from reportgen.records.study import Claim, Study, Table
from reportgen.small_cells import absorbed

HEAD, FOOT, FLOWS = 17.0, 4.0, 104.0
"""Points: above the bars, where the number of segments stands; below; all bars of a column with the gaps."""

GAP, BAR = 5.0, 9.0
"""Points between two segments, and across one."""

STEPS = 24
"""Points along an edge of a flow."""

FLOW, OUTER = 0.38, 0.75
"""Opacity of a flow; of a segment that is not in this report."""

LEAST_LABELLED = 2.5
"""Points of a bar from which its count is written beside it."""

STAYS_WHOLE = 0.8
"""Share of a segment's customers that stay together in the other division, from which it counts as whole."""

Counts = tuple[tuple[int, ...], ...]
"""Chosen segments × segments of another division."""


@dataclass(frozen=True, slots=True)
class SegmentsByK:
    segments: tuple[Named, ...]
    sizes: tuple[int, ...]
    """Customers of the chosen segments among the scored rows."""
    origins: Counts
    """Each chosen segment's customers by their segment of one fewer; small flows counted in its largest."""
    targets: Counts
    """The same by their segment of one more."""
    least: int
    """Customers below which a flow is not drawn by itself."""
    n_customers: int

    @property
    def k(self) -> int:
        return len(self.segments)


def numbers(study: Study) -> SegmentsByK:
    named, evidence = names_of(study), study.facts.evidence
    if evidence.neighbours is None or evidence.k != len(named):
        raise NotApplicable(language.text("other numbers of segments were not tried"))
    if study.facts.profile.untold:
        raise NotApplicable(language.text("a segment has too few customers for its flows to be told"))
    least, neighbours = study.facts.profile.min_cell, evidence.neighbours
    if not neighbours.fewer and not neighbours.more:
        raise NotApplicable(language.text("other numbers of segments were not tried"))
    origins = tuple(absorbed(column, least) for column in zip(*neighbours.fewer, strict=True))
    targets = tuple(absorbed(row, least) for row in neighbours.more)
    sizes = tuple(sum(row) for row in targets or origins)
    return SegmentsByK(named, sizes, origins, targets, least, evidence.n_rows)


def extent(_: SegmentsByK) -> tuple[float, float]:
    return FULL_WIDTH, (HEAD + FLOWS + FOOT) / POINTS


@dataclass(frozen=True, slots=True)
class Column:
    """One number of segments: a bar each, from top to bottom."""

    x: float
    sizes: tuple[int, ...]
    order: tuple[int, ...]
    tops: tuple[float, ...]
    """Points, by segment."""
    scale: float
    """Points a customer."""


def draw(sheet: Sheet, shown: SegmentsByK) -> None:
    middle_order = tuple(range(shown.k))
    counts = [n for table in (shown.origins, shown.targets) if table for n in np.sum(table, axis=0).tolist()]
    room = widest([wording.format_count(n) for n in counts], SMALL) + 6
    left, right = room, sheet.width - room - BAR
    middle = _column(_middle(shown, left, right), shown.sizes, middle_order)
    if shown.origins:
        first = _column(left, *_others(shown.origins))
        _draw_flows(sheet, shown.origins, middle, first, (first.x + BAR, middle.x))
        _draw_outer(sheet, first, first.x - 4, "right")
    if shown.targets:
        last = _column(right, *_others(shown.targets))
        _draw_flows(sheet, shown.targets, middle, last, (last.x, middle.x + BAR))
        _draw_outer(sheet, last, last.x + BAR + 4, "left")
    _draw_chosen(sheet, shown, middle)


def _middle(shown: SegmentsByK, left: float, right: float) -> float:
    """Where the chosen segments stand: between the others, or at the end where these are on one side."""
    if shown.origins and shown.targets:
        return (left + right) / 2
    return left if shown.targets else right


def _column(x: float, sizes: tuple[int, ...], order: tuple[int, ...]) -> Column:
    scale = (FLOWS - GAP * (len(sizes) - 1)) / sum(sizes)
    heights = [sizes[place] * scale + GAP for place in order]
    starts = [HEAD, *(HEAD + end for end in accumulate(heights))]
    tops = dict(zip(order, starts, strict=False))
    return Column(x, sizes, order, tuple(tops[place] for place in range(len(sizes))), scale)


def _others(counts: Counts) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Sizes of the other division's segments, and their order by the mean place of those they share customers with."""
    table = np.array(counts)
    sizes = table.sum(axis=0)
    places = np.arange(len(table)) @ table / np.maximum(sizes, 1)
    return tuple(sizes.tolist()), tuple(np.argsort(places, kind="stable").tolist())


def _draw_flows(sheet: Sheet, counts: Counts, chosen: Column, other: Column, xs: tuple[float, float]) -> None:
    """Ribbons in the colour of the chosen segment; `xs`: where they leave the other bars and meet the chosen ones."""
    here, there = list(chosen.tops), list(other.tops)
    for place in other.order:
        for segment in chosen.order:
            n = counts[segment][place]
            if n:
                sides = (there[place], n * other.scale, here[segment], n * chosen.scale)
                sheet.area(_ribbon(*xs, sides), sheet.theme.segment_color(segment + 1), FLOW)
            here[segment] += n * chosen.scale
            there[place] += n * other.scale


def _ribbon(x0: float, x1: float, sides: tuple[float, float, float, float]) -> list[tuple[float, float]]:
    top0, height0, top1, height1 = sides
    along = np.linspace(0, 1, STEPS)
    rise = along**2 * (3 - 2 * along)
    xs = (x0 + (x1 - x0) * along).tolist()
    upper = (top0 + (top1 - top0) * rise).tolist()
    lower = (top0 + height0 + (top1 + height1 - top0 - height0) * rise).tolist()
    return [*zip(xs, upper, strict=True), *reversed(list(zip(xs, lower, strict=True)))]


def _draw_outer(sheet: Sheet, column: Column, x: float, align: Align) -> None:
    """The bars of another number of segments, grey, with their counts."""
    theme = sheet.theme
    for size, top in zip(column.sizes, column.tops, strict=True):
        height = size * column.scale
        sheet.box(column.x, top, BAR, height, theme.neutral, alpha=OUTER)
        if height >= LEAST_LABELLED:
            text = wording.format_count(size)
            sheet.text(x, top + height / 2, text, size=SMALL, color=theme.ink_soft, align=align)
    _write_head(sheet, column, wording.plural(len(column.sizes), "segment"), strong=False)


def _draw_chosen(sheet: Sheet, shown: SegmentsByK, column: Column) -> None:
    theme = sheet.theme
    for named, size, top in zip(shown.segments, shown.sizes, column.tops, strict=True):
        height = size * column.scale
        sheet.box(column.x, top, BAR, height, theme.segment_color(named.id))
        if height >= LEAST_LABELLED:
            label = fit(named.name, sheet.width * 0.3, SMALL, STRONG)
            color = theme.segment_ink(named.id)
            sheet.text(
                column.x + BAR + 5, top + height / 2, label, size=SMALL, weight=STRONG, color=color, on_plate=True
            )
    _write_head(
        sheet,
        column,
        language.text("{segments}, as in this report", segments=wording.plural(shown.k, "segment")),
        strong=True,
    )


def _write_head(sheet: Sheet, column: Column, text: str, *, strong: bool) -> None:
    """Above the bars, kept within the sheet."""
    weight = STRONG if strong else REGULAR
    half = text_width(text, SMALL, weight) / 2
    x = min(max(column.x + BAR / 2, half), sheet.width - half)
    color = sheet.theme.ink if strong else sheet.theme.ink_soft
    sheet.text(x, SMALL / 2 + 1, text, size=SMALL, weight=weight, color=color, align="center")


def finding(shown: SegmentsByK) -> Claim:
    """Which segment one more would cut, and where most of the customers of the largest come from."""
    k = fact(shown.k, "evidence.k", wording.number_word(shown.k), unit="segments")
    if not shown.targets:
        return say("chart.segments_by_k", "{k} segments and how one fewer would join them", k=k)
    name, kept = _most_cut(shown)
    if kept < STAYS_WHOLE:
        return say("chart.segments_by_k", "one segment more than {k} would cut {name}", k=k, name=name)
    return say("chart.segments_by_k", "one segment more than {k} would leave every segment nearly whole", k=k)


def _most_cut(shown: SegmentsByK) -> tuple[str, float]:
    """(name, share of its customers that stay together) of the segment that one more breaks up most."""
    kept = [max(row) / sum(row) for row in shown.targets]
    place = min(range(shown.k), key=lambda i: kept[i])
    return shown.segments[place].name, kept[place]


def subtitle(shown: SegmentsByK) -> str:
    ks = [f"{shown.k - 1}"] * bool(shown.origins) + [f"{shown.k}"] + [f"{shown.k + 1}"] * bool(shown.targets)
    return language.text(
        "Customers by segment with {ks} segments; {customers}; flows of fewer than {least} are drawn with the largest "
        "of their segment",
        ks=wording.join_words(ks),
        customers=customers_text(shown.n_customers),
        least=shown.least,
    )


def alt(shown: SegmentsByK) -> str:
    parts = []
    for place, named in enumerate(shown.segments):
        origins = _flows(language.msgid("{n} from segment {i}"), shown.origins[place] if shown.origins else ())
        targets = _flows(language.msgid("{n} to segment {i}"), shown.targets[place] if shown.targets else ())
        sides = [(origins, shown.k - 1), (targets, shown.k + 1)]
        told = [language.text("{flows} of {k}", flows=wording.join_words(flows), k=k) for flows, k in sides if flows]
        parts.append(f"{named.name}: {', '.join(told)}")
    return language.text("Flows of customers between numbers of segments. {rows}.", rows="; ".join(parts))


def _flows(template: str, counts: Sequence[int]) -> list[str]:
    return [language.text(template, n=n, i=i) for i, n in enumerate(counts, 1) if n]


def table(shown: SegmentsByK) -> Table:
    """A row a chosen segment, a column a segment of the other divisions."""
    header = [language.text("Segment"), language.text("Customers")]
    for counts, k in ((shown.origins, shown.k - 1), (shown.targets, shown.k + 1)):
        header += [
            language.text("{k} segments: {n}", k=k, n=place + 1) for place in range(len(counts[0]) if counts else 0)
        ]
    rows: tuple[TableRow, ...] = tuple(
        (named.name, size, *(n for counts in (shown.origins, shown.targets) if counts for n in counts[place]))
        for place, (named, size) in enumerate(zip(shown.segments, shown.sizes, strict=True))
    )
    return Table(tuple(header), rows)


CHART = Chart(Scope.STUDY, numbers, extent, draw, finding, subtitle, alt, table)
