"""Draws charts straight into the PDF: WeasyPrint's own SVG reader takes ten times as long over the same few shapes."""

from __future__ import annotations

import base64
import hashlib
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from xml.etree.ElementTree import Element

from PIL.Image import open as open_image
from weasyprint.images import RasterImage

from reportgen.render.drawing import ForeignShapeError, named_shapes, read_drawing, style_of, transforms_of
from reportgen.render.pieces import Picture, data_address

CSS_PIXELS_PER_POINT = 4 / 3
JOINS = {"miter": 0, "round": 1, "bevel": 2}
CAPS = {"butt": 0, "round": 1, "square": 2}
MITER_LIMIT = 4
"""SVG's default; PDF's own is 10 (SVG 2, 13.5.5; ISO 32000-1, table 52)."""

UNDERSTOOD = frozenset(
    {
        *("fill", "stroke", "stroke-width", "stroke-linejoin", "stroke-linecap", "stroke-dasharray"),
        *("stroke-dashoffset", "stroke-miterlimit", "opacity", "fill-opacity", "stroke-opacity", "image-rendering"),
    }
)

Style = dict[str, str]


@dataclass(frozen=True, slots=True)
class Sheer:
    """Operators, with the opacity of fill and stroke under which they are drawn."""

    fill: float
    stroke: float
    operators: bytes

    def draw(self, stream: Any) -> None:
        stream.set_alpha(self.fill, stroke=False)
        stream.set_alpha(self.stroke, stroke=True)
        stream.stream.append(self.operators)


@dataclass(frozen=True, slots=True, eq=False)
class Pixels:
    """A raster image in its box."""

    image: RasterImage
    box: tuple[float, float, float, float]
    """x, y, width, height."""
    is_smooth: bool

    def draw(self, stream: Any) -> None:
        x, y, width, height = self.box
        name = stream.add_image(self.image, self.is_smooth, 1)
        stream.transform(a=width, d=-height, e=x, f=y + height)
        stream.draw_x_object(name)


Step = bytes | Sheer | Pixels
"""Operators as they stand, or something that needs the stream's resources."""


class PdfDrawing:
    """An image as WeasyPrint's cache keeps it: it knows its size and draws itself on a stream."""

    def __init__(self, svg: str) -> None:
        """Raises ForeignShapeError for what only WeasyPrint can draw."""
        root = read_drawing(svg)
        _, _, self._width, self._height = (float(number) for number in root.attrib["viewBox"].split())
        drawer = Drawer(named_shapes(root))
        inherited = {
            "fill": "#000000",
            "stroke": "none",
            "stroke-linejoin": root.attrib.get("stroke-linejoin", "miter"),
        }
        self._steps = [step for child in root for step in drawer.draw(child, inherited)]

    def get_intrinsic_size(self, _resolution: float, _font_size: float) -> tuple[float, float, float]:
        """Width and height in CSS pixels, and their ratio."""
        width, height = self._width * CSS_PIXELS_PER_POINT, self._height * CSS_PIXELS_PER_POINT
        return width, height, width / height

    def draw(self, stream: Any, width: float, height: float, _style: object) -> None:
        """Writes the operators; `stream` is WeasyPrint's, at the picture's top left corner, y down."""
        stream.transform(a=width / self._width, d=height / self._height)
        stream.set_alpha(1, stroke=True, fill=True)
        for step in self._steps:
            if isinstance(step, bytes):
                stream.stream.append(step)
            else:
                with stream.stacked():
                    step.draw(stream)


class Drawer:
    """Turns shapes into operators; holds the shapes that others refer to."""

    def __init__(self, named: dict[str, Element]) -> None:
        self._named = named

    def draw(self, shape: Element, inherited: Style) -> Iterator[Step]:
        """The steps that draw the shape and everything in it. Raises ForeignShapeError."""
        own = style_of(shape.attrib.get("style", ""))
        if not own.keys() <= UNDERSTOOD:
            raise ForeignShapeError(f"style {sorted(own)}")
        style = {**inherited, **own}
        if shape.tag in {"defs", "clipPath"}:
            return
        yield b"q" + moved(shape.attrib.get("transform", "")) + self._clip(shape)
        yield from self._inside(shape, style)
        yield b"Q"

    def _inside(self, shape: Element, style: Style) -> Iterator[Step]:
        match shape.tag:
            case "path":
                if operators := outline(shape.attrib.get("d", "")):
                    yield painted(operators, style)
            case "use":
                at = [float(shape.attrib.get(name, 0)) for name in ("x", "y")]
                yield matrix([1, 0, 0, 1, *at])
                yield from self.draw(self._named[shape.attrib["href"][1:]], style)
            case "image":
                yield pixels(shape)
            case "g" if "opacity" not in style_of(shape.attrib.get("style", "")):
                for child in shape:
                    yield from self.draw(child, style)
            case _:
                raise ForeignShapeError(f"<{shape.tag}>")

    def _clip(self, shape: Element) -> bytes:
        name = shape.attrib.get("clip-path", "").removeprefix("url(#").removesuffix(")")
        if not name:
            return b""
        (area,) = self._named[name]
        if area.tag != "rect":
            return b" " + outline(area.attrib["d"]) + b" W n"
        box = (float(area.attrib[side]) for side in ("x", "y", "width", "height"))
        return " {} {} {} {} re W n".format(*map(plain, box)).encode()


def pixels(shape: Element) -> Pixels:
    """The PNG that the shape carries."""
    content = base64.b64decode(shape.attrib["href"].partition(",")[2])
    name = hashlib.sha256(content).hexdigest()[:16]
    x, y, width, height = (float(shape.attrib.get(side, 0)) for side in ("x", "y", "width", "height"))
    is_smooth = "image-rendering" not in style_of(shape.attrib.get("style", ""))
    return Pixels(RasterImage(open_image(io.BytesIO(content)), name, content), (x, y, width, height), is_smooth)


def painted(operators: bytes, style: Style) -> Step:
    """The outline filled and stroked as the style says."""
    fill, stroke = style["fill"], style["stroke"]
    parts = []
    if fill != "none":
        parts.append(f"{color(fill)} rg")
    if stroke != "none":
        parts.append(f"{color(stroke)} RG {pen(style)}")
    paint = {(True, True): "B", (True, False): "f", (False, True): "S", (False, False): "n"}
    ink = " ".join(parts).encode()
    ended = b"%b %b %b" % (ink, operators, paint[fill != "none", stroke != "none"].encode())
    opacity = float(style.get("opacity", 1))
    alphas = opacity * float(style.get("fill-opacity", 1)), opacity * float(style.get("stroke-opacity", 1))
    return ended if alphas == (1, 1) else Sheer(*alphas, ended)


def pen(style: Style) -> str:
    """Line width, join, cap, miter limit and dashes."""
    dashes = style.get("stroke-dasharray", "none")
    pattern = "" if dashes == "none" else dashes.replace(",", " ")
    return (
        f"{style.get('stroke-width', '1')} w {JOINS[style['stroke-linejoin']]} j "
        f"{CAPS[style.get('stroke-linecap', 'butt')]} J {style.get('stroke-miterlimit', MITER_LIMIT)} M "
        f"[{pattern}] {style.get('stroke-dashoffset', '0')} d"
    )


@lru_cache(256)
def color(text: str) -> str:
    """`#rrggbb` as three numbers of 0..1. Raises ForeignShapeError."""
    if len(text) != len("#rrggbb") or not text.startswith("#"):
        raise ForeignShapeError(f"colour {text}")
    return " ".join(plain(int(text[place : place + 2], 16) / 255, 4) for place in (1, 3, 5))


@lru_cache(1024)
def moved(transform: str) -> bytes:
    """A transform attribute as operators. Raises ForeignShapeError."""
    operators = b""
    for name, numbers in transforms_of(transform):
        match name, numbers:
            case "translate", [x, *rest]:
                operators += matrix([1, 0, 0, 1, x, *(rest or [0])])
            case "scale", [x, *rest]:
                operators += matrix([x, 0, 0, *(rest or [x]), 0, 0])
            case "matrix", [_, _, _, _, _, _]:
                operators += matrix(numbers)
            case _:
                raise ForeignShapeError(f"transform {name}")
    return operators


def matrix(numbers: list[float]) -> bytes:
    return b" " + " ".join(plain(number, 6) for number in numbers).encode() + b" cm "


@lru_cache(4096)
def outline(d: str) -> bytes:
    """An SVG path of absolute M, L, Q, C and Z as operators of ISO 32000-1, 8.5.2. Raises ForeignShapeError.

    A quadratic curve becomes the cubic one with the same points: its controls lie two thirds of the way to the old one.
    """
    tokens = iter(d.split())
    operators: list[str] = []
    here = (0.0, 0.0)
    counts = {"M": 2, "L": 2, "Q": 4, "C": 6}
    for letter in tokens:
        if letter in "zZ":
            operators.append("h")
            continue
        if letter not in counts:
            raise ForeignShapeError(f"path with {letter[:10]!r}")
        numbers = [float(next(tokens)) for _ in range(counts[letter])]
        end = (numbers[-2], numbers[-1])
        if letter == "Q":
            x, y = numbers[0], numbers[1]
            numbers = [
                *(here[0] + 2 / 3 * (x - here[0]), here[1] + 2 / 3 * (y - here[1])),
                *(end[0] + 2 / 3 * (x - end[0]), end[1] + 2 / 3 * (y - end[1])),
                *end,
            ]
        operators.append(" ".join(map(plain, numbers)) + {"M": " m", "L": " l"}.get(letter, " c"))
        here = end
    return "\n".join(operators).encode()


def plain(number: float, decimals: int = 2) -> str:
    """A number as PDF writes it: no exponent, no needless digits; coordinates to a hundredth of a point."""
    text = f"{number:.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def place_drawings(pictures: Iterable[Picture]) -> tuple[dict[str, str], dict[str, PdfDrawing]]:
    """Picture → the address that a page names it by, and the images that WeasyPrint finds under those addresses.

    A drawing of foreign shapes gets a `data:` address instead, and WeasyPrint reads it.
    """
    addresses: dict[str, str] = {}
    images: dict[str, PdfDrawing] = {}
    for picture in pictures:
        address = f"chart:{picture.name}"
        try:
            images[address] = PdfDrawing(picture.svg)
            addresses[picture.name] = address
        except ForeignShapeError:
            addresses[picture.name] = data_address(picture.svg)
    return addresses, images
