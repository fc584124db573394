"""One segment's customers against everyone, column by column."""

from __future__ import annotations

import math
from dataclasses import dataclass

from reportgen import language, wording
from reportgen.charts._bins import Bins, bins_of
from reportgen.charts._columns import ColumnRow, column_rows, left_out_text
from reportgen.charts._scale import Scale
from reportgen.charts._sheet import LINE, POINTS, Sheet
from reportgen.charts._tell import Named, check_told, middle_half, quantile_of, say
from reportgen.charts._ticks import write_ticks
from reportgen.charts._type import SMALL, STRONG, fit, text_width
from reportgen.charts.base import FULL_WIDTH, Chart, Scope
from reportgen.records.profile import NumberProfile
from reportgen.records.study import Claim, Study, Table

PANEL, KEY, TITLE, FOOT, BETWEEN = 62.0, 16.0, 15.0, 16.0, 18.0
LOW_PANEL = 48.0
"""Points of a panel where two rows of them share the page with the words."""
"""Points: bars; the key; a panel's title; its ticks; the white between panels."""

ACROSS = 4
MOST_COLUMNS = 8


@dataclass(frozen=True, slots=True)
class Panel:
    row: ColumnRow
    bins: Bins
    number: NumberProfile


@dataclass(frozen=True, slots=True)
class SegmentDistributions:
    segment: Named
    n_customers: int
    n_everyone: int
    panels: tuple[Panel, ...]
    n_left_out: int


def numbers(study: Study, segment: int) -> SegmentDistributions:
    shown = column_rows(study, MOST_COLUMNS)
    check_told(study, segment)
    return SegmentDistributions(
        segment=shown.segments[segment - 1],
        n_customers=shown.profiles[segment - 1].n_customers,
        n_everyone=study.facts.n_customers,
        panels=tuple(Panel(row, bins_of(study, row.column.name), row.segments[segment - 1]) for row in shown.rows),
        n_left_out=shown.n_left_out,
    )


def _n_rows(shown: SegmentDistributions) -> int:
    return math.ceil(len(shown.panels) / ACROSS)


def _panel_height(shown: SegmentDistributions) -> float:
    return PANEL if _n_rows(shown) == 1 else LOW_PANEL


def extent(shown: SegmentDistributions) -> tuple[float, float]:
    return FULL_WIDTH, (KEY + _n_rows(shown) * (TITLE + _panel_height(shown) + FOOT)) / POINTS


def draw(sheet: Sheet, shown: SegmentDistributions) -> None:
    _draw_key(sheet, shown)
    across = min(ACROSS, len(shown.panels))
    width = (sheet.width - BETWEEN * (across - 1)) / across
    for place, panel in enumerate(shown.panels):
        left = (place % across) * (width + BETWEEN)
        top = KEY + (place // across) * (TITLE + _panel_height(shown) + FOOT)
        _draw_panel(sheet, panel, shown.segment.id, (left, top), (width, _panel_height(shown)))


def _draw_key(sheet: Sheet, shown: SegmentDistributions) -> None:
    theme = sheet.theme
    y = SMALL / 2 + 1
    name = fit(shown.segment.name, sheet.width / 2, SMALL, STRONG)
    sheet.rule((0, y), (12, y), theme.segment_color(shown.segment.id), 2.0)
    sheet.text(16, y, name, size=SMALL, weight=STRONG, color=theme.segment_ink(shown.segment.id))
    after = 16 + text_width(name, SMALL, STRONG) + 14
    sheet.box(after, y - 3.5, 12, 7, theme.neutral, alpha=0.3)
    sheet.text(after + 16, y, language.text("all customers"), size=SMALL, color=theme.ink_soft)


def _draw_panel(
    sheet: Sheet, panel: Panel, segment: int, corner: tuple[float, float], size: tuple[float, float]
) -> None:
    theme = sheet.theme
    (left, top), (width, height) = corner, size
    color = theme.segment_color(segment)
    bottom = top + TITLE + height
    bins = panel.bins
    everyone, own = bins.heights(bins.everyone), bins.heights(bins.segments[segment - 1])
    x = Scale(bins.axis.low, bins.axis.high, left, left + width)
    y = Scale(0.0, max(*own, *everyone), bottom, top + TITLE + 3)
    sheet.text(left, top + SMALL / 2 + 1, fit(panel.row.title, width, SMALL), size=SMALL)
    sheet.area(_skyline(bins.edges, everyone, x, y), theme.neutral, 0.3)
    skyline = _skyline(bins.edges, own, x, y)
    sheet.area(skyline, color, 0.18)
    sheet.line(skyline, color, 1.3)
    sheet.rule((left, bottom), (left + width, bottom), theme.ink_soft, LINE)
    ticks, texts = [tick for tick, _ in bins.axis.ticks], [text for _, text in bins.axis.ticks]
    write_ticks(sheet, x, ticks, bottom + 8, bounds=(left, left + width), texts=texts)


def _skyline(edges: tuple[float, ...], shares: tuple[float, ...], x: Scale, y: Scale) -> list[tuple[float, float]]:
    """The outline of touching bars, from the ground up and back down."""
    points = [(x(edges[0]), y(0.0))]
    for left, right, share in zip(edges, edges[1:], shares, strict=False):
        points += [(x(left), y(share)), (x(right), y(share))]
    return [*points, (x(edges[-1]), y(0.0))]


def finding(shown: SegmentDistributions) -> Claim:
    """Where the middle half lies in the column that differs most."""
    panel = max(shown.panels, key=lambda panel: (panel.row.shapes, abs(panel.number.difference)))
    column, segment, name = panel.row.column, shown.segment.id, shown.segment.name
    claim_id = f"chart.segment_distributions.{segment}"
    if any(number.q25 == number.q75 for number in (panel.number, panel.row.everyone)):
        # Half of the customers share one value: "between 1 and 1" would say nothing.
        own, everyone = quantile_of(column, panel.number, 0.5, segment), quantile_of(column, panel.row.everyone, 0.5)
        return say(
            claim_id,
            "median {column} is {own} among {name}, {overall} among all",
            column=panel.row.words,
            own=own,
            name=name,
            overall=everyone,
        )
    low, high, all_low, all_high = (
        quantile_of(column, number, q, whose, with_unit=q > 0.5)
        for number, whose in ((panel.number, segment), (panel.row.everyone, None))
        for q in (0.25, 0.75)
    )
    return say(
        claim_id,
        "the middle half of {name} lies between {low} and {high} in {column}; that of all customers between {all_low} "
        "and {all_high}",
        name=name,
        low=low,
        high=high,
        column=panel.row.words,
        all_low=all_low,
        all_high=all_high,
    )


def subtitle(shown: SegmentDistributions) -> str:
    told = language.text(
        "Share of the segment (n = {n}) and of all customers (n = {all}) by value, each on its own total",
        n=wording.format_count(shown.n_customers),
        all=wording.format_count(shown.n_everyone),
    )
    if any(panel.bins.is_bent for panel in shown.panels):
        told = f"{told}; {language.text('skewed columns on a compressed scale')}"
    return f"{told}{left_out_text(shown.n_left_out)}"


def alt(shown: SegmentDistributions) -> str:
    rows = [
        language.text(
            "{column} {own}, all customers {overall}",
            column=panel.row.label,
            own=middle_half(panel.row.column, panel.number),
            overall=middle_half(panel.row.column, panel.row.everyone),
        )
        for panel in shown.panels
    ]
    template = language.msgid("Histograms of {name} over those of all customers; middle half of each. {rows}.")
    return language.text(template, name=shown.segment.name, rows="; ".join(rows))


def table(shown: SegmentDistributions) -> Table:
    rows = tuple(
        (
            p.row.title,
            p.number.q25,
            p.number.median,
            p.number.q75,
            p.row.everyone.q25,
            p.row.everyone.median,
            p.row.everyone.q75,
        )
        for p in shown.panels
    )
    header = (
        language.text("Column"),
        language.text("Lower quarter"),
        language.text("Median"),
        language.text("Upper quarter"),
        language.text("All: lower quarter"),
        language.text("All: median"),
        language.text("All: upper quarter"),
    )
    return Table(header, rows)


CHART = Chart(Scope.SEGMENT, numbers, extent, draw, finding, subtitle, alt, table)
