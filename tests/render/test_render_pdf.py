"""The PDF says all, keeps its structure, embeds its fonts, reaches for nothing, and is the same every time."""

from __future__ import annotations

import hashlib
import io
import logging
import os
import pickle
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path

import page
import pypdf
import pytest
from render_studies import TOLD, report, report_of
from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError

from reportgen.claims import all_claims
from reportgen.records.study import Figure
from reportgen.render.fetcher import FONTS, BundledOnly
from reportgen.render.html import render_html
from reportgen.render.paper import TOLD_BEFORE
from reportgen.render.pdf import BrokenPageError, errors_raised, print_html, render_pdf


@pytest.mark.parametrize("name", TOLD)
def test_no_paragraph_ends_with_a_blank(name: str) -> None:
    """WeasyPrint 70 breaks a last line anew, after its first word, where only the blank behind it does not fit."""
    assert re.findall(r"[^>]{0,60}\s</(?:p|li|dd|dt|td|th|h\d)>", print_html(report(name))) == []


@dataclass(frozen=True)
class Printed:
    """One report on paper, read back."""

    content: bytes
    logged: tuple[str, ...]
    """What WeasyPrint had to say."""

    @cached_property
    def pdf(self) -> pypdf.PdfReader:
        return pypdf.PdfReader(io.BytesIO(self.content))

    @cached_property
    def pages(self) -> list[str]:
        """The text of each page, without blanks."""
        return [squeezed(sheet.extract_text()) for sheet in self.pdf.pages]

    @cached_property
    def text(self) -> str:
        return "".join(self.pages)


class Ear(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(record.getMessage())


@cache
def printed(name: str, paper: str = "A4") -> Printed:
    ear, logger = Ear(), logging.getLogger("weasyprint")
    logger.addHandler(ear)
    try:
        content = render_pdf(report(name, paper)).content
    finally:
        logger.removeHandler(ear)
    return Printed(content, tuple(ear.heard))


def squeezed(text: str) -> str:
    return "".join(text.split())


def titles(outline: list[object]) -> Iterator[str]:
    for entry in outline:
        if isinstance(entry, list):
            yield from titles(entry)
        else:
            yield str(entry["/Title"])  # type: ignore[index]


@pytest.mark.parametrize("name", TOLD)
def test_every_claim_is_printed(name: str) -> None:
    """Every claim of the study and of its figures stands in the PDF, word for word, but what another picture told."""
    study, drawn = TOLD[name]()
    drawn_names = {figure.name for figure in drawn if isinstance(figure, Figure)}
    twice = {one for one, before in TOLD_BEFORE.items() if before in drawn_names}
    shown = [figure for figure in drawn if isinstance(figure, Figure) and figure.name not in twice]
    claims = all_claims(study, shown)
    assert [claim.text for claim in claims if squeezed(claim.text) not in printed(name).text] == []


@pytest.mark.parametrize("name", TOLD)
def test_pdf_is_accessible(name: str) -> None:
    """The PDF conforms to PDF/UA-1: tagged, titled, in a language, every picture with its words."""
    found = page.validate_pdf_bytes(printed(name).content, profile="ua1")
    assert [(failure.rule_id, failure.message) for failure in found.failures] == []


@pytest.mark.parametrize("name", TOLD)
def test_weasyprint_has_nothing_to_say(name: str) -> None:
    """No style is dropped and no part is missing: WeasyPrint logs no warning."""
    assert printed(name).logged == ()


def test_pdf_has_a_page_a_segment_and_bookmarks() -> None:
    """Five segments make 12 to 22 pages, one for each segment, with a bookmark for each section and segment."""
    shown, pages = report("mall"), printed("mall").pages
    kickers = [f"Segment{segment.id}of{len(shown.segments)}" for segment in shown.segments]
    starts = [next(number for number, text in enumerate(pages) if kicker in text) for kicker in kickers]
    marks = list(titles(printed("mall").pdf.outline))
    assert 12 <= len(pages) <= 22
    assert starts == list(range(starts[0], starts[0] + len(kickers)))
    assert "Sidebyside" in pages[starts[-1] + 1]
    assert [section.title for section in shown.sections if section.title not in marks] == []
    assert [segment.name for segment in shown.segments if segment.name not in marks] == []


def test_pdf_without_segments_is_whole() -> None:
    """Without segments the report still has its sections, and no page for a persona."""
    marks = list(titles(printed("cloud").pdf.outline))
    assert marks[0] == "The answer"
    assert "Why there are no segments" in marks
    assert "Side by side" not in marks


def test_feet_count_the_pages() -> None:
    """Every page but the cover has its number and the number of all pages."""
    pages = printed("mall").pages
    feet = [f"Page{number}of{len(pages)}" in text for number, text in enumerate(pages, 1)]
    assert feet == [False] + [True] * (len(pages) - 1)


def test_fonts_are_embedded() -> None:
    """Every font of the mall's report is of the bundled family, and its file is in the PDF."""
    used = [
        descendant.get_object()
        for sheet in printed("mall").pdf.pages
        for font in sheet["/Resources"]["/Font"].values()
        for descendant in font.get_object()["/DescendantFonts"]
    ]
    assert {"IBM-Plex-Sans" in font["/BaseFont"] for font in used} == {True}
    assert all("/FontFile2" in font["/FontDescriptor"] for font in used)


@pytest.mark.parametrize(("paper", "size"), [("A4", (595, 842)), ("Letter", (612, 792))])
def test_paper_follows_the_settings(paper: str, size: tuple[int, int]) -> None:
    """A4 by default, Letter by setting."""
    box = printed("cloud", paper).pdf.pages[1].mediabox
    assert (round(box.width), round(box.height)) == size


def test_dates_come_from_the_period() -> None:
    """The document is dated on the last day of its period, not by a clock."""
    facts = printed("mall").pdf.metadata
    assert facts is not None
    assert str(facts["/CreationDate"]).startswith(f"D:{report('mall').dated.replace('-', '')}")


def test_same_report_same_bytes(tmp_path: Path) -> None:
    """A process with another hash seed, in another time zone, prints the same bytes."""
    told = tmp_path / "report.bin"
    told.write_bytes(pickle.dumps(report("hostile")))
    script = (
        "import hashlib, pathlib, pickle, sys\n"
        "from reportgen.render.html import render_html\n"
        "from reportgen.render.pdf import render_pdf\n"
        "report = pickle.loads(pathlib.Path(sys.argv[1]).read_bytes())\n"
        "print(*(hashlib.sha256(render(report).content).hexdigest() for render in (render_pdf, render_html)))\n"
    )
    outcome = subprocess.run(
        [sys.executable, "-c", script, told],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONHASHSEED": "77", "TZ": "Asia/Tokyo"},
    )
    contents = printed("hostile").content, render_html(report("hostile")).content
    assert outcome.stdout.split() == [hashlib.sha256(content).hexdigest() for content in contents]


def test_hostile_names_are_text() -> None:
    """Names with markup, formulas and template signs are printed as they are."""
    names = [squeezed(segment.name) for segment in report("hostile").segments]
    assert [name for name in names if name not in printed("hostile").text] == []


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "http://example.org/x.png", "https://example.org", "ftp://example.org/x", "font:../view.py"],
)
@pytest.mark.parametrize(
    "snippet",
    [
        '<img src="{}" alt="x">',
        '<link rel="attachment" href="{}">',
        '<a rel="attachment" href="{}">x</a>',
        '<link rel="stylesheet" href="{}">',
        '<style>@import url("{}");</style>',
        '<p style="background: url({})">x</p>',
        '<object data="{}" type="image/png">x</object>',
        '<svg xmlns="http://www.w3.org/2000/svg"><image href="{}" width="9" height="9"/></svg>',
    ],
)
def test_pages_cannot_reach_out(snippet: str, address: str) -> None:
    """An address that is neither `data:` nor a bundled font ends the rendering, wherever markup names it."""
    with pytest.raises(BrokenPageError), errors_raised():
        HTML(string=f"<p>x</p>{snippet.format(address)}", url_fetcher=BundledOnly()).write_pdf()


def test_fetcher_gives_bundled_fonts() -> None:
    """The fonts that the style sheet names are found; a file beside them is not."""
    fetcher = BundledOnly()
    assert all(fetcher.fetch(address).read()[:4] == b"\x00\x01\x00\x00" for address in FONTS.values())
    with pytest.raises(FatalURLFetchingError):
        fetcher.fetch("font:OFL.txt")


def test_missing_picture_is_an_error() -> None:
    """A picture that cannot be drawn ends the rendering instead of leaving a hole."""
    shown = report("hostile")
    broken = replace(shown.sections[1].pictures[0], print_svg="<svg>not closed")
    holed = tuple(replace(section, pictures=(broken,)) if section.pictures else section for section in shown.sections)
    with pytest.raises(BrokenPageError):
        render_pdf(replace(shown, sections=holed))


def test_pages_are_set_before_their_pictures_are_drawn() -> None:
    """Pictures that come when the pages are set give the same bytes as pictures that were there from the start."""
    study, figures = TOLD["mall"]()
    drawn = [figure for figure in figures if isinstance(figure, Figure)]
    undrawn = report_of((study, tuple(replace(figure, svg="", print_svg="") for figure in drawn)))
    drawings = {figure.name: figure.print_svg for figure in drawn}
    assert render_pdf(undrawn, lambda: drawings) == render_pdf(report_of((study, tuple(drawn))))


def test_brand_dresses_the_page() -> None:
    """The brand's name and footer stand in the foot of the pages, its colours in the styles."""
    assert "Acme&Sons·Customersegments·For<internal>use" in printed("hostile").pages[1]
    assert report("hostile").theme.primary in print_html(report("hostile"))
