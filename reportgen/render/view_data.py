"""The data page: how the export was read, what each column means, what cleaning changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from reportgen import wording
from reportgen.language import counted, msgid, text, text_in
from reportgen.records.segments import Features, LeftOut
from reportgen.records.study import Facts, Study
from reportgen.records.table import SHAPING_ROLES, CleaningNote, Column, ColumnQuality
from reportgen.render.few import IN_THE_LOG, told_note
from reportgen.render.pieces import Cell, Grid, amount, figure_cell, further_columns, head, words
from reportgen.render.view_reading import ReadingView, reading_view

MOST_LOG_ROWS = 16
"""Lines of the cleaning log on paper: a table row costs six milliseconds and a reader's patience; the CSV has all."""

MOST_COLUMN_ROWS = 40
"""Columns listed on paper; further ones are in study.json."""

MOST_FEATURE_ROWS = MOST_NUMBER_ROWS = 20
MOST_LEVEL_ROWS = 24

USES = (msgid("shapes"), msgid("describes"), msgid("left out"))

NUMBER_HEADS = (msgid("Mean"), msgid("Median"), msgid("Lower quartile"), msgid("Upper quartile"))

SCALINGS = {
    "none": msgid("z-score"),
    "log1p": msgid("log, then z-score"),
    "yeo-johnson": msgid("Yeo–Johnson, then z-score"),
}
"""`Feature.transform` → how the column was scaled."""


@dataclass(frozen=True, slots=True)
class DataView:
    """The tables and sentences of the page `The data`."""

    reading: ReadingView
    columns: Grid
    features: Grid
    numbers: Grid
    """All customers: every numeric column in four figures."""
    levels: Grid
    """All customers: every category's levels."""
    log: Grid
    n_log: str
    """How long the whole cleaning log is: `42 lines`."""


def data_view(study: Study) -> DataView:
    facts = study.facts
    return DataView(
        reading=reading_view(facts),
        columns=_columns(facts),
        features=_features(facts),
        numbers=_numbers(facts),
        levels=_levels(facts),
        log=_log(tuple(told_note(note, facts.profile.min_cell) for note in facts.notes)),
        n_log=wording.plural(len(facts.notes), "line"),
    )


def _columns(facts: Facts) -> Grid:
    """In the export's order; of more than are shown first those that shape, then those that describe."""
    quality = {entry.name: entry for entry in facts.quality}
    left_out = {entry.name: entry for entry in facts.features.left_out}
    header = (
        head(text("Column")),
        head(text("Role")),
        head(text("Use")),
        head(text("Missing"), is_number=True),
        head(text("Why")),
    )
    uses = {column.name: _use(column, facts.features, left_out) for column in facts.columns}
    n_further = len(facts.columns) - MOST_COLUMN_ROWS
    listed = sorted(facts.columns, key=lambda column: USES.index(uses[column.name])) if n_further > 0 else facts.columns
    rows = tuple(
        (
            words(column.name),
            words(text_in("role", column.role.value)),
            words(text(uses[column.name])),
            _missing(quality.get(column.name), facts.n_customers),
            words(left_out[column.name].reason if _is_surplus(column, left_out) else column.reason),
        )
        for column in listed[:MOST_COLUMN_ROWS]
    )
    note = further_columns(n_further)
    return Grid(text("Every column, its role and its use"), header, rows, note)


def _use(column: Column, features: Features, left_out: Mapping[str, LeftOut]) -> str:
    shapes, describes, unused = USES
    if column.name in features.names:
        return shapes
    return describes if column.name in left_out and left_out[column.name].describes else unused


def _is_surplus(column: Column, left_out: Mapping[str, LeftOut]) -> bool:
    """Whether the column could shape by its role and is not used at all."""
    return column.role in SHAPING_ROLES and column.name in left_out and not left_out[column.name].describes


def _missing(quality: ColumnQuality | None, n_customers: int) -> Cell:
    if quality is None:
        return Cell("–", is_number=True)
    if quality.n_missing == 0:
        return figure_cell(text("none"), 0)
    return figure_cell(wording.format_share(quality.n_missing / n_customers), quality.n_missing)


def _features(facts: Facts) -> Grid:
    header = (head(text("Column")), head(text("Skew"), is_number=True), head(text("Scaling")), head(text("Why")))
    rows = tuple(
        (
            words(facts.column(feature.name).label),
            figure_cell(wording.format_number(feature.skew, 1), feature.skew),
            words(text(SCALINGS[feature.transform])),
            words(feature.reason),
        )
        for feature in facts.features.features[:MOST_FEATURE_ROWS]
    )
    return Grid(text("How the shaping columns are scaled"), header, rows)


def _numbers(facts: Facts) -> Grid:
    names = [text(name) for name in NUMBER_HEADS]
    header = (head(text("Column")), *(head(name, is_number=True) for name in names))
    rows = []
    for number in facts.profile.overall.numbers[:MOST_NUMBER_ROWS]:
        column = facts.column(number.column)
        figures = (number.mean, number.median, number.q25, number.q75)
        rows.append((words(column.label), *(figure_cell(amount(column, value)) for value in figures)))
    return Grid(text("All customers in numbers"), header, tuple(rows))


def _levels(facts: Facts) -> Grid:
    header = (
        head(text("Category")),
        head(text("Level")),
        head(text("Customers"), is_number=True),
        head(text("Share"), is_number=True),
    )
    rows = tuple(
        (
            words(facts.column(level.column).label),
            words(level.level),
            figure_cell(wording.format_count(level.n_customers), level.n_customers),
            figure_cell(wording.format_share(level.share), level.share),
        )
        for level in facts.profile.overall.levels[:MOST_LEVEL_ROWS]
    )
    return Grid(text("All customers by category"), header, rows)


def _merged(notes: Sequence[CleaningNote]) -> list[tuple[CleaningNote, int]]:
    """Lines of the log, each with how many it stands for: of one step, column and reason that tell nothing but what
    became of a few cells are one."""
    told = []
    for _, alike in groupby(enumerate(notes), key=_kind_of):
        first, *others = [note for _, note in alike]
        after = ", ".join(note.after for note in (first, *others))
        n_rows = sum(note.n_rows for note in (first, *others))
        told.append((replace(first, n_rows=n_rows, after=after), 1 + len(others)))
    return told


def _kind_of(placed: tuple[int, CleaningNote]) -> tuple[int | str, ...]:
    place, note = placed
    return (note.step, note.column, note.reason) if note.before == text(IN_THE_LOG) else (place,)


def _log(notes: tuple[CleaningNote, ...]) -> Grid:
    header = (
        head(text("Step")),
        head(text("Column")),
        head(text("Rows"), is_number=True),
        head(text("Before → after")),
        head(text("Why")),
    )
    lines = _merged(notes)
    rows = tuple(
        (
            words(text_in("step", note.step.replace("_", " "))),
            words(note.column or text("whole rows")),
            figure_cell(wording.format_count(note.n_rows), note.n_rows),
            words(f"{wording.scrub(note.before, 56)} → {wording.scrub(note.after, 56)}"),
            words(note.reason),
        )
        for note, _ in lines[:MOST_LOG_ROWS]
    )
    left = sum(n for _, n in lines[MOST_LOG_ROWS:])
    note = ""
    if left > 0:
        n = wording.format_count(left)
        note = counted("{n} further line in cleaning_log.csv.", "{n} further lines in cleaning_log.csv.", left, n=n)
    return Grid(text("What cleaning changed"), header, rows, note)
