"""Colours by segment, and how well two colours can be told apart."""

from __future__ import annotations

import pytest

from reportgen.report_settings import BrandSettings
from reportgen.theme import SEGMENT_COLORS, SEGMENT_INKS, contrast, luminance, theme_of

THEME = theme_of(BrandSettings(primary="#102030", accent="#405060"))


def test_contrast_knows_the_extremes() -> None:
    """Black on white is 21, a colour on itself 1 (WCAG 2.2)."""
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#B3541E", "#B3541E") == 1


def test_contrast_knows_no_order() -> None:
    """Text on its ground has the contrast of the ground on its text."""
    assert contrast("#396DB8", "#F4F5F7") == contrast("#F4F5F7", "#396DB8")


def test_the_eye_weighs_green_most() -> None:
    """Green looks lighter than red, red lighter than blue."""
    assert luminance("#00FF00") > luminance("#FF0000") > luminance("#0000FF")


def test_the_brand_dresses_the_theme() -> None:
    """The settings' two colours are the theme's."""
    assert (THEME.primary, THEME.accent) == ("#102030", "#405060")


def test_segments_take_their_colours_in_order() -> None:
    """Segment 1 has the first colour and ink; past the last they begin again."""
    assert (THEME.segment_color(1), THEME.segment_ink(1)) == (SEGMENT_COLORS[0], SEGMENT_INKS[0])
    assert THEME.segment_color(len(SEGMENT_COLORS) + 2) == SEGMENT_COLORS[1]
