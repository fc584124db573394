"""Puts charts into the HTML as inline SVG; every letter's outline is written once for all of them.

Each shape in a segment's colour is marked with the segment, and each drawing with the zones of its table's rows: that
is all the script needs to light up one segment in every figure and to tell the values under the pointer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from xml.etree.ElementTree import Element

from markupsafe import Markup

from reportgen.render.drawing import ForeignShapeError, is_glyph, read_drawing
from reportgen.render.night import night_color
from reportgen.render.pieces import Picture, data_address
from reportgen.render.zones import Zone, zones_of
from reportgen.theme import Theme

_AROUND_LETTERS = re.compile(r"\s*([A-Za-z])\s*")
_BEFORE_MINUS = re.compile(r"\s+-")
_AROUND_SIGNS = re.compile(r"\s*([:;])\s*")
_COLOR = re.compile(r"#[0-9a-fA-F]{6}\b")
_PAINT = re.compile(r"(?:fill|stroke): ?(#[0-9a-fA-F]{6})")


@dataclass(frozen=True, slots=True)
class Paint:
    """A colour as a page calls it."""

    name: str
    day: str
    night: str


@dataclass(frozen=True, slots=True)
class Inlined:
    """The drawings of one page."""

    letters: Markup
    """What they share."""
    drawings: dict[str, Markup]
    """By the picture's name."""
    paints: tuple[Paint, ...]


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


class Paints:
    """The colours that the drawings of one page share, by name, so that a dark screen can give each its like."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._names: dict[str, str] = {}

    def named(self, style: str) -> str:
        """The style with names in place of colours."""
        return _COLOR.sub(lambda found: f"var(--{self._take(found[0])})", style)

    def _take(self, color: str) -> str:
        return self._names.setdefault(color.upper(), f"paint-{len(self._names)}")

    def pairs(self) -> tuple[Paint, ...]:
        return tuple(Paint(name, color, night_color(self._theme, color)) for color, name in self._names.items())


class Marks:
    """Tells whose shape is whose by its colour; past ten segments colours repeat, and so do marks."""

    def __init__(self, theme: Theme) -> None:
        inks = (*enumerate(theme.segment_inks, 1), *enumerate(theme.segment_colors, 1))
        self._segments = {color.lower(): segment for segment, color in inks}
        self._before = 0

    def segment_of(self, shape: Element) -> int:
        """The segment, or 0. Pixels are those of the segment that was drawn right before them: its customers."""
        if shape.tag == "image":
            return self._before
        paints = _PAINT.findall(shape.attrib.get("style", ""))
        if paints:
            self._before = next((found for paint in paints if (found := self._segments.get(paint.lower()))), 0)
            return self._before
        return 0


def inline_drawings(pictures: Iterable[Picture], theme: Theme) -> Inlined:
    """The pictures as markup; a drawing of foreign shapes becomes an <img>."""
    letters, paints, marks = Letters(), Paints(theme), Marks(theme)
    drawn: dict[str, Markup] = {}
    for picture in pictures:
        try:
            drawn[picture.name] = _inline(picture, letters, paints, marks)
        except ForeignShapeError:
            size = f'width="{picture.width_pixels}" height="{picture.height_pixels}"'
            drawn[picture.name] = _ours(f'<img src="{data_address(picture.svg)}" alt="{escape(picture.alt)}" {size}>')
    return Inlined(letters.markup(), drawn, paints.pairs())


def _ours(text: str) -> Markup:
    """Markup made here: every value in it is escaped, every name from the list of known shapes."""
    return Markup(text)  # noqa: S704


@dataclass(frozen=True, slots=True)
class Shared:
    """What a drawing has in common with the others on its page, and what keeps it apart."""

    letters: dict[str, str]
    """A letter's id in the drawing → that on the page."""
    paints: Paints
    prefix: str
    """Of the drawing's own ids."""


def _inline(picture: Picture, letters: Letters, paints: Paints, marks: Marks) -> Markup:
    root = read_drawing(picture.svg)
    shared = {shape.attrib["id"]: letters.take(shape) for shape in root.iter() if is_glyph(shape)}
    page = Shared(shared, paints, f"{picture.anchor}-")
    inside = "".join(_markup(child, page, marks) for child in root)
    box, join = escape(root.attrib["viewBox"]), escape(root.attrib.get("stroke-linejoin", "miter"))
    label, zones = escape(picture.alt), _written(zones_of(picture))
    return _ours(f'<svg viewBox="{box}" role="img" aria-label="{label}" stroke-linejoin="{join}"{zones}>{inside}</svg>')


def _written(zones: Iterable[Zone]) -> str:
    """`row x y width height` of each, as the script reads them."""
    places = ";".join(f"{z.row} {z.x:.0f} {z.y:.0f} {z.width:.0f} {z.height:.0f}" for z in zones)
    return f' data-zones="{places}"' if places else ""


def _markup(shape: Element, page: Shared, marks: Marks) -> str:
    if is_glyph(shape):
        return ""
    segment = marks.segment_of(shape)
    inside = "".join(_markup(child, page, marks) for child in shape)
    if not inside and shape.tag in {"g", "defs"}:
        return ""
    if shape.tag == "g" and not shape.attrib:
        return inside
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in _attributes(shape, page))
    mark = f' data-of="{segment}"' if segment else ""
    return f"<{shape.tag}{mark}{attributes}>{inside}</{shape.tag}>" if inside else f"<{shape.tag}{mark}{attributes}/>"


def _attributes(shape: Element, page: Shared) -> Iterator[tuple[str, str]]:
    """Ids and what refers to them get the picture's prefix, letters their name on the page: nothing collides."""
    for name, value in shape.attrib.items():
        match name:
            case "id":
                yield name, page.prefix + value
            case "href" if value.startswith("#"):
                yield name, "#" + page.letters.get(value[1:], page.prefix + value[1:])
            case "clip-path":
                yield name, value.replace("#", f"#{page.prefix}")
            case "d":
                yield name, compact(value)
            case "style":
                yield name, page.paints.named(_AROUND_SIGNS.sub(r"\1", value).strip(" ;"))
            case _:
                yield name, value


def compact(outline: str) -> str:
    """A path without the blanks that nobody needs."""
    return _BEFORE_MINUS.sub("-", _AROUND_LETTERS.sub(r"\1", " ".join(outline.split())))
