"""Design tokens ready for style sheets: the theme's colours, made to read on their ground where they do not."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.theme import Theme, channels, contrast, luminance

TEXT_CONTRAST = 4.5
"""Least contrast of text with its ground (WCAG 2.2, 1.4.3, level AA)."""

NIGHT_PAPER, NIGHT_SHADE, NIGHT_INK, NIGHT_SOFT, NIGHT_RULE = "#14171B", "#1D2126", "#E9EBEE", "#A7AFB9", "#363C44"
"""The ground and the greys of the dark screen: INK turned over, softened so that white text does not glare."""

STEP = 0.04
"""How far a colour moves towards black or white at a time until it reads."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours as #rrggbb, decided once for every output."""

    primary_text: str
    """The brand's primary colour as text on paper: darkened where its contrast is under 4.5."""
    accent_text: str
    """The accent as text on paper, likewise."""
    on_primary: str
    """White or ink, whichever reads better on the primary colour."""
    night_paper: str
    night_shade: str
    night_ink: str
    night_soft: str
    night_rule: str
    night_primary: str
    """The primary colour as text on the dark ground: lightened."""
    night_accent: str


def design_tokens(theme: Theme) -> Tokens:
    return Tokens(
        primary_text=readable(theme.primary, theme.paper),
        accent_text=readable(theme.accent, theme.paper),
        on_primary=max((theme.paper, theme.ink), key=lambda color: contrast(color, theme.primary)),
        night_paper=NIGHT_PAPER,
        night_shade=NIGHT_SHADE,
        night_ink=NIGHT_INK,
        night_soft=NIGHT_SOFT,
        night_rule=NIGHT_RULE,
        night_primary=readable(theme.primary, NIGHT_PAPER),
        night_accent=readable(theme.accent, NIGHT_PAPER),
    )


def readable(color: str, ground: str, least: float = TEXT_CONTRAST) -> str:
    """`color`, or the nearest shade of it towards black or white that reaches `least` contrast with `ground`."""
    towards = 0.0 if luminance(ground) > 0.18 else 1.0
    start = channels(color)
    moved = 0.0
    while contrast(color, ground) < least and moved < 1:
        moved = min(1.0, moved + STEP)
        color = "#" + "".join(f"{round(255 * (c + (towards - c) * moved)):02X}" for c in start)
    return color
