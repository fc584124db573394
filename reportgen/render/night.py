"""Colours of the dark screen: each colour of the light one turned over in lightness and kept in hue.

What stood out from paper stands out from the dark ground as far, and what lay on it stays as readable, whatever chart
drew it; the segments have colours of their own, which are as far apart as the light ones.
"""

from __future__ import annotations

from functools import cache

from reportgen.theme import SEGMENT_COLORS, SEGMENT_INKS, Theme, channels, contrast, luminance, readable

NIGHT_PAPER, NIGHT_SHADE, NIGHT_INK, NIGHT_SOFT, NIGHT_RULE = "#14171B", "#1D2126", "#E9EBEE", "#A7AFB9", "#363C44"
"""The ground and the greys of the dark screen: INK turned over, softened so that white text does not glare."""

NIGHT_SEGMENT_COLORS = (
    "#548CDF",
    "#AD5A30",
    "#BCE7E1",
    "#EF7DAA",
    "#B19947",
    "#CEB7FE",
    "#0A797D",
    "#FEBCA6",
    "#765EB5",
    "#7E9268",
)
"""Each SEGMENT_COLORS in the dark, in its hue; ≥ 3:1 on the dark ground and its shade, as far apart as those are."""

Triple = tuple[float, float, float]

NOT_BLACK = 0.05
"""What WCAG adds to a luminance: the light that a screen mirrors."""

HALVINGS = 12
"""Lightness to a quarter of what a channel of eight bits can show."""

LESS_CHROMA = 0.95
"""By how much a colour fades at a time until a screen can show it."""


def night_color(theme: Theme, color: str) -> str:
    """#rrggbb, or its like on the dark screen: in the same contrast to the like of any other, but for the segments'."""
    known = {theme.paper: NIGHT_PAPER, **_of_segments()}
    return known.get(color.upper()) or turned(theme, color)


@cache
def _of_segments() -> dict[str, str]:
    """The segments' colours and inks of the day → those of the dark screen."""
    own = dict(zip(SEGMENT_COLORS, NIGHT_SEGMENT_COLORS, strict=True))
    inks = {ink: readable(own[day], NIGHT_SHADE) for day, ink in zip(SEGMENT_COLORS, SEGMENT_INKS, strict=True)}
    return inks | own


def turned(theme: Theme, color: str) -> str:
    """The colour as far from the dark ground as it is from paper, in its hue."""
    wanted = (luminance(NIGHT_PAPER) + NOT_BLACK) * contrast(color, theme.paper) - NOT_BLACK
    _, a, b = to_oklab(color)
    darkest, lightest = 0.0, 1.0
    for _ in range(HALVINGS):
        middle = (darkest + lightest) / 2
        if luminance(to_hex(middle, a, b)) < wanted:
            darkest = middle
        else:
            lightest = middle
    return to_hex(lightest, a, b)


def to_oklab(color: str) -> Triple:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels(color))
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def to_hex(lightness: float, a: float, b: float) -> str:
    """#rrggbb of that lightness and hue, as strong as a screen can show it."""
    linear = to_linear(lightness, a, b)
    while min(linear) < -0.001 or max(linear) > 1.001:
        a, b = a * LESS_CHROMA, b * LESS_CHROMA
        linear = to_linear(lightness, a, b)
    shown = (12.92 * c if c <= 0.0031308 else 1.055 * c ** (1 / 2.4) - 0.055 for c in (max(0.0, c) for c in linear))
    return "#" + "".join(f"{min(255, round(255 * c)):02X}" for c in shown)


def to_linear(lightness: float, a: float, b: float) -> Triple:
    """Red, green and blue as light adds up."""
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
