"""The checkers of others find nothing: axe-core, html-validate, qpdf, and a validator of PDF/UA and PDF/A."""

from __future__ import annotations

import dataclasses
import json
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import page as pdf_validation
import pytest
from any_study import Shape, report_of_shape
from browser import needs_chromium, open_page
from render_studies import TOLD, report
from told_studies import THEME, figures
from told_studies import TOLD as MAILED

from reportgen.config import Settings
from reportgen.records.study import Document
from reportgen.render.email import render_email
from reportgen.render.html import render_html
from reportgen.render.pdf import render_pdf
from reportgen.render.view import Report, build_report

pytestmark = pytest.mark.slow

WEB = Path(sys.prefix) / "web" / "node_modules"
AXE, HTML_VALIDATE = WEB / "axe-core" / "axe.min.js", WEB / ".bin" / "html-validate"
RULES = Path(__file__).parents[1] / "web"
QPDF = shutil.which("qpdf") or ""
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa")
LEVEL_AA = f"axe.run(document, {{runOnly: {json.dumps(TAGS)}, resultTypes: ['violations']}})"
FOUND = ".then((all) => all.violations.map((one) => [one.id, one.nodes.slice(0, 3).map((node) => node.html)]))"

needs_axe = pytest.mark.skipif(not AXE.exists(), reason="needs axe-core from npm: make test-all installs it")
needs_html_validate = pytest.mark.skipif(
    not HTML_VALIDATE.exists(), reason="needs html-validate from npm: make test-all installs it"
)
needs_qpdf = pytest.mark.skipif(not QPDF, reason="needs qpdf: apt-get install qpdf")

BY_CHANCE = "STREAM-LENGTH-001"
"""Raised for a compressed stream whose last byte happens to be a line end; qpdf checks the lengths."""

NAMES = (*TOLD, "rivalled")
"""Five segments, none, hostile names, and four with a runner-up."""


@cache
def shown(name: str) -> Report:
    return report_of_shape(Shape(4, 3, 2, "plain")) if name == "rivalled" else report(name)


def written(document: Document, folder: Path) -> Path:
    path = folder / document.name
    path.write_bytes(document.content)
    return path


def mail(name: str) -> Document:
    study = MAILED[name]()
    drawn = figures(study)
    settings = Settings()
    return render_email(build_report(study, drawn, settings, THEME), study, drawn, settings, None)[0]


@needs_chromium
@needs_axe
@pytest.mark.xdist_group("chromium")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("name", NAMES)
def test_page_is_accessible(name: str, width: int, scheme: str, tmp_path: Path) -> None:
    """axe-core finds no violation of WCAG 2.2 AA on a phone and a desk, light and dark, plain and lit up."""
    page = open_page(written(render_html(shown(name)), tmp_path), width, scheme)
    page.run(AXE.read_text(encoding="utf-8"))
    assert page.run(LEVEL_AA + FOUND) == []
    page.run("document.querySelector('.pick')?.click(); document.querySelector('.steps')?.focus()")
    page.press("ArrowDown")
    assert page.run(LEVEL_AA + FOUND) == []
    page.close()


@needs_chromium
@needs_axe
@pytest.mark.xdist_group("chromium")
@pytest.mark.parametrize("name", MAILED)
def test_mail_is_accessible(name: str, tmp_path: Path) -> None:
    """axe-core finds no violation in the e-mail, read narrow and wide."""
    for width in (360, 1280):
        page = open_page(written(mail(name), tmp_path), width)
        page.run(AXE.read_text(encoding="utf-8"))
        assert page.run(LEVEL_AA + FOUND) == []
        page.close()


@needs_html_validate
@pytest.mark.parametrize("name", MAILED)
def test_mail_is_valid(name: str, tmp_path: Path) -> None:
    """html-validate finds nothing in the e-mail but what mail programs need: inline styles and old attributes."""
    assert html_faults(written(mail(name), tmp_path), "htmlvalidate-mail.json") == ""


@needs_html_validate
@pytest.mark.parametrize("name", NAMES)
def test_page_is_valid(name: str, tmp_path: Path) -> None:
    """html-validate finds nothing; the one style on an element is the width of a bar."""
    assert html_faults(written(render_html(shown(name)), tmp_path), "htmlvalidate.json") == ""


def html_faults(path: Path, rules: str) -> str:
    outcome = subprocess.run(
        [HTML_VALIDATE, "--config", RULES / rules, path], capture_output=True, text=True, check=False
    )
    return outcome.stdout + outcome.stderr


@needs_qpdf
@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("name", TOLD)
def test_pdf_is_sound(name: str, paper: str, tmp_path: Path) -> None:
    """qpdf reads the PDF without an error or a warning."""
    outcome = subprocess.run(
        [QPDF, "--check", written(render_pdf(report(name, paper)), tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (outcome.returncode, "WARNING" in outcome.stdout + outcome.stderr) == (0, False), outcome.stderr


@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")  # WeasyPrint 70 leaves its colour profile open
@pytest.mark.parametrize(("variant", "profile"), [("a-3a", "3a"), ("a-3u", "3u")])
@pytest.mark.parametrize("name", TOLD)
def test_pdf_can_be_archived(name: str, variant: str, profile: str) -> None:
    """By setting the PDF conforms to PDF/A-3, tagged (a) or with Unicode text (u)."""
    content = render_pdf(dataclasses.replace(report(name), pdf_variant=variant)).content
    found = pdf_validation.validate_pdf_bytes(content, profile=profile).failures
    assert [(one.rule_id, one.message) for one in found if not one.rule_id.endswith(BY_CHANCE)] == []
