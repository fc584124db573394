"""Prints the report as a tagged PDF (PDF/UA-1, or PDF/A-3 by setting) whose bytes depend on nothing but the report."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import ParseError, fromstring

from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError

from reportgen.collection import collection_paused
from reportgen.records.study import Document
from reportgen.render.environment import environment
from reportgen.render.fetcher import DRAWING_SCHEME, BundledOnly
from reportgen.render.lettering import PrintedDrawing
from reportgen.render.paper import contents_fit_cover, fit_to_paper
from reportgen.render.pieces import POINTS, Picture
from reportgen.render.view import Report, all_pictures
from reportgen.theme import INK, Theme

PRINTED = "report.pdf.j2"
ARCHIVE = "a-"
"""How the variants for archives begin."""

EPOCH = "SOURCE_DATE_EPOCH"
"""The date that reproducible builds agree on (reproducible-builds.org/specs/source-date-epoch)."""
LOGGER = logging.getLogger("weasyprint")


@dataclass(frozen=True, slots=True)
class Page:
    """The sheet, as lengths of CSS."""

    height: str
    side: str
    """Margin left and right that leaves 6.7 inches, the width of the pictures."""


PAGES = {"A4": Page("297mm", "19.9mm"), "Letter": Page("11in", "0.9in")}


class BrokenPageError(RuntimeError):
    """WeasyPrint reported an error, such as a picture that it cannot draw; it would only have logged it."""


Drawings = Mapping[str, str]
"""Pictures' names → their SVGs for print."""


def render_pdf(report: Report, drawings: Callable[[], Drawings] | None = None) -> Document:
    """`report.pdf`. Raises BrokenPageError if any part of a page is missing.

    Pages are set by the sizes of the pictures alone; `drawings` is called when all are, and may wait until then for
    what they show. None: it is in the report.
    """
    fitted = fit_to_paper(report)
    pictures = {picture.name: picture for picture in all_pictures(fitted)}
    images: dict[str, Any] = {}
    options = {"pdf_variant": f"pdf/{report.pdf_variant}", "pdf_tags": True}
    with errors_raised(), collection_paused(), dated_alike(), fonts() as chosen:
        frames = {name: frame(picture) for name, picture in pictures.items()}
        source = HTML(string=print_html(fitted), url_fetcher=BundledOnly(frames))
        pages = source.render(font_config=chosen, cache=images, **options)
        hang(images, drawings() if drawings else {name: picture.print_svg for name, picture in pictures.items()})
        finisher = make_archivable if report.pdf_variant.startswith(ARCHIVE) else None
        return Document("report.pdf", pages.write_pdf(finisher=finisher, **options))


def get_ready() -> None:
    """Compiles the templates, which the first report would do otherwise."""
    templates = environment(Theme(INK, INK))
    for name in templates.list_templates(filter_func=is_printed):
        templates.get_template(name)


def is_printed(template: str) -> bool:
    return template == PRINTED or ("/" in template and template.endswith(".j2"))


def frame(picture: Picture) -> str:
    """An SVG of the picture's size that shows nothing."""
    width, height = picture.width * POINTS, picture.height * POINTS
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}pt" height="{height:g}pt"/>'


def hang(images: Mapping[str, Any], drawings: Drawings) -> None:
    """Puts the drawings into the frames among the images of pages that are set, each by its address.

    Raises BrokenPageError for a drawing that cannot be read.
    """
    for address, framed in images.items():
        if (name := address.removeprefix(DRAWING_SCHEME)) == address:
            continue
        try:
            tree = fromstring(drawings[name])  # noqa: S314 - drawn by our own charts
        except ParseError as fault:
            raise BrokenPageError(f"the drawing {name} cannot be read: {fault}") from fault
        empty = framed._svg
        framed._svg = PrintedDrawing(tree, empty.url, empty.font_config, empty.url_fetcher)


def make_archivable(_document: Any, pdf: Any) -> None:
    """Mends what WeasyPrint 70 leaves against PDF/A-3 (ISO 19005-3, 6.2.8 and 6.6.2): changes the PDF in place."""
    for entry in pdf.objects:
        described = getattr(entry, "extra", {})
        if described.get("Subtype") == "/Image":
            described["Interpolate"] = "false"
        elif described.get("Type") == "/Metadata":
            entry.compress = False


def print_html(report: Report) -> str:
    """The HTML that is printed, of a report that is fitted to its paper; pictures by their address."""
    drawings = {picture.name: f"{DRAWING_SCHEME}{picture.name}" for picture in all_pictures(report)}
    template = environment(report.theme).get_template(PRINTED)
    return template.render(
        report=report,
        page=PAGES[report.paper],
        screen=False,
        drawings=drawings,
        contents_on_cover=contents_fit_cover(report),
    )


class Collector(logging.Handler):
    """Keeps the messages it is handed."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@contextmanager
def errors_raised() -> Iterator[None]:
    """Turns the errors that WeasyPrint logs inside the block, and refused addresses, into BrokenPageError.

    A refusal is a BaseException, so that WeasyPrint itself does not catch it; nothing of ours should meet one.
    """
    collector = Collector()
    LOGGER.addHandler(collector)
    try:
        yield
    except FatalURLFetchingError as refusal:
        raise BrokenPageError(str(refusal)) from refusal
    finally:
        LOGGER.removeHandler(collector)
    if collector.messages:
        raise BrokenPageError("; ".join(message[:200] for message in collector.messages))


@contextmanager
def fonts() -> Iterator[FontConfiguration]:
    """WeasyPrint's fonts, whose files it removes with the object: a process that ends at once would leave them."""
    configuration = FontConfiguration()
    try:
        yield configuration
    finally:
        configuration.__del__()


@contextmanager
def dated_alike() -> Iterator[None]:
    """Gives the embedded fonts one date: fontTools, which cuts them where HarfBuzz cannot, writes the time of day."""
    is_stated = EPOCH in os.environ
    os.environ.setdefault(EPOCH, "0")
    try:
        yield
    finally:
        if not is_stated:
            del os.environ[EPOCH]
