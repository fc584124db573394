"""Fits pictures beside the words on a sheet of paper, so that one segment is one page and no picture stands alone.

The measures are those of templates/styles/print.css; WeasyPrint could measure better, but only by printing twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reportgen.render.pieces import PAGE_WIDTH, Grid, Picture
from reportgen.render.ruler import count_lines
from reportgen.render.view import Report, Section
from reportgen.render.view_segments import ActionView, SegmentView

POINTS, MILLIMETRE = 72.0, 72 / 25.4
"""Points an inch, points a millimetre."""

SHEETS = {"A4": 257 * MILLIMETRE, "Letter": 239.4 * MILLIMETRE}
"""Height between the margins above and below."""

WIDTH = PAGE_WIDTH * POINTS
HALF_WIDTH = 3.25 * POINTS
"""Of a picture beside another, with its caption."""

SPARE = 8.0
"""Points kept free: letters are set with kerning, which the ruler does not know."""

SMALLEST = 0.8
"""How far a picture may shrink: type of 8.5 points is then 6.8, the size of a footnote."""

BODY, LEAD = 9.2, 13.34
COLUMN = 82 * MILLIMETRE
STRIP = 68.0
"""Name's kicker and the figures strip under it, each with its margins."""

NAME, NAME_LEAD, NAME_CHIP = 21.0, 24.2, 8.2 * MILLIMETRE
HEADING, PARAGRAPH = 16.3, 4.5
"""A small heading in a column; the space after a paragraph."""

TITLE, TITLE_LEAD, SUBTITLE, SUBTITLE_LEAD, CAPTION = 9.6, 13.0, 8.0, 13.8, 2.9
SEGMENT_GAP, FIGURE_GAP = 8.6, 15.2
"""The space after a picture, on a segment's page and elsewhere, where captions are a little larger too."""

ACTION, ACTION_LEAD, ACTION_ROW, ACTION_HEAD = 8.0, 10.8, 6.4, 19.0
ACTION_COLUMNS = tuple(170 / 166 * millimetres * MILLIMETRE - 10 for millimetres in (64, 25, 32, 45))
"""Action and reason, offer, measure, test: widths less what keeps the columns apart."""

OPENING, LEDE, LEDE_LEAD, MORE_LEAD = 90.0, 13.0, 18.5, 13.8

COVERS = {"A4": (297 - 224) * MILLIMETRE, "Letter": (279.4 - 224) * MILLIMETRE}
"""Height of a cover below its coloured band, the margins left out."""

KEY, KEY_LEAD, KEY_SHARE, KEY_GAP = 8.4, 11.4, 26.8, 14.0
"""A segment's name there, its share above with the space below, the space between two names."""

CONTENTS, CONTENTS_ROW, CONTENTS_ABREAST = 70.0, 16.2, 3
"""What stands around the list of sections, a row of it, how many share a row."""

TOLD_BEFORE = {"value_concentration": "segment_sizes"}
"""Chart → the one on an earlier page that tells the same. A screen has room for both and a way to pick between them."""

TABLE_CAPTION, TABLE_HEAD, TABLE_ROW = 18.7, 26.2, 18.0
"""A table's caption, its head of two lines, a row; nothing follows the last one on a page."""

Paragraph = tuple[str, int]
"""Text and the weight it is set in."""


def fit_to_paper(report: Report) -> Report:
    """The report with its pictures as paper carries them: some a little smaller, some moved to the gallery.

    Every segment's page gets as many pictures, and as large, as every other, so that pages can be compared.
    """
    paper, views = report.paper, report.segments
    n_kept = min((len(on_segment_page(view, view.pictures, paper)) for view in views if view.pictures), default=0)
    pages = [on_segment_page(view, view.pictures[:n_kept], paper) for view in views]
    scale = min((one.print_width / one.width for page in pages for one in page), default=1.0)
    return replace(
        report,
        segments=tuple(replace(view, pictures=scaled(view.pictures[:n_kept], scale)) for view in views),
        gallery=tuple(one for view in views for one in view.pictures[n_kept:]),
        sections=tuple(on_opening_page(one, report) if one.anchor == "segments" else one for one in told_once(report)),
    )


def told_once(report: Report) -> tuple[Section, ...]:
    """The sections without pictures that tell what another one has told before."""
    drawn = {picture.name for section in report.sections for picture in section.pictures}
    twice = {name for name, before in TOLD_BEFORE.items() if before in drawn}
    return tuple(
        replace(section, pictures=tuple(one for one in section.pictures if one.name not in twice))
        for section in report.sections
    )


def contents_fit_cover(report: Report) -> bool:
    """Whether the contents fit on the printed cover, below the names of the segments; else they stand by themselves."""
    names, abreast = [segment.name for segment in report.segments], report.abreast
    rows = [names[start : start + abreast] for start in range(0, len(names), abreast)]
    width = WIDTH / abreast - KEY_GAP
    key = sum(KEY_SHARE + KEY_LEAD * max(count_lines(f"{name} 99", width, KEY) for name in row) for row in rows)
    contents = CONTENTS + CONTENTS_ROW * -(-len(report.sections) // CONTENTS_ABREAST)
    return bool(names) and key + contents <= COVERS[report.paper] - SPARE


def on_segment_page(view: SegmentView, pictures: Sequence[Picture], paper: str) -> tuple[Picture, ...]:
    """The pictures that fit on a segment's page, shrunk a little if need be; the first in any case."""
    left = ((" ".join((*view.sentences, view.descriptors)), 400), (view.typical, 400))
    right = ((view.rule, 600), (view.rule_note, 400), (view.trust_reason, 400))
    names = count_lines(view.name, WIDTH - NAME_CHIP, NAME, 600) * NAME_LEAD
    words = STRIP + names + max(column_height(left), column_height(right)) + actions_height(view.actions)
    for n_kept in range(len(pictures), 0, -1):
        if fitted := shrunk(pictures[:n_kept], SHEETS[paper] - SPARE - words, SEGMENT_GAP):
            return fitted
    return tuple(pictures[:1])


def on_opening_page(section: Section, report: Report) -> Section:
    """The section with its pictures shrunk a little, if that keeps them on the page where it opens; where there are no
    segments, the tables behind them too."""
    more = " ".join(pair.text for pair in section.said.more)
    words = count_lines(section.said.lede, WIDTH, LEDE) * LEDE_LEAD + count_lines(more, WIDTH, BODY) * MORE_LEAD
    room = SHEETS[report.paper] - SPARE - OPENING - words
    levels = () if report.are_levels_drawn else (report.data.levels,)
    tables = () if report.segments else (report.data.numbers, *levels)
    beside_tables = room - sum(table_height(one) for one in tables if one.rows)
    fitted = shrunk(section.pictures, beside_tables, FIGURE_GAP) or shrunk(section.pictures, room, FIGURE_GAP)
    return replace(section, pictures=fitted or section.pictures)


def table_height(grid: Grid) -> float:
    """Points of a table each of whose cells is a line."""
    return TABLE_CAPTION + TABLE_HEAD + TABLE_ROW * len(grid.rows)


def shrunk(pictures: Sequence[Picture], room: float, gap: float) -> tuple[Picture, ...]:
    """The pictures as they fit into the room, in points; empty if they do not."""
    lines = [
        pictures[place : place + 1 + (one.side == "left")] for place, one in enumerate(pictures) if one.side != "right"
    ]
    captions = sum(max(caption_height(picture) for picture in line) + gap for line in lines)
    drawn = sum(max(picture.height for picture in line) * POINTS for line in lines)
    scale = min(1.0, (room - captions) / drawn) if drawn else 1.0
    if scale < SMALLEST:
        return ()
    return scaled(pictures, scale)


def scaled(pictures: Sequence[Picture], scale: float) -> tuple[Picture, ...]:
    return tuple(replace(picture, print_width=round(picture.width * scale, 2)) for picture in pictures)


def column_height(paragraphs: Sequence[Paragraph]) -> float:
    """Points of a column of headed paragraphs."""
    lines = sum(count_lines(text, COLUMN, BODY, weight) for text, weight in paragraphs)
    return 2 * HEADING + len(paragraphs) * PARAGRAPH + lines * LEAD + 2.5 * MILLIMETRE


def actions_height(actions: Sequence[ActionView]) -> float:
    """Points of the table of actions."""
    first, *others = ACTION_COLUMNS
    height = ACTION_HEAD
    for action in actions:
        cells = zip((action.offer, action.measure, action.test), others, strict=True)
        lines = [count_lines(text, width, ACTION) for text, width in cells]
        lines.append(count_lines(action.do, first, ACTION, 600) + count_lines(action.reason, first, ACTION))
        height += ACTION_ROW + ACTION_LEAD * max(lines)
    return height


def caption_height(picture: Picture) -> float:
    """Points of a picture's title and subtitle."""
    width = WIDTH if picture.side == "whole" else HALF_WIDTH
    title = count_lines(picture.title, width, TITLE, 600) * TITLE_LEAD
    return title + count_lines(picture.subtitle, width, SUBTITLE) * SUBTITLE_LEAD + CAPTION
