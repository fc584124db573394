"""Turns a sheet into the files that are shown: a lean, repeatable SVG, and a PNG for the mail."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from matplotlib import rc_context
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.patheffects import withStroke
from matplotlib.text import Text
from PIL import Image

from reportgen.charts._sheet import HALO_MARK, POINTS, Sheet
from reportgen.charts._type import FALLBACK, FAMILY, install_fonts

HALO = 2.4
"""Points of paper colour around a text that stands on marks, half of them outside the letters."""

RASTER_COLORS, MAIL_COLORS = 128, 256
"""Colours of pixels within an SVG, which holds dots alone, and of a picture in the mail."""

NEARLY_WHITE = 254

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
_GROUP_IDS = re.compile(r' id="(?:figure|axes|patch|text|line2d|image|matplotlib\.axis|xtick|ytick|halo)_?\w*"')
_LONG_DECIMALS = re.compile(r"(\d+\.\d\d)\d+")
_COORDINATES = re.compile(r' (?:d|transform|x|y)="[^"]*"')
_SCALES = re.compile(r"scale\([^)]*\)")
_HALOS = re.compile(
    rf'<g id="{HALO_MARK}">\s*<g style="[^"]*" (transform="[^"]*scale\(([\d.]+)[^"]*")>(.*?)</g>', re.DOTALL
)
_PIXELS = re.compile(r'"data:image/png;base64,([^"]*)"')
_GAPS = re.compile(r">\s+<")


@contextmanager
def drawing_style() -> Iterator[None]:
    """Inside, every figure is drawn and saved in the same way on every machine."""
    install_fonts()
    with rc_context(STYLE):
        yield


def to_svg(sheet: Sheet) -> str:
    """Standalone SVG, text as paths; call within `drawing_style`."""
    stream = io.StringIO()
    FigureCanvasSVG(sheet.figure).print_svg(stream, metadata=NO_METADATA)
    return _lean(_haloed(stream.getvalue(), sheet.theme.paper))


def to_png(sheet: Sheet) -> bytes:
    """Opaque PNG, MAIL_PIXELS wide; call within `drawing_style`."""
    for text in sheet.figure.findobj(Text):
        if text.get_gid() == HALO_MARK:
            text.set_path_effects([withStroke(linewidth=HALO, foreground=sheet.theme.paper)])
    sheet.figure.set_dpi(MAIL_PIXELS * POINTS / sheet.width)
    canvas = FigureCanvasAgg(sheet.figure)
    canvas.draw()
    return _packed(Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB"), MAIL_COLORS)


def _haloed(svg: str, paper: str) -> str:
    """A rim of paper colour below every marked text, from the same glyphs: own outlines would be 20 times larger."""

    def doubled(found: re.Match[str]) -> str:
        width = HALO / float(found[2])
        style = f"fill: {paper}; stroke: {paper}; stroke-width: {width:.1f}"
        return found[0].replace("<g style", f'<g style="{style}" {found[1]}>{found[3]}</g><g style', 1)

    return _HALOS.sub(doubled, svg)


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
        # The octree returns white as 254: paper must not show as a box on a white page.
        flat.putpalette([255 if level >= NEARLY_WHITE else level for level in flat.getpalette() or []])
    flat.save(stream, "png", compress_level=COMPRESSION)
    return stream.getvalue()


def _lean(svg: str) -> str:
    """The picture without unused names, false precision, and the style sheet that would leak into a page."""
    svg = _GROUP_IDS.sub("", _PREAMBLE.sub("", svg))
    svg = _COORDINATES.sub(lambda found: _rounded(found[0]), svg)
    svg = _PIXELS.sub(_repacked, svg)
    svg = svg.replace("<svg ", '<svg stroke-linejoin="round" ', 1)
    return _GAPS.sub("><", svg).strip() + "\n"


def _rounded(attribute: str) -> str:
    """Coordinates to a hundredth of a point; scale factors, which multiply glyphs, stay exact."""
    if "scale(" not in attribute:
        return _LONG_DECIMALS.sub(r"\1", attribute)
    kept = _SCALES.findall(attribute)
    parts = [_LONG_DECIMALS.sub(r"\1", part) for part in _SCALES.split(attribute)]
    return "".join(part + scale for part, scale in zip(parts, [*kept, ""], strict=True))
