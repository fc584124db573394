"""The message in a browser: on a phone, in the dark, with its pictures blocked, without what Word drops."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from browser import needs_chromium, open_page
from told_studies import THEME, figures, mall_told

from reportgen.config import Settings
from reportgen.render.email import render_email
from reportgen.render.view import build_report
from reportgen.theme import contrast

pytestmark = [needs_chromium, pytest.mark.xdist_group("chromium")]
READABLE = 4.5
"""WCAG 2.2, 1.4.3."""
WORD_DROPS = re.compile(r"(max-width|max-height|overflow|white-space)\s*:[^;\"]*;?")
INKS = """[...document.querySelectorAll('.sheet td, .sheet th, .sheet h1, .sheet h2, .sheet .soft')]
  .filter((one) => one.innerText.trim() && !one.closest('.head'))
  .map((one) => [getComputedStyle(one).color, getComputedStyle(document.querySelector('.sheet')).backgroundColor])"""


@pytest.fixture(scope="module")
def html() -> str:
    study = mall_told()
    report = build_report(study, figures(study), Settings(), THEME)
    return render_email(report, study, figures(study), Settings(), None)[0].content.decode()


def hex_of(color: str) -> str:
    return "#" + "".join(f"{int(number):02X}" for number in re.findall(r"\d+", color)[:3])


def test_it_fits_a_phone(html: str, tmp_path: Path) -> None:
    """At 360 pixels nothing is wider than the screen, pictures blocked."""
    file = tmp_path / "mail.html"
    file.write_text(html, encoding="utf-8")
    page = open_page(file, 360)
    assert page.run("document.documentElement.scrollWidth") <= 360
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_reads_in_light_and_dark(scheme: str, html: str, tmp_path: Path) -> None:
    """Every text has a contrast of 4.5 at least on the sheet, which is dark in the dark."""
    file = tmp_path / "mail.html"
    file.write_text(html, encoding="utf-8")
    page = open_page(file, 640, scheme)
    pairs = page.run(INKS)
    assert len(pairs) > 20
    assert min(contrast(hex_of(ink), hex_of(ground)) for ink, ground in pairs) >= READABLE
    assert (contrast(hex_of(pairs[0][1]), "#000000") < READABLE) == (scheme == "dark")
    page.close()


def test_outlook_on_windows_has_its_600_pixels(html: str, tmp_path: Path) -> None:
    """Without what Word drops, and with what it reads in comments, the sheet is 600 wide and centred."""
    file = tmp_path / "mail.html"
    word = WORD_DROPS.sub("", html).replace("<!--[if mso]>", "").replace("<![endif]-->", "")
    file.write_text(word, encoding="utf-8")
    page = open_page(file, 1200)
    left, width = page.run(
        "(({left, width}) => [left, width])(document.querySelector('.sheet').getBoundingClientRect())"
    )
    assert 560 <= width <= 604 and abs(left + width / 2 - 600) < 8
    page.close()
