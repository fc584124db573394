"""How the text of charts is set on paper."""

from __future__ import annotations

import io
import re

import pypdf
from render_studies import report

from reportgen.render.pdf import render_pdf


def test_lines_of_charts_are_set_at_once() -> None:
    """Every line of text on a page has one place, those in charts too: no letter stands for itself."""
    pages = pypdf.PdfReader(io.BytesIO(render_pdf(report("mall")).content)).pages
    lines = [line for page in pages for line in re.findall(rb"\bBT\b(.*?)\bET\b", page.get_contents().get_data(), re.S)]
    assert len(lines) > 500
    assert max(line.count(b" Tm") for line in lines) == 1
