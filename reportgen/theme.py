"""Design tokens: colours, type and sizes that dress the PDF, the HTML, the e-mail and every chart alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # pydantic takes a tenth of a second, which the processes that draw need not spend
    from reportgen.report_settings import BrandSettings

FONT_FAMILY = "IBM Plex Sans"

SEGMENT_COLORS = (
    "#396DB8",
    "#D17A4F",
    "#1B433F",
    "#AA4570",
    "#816917",
    "#4B2A7A",
    "#2B9BA6",
    "#772D10",
    "#9A80DA",
    "#5E6F48",
)
"""By segment id, repeating past ten; ≥ 3:1 on white. Full protanopia, deuteranopia and tritanopia (Machado, Oliveira &
Fernandes 2009) leave any two of the first eight at least 13 apart in CIEDE2000, any two of the ten at least 10."""

SEGMENT_INKS = (
    "#396DB8",
    "#A05C3B",
    "#1B433F",
    "#AA4570",
    "#816917",
    "#4B2A7A",
    "#207880",
    "#772D10",
    "#7862AC",
    "#5E6F48",
)
"""The same hues for text in a segment's colour: ≥ 4.5:1 on paper and on shade (WCAG 2.2, 1.4.3)."""

INK, INK_SOFT, RULE, PAPER, SHADE = "#1A1D21", "#565D66", "#D5D9DE", "#FFFFFF", "#F4F5F7"
NEUTRAL = "#8A9099"
"""All customers, unlabelled marks, anything that is not a segment."""

TEXT_CONTRAST = 4.5
"""Least contrast of text with its ground (WCAG 2.2, 1.4.3, level AA)."""

STEP = 0.04
"""How far a colour moves towards black or white at a time until it reads."""


@dataclass(frozen=True, slots=True)
class Theme:
    """What templates and charts may ask for."""

    primary: str
    """The brand's own, as a ground."""
    accent: str
    segment_colors: tuple[str, ...] = SEGMENT_COLORS
    segment_inks: tuple[str, ...] = SEGMENT_INKS
    ink: str = INK
    ink_soft: str = INK_SOFT
    rule: str = RULE
    paper: str = PAPER
    shade: str = SHADE
    neutral: str = NEUTRAL
    font_family: str = FONT_FAMILY

    @property
    def primary_ink(self) -> str:
        """The primary colour as text and as a mark on paper: darkened where its contrast is under 4.5."""
        return readable(self.primary, self.paper)

    def segment_color(self, segment: int) -> str:
        """#rrggbb of a segment id (1..)."""
        return self.segment_colors[(segment - 1) % len(self.segment_colors)]

    def segment_ink(self, segment: int) -> str:
        """#rrggbb for text in the colour of a segment id (1..)."""
        return self.segment_inks[(segment - 1) % len(self.segment_inks)]

    def for_identities(self, identities: Sequence[int]) -> Theme:
        """The theme in which the segments 1.. have the colours of these identities; itself where they are the ids."""
        if not identities:
            return self
        return replace(
            self,
            segment_colors=tuple(self.segment_color(identity) for identity in identities),
            segment_inks=tuple(self.segment_ink(identity) for identity in identities),
        )


def theme_of(brand: BrandSettings) -> Theme:
    return Theme(primary=brand.primary, accent=brand.accent)


def brand_notes(brand: BrandSettings) -> tuple[str, ...]:
    """What becomes of the brand's colours that do not read on paper, one sentence each, with the figures."""
    notes = []
    for name, color in (("primary", brand.primary), ("accent", brand.accent)):
        drawn = readable(color, PAPER)
        if drawn != color:
            notes.append(
                f"The brand's {name} colour {color} has a contrast of {contrast(color, PAPER):.1f}:1 on paper where "
                f"{TEXT_CONTRAST}:1 is asked for; as text and in charts it is drawn as {drawn}, "
                f"{contrast(drawn, PAPER):.1f}:1."
            )
    return tuple(notes)


def contrast(color: str, ground: str) -> float:
    """Contrast ratio of two colours, 1..21 (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((luminance(color), luminance(ground)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(color: str) -> float:
    """Relative luminance of #rrggbb, 0..1 (WCAG 2.2)."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels(color)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def channels(color: str) -> tuple[float, float, float]:
    """Red, green and blue of #rrggbb, 0..1."""
    return (int(color[1:3], 16) / 255, int(color[3:5], 16) / 255, int(color[5:7], 16) / 255)


def readable(color: str, ground: str, least: float = TEXT_CONTRAST) -> str:
    """`color`, or the nearest shade of it towards black or white that reaches `least` contrast with `ground`."""
    towards = 0.0 if luminance(ground) > 0.18 else 1.0
    start = channels(color)
    moved = 0.0
    while contrast(color, ground) < least and moved < 1:
        moved = min(1.0, moved + STEP)
        color = "#" + "".join(f"{round(255 * (c + (towards - c) * moved)):02X}" for c in start)
    return color
