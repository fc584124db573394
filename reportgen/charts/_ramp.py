"""Colours of differences and correlations: blue above, brown below, paper in the middle; told apart by every reader."""

from __future__ import annotations

from reportgen.theme import Theme, contrast

ABOVE, BELOW = "#2E6DA4", "#A8611B"
"""Ends of the ramp: a blue and a brown stay apart under all three common colour blindnesses."""

FULL_AT = 0.8
"""How far the strongest cell goes towards the end colour; further on, neither ink nor paper has 4.5:1 on it."""


def ramp_color(theme: Theme, value: float, limit: float) -> str:
    """#rrggbb for a value between −limit and limit; beyond, the end of the ramp."""
    strength = min(1.0, abs(value) / limit) * FULL_AT
    return mixed(theme.paper, ABOVE if value > 0 else BELOW, strength)


def readable_on(theme: Theme, ground: str) -> str:
    """Ink or paper, whichever has the greater contrast with the ground."""
    return max((theme.ink, theme.paper), key=lambda color: contrast(color, ground))


def mixed(ground: str, color: str, strength: float) -> str:
    """`color` laid over `ground`, 0..1."""
    pairs = [(int(ground[i : i + 2], 16), int(color[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(a + (b - a) * strength):02x}" for a, b in pairs)
