"""The paper a chart is drawn on: points from the top left corner, and the few marks every chart is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import BoxStyle, FancyBboxPatch, PathPatch, Polygon, Rectangle
from matplotlib.path import Path as MarkPath
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

from reportgen.charts._type import BODY, CAP_HEIGHT, REGULAR, drawable, font, text_width
from reportgen.theme import Theme

Point = tuple[float, float]
Align = Literal["left", "center", "right"]
Values = Sequence[float] | npt.NDArray[np.float64]

POINTS = 72.0
"""Points an inch."""

RASTER_DPI = 200
"""Dots an inch of marks that are drawn as pixels: sharp on an office printer, a quarter of the bytes of 400."""

PLATE_ALPHA, PLATE_AIR, PLATE_CORNER = 0.72, 2.0, 3.0
"""The patch of paper behind a text that stands on marks: opacity, points around the text, radius of its corners."""

TEXT_NAME = "lettering-"

HAIR, LINE, STRONG_LINE = 0.6, 1.0, 1.8
"""Line widths in points: grid, axis, data."""


@dataclass(frozen=True, slots=True)
class Lettering:
    """A text as it was drawn."""

    text: str
    size: float
    """Points."""
    weight: int
    color: str


class Sheet:
    """A figure of a fixed size; x runs right and y runs down, both in points, so a layout reads like a page."""

    def __init__(self, width: float, height: float, theme: Theme) -> None:
        """Width and height in inches."""
        self.width, self.height, self.theme = width * POINTS, height * POINTS, theme
        self.figure = Figure(figsize=(width, height), dpi=RASTER_DPI, facecolor=theme.paper)
        # Marks stand on the figure itself: an axes would cost 5 ms for ticks and limits that nobody sees.
        to_inches = Affine2D().scale(1 / POINTS, -1 / POINTS).translate(0, height)
        self._place = to_inches + self.figure.dpi_scale_trans
        self._n_marks = 0
        self.texts: list[Lettering] = []
        """In the order in which they were written; the n-th bears the name `TEXT_NAME` n."""

    def axes(self, x: float, y: float, width: float, height: float) -> Axes:
        """A plain axes at that place, for a library that draws on one."""
        box = (x / self.width, 1 - (y + height) / self.height, width / self.width, height / self.height)
        return self.figure.add_axes(Axes(self.figure, box))

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = BODY,
        color: str | None = None,
        weight: int = REGULAR,
        align: Align = "left",
        on_plate: bool = False,
    ) -> None:
        """One line whose capitals and figures are centred on `y`, so that every line of a row shares a baseline.

        With `on_plate` it stands off the marks below it.
        """
        shown = drawable(text)
        if not shown:
            return
        if on_plate:
            width = text_width(shown, size, weight)
            left = x - width * {"left": 0.0, "center": 0.5, "right": 1.0}[align]
            self.plate(left, y - size * 0.5, width, size)
        lettering = Lettering(shown, size, weight, color or self.theme.ink)
        made = Text(
            x,
            y + CAP_HEIGHT * size / 2,
            shown,
            color=lettering.color,
            horizontalalignment=align,
            verticalalignment="baseline",
            fontproperties=font(size, weight),
            parse_math=False,
        )
        made.set_gid(f"{TEXT_NAME}{len(self.texts)}")
        self.texts.append(lettering)
        self._add(made)

    def lines(
        self,
        x: float,
        y: float,
        texts: Sequence[str],
        *,
        size: float = BODY,
        color: str | None = None,
        weight: int = REGULAR,
        align: Align = "left",
        leading: float = 1.2,
    ) -> None:
        """Several lines, together centred on `y`, `leading` type sizes apart."""
        for place, text in enumerate(texts):
            middle = y + (place - (len(texts) - 1) / 2) * leading * size
            self.text(x, middle, text, size=size, color=color, weight=weight, align=align)

    def plate(self, x: float, y: float, width: float, height: float) -> None:
        """A patch of paper with round corners, a little larger than the box, that quiets the marks below a label."""
        box = FancyBboxPatch(
            (x - PLATE_AIR, y - PLATE_AIR),
            width + 2 * PLATE_AIR,
            height + 2 * PLATE_AIR,
            boxstyle=BoxStyle.Round(pad=0, rounding_size=PLATE_CORNER),
            facecolor=self.theme.paper,
            edgecolor="none",
            alpha=PLATE_ALPHA,
        )
        self._add(box)

    def rule(
        self, start: Point, end: Point, color: str | None = None, width: float = HAIR, dashed: bool = False
    ) -> None:
        self.rules([(start, end)], color, width, dashed)

    def rules(
        self, pairs: Sequence[tuple[Point, Point]], color: str | None = None, width: float = HAIR, dashed: bool = False
    ) -> None:
        """Straight lines, one mark in the file."""
        if pairs:
            points = [point for pair in pairs for point in pair]
            path = MarkPath(points, [MarkPath.MOVETO, MarkPath.LINETO] * len(pairs))
            self._add(
                PathPatch(
                    path,
                    facecolor="none",
                    edgecolor=color or self.theme.rule,
                    linewidth=width,
                    linestyle=(0, (3, 2)) if dashed else "-",
                )
            )

    def line(self, points: Sequence[Point], color: str, width: float = STRONG_LINE) -> None:
        """A line through the points."""
        path = MarkPath(points)
        self._add(PathPatch(path, facecolor="none", edgecolor=color, linewidth=width))

    def box(self, x: float, y: float, width: float, height: float, color: str, *, alpha: float = 1.0) -> None:
        """A filled rectangle; a negative width or height runs the other way."""
        self._add(Rectangle((x, y), width, height, facecolor=color, edgecolor="none", alpha=alpha))

    def frame(self, x: float, y: float, width: float, height: float, color: str) -> None:
        """An empty rectangle with a dashed edge: there is something that is not told."""
        corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height))
        self.rules(list(zip(corners, (*corners[1:], corners[0]), strict=True)), color, HAIR, dashed=True)

    def area(self, points: Sequence[Point] | npt.NDArray[np.float64], color: str, alpha: float = 1.0) -> None:
        """A filled polygon."""
        self._add(Polygon(points, closed=True, facecolor=color, edgecolor="none", alpha=alpha))

    def outline(self, points: Sequence[Point] | npt.NDArray[np.float64], color: str, width: float = LINE) -> None:
        """A closed polygon's edge."""
        self._add(Polygon(points, closed=True, fill=False, edgecolor=color, linewidth=width))

    def dots(
        self,
        xs: Values,
        ys: Values,
        color: str,
        *,
        size: float = 5.0,
        edge: str | None = None,
        edge_width: float = 0.6,
        alpha: float = 1.0,
        as_pixels: bool = False,
    ) -> None:
        """Round marks of that diameter in points; as pixels where there are many, or where each is a person."""
        made = Line2D(
            xs,
            ys,
            linestyle="",
            marker="o",
            markersize=size,
            markerfacecolor=color,
            markeredgecolor=edge or "none",
            markeredgewidth=edge_width if edge else 0,
            alpha=alpha,
            rasterized=as_pixels,
        )
        self._add(made)

    def _add(self, mark: Artist) -> None:
        """What is drawn later lies on top."""
        self._n_marks += 1
        mark.set_zorder(self._n_marks)
        mark.set_transform(self._place)
        self.figure.add_artist(mark)
