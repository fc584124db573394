"""Whole German reports: nothing in them is looked up in vain, and no English sentence stands on a page."""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from order_tables import HEADER, order_lines
from runs import SAMPLE, reportgen, run_export

from reportgen import language
from reportgen.charts.stage import draw_figures
from reportgen.config import Settings
from reportgen.language import FOLDER, speaking
from reportgen.pipeline import analyse
from reportgen.records.source import source_of
from reportgen.render.email import render_email
from reportgen.render.html import render_html
from reportgen.render.view import build_report
from reportgen.theme import theme_of

GERMAN = Settings().with_overrides("report", language="de")
ENGLISH_WORDS = re.compile(r"\b(?:the|and|of|with|which|customers|columns|are|from|cells)\b", re.IGNORECASE)
"""Words that no German sentence holds."""


class Missed(gettext.NullTranslations):
    """Stands behind a catalogue and keeps what it lacks."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: set[str] = set()

    def gettext(self, message: str) -> str:
        self.texts.add(message)
        return message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        self.texts.add(msgid1)
        return msgid1 if n == 1 else msgid2

    def pgettext(self, context: str, message: str) -> str:
        self.texts.add(message)
        return message


@pytest.fixture
def missed() -> Iterator[Missed]:
    """The texts that the German catalogue lacked in this test."""
    language.load.cache_clear()
    found = Missed()
    language.load("de", FOLDER).catalogue.add_fallback(found)
    yield found
    language.load.cache_clear()


@cache
def pages(export: Path) -> tuple[str, str]:
    """The words of report.html and email.txt in German, drawn in this process."""
    with speaking("de"):
        study = analyse(source_of(export), "2026-10", GERMAN).study
        figures = draw_figures(study, theme_of(GERMAN.brand))
        report = build_report(study, figures, GERMAN, theme_of(GERMAN.brand))
        html = render_html(report).content.decode()
        mail = render_email(report, study, figures, GERMAN, None)[1].content.decode()
    visible = re.sub(r"<(style|script|svg|code)\b.*?</\1>|<dt>[a-z_.]+</dt><dd>.*?</dd>|<[^>]+>", " ", html, flags=re.S)
    return visible, mail


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Exports with segments, of order lines, and without structure; no header of theirs is an English sentence."""
    folder = tmp_path_factory.mktemp("exports")
    lines, noise = folder / "lines.csv", folder / "noise.csv"
    columns = order_lines()
    rows = zip(*(columns[name] for name in HEADER), strict=True)
    lines.write_text("\n".join([",".join(HEADER), *(",".join(map(str, row)) for row in rows)]), encoding="utf-8")
    cells = [f"C{i},{30_000 + i * 7919 % 20_011},{100 + i * 104_729 % 397}" for i in range(120)]
    noise.write_text("\n".join(["customer_id,annual_income,spending", *cells]), encoding="utf-8")
    return {"segments": SAMPLE, "order lines": lines, "no segments": noise}


@pytest.mark.parametrize("kind", ["segments", "order lines", "no segments"])
def test_german_reports_miss_no_translation(kind: str, exports: dict[str, Path], missed: Missed) -> None:
    """Every text that a German report looks up is in the catalogue."""
    pages.cache_clear()
    pages(exports[kind])
    assert missed.texts == set()


@pytest.mark.parametrize("kind", ["segments", "order lines", "no segments"])
def test_german_reports_hold_no_english(kind: str, exports: dict[str, Path]) -> None:
    """No page and no mail holds a word that only English sentences have."""
    found = [line for text in pages(exports[kind]) for line in text.splitlines() if ENGLISH_WORDS.search(line)]
    assert found == []


@pytest.mark.slow
def test_a_german_run_verifies(tmp_path: Path) -> None:
    """Every claim of a German report is computed again and read back from its German text."""
    run = run_export(SAMPLE, tmp_path, "--language", "de")
    outcome = reportgen("verify", run)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    assert '"language": "de"' in (run / "study.json").read_text(encoding="utf-8")
