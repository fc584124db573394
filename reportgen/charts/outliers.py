"""Where values lie far out, and what capping did to them, column by column in real units."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen import wording
from reportgen.charts._scale import Scale, ticks_within
from reportgen.charts._sheet import LINE, POINTS, Sheet
from reportgen.charts._tell import axis_title, exact_text, label_in, label_of, tell
from reportgen.charts._ticks import write_ticks
from reportgen.charts._type import SMALL, text_width, widest, wrap
from reportgen.charts.base import FULL_WIDTH, Chart, Scope
from reportgen.claims import Piece, fact
from reportgen.errors import NotApplicable
from reportgen.records.study import Claim, Study, Table
from reportgen.records.table import NUMERIC_ROLES, Column

Box = tuple[float, float, float, float, float]

ROW, KEY = 40.0, 16.0
"""Points: a column's row (two boxes and its ticks), the key above."""

BOX = 8.0
LABEL_SHARE = 0.24
COUNT_ROOM = 92.0
"""Points at the right for what was found and done."""

MOST_COLUMNS = 8


@dataclass(frozen=True, slots=True)
class OutlierRow:
    place: int
    """Of the column in the study's quality records."""
    column: Column
    words: tuple[Piece, ...]
    n_outliers: int
    n_capped: int
    before: Box
    """Minimum, quartiles, maximum."""
    after: Box


@dataclass(frozen=True, slots=True)
class Outliers:
    rows: tuple[OutlierRow, ...]
    """By falling count of outliers."""
    n_customers: int
    n_left_out: int


def numbers(study: Study) -> Outliers:
    facts = study.facts
    rows = []
    for place, quality in enumerate(facts.quality):
        column = facts.column(quality.name)
        if column.role in NUMERIC_ROLES and quality.box_before and quality.box_after:
            rows.append(
                OutlierRow(
                    place,
                    column,
                    label_in(facts, column.name),
                    quality.n_outliers,
                    quality.n_capped,
                    quality.box_before,
                    quality.box_after,
                )
            )
    if not rows:
        raise NotApplicable("no column is numeric")
    rows.sort(key=lambda row: -row.n_outliers)
    return Outliers(tuple(rows[:MOST_COLUMNS]), facts.n_customers, len(rows[MOST_COLUMNS:]))


def extent(shown: Outliers) -> tuple[float, float]:
    return FULL_WIDTH, (KEY + ROW * len(shown.rows)) / POINTS


def draw(sheet: Sheet, shown: Outliers) -> None:
    theme = sheet.theme
    limit = LABEL_SHARE * sheet.width
    labels = [wrap(axis_title(row.column), limit, 2) for row in shown.rows]
    left = min(limit, widest([line for lines in labels for line in lines])) + 14
    right = sheet.width - COUNT_ROOM
    _draw_key(sheet, left)
    for place, row in enumerate(shown.rows):
        top = KEY + place * ROW
        sheet.lines(0, top + 13, labels[place])
        _draw_row(sheet, row, top, left, right)
        found = "no outliers" if not row.n_outliers else wording.plural(row.n_outliers, "outlier")
        done = (
            f"{wording.format_count(row.n_capped)} capped"
            if row.n_capped
            else "kept as they are"
            if row.n_outliers
            else ""
        )
        sheet.text(right + 14, top + (8 if done else 13), found, color=theme.ink if row.n_outliers else theme.ink_soft)
        sheet.text(right + 14, top + 19, done, size=SMALL, color=theme.ink_soft)


def _draw_key(sheet: Sheet, left: float) -> None:
    theme = sheet.theme
    y = SMALL / 2 + 1
    sheet.box(left, y - 3, 12, 6, theme.neutral, alpha=0.5)
    sheet.text(left + 16, y, "before", size=SMALL, color=theme.ink_soft)
    after = left + 16 + text_width("before", SMALL) + 12
    sheet.box(after, y - 3, 12, 6, theme.primary)
    sheet.text(
        after + 16,
        y,
        "after cleaning: whiskers to the ends, box the middle half, line the median",
        size=SMALL,
        color=theme.ink_soft,
    )


def _draw_row(sheet: Sheet, row: OutlierRow, top: float, left: float, right: float) -> None:
    theme = sheet.theme
    low, high = min(row.before[0], row.after[0]), max(row.before[4], row.after[4])
    if low == high:
        low, high = low - 1, high + 1
    x = Scale(low, high, left, right)
    _draw_box(sheet, row.before, x, top + 7, color=theme.neutral, alpha=0.5)
    _draw_box(sheet, row.after, x, top + 18, color=theme.primary, alpha=1.0)
    ticks = ticks_within(low, high, 5)
    sheet.rules([((x(tick), top + 25), (x(tick), top + 28)) for tick in ticks], theme.neutral)
    sheet.rule((left, top + 25), (right, top + 25), theme.rule, LINE)
    write_ticks(sheet, x, ticks, top + 33, bounds=(left - 8, right + 8))


def _draw_box(sheet: Sheet, box: Box, x: Scale, y: float, *, color: str, alpha: float) -> None:
    minimum, q25, median, q75, maximum = box
    sheet.rules([((x(minimum), y), (x(q25), y)), ((x(q75), y), (x(maximum), y))], color, LINE)
    sheet.rules([((x(end), y - 2.5), (x(end), y + 2.5)) for end in (minimum, maximum)], color, LINE)
    sheet.box(x(q25), y - BOX / 2, max(0.8, x(q75) - x(q25)), BOX, color, alpha=alpha)
    sheet.rule((x(median), y - BOX / 2), (x(median), y + BOX / 2), sheet.theme.paper, 1.4)


def finding(shown: Outliers) -> Claim:
    worst = shown.rows[0]
    everyone = fact(shown.n_customers, "n_customers", wording.format_count(shown.n_customers), unit="customers")
    if not worst.n_outliers:
        return tell("chart.outliers", "no value of the ", everyone, " customers lies far out in any numeric column")
    count = fact(worst.n_outliers, f"quality[{worst.place}].n_outliers", wording.format_count(worst.n_outliers))
    verb = " value lies far out" if worst.n_outliers == 1 else " values lie far out"
    return tell(
        "chart.outliers", worst.words, (": ", count, verb, " among ", everyone, " customers"), _what_was_done(worst)
    )


def _what_was_done(row: OutlierRow) -> tuple[Piece, ...]:
    if not row.n_capped:
        return (", kept as they are" if row.n_outliers > 1 else ", kept as it is",)
    if row.n_capped == row.n_outliers:
        return (", all of them capped" if row.n_outliers > 1 else ", capped",)
    capped = fact(row.n_capped, f"quality[{row.place}].n_capped", wording.format_count(row.n_capped))
    return (", ", capped, " of them capped")


def subtitle(shown: Outliers) -> str:
    rest = f"; {shown.n_left_out} more columns not drawn" if shown.n_left_out else ""
    return f"Values beyond 1.5 interquartile ranges from the quartiles, before and after cleaning{rest}"


def alt(shown: Outliers) -> str:
    rows = "; ".join(
        f"{label_of(row.column)}: {wording.plural(row.n_outliers, 'outlier')}, "
        f"{wording.format_count(row.n_capped)} capped, "
        f"before {exact_text(row.column, row.before[0])} to {exact_text(row.column, row.before[4])}, "
        f"after {exact_text(row.column, row.after[0])} to {exact_text(row.column, row.after[4])}"
        for row in shown.rows
    )
    return f"Box plots before and after cleaning, one a column. {rows}."


def table(shown: Outliers) -> Table:
    header = (
        "Column",
        "Outliers",
        "Capped",
        "Lowest before",
        "Highest before",
        "Lowest after",
        "Highest after",
        "Median",
    )
    rows = tuple(
        (axis_title(r.column), r.n_outliers, r.n_capped, r.before[0], r.before[4], r.after[0], r.after[4], r.after[2])
        for r in shown.rows
    )
    return Table(header, rows)


CHART = Chart(Scope.STUDY, numbers, extent, draw, finding, subtitle, alt, table)
