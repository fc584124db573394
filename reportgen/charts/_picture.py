"""Turns a sheet into the files that are shown: lean, repeatable SVGs for screen and print, and a PNG for the mail."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape

import numpy as np
from matplotlib import rc_context
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from PIL import Image

from reportgen.charts._sheet import POINTS, TEXT_NAME, Lettering, Sheet
from reportgen.charts._type import FALLBACK, FAMILY, install_fonts, is_in_family
from reportgen.theme import FONT_FAMILY

RASTER_COLORS, MAIL_COLORS = 128, 256
"""Colours of pixels within an SVG, which holds dots alone, and of a picture in the mail."""

NEARLY_WHITE = 252
"""The palette's octree returns white a little darker; from here on it is paper again."""

COMPRESSION = 6
"""zlib's usual level: 9 takes five times as long for a tenth fewer bytes."""

MAIL_PIXELS = 1120
"""Width of a picture in the mail: 560 px shown, at twice the size."""

STYLE = {
    "svg.fonttype": "path",
    "svg.hashsalt": "reportgen",
    "svg.image_inline": True,
    "text.parse_math": False,
    "text.usetex": False,
    "text.hinting": "force_autohint",
    "text.antialiased": True,
    "path.simplify": True,
    "path.sketch": None,
    "path.effects": [],
    "font.family": [FAMILY, FALLBACK],
    "axes.unicode_minus": True,
}
"""Whatever could change the bytes, so that a matplotlibrc on the machine cannot."""

NO_METADATA = {"Date": None, "Creator": None, "Format": None, "Type": None}

_PREAMBLE = re.compile(r"<!DOCTYPE[^>]*>\s*|<!--.*?-->\s*|<defs>\s*<style[^>]*>.*?</style>\s*</defs>\s*", re.DOTALL)
_GROUP_IDS = re.compile(r' id="(?:figure|axes|patch|text|line2d|image|matplotlib\.axis|xtick|ytick)_?\w*"')
_TEXT_IDS = re.compile(rf' id="{TEXT_NAME}\d+"')
_GAPS = re.compile(r">\s+<")
_PAST_HUNDREDTHS = re.compile(r"(?<=\.\d\d)\d+")
_COORDINATES = re.compile(r' (?:d|transform|x|y)="[^"]*"')
_SCALES = re.compile(r"scale\([^)]*\)")
_PATHS = re.compile(r' d="([^"]*)"')
_BESIDE_LETTERS = re.compile(r"\s+(?=[A-Za-z])|(?<=[A-Za-z])\s+")
_PIXELS = re.compile(r'"data:image/png;base64,([^"]*)"')

_SHAPES = re.compile(r"<defs>((?:<path [^>]*>)+)</defs>")
_SHAPE = re.compile(r'<path id="([^"]+)"[^>]*>')
_EMPTY_SHAPE = re.compile(r'<path id="([^"]+)" transform="[^"]*"/>')
_SHIFTED = re.compile(r'<use xlink:href="#([^"]+)" transform="translate\(([-\d.]+) 0\)"/>')
_REFERENCE = re.compile(r'(?:xlink:href="#| id=")([^"]+)"')
_LETTERS = re.compile(
    rf'<g id="{TEXT_NAME}(\d+)"><g[^>]* transform="translate\(([-\d.]+) ([-\d.]+)\)[^"]*">(?:<use [^>]*>)*</g></g>'
)


@dataclass(frozen=True, slots=True)
class Svg:
    """One picture, twice."""

    shown: str
    """Text as shapes: the same on every screen."""
    printed: str
    """Text as text in the bundled family, wherever that family has the letters."""


@contextmanager
def drawing_style() -> Iterator[None]:
    """Inside, every figure is drawn and saved in the same way on every machine."""
    install_fonts()
    with rc_context(STYLE):
        yield


def to_svg(sheet: Sheet) -> Svg:
    """Standalone SVG; call within `drawing_style`."""
    stream = io.StringIO()
    FigureCanvasSVG(sheet.figure).print_svg(stream, metadata=NO_METADATA)
    drawn = _lean(stream.getvalue())
    return Svg(shown=_TEXT_IDS.sub("", drawn), printed=_with_text(drawn, sheet.texts))


def to_png(sheet: Sheet) -> bytes:
    """Opaque PNG, MAIL_PIXELS wide; call within `drawing_style`."""
    sheet.figure.set_dpi(MAIL_PIXELS * POINTS / sheet.width)
    canvas = FigureCanvasAgg(sheet.figure)
    canvas.draw()
    return _packed(Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB"), MAIL_COLORS)


def _lean(svg: str) -> str:
    """The same picture without unused names, false precision, and the style sheet that would leak into a page."""
    svg = _GROUP_IDS.sub("", _PREAMBLE.sub("", svg))
    svg = _GAPS.sub("><", svg).strip()
    svg = _COORDINATES.sub(lambda found: _rounded(found[0]), svg)
    svg = _PATHS.sub(lambda found: f' d="{_tight(found[1])}"', svg)
    svg = _PIXELS.sub(_repacked, svg)
    shapes = "".join(_SHAPES.findall(svg))
    head, start, body = _SHAPES.sub("", svg).partition("<g>")
    head = head.replace("<svg ", '<svg stroke-linejoin="round" ', 1)
    return _renamed(f"{head}<defs>{shapes}</defs>{start}{body}\n")


def _renamed(svg: str) -> str:
    """Shapes under short names, used by the short form; empty ones, which are spaces, left out."""
    for name in _EMPTY_SHAPE.findall(svg):
        svg = re.sub(rf'<use xlink:href="#{name}"[^>]*/>', "", svg)
    svg = _SHIFTED.sub(r'<use xlink:href="#\1" x="\2"/>', _EMPTY_SHAPE.sub("", svg))
    names = {name: f"s{place}" for place, name in enumerate(_SHAPE.findall(svg))}
    svg = _REFERENCE.sub(lambda found: found[0].replace(found[1], names.get(found[1], found[1])), svg)
    return svg.replace("xlink:href", "href")


def _tight(path: str) -> str:
    """Path data without the blanks it can do without."""
    return _BESIDE_LETTERS.sub("", path).replace(" -", "-")


def _rounded(attribute: str) -> str:
    """Coordinates to a hundredth of a point; scale factors, which multiply glyphs, stay exact."""
    if "scale(" not in attribute:
        return _PAST_HUNDREDTHS.sub("", attribute)
    kept = _SCALES.findall(attribute)
    parts = [_PAST_HUNDREDTHS.sub("", part) for part in _SCALES.split(attribute)]
    return "".join(part + scale for part, scale in zip(parts, [*kept, ""], strict=True))


def _repacked(found: re.Match[str]) -> str:
    """The pixels with a palette."""
    with Image.open(io.BytesIO(base64.b64decode(found[1]))) as pixels:
        packed = _packed(pixels, RASTER_COLORS)
    return f'"data:image/png;base64,{base64.b64encode(packed).decode()}"'


def _packed(pixels: Image.Image, n_colors: int) -> bytes:
    """PNG with a palette: a third of the bytes, and quicker to write."""
    stream = io.BytesIO()
    flat = pixels.quantize(n_colors, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    if pixels.mode == "RGB":
        flat.putpalette([255 if level >= NEARLY_WHITE else level for level in flat.getpalette() or []])
    flat.save(stream, "png", compress_level=COMPRESSION)
    return stream.getvalue()


def _with_text(svg: str, texts: list[Lettering]) -> str:
    """The picture with letters in place of their shapes."""

    def written(found: re.Match[str]) -> str:
        lettering = texts[int(found[1])]
        if not is_in_family(lettering.text):
            return _TEXT_IDS.sub("", found[0])
        return (
            f'<text x="{found[2]}" y="{found[3]}" font-size="{lettering.size:g}" font-weight="{lettering.weight}" '
            f'fill="{lettering.color}">{escape(lettering.text)}</text>'
        )

    written_out = _LETTERS.sub(written, svg).replace("<svg ", f'<svg font-family="{FONT_FAMILY}" ', 1)
    used = set(re.findall(r'href="#([^"]+)"', written_out))
    return _SHAPE.sub(lambda found: found[0] if found[1] in used else "", written_out)
