"""Runs the pipeline up to the words and the figures' findings, and lays down what a run would publish of them."""

from __future__ import annotations

from pathlib import Path

from threadpoolctl import threadpool_limits

from reportgen.charts.base import CHARTS
from reportgen.charts.stage import _figure_name, _numbers, plan_figures
from reportgen.config import Settings
from reportgen.engine.in_memory import InMemoryEngine
from reportgen.errors import NotApplicable
from reportgen.pipeline import analyse
from reportgen.records.study import Figure, Skipped, Study
from reportgen.render.segment_list import render_segments
from reportgen.render.study_json import render_study_json

PERIOD = "2026-10"


def tell_export(export: Path, out: Path, settings: Settings | None = None) -> Path:
    """The directory with segments.csv and study.json of the export; nothing is drawn."""
    with threadpool_limits(limits=1):
        analysis = analyse(export, PERIOD, settings or Settings())
    out.mkdir(parents=True, exist_ok=True)
    figures = findings_of(analysis.study)
    segments = render_segments(analysis.table, analysis.study, InMemoryEngine())
    for document in (segments, render_study_json(analysis.study, figures)):
        (out / document.name).write_bytes(document.content)
    return out


def findings_of(study: Study) -> list[Figure | Skipped]:
    """Every planned figure with its words and its table, without a picture."""
    figures: list[Figure | Skipped] = []
    for name, segment in plan_figures(study):
        chart_name, _, column = name.partition(":")
        chart = CHARTS[chart_name]
        shown_name = _figure_name(study, chart_name, segment, column)
        try:
            numbers = _numbers(study, chart, segment, column)
        except NotApplicable as reason:
            figures.append(Skipped(shown_name, str(reason)))
            continue
        words = (chart.finding(numbers), chart.subtitle(numbers), chart.alt(numbers), chart.table(numbers))
        figures.append(Figure(shown_name, segment, *words, width=1.0, height=1.0))
    return figures
