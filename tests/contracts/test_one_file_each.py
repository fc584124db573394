"""A chart, a section, a brand: each is added by one file, without a line changed anywhere else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from runs import ROOT, SAMPLE, read_study

CHART = '''"""How many customers there are: a single bar."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen import wording
from reportgen.charts._sheet import Sheet
from reportgen.charts._tell import tell
from reportgen.charts.base import HALF_WIDTH, Chart, Scope
from reportgen.claims import fact
from reportgen.records.study import Claim, Study, Table


@dataclass(frozen=True, slots=True)
class Headcount:
    n_customers: int


def numbers(study: Study) -> Headcount:
    return Headcount(study.facts.n_customers)


def extent(_: Headcount) -> tuple[float, float]:
    return HALF_WIDTH, 0.5


def draw(sheet: Sheet, shown: Headcount) -> None:
    sheet.box(0, 8, sheet.width, 12, sheet.theme.neutral)


def finding(shown: Headcount) -> Claim:
    count = fact(shown.n_customers, "n_customers", wording.format_count(shown.n_customers), unit="customers")
    return tell("chart.headcount", "all ", count, " customers in one bar")


def subtitle(shown: Headcount) -> str:
    return "Customers"


def alt(shown: Headcount) -> str:
    return f"One bar: {shown.n_customers} customers."


def table(shown: Headcount) -> Table:
    return Table(("", "Customers"), (("All", shown.n_customers),))


CHART = Chart(Scope.STUDY, numbers, extent, draw, finding, subtitle, alt, table)
'''
SECTION = """{# A word from the owner #}
{{ opening(section, number) }}
<p>{{ report.n_customers }} customers thank you for reading.</p>
"""
BRAND = """[brand]
name = "One File Ltd"
primary = "#5B2A86"
footer = "Printed by One File"
"""


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of a copy of the project into which three files were put."""
    copy = tmp_path_factory.mktemp("project")
    for folder in ("reportgen", "templates"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
    (copy / "templates" / "sections" / "more").mkdir(exist_ok=True)
    (copy / "reportgen" / "charts" / "headcount.py").write_text(CHART, encoding="utf-8")
    (copy / "templates" / "sections" / "more" / "thanks.html.j2").write_text(SECTION, encoding="utf-8")
    (copy / "brand.toml").write_text(BRAND, encoding="utf-8")
    command = ["run", str(SAMPLE), "--out", "out", "--period", "2026-10", "--config", "brand.toml"]
    outcome = subprocess.run(
        [sys.executable, "-m", "reportgen", *command],
        cwd=copy,
        env=os.environ | {"PYTHONPATH": str(copy)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert outcome.returncode == 0, outcome.stderr
    return copy / "out" / "2026-10"


@pytest.mark.slow
def test_a_chart_is_one_file(published: Path) -> None:
    """It is drawn, told as a claim and shown on the page, in the appendix until a place is chosen for it."""
    study = read_study(published)
    assert "headcount" in [figure["name"] for figure in study["figures"]]
    assert "chart.headcount" in [claim["id"] for claim in study["claims"]]
    assert "customers in one bar" in (published / "report.html").read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_section_is_one_file(published: Path) -> None:
    """It stands in the contents and on a page, under the title that its first line gives."""
    page = (published / "report.html").read_text(encoding="utf-8")
    assert page.count("A word from the owner") >= 2
    assert "customers thank you for reading" in page


@pytest.mark.slow
def test_a_brand_is_one_file(published: Path) -> None:
    """Name, footer and colour are on page and in mail."""
    page = (published / "report.html").read_text(encoding="utf-8")
    assert "Printed by One File" in page
    assert "--primary: #5B2A86" in page
    assert 'bgcolor="#5B2A86"' in (published / "email.html").read_text(encoding="utf-8")
