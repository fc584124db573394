"""Whatever the study, nothing overlaps or leaves the page: long, Chinese and right-to-left names, any size of value."""

from __future__ import annotations

import resource
from functools import cache
from pathlib import Path

import pytest
from any_study import NAMES, Shape, report_of_shape
from browser import needs_chromium, open_page
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from layout import FAULTS, needs_pdftotext, paper_faults

from reportgen.render.html import render_html
from reportgen.render.pdf import render_pdf
from reportgen.render.view import Report

pytestmark = [needs_chromium, needs_pdftotext, pytest.mark.xdist_group("chromium")]

WIDTHS = (360, 800, 1600)
SHAPES = st.builds(
    Shape,
    n_segments=st.integers(1, 12),
    n_features=st.integers(3, 60),
    exponent=st.integers(-9, 12),
    names=st.sampled_from(sorted(NAMES)),
)
SLOWDOWN = 2.0
"""How much longer hostile names may take than plain ones."""

TICK = 0.3
"""Seconds within which two renderings of the same report differ."""


def faults(shown: Report, folder: Path) -> list[str]:
    """Of the page at each width, and of the paper."""
    html, pdf = folder / "report.html", folder / "report.pdf"
    html.write_bytes(render_html(shown).content)
    pdf.write_bytes(render_pdf(shown).content)
    found = [f"on paper, {fault}" for fault in paper_faults(pdf)]
    for width in WIDTHS:
        page = open_page(html, width)
        found += [f"at {width} px, {fault}" for fault in page.run(FAULTS)] + page.complaints()
        page.close()
    return found


@pytest.mark.parametrize(
    "shape",
    [
        Shape(3, 4, -9, "unbroken"),
        Shape(5, 3, 9, "Chinese"),
        Shape(6, 4, 3, "compounds"),
        Shape(12, 3, 12, "Chinese"),
        Shape(2, 9, 12, "right-to-left"),
        Shape(9, 3, 12, "unbroken"),
    ],
    ids=lambda shape: f"{shape.n_segments}-{shape.names}",
)
def test_hostile_shapes_keep_their_layout(shape: Shape, tmp_path: Path) -> None:
    """Unbroken names of 60 letters, beside amounts of 13 digits; six of long words, twelve Chinese, ten in a tree."""
    assert faults(report_of_shape(shape), tmp_path) == []


@pytest.mark.slow
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(shape=SHAPES)
def test_every_shape_keeps_its_layout(shape: Shape, tmp_path: Path) -> None:
    """One to twelve segments, 3 to 60 columns, values of 1e-9 to 1e12, names of 60 letters in five scripts."""
    assert faults(report_of_shape(shape), tmp_path) == []


@pytest.mark.slow
@pytest.mark.parametrize("names", sorted(set(NAMES) - {"plain"}))
def test_hostile_names_cost_no_time(names: str) -> None:
    """HTML and PDF with hostile names take at most twice the time of plain ones."""
    assert seconds(names) <= SLOWDOWN * seconds("plain") + TICK


@cache
def seconds(names: str) -> float:
    """Processor seconds of rendering; the charts are drawn before."""
    shown = report_of_shape(Shape(5, 6, 3, names))
    start = processor()
    render_html(shown)
    render_pdf(shown)
    return processor() - start


def processor() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
