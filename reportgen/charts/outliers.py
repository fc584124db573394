"""Where values lie far out, and what capping did to them, column by column in real units."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen import claims, language, wording
from reportgen.charts._scale import Scale, ticks_within
from reportgen.charts._sheet import HAIR, LINE, POINTS, Sheet
from reportgen.charts._tell import axis_title, exact_text, label_in, label_of, not_drawn_text, raised, say
from reportgen.charts._ticks import write_ticks
from reportgen.charts._type import SMALL, text_width, widest, wrap
from reportgen.charts.base import FULL_WIDTH, Chart, Scope
from reportgen.claims import Phrase, Piece, counted, fact, phrase
from reportgen.errors import NotApplicable
from reportgen.records.study import Claim, Study, Table
from reportgen.records.table import NUMERIC_ROLES, Column, ColumnQuality

Box = tuple[float, float, float, float, float]

ROW, KEY = 36.0, 16.0
"""Points: a column's row (its box and its ticks), the key above."""

BOX, CAP, ARROW = 8.0, 2.0, 12.0
"""Points: height of a box, width of the bar where values were capped, room at the ends for an arrow."""
FENCE = 1.5
"""Interquartile ranges from the quartiles to the fences (Tukey 1977)."""
LABEL_SHARE = 0.24
COUNT_ROOM = 92.0
"""Points at the right for what was found and done."""

MOST_COLUMNS = 8

TUKEY_FENCE = 1.5
"""Interquartile ranges from the quartiles, past which a value lies far out (Tukey 1977)."""

HEADER = (
    *(language.msgid("Column"), language.msgid("Outliers"), language.msgid("Capped")),
    *(language.msgid("5th percentile"), language.msgid("Median"), language.msgid("95th percentile")),
    language.msgid("Capped at"),
)


@dataclass(frozen=True, slots=True)
class OutlierRow:
    place: int
    """Of the column in the study's quality records."""
    column: Column
    words: Phrase
    n_outliers: int
    n_capped: int
    box: Box
    """5th percentile, quartiles, 95th percentile before cleaning."""
    is_far: tuple[bool, bool]
    """Whether values lie beyond the lower and the upper fence."""
    caps: tuple[float | None, float | None]
    """Where the lowest and the highest values were capped; None where they were not."""


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
        if column.role in NUMERIC_ROLES and quality.box_before and quality.box_after and quality.tails:
            rows.append(
                OutlierRow(
                    place,
                    column,
                    label_in(facts, column.name),
                    quality.n_outliers,
                    quality.n_capped,
                    (quality.tails[0], *quality.box_before[1:4], quality.tails[1]),
                    _is_far(quality.box_before),
                    _caps(quality),
                )
            )
    if not rows:
        raise NotApplicable(language.text("no column is numeric"))
    rows.sort(key=lambda row: -row.n_outliers)
    return Outliers(tuple(rows[:MOST_COLUMNS]), facts.n_customers, len(rows[MOST_COLUMNS:]))


def _is_far(box: Box) -> tuple[bool, bool]:
    reach = FENCE * (box[3] - box[1])
    return (box[0] < box[1] - reach, box[4] > box[3] + reach)


def _caps(quality: ColumnQuality) -> tuple[float | None, float | None]:
    """The ends after capping, where they are not the ends before."""
    if not (quality.n_capped and quality.box_before and quality.box_after):
        return (None, None)
    (first, *_, last), (low, *_, high) = quality.box_before, quality.box_after
    return (low if low > first else None, high if high < last else None)


def extent(shown: Outliers) -> tuple[float, float]:
    return FULL_WIDTH, (KEY + ROW * len(shown.rows)) / POINTS


def draw(sheet: Sheet, shown: Outliers) -> None:
    theme = sheet.theme
    limit = LABEL_SHARE * sheet.width
    labels = [wrap(axis_title(row.column), limit, 2) for row in shown.rows]
    left = min(limit, widest([line for lines in labels for line in lines])) + 14
    right = sheet.width - COUNT_ROOM
    _draw_key(sheet, left, any(row.n_capped for row in shown.rows))
    for place, row in enumerate(shown.rows):
        top = KEY + place * ROW
        sheet.lines(0, top + 13, labels[place])
        _draw_row(sheet, row, top, left, right)
        found = language.text("no outliers") if not row.n_outliers else wording.plural(row.n_outliers, "outlier")
        done = (
            language.text("{n} capped", n=wording.format_count(row.n_capped))
            if row.n_capped
            else language.text("kept as they are")
            if row.n_outliers
            else ""
        )
        sheet.text(right + 14, top + (8 if done else 13), found, color=theme.ink if row.n_outliers else theme.ink_soft)
        sheet.text(right + 14, top + 19, done, size=SMALL, color=theme.ink_soft)


def _draw_key(sheet: Sheet, left: float, has_caps: bool) -> None:
    theme = sheet.theme
    y = SMALL / 2 + 1
    sheet.box(left, y - 3, 12, 6, theme.neutral, alpha=0.5)
    told = language.text("box the middle half, line the median, whiskers hold nine in ten; arrow: values far out")
    sheet.text(left + 16, y, told, size=SMALL, color=theme.ink_soft)
    if has_caps:
        after = left + 16 + text_width(told, SMALL) + 12
        sheet.rule((after, y - 4), (after, y + 4), theme.primary_ink, CAP)
        sheet.text(after + 5, y, language.text("capped here"), size=SMALL, color=theme.ink_soft)


def _draw_row(sheet: Sheet, row: OutlierRow, top: float, left: float, right: float) -> None:
    """The box before cleaning; what lies beyond its fences as an arrow out of the picture, cut where it was capped."""
    theme = sheet.theme
    ends = (*row.box, *(cap for cap in row.caps if cap is not None))
    low, high = min(ends), max(ends)
    if low == high:
        low, high = low - 1, high + 1
    x, y = Scale(low, high, left + ARROW, right - ARROW), top + 12
    _draw_box(sheet, row.box, x, y)
    if row.n_outliers:
        _draw_far(sheet, row, x, y)
    ticks = ticks_within(low, high, 5)
    sheet.rules([((x(tick), top + 22), (x(tick), top + 25)) for tick in ticks], theme.neutral)
    sheet.rule((left, top + 22), (right, top + 22), theme.rule, LINE)
    write_ticks(sheet, x, ticks, top + 31, bounds=(left - 8, right + 8))


def _draw_box(sheet: Sheet, box: Box, x: Scale, y: float) -> None:
    color = sheet.theme.neutral
    low, q25, median, q75, high = box
    sheet.rules([((x(low), y), (x(q25), y)), ((x(q75), y), (x(high), y))], color, LINE)
    sheet.rules([((x(end), y - 2.5), (x(end), y + 2.5)) for end in (low, high)], color, LINE)
    sheet.box(x(q25), y - BOX / 2, max(0.8, x(q75) - x(q25)), BOX, color, alpha=0.5)
    sheet.rule((x(median), y - BOX / 2), (x(median), y + BOX / 2), sheet.theme.ink, 1.4)


def _draw_far(sheet: Sheet, row: OutlierRow, x: Scale, y: float) -> None:
    """Where values were capped, a bar; an arrow out of the picture where they were kept."""
    theme = sheet.theme
    sides = zip((row.box[0], row.box[4]), row.is_far, row.caps, (x.start - ARROW, x.end + ARROW), strict=True)
    for whisker, is_far, cap, end in sides:
        back = 3 if end < x.start else -3
        if cap is not None:
            sheet.rule((x(whisker), y), (x(cap), y), theme.neutral, HAIR, dashed=True)
            sheet.rule((x(cap), y - BOX), (x(cap), y + BOX), theme.primary_ink, CAP)
        elif is_far:
            sheet.rule((x(whisker), y), (end, y), theme.neutral, HAIR, dashed=True)
            sheet.line([(end + back, y - 2.5), (end, y), (end + back, y + 2.5)], theme.neutral, LINE)


def finding(shown: Outliers) -> Claim:
    worst = shown.rows[0]
    everyone = fact(shown.n_customers, "n_customers", wording.format_count(shown.n_customers), unit="customers")
    if not worst.n_outliers:
        return say("chart.outliers", "no value of the {n} customers lies far out in any numeric column", n=everyone)
    count = fact(worst.n_outliers, f"quality[{worst.place}].n_outliers", wording.format_count(worst.n_outliers))
    far = counted(
        "{column}: {n} value lies far out among {all} customers",
        "{column}: {n} values lie far out among {all} customers",
        count,
        column=worst.words,
        all=everyone,
    )
    return raised(claims.tell("chart.outliers", far, ", ", _what_was_done(worst)))


def _what_was_done(row: OutlierRow) -> Piece:
    if not row.n_capped:
        return language.text("kept as they are" if row.n_outliers > 1 else "kept as it is")
    if row.n_capped == row.n_outliers:
        return language.text("all of them capped" if row.n_outliers > 1 else "capped")
    capped = fact(row.n_capped, f"quality[{row.place}].n_capped", wording.format_count(row.n_capped))
    return phrase("{n} of them capped", n=capped)


def subtitle(shown: Outliers) -> str:
    told = language.text(
        "Values beyond {n} interquartile ranges from the quartiles, and where they were capped",
        n=wording.format_number(TUKEY_FENCE, 1),
    )
    return f"{told}{not_drawn_text(shown.n_left_out)}"


def alt(shown: Outliers) -> str:
    rows = [
        language.text(
            "{column}: {outliers}, {n} capped, nine in ten customers from {low} to {high}",
            column=label_of(row.column),
            outliers=wording.plural(row.n_outliers, "outlier"),
            n=wording.format_count(row.n_capped),
            low=exact_text(row.column, row.box[0]),
            high=exact_text(row.column, row.box[4]),
        )
        for row in shown.rows
    ]
    template = language.msgid(
        "Box plots before cleaning, one a column, with the values at which others were capped. {rows}."
    )
    return language.text(template, rows="; ".join(rows))


def table(shown: Outliers) -> Table:
    header = tuple(map(language.text, HEADER))
    rows = tuple(
        (axis_title(r.column), r.n_outliers, r.n_capped, r.box[0], r.box[2], r.box[4], _cap_text(r)) for r in shown.rows
    )
    return Table(header, rows)


def _cap_text(row: OutlierRow) -> str | None:
    caps = [exact_text(row.column, cap) for cap in row.caps if cap is not None]
    return wording.join_words(caps) if caps else None


CHART = Chart(Scope.STUDY, numbers, extent, draw, finding, subtitle, alt, table)
