"""Finds where a drawing shows each row of its table, so that a screen can tell the values under a pointer.

Charts know nothing of this. A row is found by its label, which most charts write one below the other or side by side;
a histogram's rows are found by its bars. Where neither is certain, the drawing has no zones.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import pairwise
from statistics import pvariance

from reportgen.render.pieces import Grid, Picture
from reportgen.render.ruler import text_width

POINTS = 72.0
"""Points an inch: the unit of a drawing."""

MOST_LINES = 3
"""Lines over which a chart breaks a label."""

LEAST_FOUND = 0.6
"""Share of the rows whose labels must line up; fewer do so by chance."""

SAME = 1.0
"""Points by which labels of one line or column may differ."""

_TEXT = re.compile(r'<text x="([-\d.]+)" y="([-\d.]+)" font-size="([\d.]+)" font-weight="(\d+)"[^>]*>([^<]*)</text>')
_BAR = re.compile(r"M ?([-\d.]+) ([-\d.]+) ?L ?([-\d.]+) ([-\d.]+) ?L ?([-\d.]+) ([-\d.]+) ?L ?([-\d.]+) ([-\d.]+) ?z")
_NOTHING = frozenset({"0", "–"})


@dataclass(frozen=True, slots=True)
class Zone:
    """Where a row stands, in points from the drawing's top left corner."""

    row: int
    """Place in the table, from 0."""
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class _Label:
    row: int
    text: str
    x: float
    y: float
    width: float

    @property
    def middle(self) -> float:
        return self.x + self.width / 2


def zones_of(picture: Picture) -> tuple[Zone, ...]:
    """The zones of the table's rows; empty where they cannot be told, as where a row is named by two cells."""
    if not all(cell.is_number for cell in picture.table.header[1:2]):
        return ()
    width, height = picture.width * POINTS, picture.height * POINTS
    labels = list(_labels(picture))
    least = max(2, LEAST_FOUND * len(picture.table.rows)) if len(picture.table.rows) > 1 else 1
    aligned = max(_alignments(labels), key=lambda found: len(found[1]), default=("", []))
    if len(aligned[1]) >= least:
        return _bands(aligned[0], aligned[1], width, height)
    return _bars(picture.svg, picture.table, height)


def _labels(picture: Picture) -> Iterator[_Label]:
    """Every place where the drawing writes what a row's first cell says."""
    lines = [
        (float(x), float(y), float(size), int(weight), unescape(text))
        for x, y, size, weight, text in _TEXT.findall(picture.print_svg)
    ]
    for row, cells in enumerate(picture.table.rows):
        for start in range(len(lines)):
            for n_lines in range(1, MOST_LINES + 1):
                written = lines[start : start + n_lines]
                if len(written) == n_lines and _says(" ".join(line[4] for line in written), cells[0].text):
                    widths = [text_width(text, size, weight) for _, _, size, weight, text in written]
                    middle = sum(line[1] - line[2] / 3 for line in written) / n_lines
                    yield _Label(row, cells[0].text, written[0][0], middle, max(widths))


def _says(written: str, cell: str) -> bool:
    """Whether the chart's words are the cell's, clipped perhaps, or without the unit."""
    return (
        written == cell
        or cell.startswith(f"{written}, ")
        or (written.endswith("…") and len(written) > 2 and cell.startswith(written[:-1]))
    )


def _alignments(labels: Sequence[_Label]) -> Iterator[tuple[str, list[_Label]]]:
    """Labels that stand below one another (`rows`) or side by side (`columns`), each row's first."""
    groups: defaultdict[tuple[str, int], dict[int, _Label]] = defaultdict(dict)
    for label in labels:
        edges = (("rows", label.x), ("rows", label.x + label.width), ("columns", label.y))
        for kind, place in edges:
            groups[kind, round(place / SAME)].setdefault(label.row, label)
    yield from ((kind, list(group.values())) for (kind, _), group in groups.items())


def _bands(kind: str, labels: Sequence[_Label], width: float, height: float) -> tuple[Zone, ...]:
    if kind == "rows":
        by_place = sorted(labels, key=lambda label: label.y)
        places = [(label.y, label.row) for label in by_place]
        return tuple(Zone(row, 0, start, width, end - start) for row, start, end in _around(places, height))
    by_place = sorted(labels, key=lambda label: label.x)
    if _steps([label.x for label in by_place]) < _steps([label.middle for label in by_place]):
        starts = [0.0, *(label.x - SAME for label in by_place[1:]), width]
        spans = [(label.row, starts[i], starts[i + 1]) for i, label in enumerate(by_place)]
    else:
        spans = list(_around([(label.middle, label.row) for label in by_place], width))
    return tuple(Zone(row, start, 0, end - start, height) for row, start, end in spans)


def _steps(places: Sequence[float]) -> float:
    """How uneven the steps between the places are."""
    steps = [after - before for before, after in pairwise(places)]
    return round(pvariance(steps), 1) if steps else 0.0


def _around(places: Sequence[tuple[float, int]], end: float) -> Iterator[tuple[int, float, float]]:
    """(row, start, end) of the stretch nearest to each place; the outer ones reach as far as their inner half."""
    borders = [(before[0] + after[0]) / 2 for before, after in pairwise(places)]
    if borders:
        first, last = places[0][0], places[-1][0]
        borders = [max(0.0, 2 * first - borders[0]), *borders, min(end, 2 * last - borders[-1])]
    else:
        borders = [0.0, end]
    for (_, row), (start, stop) in zip(places, pairwise(borders), strict=True):
        yield row, start, stop


def _bars(svg: str, table: Grid, height: float) -> tuple[Zone, ...]:
    """A column of the picture for each bar, where there are as many bars on one line as rows that count anything."""
    groups: defaultdict[int, dict[float, float]] = defaultdict(dict)
    for found in _BAR.findall(svg):
        xs, ys = sorted(map(float, found[::2])), [float(y) for y in found[1::2]]
        if xs[0] == xs[1] and xs[2] == xs[3]:
            groups[round(max(ys))][xs[0]] = xs[3]
    counted = [row for row, cells in enumerate(table.rows) if cells[-1].text not in _NOTHING]
    for bars in groups.values():
        for rows in (range(len(table.rows)), counted):
            if len(bars) == len(rows) > 1:
                return tuple(
                    Zone(row, x, 0, end - x, height) for row, (x, end) in zip(rows, sorted(bars.items()), strict=True)
                )
    return ()
