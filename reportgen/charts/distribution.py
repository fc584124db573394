"""How one numeric column is spread over all customers, its fullest bin named."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reportgen import language, wording
from reportgen.charts._axis import moved
from reportgen.charts._bins import Bins, bins_of, is_whole
from reportgen.charts._scale import Scale, tick_texts, ticks_around
from reportgen.charts._sheet import LINE, Sheet
from reportgen.charts._tell import (
    axis_title,
    customers_text,
    exact_text,
    label_in,
    label_of,
    middle_half,
    quantile_of,
    say,
)
from reportgen.charts._ticks import write_ticks
from reportgen.charts._type import BODY, SMALL, STRONG, fit, text_width, widest
from reportgen.charts.base import HALF_WIDTH, Chart, Scope
from reportgen.claims import Phrase, Piece, fact, phrase
from reportgen.errors import NotApplicable
from reportgen.records.profile import NumberProfile
from reportgen.records.study import Claim, Study, Table
from reportgen.records.table import Column, Role

HEIGHT = 1.6
HEAD, FOOT = 14.0, 27.0
MOST_TICKS = 7
STRIDES = (1, 2, 5, 10, 20, 50, 100)
TICK_DIGITS = 12
"""Decimals of a tick, so that 3 × 0.1 is 0.3."""
SEAM = 1.2
"""Points of white between two bars."""

PLAIN = 0.55
"""Opacity of the bins that are not the fullest."""


@dataclass(frozen=True, slots=True)
class ColumnDistribution:
    column: Column
    words: Phrase
    place: int
    """Of the column among the distributions."""
    edges: tuple[float, ...]
    counts: tuple[int, ...]
    """Customers by bin."""
    is_whole: bool
    """True if only whole numbers occur: a bin of width 1 is then a single value."""
    bent: Bins | None
    """Bins on a compressed scale, where the column is strongly skewed."""
    bent_half: tuple[float, float]
    """Places of the quartiles on that scale; (0, 0) without one."""
    overall: NumberProfile
    n_customers: int

    @property
    def widths(self) -> tuple[float, ...]:
        return tuple(high - low for low, high in zip(self.edges, self.edges[1:], strict=False))

    @property
    def step(self) -> float:
        """The width of an ordinary bin; where few customers lie, one is some steps wide."""
        return min(self.widths)

    @property
    def heights(self) -> tuple[float, ...]:
        """Customers a step, so that areas are customers."""
        return tuple(count * self.step / width for count, width in zip(self.counts, self.widths, strict=True))

    def is_open_below(self, place: int) -> bool:
        """Whether the bin may hold a few who lie below it: the ends do, but nothing lies below a count of none."""
        is_none = self.is_whole and self.edges[:2] == (0, 1) and self.column.role is Role.COUNT
        return place == 0 and not is_none

    @property
    def fullest(self) -> int:
        return max(range(len(self.counts)), key=lambda place: self.heights[place])


def numbers(study: Study, column: str) -> ColumnDistribution:
    facts = study.facts
    place = next((i for i, found in enumerate(facts.profile.distributions) if found.column == column), None)
    if place is None:
        raise NotApplicable(language.text("the column is not numeric"))
    exact = facts.profile.distributions[place]
    if len(exact.counts) < 2:
        raise NotApplicable(language.text("all customers have nearly the same value"))
    overall = facts.profile.overall.number(column)
    feature = next((f for f in facts.profile.features if f.name == column and f.transform != "none"), None)
    low, high = moved(feature, np.array([overall.q25, overall.q75])).tolist() if feature else (0.0, 0.0)
    return ColumnDistribution(
        column=facts.column(column),
        words=label_in(facts, column),
        place=place,
        edges=exact.edges,
        counts=exact.counts,
        is_whole=is_whole(facts.profile.sample.columns[column]),
        bent=bins_of(study, column) if feature else None,
        bent_half=(low, high),
        overall=overall,
        n_customers=facts.n_customers,
    )


def extent(_: ColumnDistribution) -> tuple[float, float]:
    return HALF_WIDTH, HEIGHT


def draw(sheet: Sheet, shown: ColumnDistribution) -> None:
    if shown.bent:
        _draw_bent(sheet, shown, shown.bent)
    else:
        _draw_counts(sheet, shown)


def _draw_counts(sheet: Sheet, shown: ColumnDistribution) -> None:
    """Bars of customers by bin, the fullest one dark."""
    theme = sheet.theme
    heights = shown.heights
    ticks = ticks_around(0.0, max(heights), 3)
    texts = tick_texts(ticks)
    left, bottom = widest(texts, SMALL) + 8, sheet.height - FOOT
    x = Scale(shown.edges[0], shown.edges[-1], left, sheet.width - 2)
    y = Scale(0.0, ticks[-1], bottom, HEAD)
    sheet.rules([((left, y(tick)), (sheet.width, y(tick))) for tick in ticks[1:]])
    for tick, text in zip(ticks, texts, strict=True):
        sheet.text(left - 6, y(tick), text, size=SMALL, color=theme.ink_soft, align="right")
    fullest = shown.fullest
    for place, height in enumerate(heights):
        _draw_bar(sheet, (x(shown.edges[place]), x(shown.edges[place + 1])), (y(height), bottom), place == fullest)
    sheet.rule((left, bottom), (sheet.width, bottom), theme.ink_soft, LINE)
    _write_values(sheet, shown, x, bottom + 9)
    sheet.text(sheet.width, sheet.height - 5, axis_title(shown.column), size=SMALL, align="right")
    middle = (x(shown.edges[fullest]) + x(shown.edges[fullest + 1])) / 2
    text = wording.format_count(shown.counts[fullest])
    _label(sheet, text, middle, y(heights[fullest]) - 8, left)


def _write_values(sheet: Sheet, shown: ColumnDistribution, x: Scale, y: float) -> None:
    """Values below the edges of bars, or below the middle of a bar that stands for a single value."""
    step = shown.step
    places = edge_ticks(shown.edges, step)
    is_single = shown.is_whole and step == 1
    shown_places = [place for place in places if not is_single or place < shown.edges[-1]]
    texts = [f"{p:.0f}" for p in shown_places] if shown.column.role is Role.BIRTH else tick_texts(tuple(shown_places))
    shift = step / 2 if is_single else 0.0
    write_ticks(sheet, x, [p + shift for p in shown_places], y, bounds=(x.start - 4, sheet.width), texts=texts)


def _draw_bent(sheet: Sheet, shown: ColumnDistribution, bins: Bins) -> None:
    """Bars whose areas are shares on a compressed scale, the middle half of the customers dark."""
    bottom = sheet.height - FOOT
    heights = bins.heights(bins.everyone)
    low, high = shown.bent_half
    x = Scale(bins.axis.low, bins.axis.high, 0.0, sheet.width)
    y = Scale(0.0, max(heights), bottom, HEAD)
    for place, height in enumerate(heights):
        start, end = bins.edges[place], bins.edges[place + 1]
        is_marked = start <= low < end if low == high else low <= (start + end) / 2 <= high
        _draw_bar(sheet, (x(start), x(end)), (y(height), bottom), is_marked)
    sheet.rule((0, bottom), (sheet.width, bottom), sheet.theme.ink_soft, LINE)
    texts = [text for _, text in bins.axis.ticks]
    write_ticks(sheet, x, [place for place, _ in bins.axis.ticks], bottom + 9, bounds=(0, sheet.width), texts=texts)
    title = fit(bins.axis.title, sheet.width, SMALL)
    sheet.text(sheet.width, sheet.height - 5, title, size=SMALL, align="right")
    _label(sheet, language.text("median" if low == high else "middle half"), x((low + high) / 2), HEAD - 7, 0.0)


def _draw_bar(sheet: Sheet, across: tuple[float, float], down: tuple[float, float], is_marked: bool) -> None:
    (start, end), (top, bottom) = across, down
    color, alpha = (sheet.theme.primary_ink, 1.0) if is_marked else (sheet.theme.neutral, PLAIN)
    sheet.box(start + SEAM / 2, top, max(SEAM / 2, end - start - SEAM), bottom - top, color, alpha=alpha)


def _label(sheet: Sheet, text: str, x: float, y: float, left: float) -> None:
    """A strong label in the colour of what it names, kept within the panel."""
    half = text_width(text, BODY, STRONG) / 2
    place = min(max(x, left + half), sheet.width - half)
    sheet.text(place, y, text, weight=STRONG, color=sheet.theme.primary_ink, align="center", on_plate=True)


def edge_ticks(edges: tuple[float, ...], step: float) -> tuple[float, ...]:
    """At most MOST_TICKS values, evenly spaced and round, so that a tick stands where a bar ends or would end."""
    first, last = round(edges[0] / step), round(edges[-1] / step)
    stride = next(n for n in STRIDES if (last - first) / n <= MOST_TICKS)
    return tuple(round(place * step, TICK_DIGITS) for place in range(first, last + 1) if place % stride == 0)


def finding(shown: ColumnDistribution) -> Claim:
    """Which range is the most frequent; of a skewed column, where its middle half lies."""
    if shown.bent:
        return _skewed_finding(shown)
    bins, i = f"profile.distributions[{shown.place}]", shown.fullest
    count = fact(shown.counts[i], f"{bins}.counts[{i}]", wording.format_count(shown.counts[i]), unit="customers")
    everyone = fact(shown.n_customers, "n_customers", wording.format_count(shown.n_customers), unit="customers")
    return say(
        f"chart.distribution.{shown.place}",
        "{column}: most often {bin}, for {n} of {all} customers",
        column=shown.words,
        bin=_bin_in_words(shown, i),
        n=count,
        all=everyone,
    )


def _bin_in_words(shown: ColumnDistribution, i: int) -> Piece:
    """`30 to under 35 years`; the value itself where the bin holds only one."""
    unit, bins = wording.unit_of(shown.column), f"profile.distributions[{shown.place}]"
    low, high = shown.edges[i], shown.edges[i + 1]
    if shown.is_open_below(i):
        end = fact(high, f"{bins}.edges[1]", exact_text(shown.column, high), unit=unit)
        return phrase("under {high}", high=end)
    if i == len(shown.counts) - 1:
        start = fact(low, f"{bins}.edges[{i}]", exact_text(shown.column, low), unit=unit)
        return phrase("{low} and more", low=start)
    is_single = shown.is_whole and high - low == 1
    shown_low = exact_text(shown.column, low, with_unit=is_single)
    lower = fact(low, f"{bins}.edges[{i}]", shown_low, unit=unit)
    if is_single:
        return lower
    upper = fact(high, f"{bins}.edges[{i + 1}]", exact_text(shown.column, high), unit=unit)
    return phrase("{low} to under {high}", low=lower, high=upper)


def _skewed_finding(shown: ColumnDistribution) -> Claim:
    column, overall = shown.column, shown.overall
    claim_id = f"chart.distribution.{shown.place}"
    middle = quantile_of(column, overall, 0.5)
    if overall.q25 == overall.q75:
        template = language.msgid("{column}: half of the customers or more have {value}")
        return say(claim_id, template, column=shown.words, value=middle)
    lower, upper = (quantile_of(column, overall, q, with_unit=q > 0.5) for q in (0.25, 0.75))
    template = language.msgid("{column}: the middle half lies between {low} and {high}, the median is {median}")
    return say(claim_id, template, column=shown.words, low=lower, high=upper, median=middle)


def subtitle(shown: ColumnDistribution) -> str:
    label, customers = wording.inner_case(label_of(shown.column)), customers_text(shown.n_customers)
    if shown.bent:
        template = language.msgid("Share of customers by {column}, as areas on a compressed scale; {customers}")
        return language.text(template, column=label, customers=customers)
    step = exact_text(shown.column, shown.step)
    template = language.msgid("Customers by {column}, in steps of {step}; {customers}")
    if max(shown.widths) > 1.5 * shown.step:
        template = language.msgid(
            "Customers by {column}, in steps of {step}, wider where few customers lie; {customers}"
        )
    return language.text(template, column=label, step=step, customers=customers)


def alt(shown: ColumnDistribution) -> str:
    overall, column = shown.overall, shown.column
    low, high, median = (exact_text(column, value) for value in (shown.edges[0], shown.edges[-1], overall.median))
    return language.text(
        "Histogram of {column} from {low} to {high}; median {median}, middle half {half}.",
        column=label_of(column),
        low=low,
        high=high,
        median=median,
        half=middle_half(column, overall),
    )


def table(shown: ColumnDistribution) -> Table:
    def name(place: int) -> str:
        low, high = shown.edges[place], shown.edges[place + 1]
        if shown.is_open_below(place):
            return language.text("under {high}", high=exact_text(shown.column, high))
        if place == len(shown.counts) - 1:
            return language.text("{low} or more", low=exact_text(shown.column, low))
        if shown.is_whole and high - low == 1:
            return exact_text(shown.column, low)
        start, end = exact_text(shown.column, low, with_unit=False), exact_text(shown.column, high)
        return language.text("{low} to under {high}", low=start, high=end)

    rows = tuple((name(place), count) for place, count in enumerate(shown.counts))
    return Table((axis_title(shown.column), language.text("Customers")), rows)


CHART = Chart(Scope.NUMBER, numbers, extent, draw, finding, subtitle, alt, table)
