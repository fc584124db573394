"""What can be drawn, how wide it runs and where it breaks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.charts._type import BODY, STRONG, UNDRAWABLE, drawable, fit, is_in_family, text_width, widest, wrap


def test_letters_without_a_font_become_boxes() -> None:
    """Chinese, which neither font holds, shows as boxes; Greek, Cyrillic and currencies are drawn."""
    assert drawable("北京 city") == f"{UNDRAWABLE}{UNDRAWABLE} city"
    assert drawable("Ωmega Москва €5 −1") == "Ωmega Москва €5 −1"


def test_controls_never_reach_a_picture() -> None:
    """Control characters, direction overrides and lone surrogates are gone before anything is drawn."""
    assert drawable("a\x00b\u202ec\ud800d\x1b[1m") == "a b c?d [1m"


def test_the_family_is_told_from_its_fallback() -> None:
    """Arabic is drawn, but not by the bundled family."""
    assert is_in_family("Köln · 12%")
    assert not is_in_family("عربي")
    assert drawable("عربي") == "عربي"


@given(st.text(max_size=80), st.floats(20, 300))
def test_a_fitted_text_fits(text: str, width: float) -> None:
    """Whatever the text, it is cut to the width, and left alone where it fits."""
    shown = fit(text, width)
    assert text_width(shown) <= width or shown == "…"
    assert text_width(drawable(text)) > width or shown == drawable(text)


@given(st.text(alphabet="ab -/", max_size=60), st.integers(1, 3))
def test_wrapped_lines_fit_and_keep_the_words(text: str, n_lines: int) -> None:
    """Lines are at most as many and as wide as asked, and nothing is lost unless the last is cut."""
    lines = wrap(text, 60, n_lines)
    assert len(lines) <= n_lines
    assert all(text_width(line) <= 60 for line in lines)
    if not any(line.endswith("…") for line in lines):
        assert "".join(lines).replace(" ", "") == drawable(text).replace(" ", "")


def test_text_breaks_after_hyphens_and_spaces() -> None:
    """A long name breaks where a reader would break it."""
    assert wrap("Middle-Income Average Spenders", 90, 2, BODY, STRONG) == ("Middle-Income", "Average Spenders")


def test_the_widest_text_counts() -> None:
    """The widest of several texts sets the room; none needs none."""
    assert widest(["i", "www"]) == text_width("www") > text_width("i")
    assert widest([]) == 0


@pytest.mark.parametrize("text", ["$x$", "$$", r"$\frac$", "{{ 7 * 7 }}", "%s {0}"])
def test_formulas_are_plain_text(text: str) -> None:
    """What looks like mathematics is measured as the letters it is."""
    assert text_width(text) > 0
    assert drawable(text) == text
