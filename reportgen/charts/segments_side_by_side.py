"""The middle half of every segment in every column, in real units, one panel a column."""

from __future__ import annotations

from reportgen import language
from reportgen.charts._columns import ColumnRow, ColumnRows, column_rows
from reportgen.charts._rows import name_gutter, write_name
from reportgen.charts._scale import Scale, ticks_around
from reportgen.charts._sheet import LINE, POINTS, Sheet
from reportgen.charts._tell import customers_text, middle_half, quantile_of, say
from reportgen.charts._ticks import write_ticks
from reportgen.charts._type import SMALL, STRONG, wrap
from reportgen.charts.base import FULL_WIDTH, Chart, Scope, TableRow
from reportgen.records.study import Claim, Study, Table

ROW, HEAD, FOOT = 22.0, 34.0, 20.0
BAR, DOT = 7.0, 7.0
BETWEEN = 18.0
MOST_COLUMNS = 4

QUARTERS = (language.msgid("median"), language.msgid("lower quarter"), language.msgid("upper quarter"))


def numbers(study: Study) -> ColumnRows:
    return column_rows(study, MOST_COLUMNS)


def extent(shown: ColumnRows) -> tuple[float, float]:
    return FULL_WIDTH, (HEAD + ROW * len(shown.segments) + FOOT) / POINTS


def draw(sheet: Sheet, shown: ColumnRows) -> None:
    gutter = name_gutter(sheet, shown.segments)
    bottom = HEAD + ROW * len(shown.segments)
    width = (sheet.width - gutter - BETWEEN * (len(shown.rows) - 1)) / len(shown.rows)
    for i, named in enumerate(shown.segments):
        write_name(sheet, named, HEAD + (i + 0.5) * ROW, gutter)
    for place, row in enumerate(shown.rows):
        _draw_panel(sheet, row, gutter + place * (width + BETWEEN), width, bottom)


def _draw_panel(sheet: Sheet, row: ColumnRow, left: float, width: float, bottom: float) -> None:
    theme = sheet.theme
    everyone = (row.everyone, *row.segments)
    ticks = ticks_around(min(n.q25 for n in everyone), max(n.q75 for n in everyone), 3)
    x = Scale(ticks[0], ticks[-1], left + 3, left + width - 3)
    lines = wrap(row.title, width, 2, SMALL, STRONG)
    sheet.lines(left, HEAD / 2 - 4, lines, size=SMALL, weight=STRONG)
    middle = x(row.everyone.q25)
    sheet.box(middle, HEAD, x(row.everyone.q75) - middle, bottom - HEAD, theme.shade)
    sheet.rules([((x(tick), HEAD), (x(tick), bottom)) for tick in ticks])
    sheet.rule((x(row.everyone.median), HEAD), (x(row.everyone.median), bottom), theme.neutral, LINE, dashed=True)
    for i, number in enumerate(row.segments):
        y = HEAD + (i + 0.5) * ROW
        color = theme.segment_color(i + 1)
        sheet.box(x(number.q25), y - BAR / 2, x(number.q75) - x(number.q25), BAR, color, alpha=0.4)
        sheet.dots([x(number.median)], [y], color, size=DOT, edge=theme.paper, edge_width=1.0)
    write_ticks(sheet, x, ticks, bottom + 10, bounds=(left, left + width))


def finding(shown: ColumnRows) -> Claim:
    """The two ends of the column that spreads the segments most."""
    row = max(
        shown.rows, key=lambda row: max(n.difference for n in row.segments) - min(n.difference for n in row.segments)
    )
    places = range(len(row.segments))
    low, high = min(places, key=lambda i: row.segments[i].median), max(places, key=lambda i: row.segments[i].median)
    lower, upper = (quantile_of(row.column, row.segments[i], 0.5, shown.segments[i].id) for i in (low, high))
    return say(
        "chart.segments_side_by_side",
        "median {column} runs from {low} ({lowest}) to {high} ({highest})",
        column=row.words,
        low=lower,
        lowest=shown.segments[low].name,
        high=upper,
        highest=shown.segments[high].name,
    )


def subtitle(shown: ColumnRows) -> str:
    n = sum(segment.n_customers for segment in shown.profiles)
    told = language.text(
        "Dot: median; bar: middle half of the segment; grey: middle half and median of all customers; {customers}",
        customers=customers_text(n),
    )
    return f"{told}{shown.left_out}"


def alt(shown: ColumnRows) -> str:
    parts = []
    for i, named in enumerate(shown.segments):
        cells = ", ".join(f"{row.label} {middle_half(row.column, row.segments[i])}" for row in shown.rows)
        parts.append(f"{named.name}: {cells}")
    template = language.msgid("Ranges of the middle half of each segment, one panel a column. {rows}.")
    return language.text(template, rows="; ".join(parts))


def table(shown: ColumnRows) -> Table:
    header = (
        language.text("Segment"),
        *(f"{row.title}: {language.text(part)}" for row in shown.rows for part in QUARTERS),
    )
    groups = [(named.name, [row.segments[i] for row in shown.rows]) for i, named in enumerate(shown.segments)]
    groups.append((language.text("All customers"), [row.everyone for row in shown.rows]))
    rows: list[TableRow] = [
        (name, *(value for number in profiles for value in (number.median, number.q25, number.q75)))
        for name, profiles in groups
    ]
    return Table(header, tuple(rows))


CHART = Chart(Scope.STUDY, numbers, extent, draw, finding, subtitle, alt, table)
