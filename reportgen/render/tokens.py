"""Design tokens ready for style sheets: the theme's colours, made to read on their ground where they do not."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.render.night import NIGHT_INK, NIGHT_PAPER, NIGHT_RULE, NIGHT_SHADE, NIGHT_SOFT
from reportgen.theme import Theme, contrast, readable


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
        primary_text=theme.primary_ink,
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
