"""Reads a chart's SVG into the few shapes that charts are made of; whatever else it holds is refused."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, ParseError, fromstring

SVG, XLINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}"

SHAPES: dict[str, frozenset[str]] = {
    "svg": frozenset({"width", "height", "viewBox", "version", "stroke-linejoin"}),
    "g": frozenset({"id", "style", "transform", "clip-path"}),
    "path": frozenset({"id", "d", "style", "transform", "clip-path"}),
    "rect": frozenset({"x", "y", "width", "height"}),
    "use": frozenset({"href", "x", "y", "style", "transform", "clip-path"}),
    "image": frozenset({"id", "href", "x", "y", "width", "height", "style", "transform"}),
    "defs": frozenset(),
    "clipPath": frozenset({"id"}),
}
"""Element → its attributes: what matplotlib writes for text as shapes, and nothing that could run or load."""

GLYPH_SCALE = "scale(0.015625)"
"""The transform of a letter's outline in matplotlib's SVG: a 64th."""

_VALUES = {
    "href": re.compile(r"#[\w.-]+|data:image/png;base64,[A-Za-z0-9+/=\s]+"),
    "clip-path": re.compile(r"url\(#[\w.-]+\)"),
    "d": re.compile(r"[MLQCZz\d\s.e-]*"),
    "style": re.compile(r"(?:\s*[a-z-]+:\s*[\w#.,\s-]+;?)*\s*"),
    "transform": re.compile(r"(?:\s*(?:translate|scale|matrix|rotate)\([\d\s.,e-]+\))*\s*"),
}
_PLAIN = re.compile(r"[\w.\s-]*")


class ForeignShapeError(ValueError):
    """The drawing holds something that charts do not draw."""


def read_drawing(svg: str) -> Element:
    """The drawing's root, names without namespaces. Raises ForeignShapeError."""
    try:
        root = fromstring(svg)  # noqa: S314 - drawn by our own charts; what it may hold is checked next
    except ParseError as fault:
        raise ForeignShapeError(f"not an SVG: {fault}") from None
    for shape in root.iter():
        shape.tag = shape.tag.removeprefix(SVG)
        given = {name.removeprefix(XLINK): value for name, value in shape.attrib.items()}
        if shape.tag not in SHAPES or not given.keys() <= SHAPES[shape.tag] or (shape.text or "").strip():
            raise ForeignShapeError(f"<{shape.tag}> with {', '.join(sorted(given))}")
        for name, value in given.items():
            if not _VALUES.get(name, _PLAIN).fullmatch(value):
                raise ForeignShapeError(f"{name} of <{shape.tag}>: {value[:40]!r}")
        shape.attrib.clear()
        shape.attrib.update(given)
    return root


def is_glyph(shape: Element) -> bool:
    return shape.tag == "path" and "id" in shape.attrib and shape.attrib.get("transform") == GLYPH_SCALE
