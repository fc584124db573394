"""Estimates which pictures fit on a segment's page of paper beside its words, so that one segment is one page."""

from __future__ import annotations

import math
from collections.abc import Sequence

from reportgen.render.pieces import Picture

PAGE_HEIGHTS = {"A4": 10.0, "Letter": 9.3}
"""Inches between the margins above and below."""

HEAD = 1.45
"""Name and figures strip."""

LINE, HEADING, GAP = 0.185, 0.21, 0.12
"""A line of text in a column, a small heading, the space under a block."""

TABLE_LINE, TABLE_ROW, TABLE_HEAD = 0.15, 0.09, 0.28
"""A line of the actions table, what a row adds to its lines, the row of headings."""

TITLE_LINE, SUBTITLE_LINE = 0.19, 0.155

COLUMN, ACTION, REASON, CHANNEL, MEASURE, TEST, TITLE, SUBTITLE = 56, 44, 46, 17, 23, 32, 90, 118
"""Characters a line in each place of the page, rather few than many."""


def fitting_pictures(
    pictures: Sequence[Picture],
    columns: Sequence[Sequence[str]],
    actions: Sequence[tuple[str, str, str, str, str]],
    paper: str,
) -> tuple[Picture, ...]:
    """The first pictures, as many as fit; always one, so that no page stays without.

    columns: the paragraphs of either column. actions: do, reason, channel, measure, test of each.
    """
    room = PAGE_HEIGHTS[paper] - HEAD - max(map(column_height, columns)) - actions_height(actions)
    kept = 0
    for picture in pictures:
        room -= picture_height(picture)
        if kept and room < 0:
            break
        kept += 1
    return tuple(pictures[:kept])


def lines(text: str, characters: int) -> int:
    return math.ceil(len(text) / characters)


def column_height(paragraphs: Sequence[str]) -> float:
    """Inches of a column of two headed paragraphs."""
    return 2 * HEADING + GAP + LINE * sum(lines(text, COLUMN) for text in paragraphs)


def actions_height(actions: Sequence[tuple[str, str, str, str, str]]) -> float:
    """Inches of the table of actions."""
    rows = [
        max(
            lines(do, ACTION) + lines(reason, REASON),
            lines(channel, CHANNEL),
            lines(measure, MEASURE),
            lines(test, TEST),
        )
        for do, reason, channel, measure, test in actions
    ]
    return TABLE_HEAD + sum(TABLE_ROW + TABLE_LINE * n_lines for n_lines in rows)


def picture_height(picture: Picture) -> float:
    """Inches of a picture with its caption."""
    caption = TITLE_LINE * lines(picture.title, TITLE) + SUBTITLE_LINE * lines(picture.subtitle, SUBTITLE)
    return picture.height + caption + GAP
