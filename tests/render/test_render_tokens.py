"""Brand colours are made to read: as text on paper, as text on the dark screen, as a ground for text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reportgen.render.tokens import design_tokens
from reportgen.report_settings import BrandSettings
from reportgen.theme import INK, PAPER, TEXT_CONTRAST, Theme, brand_notes, contrast, readable

COLORS = st.from_regex(r"#[0-9A-F]{6}", fullmatch=True)


@given(COLORS, st.sampled_from([PAPER, INK, "#14171B", "#808080"]))
def test_every_colour_becomes_readable(color: str, ground: str) -> None:
    """Whatever the brand, its text reaches 4.5:1 on its ground."""
    assert contrast(readable(color, ground), ground) >= TEXT_CONTRAST


def test_readable_colours_stay() -> None:
    """A colour that reads already is not touched."""
    assert readable("#1F3A5F", PAPER) == "#1F3A5F"


def test_tokens_of_a_pale_brand() -> None:
    """A pale brand is darkened as text and carries dark text."""
    tokens = design_tokens(Theme("#F2E205", "#FFD0D0"))
    assert contrast(tokens.primary_text, PAPER) >= TEXT_CONTRAST
    assert tokens.on_primary == INK
    assert contrast(tokens.night_accent, tokens.night_paper) >= TEXT_CONTRAST


def test_a_failing_colour_is_told_with_its_figures() -> None:
    """The user learns the contrast of a colour that does not read, what is drawn instead, and what was asked for."""
    (note,) = brand_notes(BrandSettings(primary="#F2E205"))
    assert "#F2E205 has a contrast of 1.3:1 on paper where 4.5:1 is asked for" in note
    assert brand_notes(BrandSettings()) == ()
