"""The small parts that pages are set from: cells, tables, pictures, pairs of words; plain values only."""

from __future__ import annotations

import base64
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from reportgen import language, wording
from reportgen.language import counted
from reportgen.records.study import Figure
from reportgen.records.table import Column, Role
from reportgen.render.ruler import text_width

SENTENCE_LIMIT = 600
"""Characters shown of a sentence: far above any that is written, so that text from an export cannot run away."""

PAGE_WIDTH = 6.7
"""Inches between the margins, on A4 as on Letter."""

UNIT_LIMIT = 12
"""Characters shown of a unit that a header names."""

LONGEST_WORD = 24
"""Letters of a word that a column of a table holds; longer ones are compounds of names, or no words."""

FEW_COLUMNS = 5
"""Columns of a table with room for names that do not break."""

FIRST_WIDE = "\u2e80"
"""From here on letters are Chinese, Japanese or Korean: lines break between any two."""

POINTS = 72.0
"""Points an inch."""

TABLE_TYPE, SMALLEST_TYPE = 8.3, 5.0
"""Points of a table's type on paper, and how small it may become for amounts of many digits."""

HEAD_SHARE = 0.915
"""Size of the type in a table's head, of that of its rows."""

CHIP = 4.3 * 72 / 25.4
"""Points of a segment's colour before its name, with the space behind it."""

CELL_GAP, TABLE_SPARE = 3.5 * 72 / 25.4, 4.0
"""Points between columns; points kept free: letters are set with kerning, which the ruler does not know."""

_TORN = re.compile(
    r"(?<=\b[nprk]) (?=[=<>] )|(?<=[ \xa0][=<>]) (?=[\d−])|(?<=\d) (?=SD\b|k?[€$£](?!\d))|(?<=\bline) (?=\d)"
)
"""Blanks between a sign, a number and its unit."""

CSS_PIXELS = 96

HALF_WIDTH = 3.6
"""Inches up to which a picture shares its line with another."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table."""

    text: str
    is_number: bool = False
    segment: int = 0
    """Segment id whose colour stands before the text, or 0."""
    key: str = ""
    """What the screen sorts by, or empty: the text."""

    @property
    def least_width(self) -> float:
        """Points in TABLE_TYPE below which the cell does not go: its longest word that does not break, or a number with
        its unit, and the colour before it."""
        words = [self.text] if self.is_number else self.text.split()
        return _widest(words, TABLE_TYPE, 400) + (CHIP if self.segment else 0.0)

    @property
    def least_head_width(self) -> float:
        """The same of a cell in the table's head, where the colour stands above and numbers are words."""
        return _widest(self.text.split(), TABLE_TYPE * HEAD_SHARE, 600)

    @property
    def breaks(self) -> bool:
        """Whether a word is so long that it may break anywhere; other cells keep their words whole."""
        return any(len(word) > LONGEST_WORD for word in self.text.split())


def _widest(words: Sequence[str], size: float, weight: int) -> float:
    """Points of the widest word that does not break."""
    whole = [word for word in words if word and len(word) <= LONGEST_WORD and max(word) < FIRST_WIDE]
    return max((text_width(word, size, weight) for word in whole), default=LONGEST_WORD)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; the first cell of a row names the row."""

    caption: str
    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""

    @property
    def has_short_names(self) -> bool:
        """Whether each row's name keeps to a line, however long the sentences beside it."""
        return len(self.header) <= FEW_COLUMNS and all(len(row[0].text) <= LONGEST_WORD for row in self.rows)

    @property
    def print_size(self) -> float:
        """Points of type in which the table fits the paper, at most TABLE_TYPE; numbers do not break into lines."""
        gaps = CELL_GAP * (len(self.header) - 1)
        heads = [cell.least_head_width for cell in self.header]
        bodies = [max((cell.least_width for cell in column), default=0.0) for column in zip(*self.rows, strict=True)]
        needed = sum(max(pair) for pair in itertools.zip_longest(heads, bodies, fillvalue=0.0))
        room = PAGE_WIDTH * POINTS - gaps - TABLE_SPARE
        return TABLE_TYPE if needed <= room else round(max(SMALLEST_TYPE, TABLE_TYPE * room / needed), 1)


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure, ready to be placed."""

    name: str
    anchor: str
    segment: int
    """Segment id, or 0."""
    title: str
    """The finding."""
    subtitle: str
    alt: str
    svg: str
    """The drawing, standalone, its text as shapes."""
    print_svg: str
    """The same for the PDF, its text as text where the bundled family has it."""
    width: float
    """Inches."""
    print_width: float
    """Inches on paper, where a page may need it a little smaller."""
    height: float
    width_pixels: int
    """CSS pixels, 96 an inch."""
    height_pixels: int
    is_half: bool
    side: str
    """`left` or `right` of a line of two, or `whole`."""
    table: Grid


@dataclass(frozen=True, slots=True)
class Pair:
    """A term and what is said of it."""

    term: str
    text: str


@dataclass(frozen=True, slots=True)
class Said:
    """What a section says before its pictures and tables."""

    lede: str
    """One sentence, set large; or empty."""
    more: tuple[Pair, ...]
    """Each with a word before it, or all without."""


def sentence(text: object) -> str:
    """Any sentence, made safe to set; lines do not break within `n = 200`, `86.5 k$` or `1.2 SD`."""
    return _TORN.sub(wording.NO_BREAK, wording.scrub(text, SENTENCE_LIMIT))


def words(text: str, segment: int = 0) -> Cell:
    return Cell(wording.scrub(text), segment=segment)


def figure_cell(text: str, value: float | None = None) -> Cell:
    """A number as it is shown, with the value it is sorted by."""
    return Cell(text, is_number=True, key="" if value is None else repr(float(value)))


def amount(column: Column, value: float) -> str:
    """A value of the column with its unit; ages are years, and a calendar year has no separator."""
    if column.role is Role.BIRTH:
        return wording.format_year(value)
    return wording.format_amount(value, wording.scrub(wording.unit_of(column), UNIT_LIMIT))


def label_in_sentence(column: Column) -> str:
    """`spending score`, `GB download`."""
    return wording.inner_case(wording.scrub(column.label or column.name))


def head(text: str, is_number: bool = False, segment: int = 0) -> Cell:
    return Cell(wording.scrub(text), is_number=is_number, segment=segment)


def further_columns(n: int) -> str:
    """That the table leaves out so many; empty for none."""
    if n <= 0:
        return ""
    shown = wording.format_count(n)
    return counted("{n} further column in study.json.", "{n} further columns in study.json.", n, n=shown)


def picture(figure: Figure) -> Picture:
    return Picture(
        name=figure.name,
        anchor=f"figure-{figure.name.replace('_', '-')}",
        segment=figure.segment or 0,
        title=sentence(figure.finding),
        subtitle=sentence(figure.subtitle),
        alt=wording.scrub(figure.alt, SENTENCE_LIMIT * 2),
        svg=figure.svg,
        print_svg=figure.print_svg or figure.svg,
        width=figure.width,
        print_width=figure.width,
        height=figure.height,
        width_pixels=round(figure.width * CSS_PIXELS),
        height_pixels=round(figure.height * CSS_PIXELS),
        is_half=figure.width <= HALF_WIDTH,
        side="whole",
        table=data_table(figure),
    )


def data_address(svg: str) -> str:
    """The drawing as a `data:` address."""
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"


def data_table(figure: Figure) -> Grid:
    """The figure's numbers as a table, formatted as everywhere else."""
    rows = tuple(tuple(_printed(value) for value in row) for row in figure.table.rows)
    is_number = [any(row[place].is_number for row in rows) for place in range(len(figure.table.header))]
    header = tuple(head(text, number) for text, number in zip(figure.table.header, is_number, strict=True))
    return Grid(language.text("Numbers behind: {finding}", finding=sentence(figure.finding)), header, rows)


def _printed(value: str | float | int | None) -> Cell:
    match value:
        case None:
            return Cell("–")
        case str():
            return words(value)
        case int():
            return figure_cell(wording.format_count(value), value)
        case _:
            return figure_cell(wording.format_number(value), value)
