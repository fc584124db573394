"""How large the segments are, in customers and, where it is known, in value."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen import language, wording
from reportgen.charts._rows import name_gutter, write_heads, write_name
from reportgen.charts._sheet import LINE, POINTS, Sheet
from reportgen.charts._tell import (
    Named,
    customers_text,
    label_in,
    label_of,
    names_of,
    say,
    share_of,
    told_of,
    value_share_of,
)
from reportgen.charts._type import BODY, SMALL, STRONG, text_width
from reportgen.charts.base import FULL_WIDTH, Chart, Scope, TableRow
from reportgen.claims import Phrase
from reportgen.records.study import Claim, Study, Table
from reportgen.small_cells import size_in_words

ROW, BAR, HEAD = 25.0, 13.0, 18.0
"""Points: a row, its bar, the line of column heads."""

BETWEEN, AIR = 18.0, 5.0
"""Points between the two panels; between a bar, its share and its count."""


@dataclass(frozen=True, slots=True)
class SizeRow:
    segment: Named
    n_customers: int
    share: float
    value_share: float | None


@dataclass(frozen=True, slots=True)
class Sizes:
    rows: tuple[SizeRow, ...]
    """By falling size."""
    n_customers: int
    value_column: str
    value_label: str
    """Empty where value is unknown."""
    value_words: Phrase
    untold: tuple[tuple[Named, str], ...] = ()
    """Segments whose size is not told, each with what stands in its place."""


def numbers(study: Study) -> Sizes:
    facts = study.facts
    rows = tuple(
        SizeRow(named, profile.n_customers, profile.share, profile.value_share) for named, profile in told_of(study)
    )
    least = facts.profile.min_cell
    untold = tuple(
        (named, size_in_words(profile.n_customers, least))
        for named, profile in zip(names_of(study), facts.profile.segments, strict=True)
        if named.id in facts.profile.untold
    )
    column = facts.profile.value_column
    is_known = bool(column) and all(row.value_share is not None for row in rows)
    return Sizes(
        rows=rows,
        n_customers=facts.n_customers,
        value_column=column if is_known else "",
        value_label=label_of(facts.column(column)) if is_known else "",
        value_words=label_in(facts, column) if is_known else Phrase(""),
        untold=untold,
    )


def extent(sizes: Sizes) -> tuple[float, float]:
    return FULL_WIDTH, (HEAD + ROW * (len(sizes.rows) + len(sizes.untold))) / POINTS


def draw(sheet: Sheet, sizes: Sizes) -> None:
    gutter = name_gutter(sheet, [*(row.segment for row in sizes.rows), *(named for named, _ in sizes.untold)])
    counts = [wording.format_count(row.n_customers) for row in sizes.rows]
    shares = [row.share for row in sizes.rows]
    n_panels = 2 if sizes.value_label else 1
    panel = (sheet.width - gutter - BETWEEN * (n_panels - 1)) / n_panels
    values = [row.value_share or 0.0 for row in sizes.rows] if sizes.value_label else []
    largest = max(shares + values)
    for row, y in zip(sizes.rows, _row_places(sizes), strict=True):
        write_name(sheet, row.segment, y, gutter)
    for place, (named, told) in enumerate(sizes.untold, start=len(sizes.rows)):
        y = HEAD + ROW * (place + 0.5)
        write_name(sheet, named, y, gutter)
        sheet.text(gutter + AIR, y, told, size=SMALL, color=sheet.theme.ink_soft)
    _draw_bars(sheet, sizes, shares, counts, (gutter, panel, largest))
    heads = [(gutter, language.text("Share of customers"))]
    if sizes.value_label:
        start = gutter + panel + BETWEEN
        _draw_bars(sheet, sizes, values, [""] * len(values), (start, panel, largest))
        heads.append((start, language.text("Share of {value}", value=wording.inner_case(sizes.value_label))))
    write_heads(sheet, SMALL / 2 + 1, heads)


def _row_places(sizes: Sizes) -> list[float]:
    return [HEAD + ROW * (place + 0.5) for place in range(len(sizes.rows))]


def _draw_bars(
    sheet: Sheet, sizes: Sizes, shares: list[float], notes: list[str], place: tuple[float, float, float]
) -> None:
    """Bars from `start`, both panels on one scale, so that a length means the same on the left and on the right."""
    start, width, largest = place
    texts = [wording.format_share(share) for share in shares]
    room = max(_text_room(text, note) for text, note in zip(texts, notes, strict=True))
    y_places = _row_places(sizes)
    for row, share, text, note, y in zip(sizes.rows, shares, texts, notes, y_places, strict=True):
        length = share / largest * (width - room)
        sheet.box(start, y - BAR / 2, length, BAR, sheet.theme.segment_color(row.segment.id))
        sheet.text(start + length + AIR, y, text, weight=STRONG)
        behind = start + length + 2 * AIR + text_width(text, BODY, STRONG)
        sheet.text(behind, y, note, size=SMALL, color=sheet.theme.ink_soft)
    sheet.rule((start, HEAD + 2), (start, HEAD + ROW * len(sizes.rows) - 2), sheet.theme.ink_soft, LINE)


def _text_room(text: str, note: str) -> float:
    """Points behind a bar for its share and its count."""
    return 2 * AIR + text_width(text, BODY, STRONG) + text_width(note, SMALL)


def finding(sizes: Sizes) -> Claim:
    """Who weighs most against their number, or who are most where value is unknown or runs with the customers."""
    first = max(sizes.rows, key=lambda row: row.share)
    best = max(sizes.rows, key=lambda row: (row.value_share or 0.0) - row.share)
    if not sizes.value_label or wording.format_share(best.value_share or 0.0) == wording.format_share(best.share):
        share = share_of(first.segment, first.share)
        return say("chart.segment_sizes", "{name} are {share} of customers", name=first.segment.name, share=share)
    return say(
        "chart.segment_sizes",
        "{name} are {share} of customers and carry {value_share} of {value}",
        name=best.segment.name,
        share=share_of(best.segment, best.share),
        value_share=value_share_of(best.segment, best.value_share or 0.0, sizes.value_column),
        value=sizes.value_words,
    )


def subtitle(sizes: Sizes) -> str:
    customers = customers_text(sizes.n_customers)
    if not sizes.value_label:
        return language.text("Share of customers by segment; {customers}", customers=customers)
    value = wording.inner_case(sizes.value_label)
    return language.text("Share of customers and of {value} by segment; {customers}", value=value, customers=customers)


def alt(sizes: Sizes) -> str:
    parts = []
    for row in sizes.rows:
        value = (
            ""
            if row.value_share is None
            else f", {language.text('{share} of value', share=wording.format_share(row.value_share))}"
        )
        count = wording.plural(row.n_customers, "customer")
        parts.append(f"{row.segment.name}: {count}, {wording.format_share(row.share)}{value}")
    parts += [f"{named.name}: {told}" for named, told in sizes.untold]
    return language.text("Bars of segment sizes. {rows}.", rows="; ".join(parts))


def table(sizes: Sizes) -> Table:
    header = (language.text("Segment"), language.text("Customers"), language.text("Share of customers, %"))
    if not sizes.value_label:
        rows: list[TableRow] = [(row.segment.name, row.n_customers, row.share * 100) for row in sizes.rows]
        return Table(header, (*rows, *((named.name, told, None) for named, told in sizes.untold)))
    value = language.text("Share of {value}, %", value=wording.inner_case(sizes.value_label))
    rows = [(row.segment.name, row.n_customers, row.share * 100, (row.value_share or 0.0) * 100) for row in sizes.rows]
    return Table((*header, value), (*rows, *((named.name, told, None, None) for named, told in sizes.untold)))


CHART = Chart(Scope.STUDY, numbers, extent, draw, finding, subtitle, alt, table)
