"""Which cells were empty before cleaning: missingno's bar and matrix, in the report's own dress."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reportgen import language, wording
from reportgen.charts._ramp import mixed
from reportgen.charts._sheet import LINE, POINTS, Sheet
from reportgen.charts._tell import customers_text, label_in, label_of, say
from reportgen.charts._type import SMALL, STRONG, fit, wrap
from reportgen.charts.base import FULL_WIDTH, Chart, Scope
from reportgen.claims import Phrase, fact, phrase
from reportgen.errors import NotApplicable
from reportgen.records.study import Claim, Study, Table

LABELS, BAR, MATRIX, BETWEEN = 34.0, 18.0, 40.0, 6.0
"""Points: labels and counts; the bars of complete cells; the matrix of rows; the white between."""

SIDE = 62.0
"""Points at the left for what the rows are."""

FILLED = (0.25, 0.25, 0.25)
"""What missingno is asked to paint present cells with; told from its white afterwards."""

WIDEST_COLUMN = 96.0
MOST_COLUMNS = 10

FEWEST_MISSING = 3
"""Cells from which a picture shows more than the sentence that counts them."""


@dataclass(frozen=True, slots=True)
class MissingColumn:
    place: int
    """In the study's quality records."""
    label: str
    words: Phrase
    n_missing: int
    n_imputed: int


@dataclass(frozen=True, slots=True)
class MissingValues:
    columns: tuple[MissingColumn, ...]
    """By falling count of missing cells, at most MOST_COLUMNS."""
    rows: tuple[tuple[bool, ...], ...]
    """Missing or not: evenly spaced customers × `columns`."""
    n_customers: int
    n_left_out: int
    """Columns with gaps that are not drawn."""


def numbers(study: Study) -> MissingValues:
    facts = study.facts
    columns = [
        MissingColumn(place, label_of(facts.column(q.name)), label_in(facts, q.name), q.n_missing, q.n_imputed)
        for place, q in enumerate(facts.quality)
    ]
    if not any(column.n_missing for column in columns):
        raise NotApplicable(language.text("no cell is missing"))
    if sum(column.n_missing for column in columns) < FEWEST_MISSING:
        raise NotApplicable(language.text("too few cells are missing for a picture"))
    if not facts.missing_rows:
        raise NotApplicable(language.text("the places of the missing cells are not known"))
    columns.sort(key=lambda column: -column.n_missing)
    shown = columns[:MOST_COLUMNS]
    return MissingValues(
        columns=tuple(shown),
        rows=tuple(tuple(row[column.place] for column in shown) for row in facts.missing_rows),
        n_customers=facts.n_customers,
        n_left_out=sum(column.n_missing > 0 for column in columns[MOST_COLUMNS:]),
    )


def extent(_: MissingValues) -> tuple[float, float]:
    return FULL_WIDTH, (LABELS + BAR + BETWEEN + MATRIX + 2) / POINTS


def draw(sheet: Sheet, shown: MissingValues) -> None:
    width = min(WIDEST_COLUMN, (sheet.width - SIDE) / len(shown.columns))
    across = width * len(shown.columns)
    matrix_top = LABELS + BAR + BETWEEN
    draw_with_missingno(sheet, shown, (SIDE, across), matrix_top)
    for place, column in enumerate(shown.columns):
        _write_head(sheet, column, SIDE + (place + 0.5) * width, width, shown.n_customers)
    for y, text in (
        (LABELS + 4, language.text("complete")),
        (LABELS + BAR - 4, wording.format_share(0)),
        (matrix_top + 5, language.text("first row")),
        (matrix_top + MATRIX - 5, language.text("last row")),
    ):
        sheet.text(0, y, text, size=SMALL, color=sheet.theme.ink_soft)
    bottom = matrix_top + MATRIX
    sheet.rules(
        [((SIDE, matrix_top), (SIDE + across, matrix_top)), ((SIDE, bottom), (SIDE + across, bottom))], width=LINE
    )


def _write_head(sheet: Sheet, column: MissingColumn, x: float, width: float, n_customers: int) -> None:
    lines = wrap(column.label, width - 2, 2, SMALL)
    if not column.n_missing:
        sheet.lines(x, 10, lines, size=SMALL, align="center", color=sheet.theme.ink_soft)
        return
    sheet.lines(x, 10, lines, size=SMALL, align="center")
    count = f"{wording.format_count(column.n_missing)} · {wording.format_share(column.n_missing / n_customers, 1)}"
    sheet.text(x, LABELS - 9, fit(count, width - 4, SMALL, STRONG), size=SMALL, weight=STRONG, align="center")


def draw_with_missingno(sheet: Sheet, shown: MissingValues, span: tuple[float, float], matrix_top: float) -> None:
    """Bars of complete cells above the matrix of rows, both by missingno, without its ticks."""
    import missingno
    import pandas as pd

    left, across = span
    cells = np.where(np.array(shown.rows), np.nan, 1.0)
    frame = pd.DataFrame(cells, columns=[str(place) for place in range(len(shown.columns))])
    bars = sheet.axes(left, LABELS, across, BAR)
    missingno.bar(frame, ax=bars, labels=True, color=sheet.theme.neutral, orientation="bottom", fontsize=SMALL)
    rows = sheet.axes(left, matrix_top, across, MATRIX)
    missingno.matrix(frame, ax=rows, labels=False, sparkline=False, color=FILLED, fontsize=SMALL)
    # missingno leaves gaps white on dark; a page of paper wants few dark gaps on light.
    picture = rows.images[0]
    is_gap = np.asarray(picture.get_array()).min(axis=2, keepdims=True) > max(FILLED)
    picture.set_data(
        np.where(is_gap, _rgb(sheet.theme.primary_ink), _rgb(mixed(sheet.theme.paper, sheet.theme.neutral, 0.22)))
    )
    for axes in sheet.figure.axes:
        axes.set_xticks([])
        axes.set_yticks([])
        axes.set_facecolor("none")
        axes.set_xlabel("")


def _rgb(color: str) -> tuple[float, float, float]:
    red, green, blue = (int(color[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return red, green, blue


def finding(shown: MissingValues) -> Claim:
    worst = shown.columns[0]
    count = fact(worst.n_missing, f"quality[{worst.place}].n_missing", wording.format_count(worst.n_missing))
    everyone = fact(shown.n_customers, "n_customers", wording.format_count(shown.n_customers), unit="customers")
    filled = worst.n_imputed == worst.n_missing
    has_more = sum(column.n_missing > 0 for column in shown.columns) > 1
    template = language.msgid("{column} has most gaps: {n} of {all} cells")
    if not has_more:
        template = language.msgid("{column} alone has gaps: {n} of {all} cells")
    gaps = phrase(template, column=worst.words, n=count, all=everyone)
    if filled and worst.n_missing > 1:
        return say("chart.missing_values", "{gaps}, all filled in", gaps=gaps)
    return say("chart.missing_values", "{gaps}, filled in" if filled else "{gaps}", gaps=gaps)


def subtitle(shown: MissingValues) -> str:
    told = language.text(
        "Cells missing before cleaning; above, the share of complete cells; below, the rows in file order, gaps dark; "
        "{customers}",
        customers=customers_text(shown.n_customers),
    )
    if not shown.n_left_out:
        return told
    return f"{told}; {language.text('{n} more columns with gaps not drawn', n=shown.n_left_out)}"


def alt(shown: MissingValues) -> str:
    columns = [
        language.text(
            "{column}: {n} missing, {filled} filled in",
            column=column.label,
            n=wording.format_count(column.n_missing),
            filled=wording.format_count(column.n_imputed),
        )
        for column in shown.columns
        if column.n_missing
    ]
    return language.text("Bars and matrix of missing cells by column. {rows}.", rows="; ".join(columns))


def table(shown: MissingValues) -> Table:
    rows = tuple(
        (column.label, column.n_missing, column.n_missing / shown.n_customers * 100, column.n_imputed)
        for column in shown.columns
    )
    header = (language.text("Column"), language.text("Missing cells"), language.text("Missing, %"))
    return Table((*header, language.text("Filled in")), rows)


CHART = Chart(Scope.STUDY, numbers, extent, draw, finding, subtitle, alt, table)
