"""Charts' drawings go into the pages shape by shape; what charts do not draw is refused, and left to others."""

from __future__ import annotations

from dataclasses import replace

import pytest
from render_studies import BAR, BOX, GLYPH, LETTER_RUN, drawing, mall, pictured
from told_studies import THEME

from reportgen.records.study import Figure
from reportgen.render.drawing import ForeignShapeError, read_drawing
from reportgen.render.inline_svg import compact, inline_drawings

FOREIGN = {
    "a script": "<script>alert(1)</script>",
    "an event": '<path d="M 0 0 L 1 1" onload="alert(1)"/>',
    "a page inside": '<foreignObject width="9" height="9"/>',
    "an address": '<image xlink:href="https://example.org/x.png" width="9" height="9"/>',
    "a file": '<image xlink:href="file:///etc/passwd" width="9" height="9"/>',
    "a style that loads": '<path d="M 0 0 L 1 1" style="fill: url(https://example.org/#a)"/>',
    "a link": '<a xlink:href="#x"><path d="M 0 0 L 1 1"/></a>',
    "words": "<text>hello</text>",
}


@pytest.mark.parametrize("kind", FOREIGN)
def test_foreign_shapes_are_refused(kind: str) -> None:
    """A drawing that could run, load or link anything is not taken into a page."""
    with pytest.raises(ForeignShapeError):
        read_drawing(drawing(FOREIGN[kind]))


@pytest.mark.parametrize("kind", FOREIGN)
def test_foreign_drawings_become_images(kind: str) -> None:
    """In the HTML a foreign drawing stands in an <img>, where nothing in it can run."""
    inlined = inline_drawings([pictured(drawing(FOREIGN[kind]))], THEME).drawings
    assert inlined["elbow"].startswith('<img src="data:image/svg+xml;base64,')


def test_every_chart_is_inline() -> None:
    """All charts of the mall are understood, shape by shape."""
    figures = [one for one in mall()[1] if isinstance(one, Figure)]
    inlined = inline_drawings([pictured(one.svg, one.name) for one in figures], THEME).drawings
    assert [name for name, markup in inlined.items() if not markup.startswith("<svg ")] == []


def test_letters_are_written_once() -> None:
    """Two drawings share the outline of a letter; all other ids carry their picture's name."""
    svg = drawing(LETTER_RUN.format(GLYPH) + BOX + BAR)
    page = inline_drawings([pictured(svg, "elbow"), pictured(svg, "votes")], THEME)
    letters, inlined = page.letters, page.drawings
    assert letters.count('<path id="letter-0"') == 1
    assert all('href="#letter-0"' in markup and "<defs><path" not in markup for markup in inlined.values())
    assert 'clip-path="url(#figure-elbow-box)"' in inlined["elbow"]
    assert 'id="figure-votes-box"' in inlined["votes"]


def test_same_name_for_other_letters() -> None:
    """Where two drawings mean different letters by one name, each keeps its own."""
    other = GLYPH.replace("10 10", "12 12")
    pictures = [pictured(drawing(LETTER_RUN.format(shape)), name) for shape, name in ((GLYPH, "a"), (other, "b"))]
    page = inline_drawings(pictures, THEME)
    letters, inlined = page.letters, page.drawings
    assert letters.count("<path") == 2
    assert ('"#letter-0"' in inlined["a"], '"#letter-1"' in inlined["b"]) == (True, True)


def test_alternative_text_is_escaped() -> None:
    """Quotation marks and signs in the words of a picture do not end its attribute."""
    picture = replace(pictured(drawing(BAR)), alt='A "bar" <b>')
    inlined = inline_drawings([picture], THEME).drawings
    assert 'aria-label="A &quot;bar&quot; &lt;b&gt;"' in inlined["elbow"]


def test_paths_lose_their_blanks() -> None:
    """The HTML carries paths without blanks around letters."""
    assert compact("M 0 0 \nL 10.5 -3 \nz\n") == "M0 0L10.5-3z"
