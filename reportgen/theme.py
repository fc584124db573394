"""Design tokens: colours, type and sizes that dress the PDF, the HTML, the e-mail and every chart alike."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.config import BrandSettings

FONT_FAMILY = "IBM Plex Sans"

SEGMENT_COLORS = (
    "#0072B2",
    "#C8500A",
    "#008A63",
    "#B04A8B",
    "#9A7400",
    "#2B2D7C",
    "#D1495B",
    "#4F8A10",
    "#6B4E9B",
    "#7A5230",
)
"""By segment id, repeating past ten; ≥ 3:1 on white, told apart under the three common colour blindnesses."""

INK, INK_SOFT, RULE, PAPER, SHADE = "#1A1D21", "#565D66", "#D5D9DE", "#FFFFFF", "#F4F5F7"
NEUTRAL = "#8A9099"
"""All customers, unlabelled marks, anything that is not a segment."""


@dataclass(frozen=True, slots=True)
class Theme:
    """What templates and charts may ask for."""

    primary: str
    accent: str
    segment_colors: tuple[str, ...] = SEGMENT_COLORS
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


def theme_of(brand: BrandSettings) -> Theme:
    return Theme(primary=brand.primary, accent=brand.accent)
