"""All segments over all columns: real values, coloured by how far they lie from all customers."""

from __future__ import annotations

from reportgen import language, wording
from reportgen.charts._columns import ColumnRows, column_rows, width_for
from reportgen.charts._ramp import ramp_color, readable_on
from reportgen.charts._rows import GAP, WIDEST_BESIDE, WIDEST_NAME, name_gutter, write_name
from reportgen.charts._sheet import POINTS, Sheet
from reportgen.charts._tell import amount, bare_amount, customers_text, mean_of, say
from reportgen.charts._type import BODY, SMALL, STRONG, fit, wrap
from reportgen.charts.base import FULL_WIDTH, Chart, Scope, TableRow
from reportgen.claims import measure
from reportgen.records.study import Claim, Study, Table

ROW, HEAD, SEAM = 32.0, 34.0, 1.5
"""Points: a row of cells, the column heads, the white between cells."""

MOST_COLUMNS = 7
LIMIT = 2.0
"""Standard deviations at which the colour is full; a segment's mean rarely lies further out."""

LAST_ROW = 24.0


def numbers(study: Study) -> ColumnRows:
    return column_rows(study, MOST_COLUMNS)


def extent(shown: ColumnRows) -> tuple[float, float]:
    return width_for(shown), (HEAD + ROW * len(shown.segments) + LAST_ROW) / POINTS


def draw(sheet: Sheet, shown: ColumnRows) -> None:
    theme = sheet.theme
    gutter = name_gutter(sheet, shown.segments, WIDEST_NAME if width_for(shown) == FULL_WIDTH else WIDEST_BESIDE)
    width = (sheet.width - gutter) / len(shown.rows)
    for place, row in enumerate(shown.rows):
        left = gutter + place * width
        lines = wrap(row.title, width - 2, 3, SMALL)
        sheet.lines(left + width / 2, HEAD / 2 - 2, lines, size=SMALL, color=theme.ink_soft, align="center")
        for i, number in enumerate(row.segments):
            _draw_cell(sheet, (left, HEAD + i * ROW), width, bare_amount(row.column, number.mean), number.difference)
        foot = HEAD + ROW * len(shown.segments) + LAST_ROW / 2 + 2
        text = fit(bare_amount(row.column, row.everyone.mean), width - 4)
        sheet.text(left + width / 2, foot, text, color=theme.ink_soft, align="center")
    for i, named in enumerate(shown.segments):
        y = HEAD + (i + 0.5) * ROW
        if width_for(shown) == FULL_WIDTH:
            write_name(sheet, named, y, gutter)
        else:
            lines = wrap(named.name, gutter - GAP, 3, SMALL, STRONG)
            sheet.lines(0, y, lines, size=SMALL, weight=STRONG, color=theme.segment_ink(named.id))
    last = HEAD + ROW * len(shown.segments) + LAST_ROW / 2 + 2
    sheet.text(0, last, language.text("All customers"), color=theme.ink_soft)


def _draw_cell(sheet: Sheet, corner: tuple[float, float], width: float, value: str, difference: float) -> None:
    x, y = corner
    theme = sheet.theme
    ground = ramp_color(theme, difference, LIMIT)
    sheet.box(x + SEAM / 2, y + SEAM / 2, width - SEAM, ROW - SEAM, ground)
    color = readable_on(theme, ground)
    sheet.text(
        x + width / 2,
        y + ROW / 2 - 5.5,
        fit(value, width - 4, BODY, STRONG),
        weight=STRONG,
        color=color,
        align="center",
    )
    sheet.text(x + width / 2, y + ROW / 2 + 6.5, wording.format_sd(difference), size=SMALL, color=color, align="center")


def finding(shown: ColumnRows) -> Claim:
    """The largest difference of all."""
    row = max(shown.rows, key=lambda row: abs(row.most_different().difference))
    place = max(range(len(row.segments)), key=lambda i: abs(row.segments[i].difference))
    number, named = row.segments[place], shown.segments[place]
    difference = measure(
        "difference",
        number.difference,
        wording.format_sd(number.difference),
        unit="SD",
        column=number.column,
        segment=named.id,
    )
    return say(
        "chart.profile_heat_map",
        "the widest gap: {name} in {column}, {own} on average against {overall} ({difference})",
        name=named.name,
        column=row.words,
        own=mean_of(row.column, number, named.id),
        overall=mean_of(row.column, row.everyone),
        difference=difference,
    )


def subtitle(shown: ColumnRows) -> str:
    n = sum(segment.n_customers for segment in shown.profiles)
    told = language.text(
        "Mean by segment; below it the difference from all customers in standard deviations, blue above, brown below; "
        "{customers}",
        customers=customers_text(n),
    )
    return f"{told}{shown.left_out}"


def alt(shown: ColumnRows) -> str:
    parts = []
    for i, named in enumerate(shown.segments):
        cells = ", ".join(
            f"{row.label} {amount(row.column, row.segments[i].mean)} ({wording.format_sd(row.segments[i].difference)})"
            for row in shown.rows
        )
        parts.append(f"{named.name}: {cells}")
    return language.text("Heat map of segment means. {rows}.", rows="; ".join(parts))


def table(shown: ColumnRows) -> Table:
    difference = language.text("difference, SD")
    header = (language.text("Segment"), *(title for row in shown.rows for title in (row.title, difference)))
    rows: list[TableRow] = [
        (named.name, *(cell for row in shown.rows for cell in (row.segments[i].mean, row.segments[i].difference)))
        for i, named in enumerate(shown.segments)
    ]
    rows.append((language.text("All customers"), *(cell for row in shown.rows for cell in (row.everyone.mean, None))))
    return Table(header, tuple(rows))


CHART = Chart(Scope.STUDY, numbers, extent, draw, finding, subtitle, alt, table)
