"""Numeric columns as charts show them: which come first, and every segment's figures in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportgen import language, wording
from reportgen.charts._tell import Named, axis_title, label_in, label_of, told_of, untold_text
from reportgen.charts.base import FULL_WIDTH, HALF_WIDTH
from reportgen.claims import Phrase
from reportgen.errors import NotApplicable
from reportgen.records.profile import NumberProfile, SegmentProfile
from reportgen.records.study import Study
from reportgen.records.table import NUMERIC_ROLES, Column

MOST_IN_HALF = 4
"""Columns that half a page's width shows."""


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """One numeric column over all customers and every segment."""

    column: Column
    label: str
    title: str
    """Label with unit."""
    words: Phrase
    """The label inside a sentence."""
    shapes: bool
    """True if it made the segments, False if it describes them."""
    everyone: NumberProfile
    segments: tuple[NumberProfile, ...]
    """By segment id."""

    def most_different(self) -> NumberProfile:
        return max(self.segments, key=lambda number: abs(number.difference))


@dataclass(frozen=True, slots=True)
class ColumnRows:
    segments: tuple[Named, ...]
    profiles: tuple[SegmentProfile, ...]
    everyone: SegmentProfile
    rows: tuple[ColumnRow, ...]
    n_left_out: int
    """Numeric columns beyond the most that are shown."""
    untold: str = ""
    """A clause on segments that may not be described, or nothing."""

    @property
    def left_out(self) -> str:
        """What the subtitle says of columns and segments that are not shown, or nothing."""
        return f"{left_out_text(self.n_left_out)}{self.untold}"


def width_for(shown: ColumnRows) -> float:
    """Inches: half a page where few columns are shown, so that two such charts stand abreast."""
    return HALF_WIDTH if len(shown.rows) <= MOST_IN_HALF else FULL_WIDTH


def column_rows(study: Study, most: int) -> ColumnRows:
    """The shaping columns in file order, then the describing ones; of more than `most` those that differ most.

    Raises NotApplicable where there are no segments or no numeric column.
    """
    told = told_of(study)
    profile, segments = study.facts.profile, tuple(segment for _, segment in told)
    shaping = {feature.name for feature in profile.features}
    columns = [column for column in profile.columns if column.role in NUMERIC_ROLES]
    if not columns:
        raise NotApplicable(language.text("no column is numeric"))
    rows = [_column_row(study, column, segments, column.name in shaping) for column in columns]
    made = _most_different([row for row in rows if row.shapes], most)
    shown = (*made, *_most_different([row for row in rows if not row.shapes], most - len(made)))
    names = tuple(named for named, _ in told)
    return ColumnRows(names, segments, profile.overall, shown, len(rows) - len(shown), untold_text(study))


def _most_different(rows: list[ColumnRow], most: int) -> list[ColumnRow]:
    """At most `most` of the rows, those in which the segments differ most, in their order."""
    ranked = sorted(rows, key=lambda row: -abs(row.most_different().difference))
    kept = {row.column.name for row in ranked[: max(0, most)]}
    return [row for row in rows if row.column.name in kept]


def _column_row(study: Study, column: Column, segments: Sequence[SegmentProfile], shapes: bool) -> ColumnRow:
    return ColumnRow(
        column=column,
        label=label_of(column),
        title=axis_title(column),
        words=label_in(study.facts, column.name),
        shapes=shapes,
        everyone=study.facts.profile.overall.number(column.name),
        segments=tuple(segment.number(column.name) for segment in segments),
    )


def left_out_text(n: int) -> str:
    """A clause for the subtitle, or nothing."""
    if not n:
        return ""
    shown = wording.format_count(n)
    told = language.counted("{n} further column in the full table", "{n} further columns in the full table", n, n=shown)
    return f"; {told}"
