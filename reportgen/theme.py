"""Design tokens: colours, type and sizes that dress the PDF, the HTML, the e-mail and every chart alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportgen.config import BrandSettings

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


@dataclass(frozen=True, slots=True)
class Theme:
    """What templates and charts may ask for."""

    primary: str
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
