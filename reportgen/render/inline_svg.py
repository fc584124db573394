"""Puts charts into the HTML as inline SVG; every letter's outline is written once for all of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from xml.etree.ElementTree import Element

from markupsafe import Markup

from reportgen.render.drawing import ForeignShapeError, is_glyph, read_drawing
from reportgen.render.pieces import Picture, data_address

_AROUND_LETTERS = re.compile(r"\s*([A-Za-z])\s*")
_BEFORE_MINUS = re.compile(r"\s+-")
_AROUND_SIGNS = re.compile(r"\s*([:;])\s*")


class Letters:
    """The outlines that the drawings of one page share, whatever each of them calls a letter."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    def take(self, glyph: Element) -> str:
        """The id of the letter on the page."""
        return self._names.setdefault(compact(glyph.attrib.get("d", "")), f"letter-{len(self._names)}")

    def markup(self) -> Markup:
        """An SVG of no size that holds the outlines."""
        paths = "".join(
            f'<path id="{escape(name)}" d="{escape(outline)}" transform="scale(.015625)"/>'
            for outline, name in self._names.items()
        )
        return _ours(f'<svg class="letters" width="0" height="0" aria-hidden="true"><defs>{paths}</defs></svg>')


def inline_drawings(pictures: Iterable[Picture]) -> tuple[Markup, dict[str, Markup]]:
    """The shared letters, and the markup of each picture by name; a drawing of foreign shapes becomes an <img>."""
    letters = Letters()
    drawn: dict[str, Markup] = {}
    for picture in pictures:
        try:
            drawn[picture.name] = _inline(picture, letters)
        except ForeignShapeError:
            size = f'width="{picture.width_pixels}" height="{picture.height_pixels}"'
            drawn[picture.name] = _ours(f'<img src="{data_address(picture.svg)}" alt="{escape(picture.alt)}" {size}>')
    return letters.markup(), drawn


def _ours(text: str) -> Markup:
    """Markup made here: every value in it is escaped, every name from the list of known shapes."""
    return Markup(text)  # noqa: S704


def _inline(picture: Picture, letters: Letters) -> Markup:
    root = read_drawing(picture.svg)
    shared = {shape.attrib["id"]: letters.take(shape) for shape in root.iter() if is_glyph(shape)}
    inside = "".join(_markup(child, shared, f"{picture.anchor}-") for child in root)
    box, join = escape(root.attrib["viewBox"]), escape(root.attrib.get("stroke-linejoin", "miter"))
    label = escape(picture.alt)
    return _ours(f'<svg viewBox="{box}" role="img" aria-label="{label}" stroke-linejoin="{join}">{inside}</svg>')


def _markup(shape: Element, shared: dict[str, str], prefix: str) -> str:
    if is_glyph(shape):
        return ""
    inside = "".join(_markup(child, shared, prefix) for child in shape)
    if not inside and shape.tag in {"g", "defs"}:
        return ""
    if shape.tag == "g" and not shape.attrib:
        return inside
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in _attributes(shape, shared, prefix))
    return f"<{shape.tag}{attributes}>{inside}</{shape.tag}>" if inside else f"<{shape.tag}{attributes}/>"


def _attributes(shape: Element, shared: dict[str, str], prefix: str) -> Iterator[tuple[str, str]]:
    """Ids and what refers to them get the picture's prefix, letters their name on the page: nothing collides."""
    for name, value in shape.attrib.items():
        match name:
            case "id":
                yield name, prefix + value
            case "href" if value.startswith("#"):
                yield name, "#" + shared.get(value[1:], prefix + value[1:])
            case "clip-path":
                yield name, value.replace("#", f"#{prefix}")
            case "d":
                yield name, compact(value)
            case "style":
                yield name, _AROUND_SIGNS.sub(r"\1", value).strip(" ;")
            case _:
                yield name, value


def compact(outline: str) -> str:
    """A path without the blanks that nobody needs."""
    return _BEFORE_MINUS.sub("-", _AROUND_LETTERS.sub(r"\1", " ".join(outline.split())))
