"""On a dark screen every colour of a picture reads as it does on paper."""

from __future__ import annotations

import re
from itertools import combinations

import pytest
from render_studies import THEME, mall

from reportgen.charts._ramp import ABOVE, BELOW, mixed
from reportgen.records.study import Figure
from reportgen.render.inline_svg import inline_drawings
from reportgen.render.night import NIGHT_PAPER, NIGHT_SHADE, night_color
from reportgen.render.pieces import picture
from reportgen.theme import SEGMENT_INKS, TEXT_CONTRAST, contrast

NO_LESS = 0.97
"""Channels are whole numbers: a contrast may be a hair smaller."""

GREYS = (THEME.ink, THEME.ink_soft, THEME.neutral, THEME.rule, THEME.paper)
GROUNDS = [mixed(THEME.paper, end, strength / 10) for end in (ABOVE, BELOW, THEME.primary) for strength in range(10)]


@pytest.mark.parametrize("ground", GROUNDS)
def test_what_lies_on_a_colour_reads_as_well_in_the_dark(ground: str) -> None:
    """Text and marks keep their contrast with whatever they lie on: paper, a cell of a heat map, a bar."""
    for color in (THEME.ink, THEME.paper):
        at_night = contrast(night_color(THEME, color), night_color(THEME, ground))
        assert at_night >= NO_LESS * contrast(color, ground)


def test_greys_keep_their_order() -> None:
    """What is quieter than ink on paper is quieter in the dark, by as much."""
    for one, other in combinations(GREYS, 2):
        at_night = contrast(night_color(THEME, one), night_color(THEME, other))
        assert at_night == pytest.approx(contrast(one, other), rel=0.03)


@pytest.mark.parametrize("ink", SEGMENT_INKS)
def test_names_in_colour_can_be_read_in_the_dark(ink: str) -> None:
    """A name in its segment's colour has 4.5:1 on the dark ground and on its shade."""
    assert min(contrast(night_color(THEME, ink), ground) for ground in (NIGHT_PAPER, NIGHT_SHADE)) >= TEXT_CONTRAST


def test_no_picture_keeps_a_colour_of_its_own() -> None:
    """Every colour of every drawing is a name, and every name has a colour by day and by night."""
    inlined = inline_drawings([picture(one) for one in mall()[1] if isinstance(one, Figure)], THEME)
    drawn = " ".join(inlined.drawings.values())
    assert re.findall(r"style=\"[^\"]*#[0-9a-fA-F]{6}", drawn) == []
    assert set(re.findall(r"var\(--([\w-]+)\)", drawn)) == {paint.name for paint in inlined.paints}
