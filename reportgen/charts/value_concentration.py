"""What share of value each segment carries beside its share of customers."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen import language, wording
from reportgen.charts._scale import Scale
from reportgen.charts._sheet import LINE, POINTS, Sheet
from reportgen.charts._spread import LEAST_APART, spread
from reportgen.charts._tell import (
    Named,
    customers_text,
    label_in,
    label_of,
    say,
    share_of,
    told_of,
    untold_text,
    value_share_of,
)
from reportgen.charts._type import BODY, SMALL, STRONG, fit, text_width, widest
from reportgen.charts.base import FULL_WIDTH, Chart, Scope
from reportgen.claims import Phrase
from reportgen.errors import NotApplicable
from reportgen.records.study import Claim, Study, Table

LEAST_HEIGHT, HEIGHT_A_SEGMENT = 1.3, 0.14
"""Inches: room for slopes to be told apart, more where more of them cross."""

HEAD, FOOT = 22.0, 8.0

NAME_SHARE = 0.42
"""Of the sheet's width, at most, for the names at the right."""


@dataclass(frozen=True, slots=True)
class Slope:
    segment: Named
    share: float
    value_share: float


@dataclass(frozen=True, slots=True)
class Concentration:
    slopes: tuple[Slope, ...]
    value_column: str
    value_label: str
    value_words: Phrase
    n_customers: int
    untold: str = ""
    """A clause on segments that may not be described, or nothing."""


def numbers(study: Study) -> Concentration:
    facts = study.facts
    told = told_of(study)
    column = facts.profile.value_column
    if not column:
        raise NotApplicable(language.text("no column says what a customer is worth"))
    slopes = []
    for named, segment in told:
        if segment.value_share is None:
            raise NotApplicable(language.text("the segments' value is not known"))
        slopes.append(Slope(named, segment.share, segment.value_share))
    label, words = label_of(facts.column(column)), label_in(facts, column)
    return Concentration(tuple(slopes), column, label, words, facts.n_customers, untold_text(study))


def extent(shown: Concentration) -> tuple[float, float]:
    return FULL_WIDTH, max(
        LEAST_HEIGHT + HEIGHT_A_SEGMENT * len(shown.slopes), (HEAD + LEAST_APART * (len(shown.slopes) + 1)) / POINTS
    )


def draw(sheet: Sheet, shown: Concentration) -> None:
    theme = sheet.theme
    largest = max(max(slope.share, slope.value_share) for slope in shown.slopes)
    y = Scale(0.0, largest, sheet.height - FOOT, HEAD + 6)
    names = NAME_SHARE * sheet.width
    texts = [fit(slope.segment.name, names - 50, BODY, STRONG) for slope in shown.slopes]
    left, right = 44.0, sheet.width - min(names, widest(texts, BODY, STRONG) + 46)
    value = wording.inner_case(shown.value_label)
    heads = (language.text("Share of customers"), language.text("Share of {value}", value=value))
    sheet.text(left, SMALL / 2 + 1, heads[0], size=SMALL, color=theme.ink_soft)
    sheet.text(right, SMALL / 2 + 1, heads[1], size=SMALL, color=theme.ink_soft, align="right")
    for x in (left, right):
        sheet.rule((x, HEAD), (x, sheet.height - FOOT + 2), theme.rule, LINE)
    starts = spread([y(slope.share) for slope in shown.slopes], HEAD + 4, sheet.height - 6)
    ends = spread([y(slope.value_share) for slope in shown.slopes], HEAD + 4, sheet.height - 6)
    for slope, text, start, end in zip(shown.slopes, texts, starts, ends, strict=True):
        color, ink = theme.segment_color(slope.segment.id), theme.segment_ink(slope.segment.id)
        sheet.line([(left, y(slope.share)), (right, y(slope.value_share))], color, 2.2)
        sheet.dots([left, right], [y(slope.share), y(slope.value_share)], color, size=7, edge=theme.paper, edge_width=1)
        sheet.text(left - 9, start, wording.format_share(slope.share), align="right", color=ink)
        share = wording.format_share(slope.value_share)
        sheet.text(right + 9, end, share, weight=STRONG, color=ink)
        sheet.text(right + 9 + max(26.0, text_width(share, BODY, STRONG) + 6), end, text, weight=STRONG, color=ink)


def finding(shown: Concentration) -> Claim:
    """The segment that carries most beyond its number."""
    best = max(shown.slopes, key=lambda slope: slope.value_share / slope.share)
    share = share_of(best.segment, best.share)
    value = value_share_of(best.segment, best.value_share, shown.value_column)
    return say(
        "chart.value_concentration",
        "{name} carry most for their number: {value_share} of {value} from {share} of customers",
        name=best.segment.name,
        value_share=value,
        value=shown.value_words,
        share=share,
    )


def subtitle(shown: Concentration) -> str:
    told = language.text(
        "Share of customers and share of the sum of {value}, by segment; {customers}",
        value=wording.inner_case(shown.value_label),
        customers=customers_text(shown.n_customers),
    )
    return f"{told}{shown.untold}"


def alt(shown: Concentration) -> str:
    rows = [
        language.text(
            "{name}: {share} of customers, {value_share} of value",
            name=slope.segment.name,
            share=wording.format_share(slope.share),
            value_share=wording.format_share(slope.value_share),
        )
        for slope in shown.slopes
    ]
    return language.text(
        "Slopes from each segment's share of customers to its share of {value}. {rows}.",
        value=wording.inner_case(shown.value_label),
        rows="; ".join(rows),
    )


def table(shown: Concentration) -> Table:
    rows = tuple(
        (slope.segment.name, slope.share * 100, slope.value_share * 100, slope.value_share / slope.share)
        for slope in shown.slopes
    )
    header = (
        language.text("Segment"),
        language.text("Share of customers, %"),
        language.text("Share of {value}, %", value=wording.inner_case(shown.value_label)),
        language.text("Value over customers"),
    )
    return Table(header, rows)


CHART = Chart(Scope.STUDY, numbers, extent, draw, finding, subtitle, alt, table)
