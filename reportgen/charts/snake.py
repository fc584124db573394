"""The shape of each segment: its mean in every column on one scale, joined by a line."""

from __future__ import annotations

from reportgen import language, wording
from reportgen.charts._columns import ColumnRow, ColumnRows, column_rows, width_for
from reportgen.charts._scale import Scale, tick_texts, ticks_around
from reportgen.charts._sheet import LINE, POINTS, STRONG_LINE, Sheet
from reportgen.charts._tell import customers_text, say
from reportgen.charts._ticks import write_ticks
from reportgen.charts._type import SMALL, STRONG, fit, widest, wrap
from reportgen.charts.base import Chart, Scope, TableRow
from reportgen.claims import measure
from reportgen.errors import NotApplicable
from reportgen.records.study import Claim, Study, Table

ROW, LEAST_ROWS, FOOT = 20.0, 118.0, 24.0
"""Points: a column's line; all lines at least, so that few columns are no flat strip; ticks and their title."""

KEY_LINE, KEY_MARK = 11.0, 13.0
"""Points: a line of the key; the piece of line before a name."""

LABEL_SHARE = 0.32
"""Of the width, for the columns' names."""

DOT = 4.5
MOST_COLUMNS = 10
FEWEST_COLUMNS = 2


def numbers(study: Study) -> ColumnRows:
    shown = column_rows(study, MOST_COLUMNS)
    if len(shown.rows) < FEWEST_COLUMNS:
        raise NotApplicable(language.text("a line needs two columns"))
    return shown


def _abreast(shown: ColumnRows) -> int:
    """As many names in a line of the key as fit, at least one."""
    room = widest([named.name for named in shown.segments], SMALL, STRONG) + KEY_MARK + 4
    return max(1, int(width_for(shown) * POINTS // room))


def _key_height(shown: ColumnRows) -> float:
    return KEY_LINE * -(-len(shown.segments) // _abreast(shown)) + 6


def extent(shown: ColumnRows) -> tuple[float, float]:
    return width_for(shown), (_key_height(shown) + max(LEAST_ROWS, ROW * len(shown.rows)) + FOOT) / POINTS


def draw(sheet: Sheet, shown: ColumnRows) -> None:
    theme = sheet.theme
    top, bottom = _key_height(shown), sheet.height - FOOT
    height = (bottom - top) / len(shown.rows)
    labels = [wrap(row.label, LABEL_SHARE * sheet.width, 2, SMALL) for row in shown.rows]
    left = widest([line for lines in labels for line in lines], SMALL) + 10
    values = [number.difference for row in shown.rows for number in row.segments]
    ticks = ticks_around(min(0.0, *values), max(0.0, *values), 5)
    x = Scale(ticks[0], ticks[-1], left, sheet.width - 4)
    _draw_key(sheet, shown)
    sheet.rules([((x(tick), top), (x(tick), bottom)) for tick in ticks])
    sheet.rule((x(0), top), (x(0), bottom), theme.ink_soft, LINE)
    write_ticks(sheet, x, ticks, bottom + 8, bounds=(left - 6, sheet.width), texts=list(tick_texts(ticks)))
    sheet.text(sheet.width, bottom + 19, language.text("SD from the mean of all customers"), size=SMALL, align="right")
    middles = [top + (place + 0.5) * height for place in range(len(shown.rows))]
    for lines, y in zip(labels, middles, strict=True):
        sheet.lines(0, y, lines, size=SMALL)
    for place, named in reversed(list(enumerate(shown.segments))):
        points = [(x(row.segments[place].difference), y) for row, y in zip(shown.rows, middles, strict=True)]
        color = theme.segment_color(named.id)
        sheet.line(points, color, STRONG_LINE)
        sheet.dots([px for px, _ in points], [py for _, py in points], color, size=DOT, edge=theme.paper)


def _draw_key(sheet: Sheet, shown: ColumnRows) -> None:
    """Names in the segments' order, each behind a piece of its line."""
    abreast = _abreast(shown)
    width = sheet.width / abreast
    for place, named in enumerate(shown.segments):
        left, y = (place % abreast) * width, KEY_LINE * (place // abreast + 0.5)
        sheet.rule((left, y), (left + 9, y), sheet.theme.segment_color(named.id), STRONG_LINE)
        ink = sheet.theme.segment_ink(named.id)
        sheet.text(
            left + KEY_MARK,
            y,
            fit(named.name, width - KEY_MARK - 4, SMALL, STRONG),
            size=SMALL,
            weight=STRONG,
            color=ink,
        )


def finding(shown: ColumnRows) -> Claim:
    """The column in which the segments lie furthest apart, by the two that do."""
    row = max(shown.rows, key=_spread)
    order = sorted(range(len(row.segments)), key=lambda i: row.segments[i].difference)
    low, high = order[0], order[-1]
    ends = [
        measure(
            "difference",
            row.segments[i].difference,
            wording.format_sd(row.segments[i].difference),
            unit="SD",
            column=row.column.name,
            segment=shown.segments[i].id,
        )
        for i in (low, high)
    ]
    return say(
        "chart.snake",
        "segments lie furthest apart in {column}: {lowest} {low}, {highest} {high}",
        column=row.words,
        lowest=shown.segments[low].name,
        low=ends[0],
        highest=shown.segments[high].name,
        high=ends[1],
    )


def _spread(row: ColumnRow) -> float:
    differences = [number.difference for number in row.segments]
    return max(differences) - min(differences)


def subtitle(shown: ColumnRows) -> str:
    n = sum(segment.n_customers for segment in shown.profiles)
    template = language.msgid("Mean by segment as a difference in standard deviations; {customers}")
    return f"{language.text(template, customers=customers_text(n))}{shown.left_out}"


def alt(shown: ColumnRows) -> str:
    lines = "; ".join(
        f"{named.name}: "
        + ", ".join(f"{row.label} {wording.format_sd(row.segments[place].difference)}" for row in shown.rows)
        for place, named in enumerate(shown.segments)
    )
    return language.text("A line a segment over the columns. {rows}.", rows=lines)


def table(shown: ColumnRows) -> Table:
    rows: tuple[TableRow, ...] = tuple(
        (row.label, *(number.difference for number in row.segments)) for row in shown.rows
    )
    return Table((language.text("Difference, SD"), *(named.name for named in shown.segments)), rows)


CHART = Chart(Scope.STUDY, numbers, extent, draw, finding, subtitle, alt, table)
