"""How one numeric column is spread over all customers, its fullest bin named."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen import wording
from reportgen.charts._scale import Scale, tick_texts, ticks_around
from reportgen.charts._sheet import LINE, Sheet
from reportgen.charts._tell import (
    Piece,
    axis_title,
    bare_amount,
    exact_text,
    label_in,
    label_of,
    lowered,
    tell,
    unit_of,
)
from reportgen.charts._ticks import write_ticks
from reportgen.charts._type import BODY, SMALL, STRONG, text_width, widest
from reportgen.charts.base import HALF_WIDTH, Chart, Scope
from reportgen.claims import fact
from reportgen.errors import NotApplicable
from reportgen.records.study import Claim, Study, Table
from reportgen.records.table import Column, Role

HEIGHT = 1.85
HEAD, FOOT = 14.0, 27.0
MOST_TICKS = 7
PLAIN = 0.55
"""Opacity of the bins that are not the fullest."""


@dataclass(frozen=True, slots=True)
class ColumnDistribution:
    column: Column
    words: tuple[Piece, ...]
    place: int
    """Of the column among the distributions."""
    edges: tuple[float, ...]
    counts: tuple[int, ...]
    median: float
    n_customers: int

    @property
    def fullest(self) -> int:
        return max(range(len(self.counts)), key=lambda bin_: self.counts[bin_])


def numbers(study: Study, column: str) -> ColumnDistribution:
    facts = study.facts
    for place, bins in enumerate(facts.profile.distributions):
        if bins.column == column:
            if len(bins.counts) < 2:
                raise NotApplicable("all customers have nearly the same value")
            return ColumnDistribution(
                column=facts.column(column),
                words=label_in(facts, column),
                place=place,
                edges=bins.edges,
                counts=bins.counts,
                median=facts.profile.overall.number(column).median,
                n_customers=facts.n_customers,
            )
    raise NotApplicable("the column is not numeric")


def extent(_: ColumnDistribution) -> tuple[float, float]:
    return HALF_WIDTH, HEIGHT


def draw(sheet: Sheet, shown: ColumnDistribution) -> None:
    theme = sheet.theme
    ticks = ticks_around(0.0, max(shown.counts), 3)
    texts = tick_texts(ticks)
    left, bottom = widest(texts, SMALL) + 8, sheet.height - FOOT
    x = Scale(shown.edges[0], shown.edges[-1], left, sheet.width - 2)
    y = Scale(0.0, ticks[-1], bottom, HEAD)
    sheet.rules([((left, y(tick)), (sheet.width, y(tick))) for tick in ticks[1:]])
    for tick, text in zip(ticks, texts, strict=True):
        sheet.text(left - 6, y(tick), text, size=SMALL, color=theme.ink_soft, align="right")
    for place, count in enumerate(shown.counts):
        start, end = x(shown.edges[place]), x(shown.edges[place + 1])
        alpha = 1.0 if place == shown.fullest else PLAIN
        color = theme.primary if place == shown.fullest else theme.neutral
        sheet.box(start + 0.6, y(count), max(0.6, end - start - 1.2), bottom - y(count), color, alpha=alpha)
    sheet.rule((left, bottom), (sheet.width, bottom), theme.ink_soft, LINE)
    _draw_values(sheet, shown, x, bottom)
    _label_fullest(sheet, shown, x, y)


def _draw_values(sheet: Sheet, shown: ColumnDistribution, x: Scale, bottom: float) -> None:
    """Ticks and title below the bars."""
    ticks = edge_ticks(shown.edges)
    texts = [f"{tick:.0f}" for tick in ticks] if shown.column.role is Role.BIRTH else tick_texts(ticks)
    write_ticks(sheet, x, ticks, bottom + 9, bounds=(x.start - 4, sheet.width), texts=texts)
    sheet.text(sheet.width, sheet.height - 5, axis_title(shown.column), size=SMALL, align="right")


def edge_ticks(edges: tuple[float, ...]) -> tuple[float, ...]:
    """At most MOST_TICKS of the edges, evenly spaced and on round values, so that a tick stands where a bar ends."""
    width = edges[1] - edges[0]
    stride = next(n for n in (1, 2, 5, 10, 20) if (len(edges) - 1) / n <= MOST_TICKS)
    places = [round(edge / width) for edge in edges]
    return tuple(edge for edge, place in zip(edges, places, strict=True) if place % stride == 0)


def _label_fullest(sheet: Sheet, shown: ColumnDistribution, x: Scale, y: Scale) -> None:
    fullest = shown.fullest
    text = wording.format_count(shown.counts[fullest])
    half = text_width(text, BODY, STRONG) / 2
    middle = (x(shown.edges[fullest]) + x(shown.edges[fullest + 1])) / 2
    place = min(max(middle, x.start + half), sheet.width - half)
    sheet.text(
        place, y(shown.counts[fullest]) - 8, text, weight=STRONG, color=sheet.theme.primary, align="center", halo=True
    )


def finding(shown: ColumnDistribution) -> Claim:
    """Which range is the most frequent."""
    bins = f"profile.distributions[{shown.place}]"
    i = shown.fullest
    low, high = shown.edges[i], shown.edges[i + 1]
    unit = unit_of(shown.column)
    lower = fact(low, f"{bins}.edges[{i}]", exact_text(shown.column, low, with_unit=False), unit=unit)
    upper = fact(high, f"{bins}.edges[{i + 1}]", exact_text(shown.column, high), unit=unit)
    count = fact(shown.counts[i], f"{bins}.counts[{i}]", wording.format_count(shown.counts[i]), unit="customers")
    everyone = fact(shown.n_customers, "n_customers", wording.format_count(shown.n_customers), unit="customers")
    return tell(
        f"chart.distribution.{shown.place}",
        shown.words,
        (": most often between ", lower, " and ", upper, ", for ", count, " of ", everyone, " customers"),
    )


def subtitle(shown: ColumnDistribution) -> str:
    step = shown.edges[1] - shown.edges[0]
    customers = wording.plural(shown.n_customers, "customer")
    return (
        f"Customers by {lowered(label_of(shown.column))}, in steps of {exact_text(shown.column, step)}; n = {customers}"
    )


def alt(shown: ColumnDistribution) -> str:
    low, high = (exact_text(shown.column, edge) for edge in (shown.edges[0], shown.edges[-1]))
    i = shown.fullest
    return (
        f"Histogram of {label_of(shown.column)} from {low} to {high}, median {exact_text(shown.column, shown.median)}; "
        f"the tallest bar, {wording.plural(shown.counts[i], 'customer')}, stands at "
        f"{bare_amount(shown.column, shown.edges[i])}."
    )


def table(shown: ColumnDistribution) -> Table:
    rows = tuple(
        (f"{exact_text(shown.column, low)} to {exact_text(shown.column, high)}", count)
        for low, high, count in zip(shown.edges, shown.edges[1:], shown.counts, strict=False)
    )
    return Table((axis_title(shown.column), "Customers"), rows)


CHART = Chart(Scope.NUMBER, numbers, extent, draw, finding, subtitle, alt, table)
