"""How one segment differs from all customers, column by column, in standard deviations and in real values."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen import language, wording
from reportgen.charts._columns import ColumnRow, column_rows, left_out_text
from reportgen.charts._scale import Scale, tick_texts, ticks_around
from reportgen.charts._sheet import LINE, POINTS, Sheet
from reportgen.charts._tell import Named, amount, bare_amount, check_told, customers_text, mean_of, say
from reportgen.charts._type import BODY, SMALL, STRONG, text_width, widest, wrap
from reportgen.charts.base import FULL_WIDTH, Chart, Scope
from reportgen.records.profile import NumberProfile
from reportgen.records.study import Claim, Study, Table

ROW, HEAD = 22.0, 20.0
BAR = 11.0
LABEL_SHARE = 0.26
"""Of the sheet's width, at most, for the columns' labels."""

MOST_COLUMNS = 10
LEAST_REACH = 1.5
"""Standard deviations that the axis shows at least, so that a small difference looks small."""

NOTICEABLE = 0.5
"""Standard deviations from which a difference is called one: a medium effect (Cohen 1988), as in the names."""

PALE = 0.45
"""Opacity of columns that describe the segment but did not make it."""


@dataclass(frozen=True, slots=True)
class Difference:
    row: ColumnRow
    number: NumberProfile


@dataclass(frozen=True, slots=True)
class Differences:
    segment: Named
    n_customers: int
    items: tuple[Difference, ...]
    """By falling size of the difference."""
    n_left_out: int


def numbers(study: Study, segment: int) -> Differences:
    shown = column_rows(study, MOST_COLUMNS)
    check_told(study, segment)
    items = [Difference(row, row.segments[segment - 1]) for row in shown.rows]
    return Differences(
        segment=shown.segments[segment - 1],
        n_customers=shown.profiles[segment - 1].n_customers,
        items=tuple(sorted(items, key=lambda item: -abs(item.number.difference))),
        n_left_out=shown.n_left_out,
    )


def extent(shown: Differences) -> tuple[float, float]:
    return FULL_WIDTH, (HEAD + ROW * len(shown.items) + 2) / POINTS


def draw(sheet: Sheet, shown: Differences) -> None:
    theme = sheet.theme
    limit = LABEL_SHARE * sheet.width
    labels = [wrap(item.row.title, limit, 2) for item in shown.items]
    gutter = min(limit, widest([line for lines in labels for line in lines])) + 12
    own = [bare_amount(item.row.column, item.number.mean) for item in shown.items]
    everyone = [bare_amount(item.row.column, item.row.everyone.mean) for item in shown.items]
    heads = (language.text("Segment"), language.text("All"))
    right_room = max(widest(everyone), text_width(heads[1], SMALL))
    left_room = max(widest(own, BODY, STRONG), text_width(heads[0], SMALL))
    own_at, all_at = sheet.width - right_room - 16, sheet.width
    reach = max(LEAST_REACH, *(abs(item.number.difference) for item in shown.items))
    ticks = ticks_around(-reach, reach, 6)
    x = Scale(ticks[0], ticks[-1], gutter + 10, own_at - left_room - 30)
    bottom = HEAD + ROW * len(shown.items)
    _draw_grid(sheet, x, ticks, bottom)
    for text, place in zip(heads, (own_at, all_at), strict=True):
        sheet.text(place, SMALL / 2 + 1, text, size=SMALL, color=theme.ink_soft, align="right")
    for place, item in enumerate(shown.items):
        y = HEAD + (place + 0.5) * ROW
        sheet.lines(0, y, labels[place])
        _draw_bar(sheet, x, y, item, theme.segment_color(shown.segment.id))
        sheet.text(own_at, y, own[place], weight=STRONG, align="right")
        sheet.text(all_at, y, everyone[place], color=theme.ink_soft, align="right")


def _draw_grid(sheet: Sheet, x: Scale, ticks: tuple[float, ...], bottom: float) -> None:
    theme = sheet.theme
    sheet.rules([((x(tick), HEAD), (x(tick), bottom)) for tick in ticks if tick])
    sheet.rule((x(0), HEAD - 2), (x(0), bottom), theme.ink_soft, LINE)
    for tick, text in zip(ticks, tick_texts(ticks), strict=True):
        shown = language.text("average") if tick == 0 else f"+{text}" if tick > 0 else text
        unit = " SD" if tick == ticks[-1] else ""
        sheet.text(x(tick), SMALL / 2 + 1, shown + unit, size=SMALL, color=theme.ink_soft, align="center")


def _draw_bar(sheet: Sheet, x: Scale, y: float, item: Difference, color: str) -> None:
    difference = item.number.difference
    length = x(difference) - x(0)
    sheet.box(x(0), y - BAR / 2, length, BAR, color, alpha=1.0 if item.row.shapes else PALE)
    is_right = difference >= 0
    text = wording.format_sd(difference).removesuffix(" SD")
    place = x(0) + length + (4 if is_right else -4)
    sheet.text(place, y, text, size=SMALL, align="left" if is_right else "right", on_plate=True)


def finding(shown: Differences) -> Claim:
    item = shown.items[0]
    own = mean_of(item.row.column, item.number, shown.segment.id)
    everyone = mean_of(item.row.column, item.row.everyone)
    template = language.msgid("{name} differ most in {column}: {own} on average, against {overall}")
    if abs(item.number.difference) < NOTICEABLE:
        template = language.msgid(
            "{name} stand out in no column; the widest gap is in {column}: {own} on average, against {overall}"
        )
    claim_id = f"chart.difference_chart.{shown.segment.id}"
    return say(claim_id, template, name=shown.segment.name, column=item.row.words, own=own, overall=everyone)


def subtitle(shown: Differences) -> str:
    template = language.msgid(
        "Mean minus that of all customers, in standard deviations, and both means; pale: only describes; {customers}"
    )
    if all(item.row.shapes for item in shown.items):
        template = language.msgid(
            "Mean minus that of all customers, in standard deviations, and both means; {customers}"
        )
    customers = customers_text(shown.n_customers)
    return f"{language.text(template, customers=customers)}{left_out_text(shown.n_left_out)}"


def alt(shown: Differences) -> str:
    rows = [
        language.text(
            "{column} {difference} ({own} against {overall})",
            column=item.row.label,
            difference=wording.format_sd(item.number.difference),
            own=amount(item.row.column, item.number.mean),
            overall=amount(item.row.column, item.row.everyone.mean),
        )
        for item in shown.items
    ]
    template = language.msgid("Bars of the differences between {name} and all customers. {rows}.")
    return language.text(template, name=shown.segment.name, rows="; ".join(rows))


def table(shown: Differences) -> Table:
    rows = tuple(
        (item.row.title, item.number.difference, item.number.mean, item.row.everyone.mean) for item in shown.items
    )
    header = (language.text("Column"), language.text("Difference, SD"))
    return Table((*header, language.text("Mean, segment"), language.text("Mean, all customers")), rows)


CHART = Chart(Scope.SEGMENT, numbers, extent, draw, finding, subtitle, alt, table)
