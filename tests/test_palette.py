"""The palette holds what it promises: contrast, and colours that colour-blind readers can tell apart."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import numpy.typing as npt
import pytest

from reportgen.render.night import NIGHT_PAPER, NIGHT_SEGMENT_COLORS, NIGHT_SHADE
from reportgen.theme import PAPER, SEGMENT_COLORS, SEGMENT_INKS, SHADE

Triple = npt.NDArray[np.float64]

# Machado, Oliveira & Fernandes 2009, severity 1.0, on linear RGB.
VISIONS = {
    "full colour": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
D65 = np.array([0.95047, 1.0, 1.08883])
APART_FIRST_EIGHT, APART_ALL = 13.0, 10.0
MARK_CONTRAST, TEXT_CONTRAST = 3.0, 4.5


def linear(color: str) -> Triple:
    channels = np.array([int(color[place : place + 2], 16) for place in (1, 3, 5)]) / 255
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def contrast(color: str, ground: str) -> float:
    light, dark = sorted((float(linear(each) @ TO_XYZ[1]) for each in (color, ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def lab(color: str, vision: Triple) -> Triple:
    """CIE L*a*b* of a colour as that vision sees it."""
    xyz = TO_XYZ @ np.clip(vision @ linear(color), 0, 1) / D65
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def ciede2000(one: Triple, other: Triple) -> float:
    """CIEDE2000, the colour difference of Sharma, Wu & Dalal 2005."""
    chroma = (np.hypot(*one[1:]) + np.hypot(*other[1:])) / 2
    stretch = 1.5 - 0.5 * np.sqrt(chroma**7 / (chroma**7 + 25.0**7))
    a, b = np.array([one[1], other[1]]) * stretch, np.array([one[2], other[2]])
    c, h = np.hypot(a, b), np.degrees(np.arctan2(b, a)) % 360
    turn = (h[1] - h[0] + 180) % 360 - 180
    d_light, d_chroma = other[0] - one[0], c[1] - c[0]
    d_hue = 2 * np.sqrt(c[0] * c[1]) * np.sin(np.radians(turn / 2))
    light, chroma, hue = (one[0] + other[0]) / 2, c.mean(), (h[0] + turn / 2) % 360
    t = 1 - 0.17 * np.cos(np.radians(hue - 30)) + 0.24 * np.cos(np.radians(2 * hue))
    t += 0.32 * np.cos(np.radians(3 * hue + 6)) - 0.20 * np.cos(np.radians(4 * hue - 63))
    s_light = 1 + 0.015 * (light - 50) ** 2 / np.sqrt(20 + (light - 50) ** 2)
    s_chroma, s_hue = 1 + 0.045 * chroma, 1 + 0.015 * chroma * t
    twist = (
        -np.sin(np.radians(60 * np.exp(-(((hue - 275) / 25) ** 2)))) * 2 * np.sqrt(chroma**7 / (chroma**7 + 25.0**7))
    )
    x, y, z = d_light / s_light, d_chroma / s_chroma, d_hue / s_hue
    return float(np.sqrt(x**2 + y**2 + z**2 + twist * y * z))


def test_the_difference_agrees_with_published_pairs() -> None:
    """Pairs 1, 7 and 17 of Sharma, Wu & Dalal's table come out as printed."""
    pairs = [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 0, 0), (50, -1, 2), 2.3669),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
    ]
    found = [ciede2000(np.array(one, float), np.array(other, float)) for one, other, _ in pairs]
    assert found == pytest.approx([published for *_, published in pairs], abs=1e-3)


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("colors", [SEGMENT_COLORS, NIGHT_SEGMENT_COLORS], ids=["light", "dark"])
def test_segments_are_told_apart_by_every_reader(vision: str, colors: tuple[str, ...]) -> None:
    """Under each colour blindness the first eight colours stay 13 apart, all ten stay 10 apart."""
    seen = [lab(color, VISIONS[vision]) for color in colors]
    assert min(ciede2000(a, b) for a, b in combinations(seen[:8], 2)) >= APART_FIRST_EIGHT
    assert min(ciede2000(a, b) for a, b in combinations(seen, 2)) >= APART_ALL


@pytest.mark.parametrize("color", SEGMENT_COLORS)
def test_marks_stand_out_on_paper(color: str) -> None:
    """Every segment colour has a contrast of 3:1 with paper (WCAG 2.2, 1.4.11)."""
    assert contrast(color, PAPER) >= MARK_CONTRAST


@pytest.mark.parametrize("color", NIGHT_SEGMENT_COLORS)
def test_marks_stand_out_in_the_dark(color: str) -> None:
    """On the dark screen, too, and on its shade."""
    assert min(contrast(color, NIGHT_PAPER), contrast(color, NIGHT_SHADE)) >= MARK_CONTRAST


@pytest.mark.parametrize("ink", SEGMENT_INKS)
def test_names_in_colour_can_be_read(ink: str) -> None:
    """Text in a segment's colour has a contrast of 4.5:1 with paper and with shade."""
    assert min(contrast(ink, PAPER), contrast(ink, SHADE)) >= TEXT_CONTRAST


def test_every_colour_has_its_ink() -> None:
    """There are as many inks as colours, and an ink is its colour or a darker shade of it."""
    assert len(SEGMENT_INKS) == len(SEGMENT_COLORS)
    assert all(contrast(i, PAPER) >= contrast(c, PAPER) for i, c in zip(SEGMENT_INKS, SEGMENT_COLORS, strict=True))
