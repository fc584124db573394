"""Puts charts into the HTML as inline SVG; every letter's outline is written once for all of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from markupsafe import Markup, escape

from reportgen.render.drawing import ForeignShapeError, is_glyph, read_drawing
from reportgen.render.pieces import Picture, data_address

_AROUND_LETTERS = re.compile(r"\s*([A-Za-z])\s*")
_AROUND_SIGNS = re.compile(r"\s*([:;])\s*")


class Sheet:
    """The letters that the drawings of one page share."""

    def __init__(self) -> None:
        self.outlines: dict[str, str] = {}

    def take(self, glyph: Element) -> None:
        """Raises ForeignShapeError if another outline has the name."""
        outline = compact(glyph.attrib.get("d", ""))
        if self.outlines.setdefault(glyph.attrib["id"], outline) != outline:
            raise ForeignShapeError(f"two outlines named {glyph.attrib['id']}")

    def markup(self) -> Markup:
        """An SVG of no size that holds the outlines."""
        paths = Markup("").join(
            Markup('<path id="{}" d="{}" transform="scale(.015625)"/>').format(name, outline)
            for name, outline in self.outlines.items()
        )
        return Markup('<svg class="letters" width="0" height="0" aria-hidden="true"><defs>{}</defs></svg>').format(
            paths
        )


def inline_drawings(pictures: Iterable[Picture]) -> tuple[Markup, dict[str, Markup]]:
    """The shared letters, and the markup of each picture by name; a drawing of foreign shapes becomes an <img>."""
    sheet = Sheet()
    drawn: dict[str, Markup] = {}
    for picture in pictures:
        try:
            drawn[picture.name] = _inline(picture, sheet)
        except ForeignShapeError:
            drawn[picture.name] = Markup('<img src="{}" alt="{}" width="{}" height="{}">').format(
                data_address(picture.svg), picture.alt, picture.width_pixels, picture.height_pixels
            )
    return sheet.markup(), drawn


def _inline(picture: Picture, sheet: Sheet) -> Markup:
    root = read_drawing(picture.svg)
    letters = [shape for shape in root.iter() if is_glyph(shape)]
    for letter in letters:
        sheet.take(letter)
    glyphs = {letter.attrib["id"] for letter in letters}
    inside = Markup("").join(_markup(child, glyphs, f"{picture.anchor}-") for child in root)
    return Markup('<svg viewBox="{}" role="img" aria-label="{}" stroke-linejoin="{}">{}</svg>').format(
        root.attrib["viewBox"], picture.alt, root.attrib.get("stroke-linejoin", "miter"), inside
    )


def _markup(shape: Element, glyphs: set[str], prefix: str) -> Markup:
    if is_glyph(shape):
        return Markup("")
    inside = Markup("").join(_markup(child, glyphs, prefix) for child in shape)
    if not inside and shape.tag in {"g", "defs"}:
        return Markup("")
    if shape.tag == "g" and not shape.attrib:
        return inside
    attributes = Markup("").join(_attributes(shape, glyphs, prefix))
    if not inside:
        return Markup("<{}{}/>").format(shape.tag, attributes)
    return Markup("<{0}{1}>{2}</{0}>").format(shape.tag, attributes, inside)


def _attributes(shape: Element, glyphs: set[str], prefix: str) -> Iterator[Markup]:
    """Ids and what refers to them get the picture's prefix, letters excepted: no two pictures on a page collide."""
    for name, value in shape.attrib.items():
        match name:
            case "id":
                value = prefix + value
            case "href" if value.startswith("#"):
                value = value if value[1:] in glyphs else f"#{prefix}{value[1:]}"
            case "clip-path":
                value = value.replace("#", f"#{prefix}")
            case "d":
                value = compact(value)
            case "style":
                value = _AROUND_SIGNS.sub(r"\1", value).strip(" ;")
        yield Markup(' {}="{}"').format(name, escape(value))


def compact(outline: str) -> str:
    """A path without the blanks that nobody needs."""
    return _AROUND_LETTERS.sub(r"\1", " ".join(outline.split()))
