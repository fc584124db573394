"""How the PDF breaks into pages: no heading is left behind, no row and no figure is torn, no page is wasted."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Any

import pypdf
import pytest
from any_study import Shape, report_of_shape
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, IndirectObject
from render_studies import TOLD, report

from reportgen.render.pdf import render_pdf

WHOLE = {"/TR", "/Figure", "/Caption", "/LI"}
"""Parts that stay on one page."""

LEADS = {"/H1", "/H2", "/H3", "/H4", "/Caption"}
"""What may not end a page."""


@cache
def pdf(name: str, paper: str) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(render_pdf(report(name, paper)).content))


def parts(reader: pypdf.PdfReader) -> Iterator[tuple[str, DictionaryObject]]:
    """Every part of the document with its kind."""
    waiting: list[Any] = [reader.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        one = waiting.pop()
        one = one.get_object() if isinstance(one, IndirectObject) else one
        if isinstance(one, ArrayObject):
            waiting += one
        elif isinstance(one, DictionaryObject) and "/K" in one:
            yield str(one.get("/S", "")), one
            waiting.append(one["/K"])


def marks_of(part: Any) -> set[tuple[int, int]]:
    """(page's object, number on that page) of every mark with which a part draws something."""
    found: set[tuple[int, int]] = set()
    waiting: list[tuple[Any, int]] = [(part, 0)]
    while waiting:
        one, page = waiting.pop()
        one = one.get_object() if isinstance(one, IndirectObject) else one
        if isinstance(one, ArrayObject):
            waiting += [(entry, page) for entry in one]
        elif isinstance(one, DictionaryObject):
            page = one.raw_get("/Pg").idnum if "/Pg" in one else page
            waiting += [(one["/K"], page)] if "/K" in one else []
            found |= {(page, int(one["/MCID"]))} if "/MCID" in one else set()
        elif isinstance(one, int):
            found.add((page, one))
    return found


def last_marks(reader: pypdf.PdfReader) -> Iterator[tuple[int, int]]:
    """The last mark that each page draws."""
    for sheet in reader.pages:
        stream = ContentStream(sheet.get_contents(), reader)
        numbers = [
            int(operands[1]["/MCID"])
            for operands, operator in stream.operations
            if operator == b"BDC" and isinstance(operands[1], DictionaryObject) and "/MCID" in operands[1]
        ]
        if numbers and sheet.indirect_reference:
            yield sheet.indirect_reference.idnum, numbers[-1]


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("name", TOLD)
def test_rows_and_figures_stay_whole(name: str, paper: str) -> None:
    """No table row, no picture, no caption and no pair of a list stands on two pages."""
    torn: defaultdict[str, int] = defaultdict(int)
    for kind, part in parts(pdf(name, paper)):
        torn[kind] += kind in WHOLE and len({page for page, _ in marks_of(part)}) > 1
    assert {kind: n for kind, n in torn.items() if n} == {}
    assert {"/TR", "/Figure"} <= set(torn)


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("name", TOLD)
def test_no_heading_ends_a_page(name: str, paper: str) -> None:
    """Below every heading and every caption, what it is about begins on the same page."""
    reader = pdf(name, paper)
    leads = {mark: kind for kind, part in parts(reader) if kind in LEADS for mark in marks_of(part)}
    last = list(last_marks(reader))
    assert [leads[mark] for mark in last if mark in leads] == []
    assert len(leads) >= len(last) > 5


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_five_segments_fill_twenty_pages(paper: str) -> None:
    """A report of five segments has 12 to 20 pages, on the shorter paper too."""
    assert 12 <= len(pdf("mall", paper).pages) <= 20


@pytest.mark.slow
def test_six_segments_fill_twenty_two_pages() -> None:
    """A report of six segments has at most 22 pages."""
    content = render_pdf(report_of_shape(Shape(6, 3, 2, "plain"))).content
    assert len(pypdf.PdfReader(io.BytesIO(content)).pages) <= 22
