"""Draws a chart's SVG for print with each line of text set at once.

WeasyPrint 70 sets every letter by itself, since SVG may place each; ours are lines of one place and style. Set at once
they take a tenth of the time, and pairs of letters are kerned as they are on screen.
"""

from __future__ import annotations

from math import inf
from typing import Any

from weasyprint.css.properties import INITIAL_VALUES
from weasyprint.draw.text import draw_first_line
from weasyprint.matrix import Matrix
from weasyprint.svg import SVG
from weasyprint.svg.text import Style, TextBox
from weasyprint.text.line_break import split_first_line

LINE = frozenset({"x", "y", "font-size", "font-weight", "fill", "font-family", "stroke-linejoin", "version"})
"""The attributes of a line of text of ours, the last three from the drawing; others are left to WeasyPrint."""


class PrintedDrawing(SVG):  # type: ignore[misc]
    """A chart on a page; everything but its lines of text is drawn as WeasyPrint draws it."""

    def draw_node(self, node: Any, font_size: float, fill_stroke: bool = True, context: Any = None) -> None:
        if node.tag == "text" and node.attrib.keys() <= LINE and fill_stroke:
            self._draw_line(node, float(node.get("font-size")))
        else:
            super().draw_node(node, font_size, fill_stroke, context)

    def _draw_line(self, node: Any, font_size: float) -> None:
        style = Style(INITIAL_VALUES)
        style.font_config = self.font_config
        style["font_family"] = [node.get("font-family")]
        style["font_weight"] = int(node.get("font-weight"))
        style["font_size"] = font_size
        layout, _, _, _, _, baseline = split_first_line(node.text, style, self.context, inf, 0)
        box = TextBox(layout, style)
        box.baseline = baseline
        self.stream.push_state()
        fill, stroke = self.set_graphical_state(node, font_size)
        self.stream.begin_text()
        layout.reactivate(style)
        self.fill_stroke(fill, stroke, text=True)
        place = Matrix(d=-1, e=float(node.get("x")), f=float(node.get("y")))
        draw_first_line(self.stream, box, "none", "none", place)
        self.stream.end_text()
        self.stream.pop_state()
