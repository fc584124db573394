"""Everything that a run publishes, drawn and written from its study."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from reportgen.config import Settings
from reportgen.engine.base import Engine
from reportgen.parallel import Answer, Crew
from reportgen.records.figures import with_pngs
from reportgen.records.history import Month
from reportgen.records.study import Document, Figure, Skipped, Study
from reportgen.records.table import CleanTable
from reportgen.render.cleaning_csv import render_cleaning_csv
from reportgen.render.groups_csv import render_groups_csv
from reportgen.render.model_json import render_model_json
from reportgen.render.near_duplicates_csv import render_near_duplicates_csv
from reportgen.render.quarantine_csv import render_quarantine_csv
from reportgen.render.segment_list import render_segments
from reportgen.render.study_json import render_study_json
from reportgen.render.view import build_report
from reportgen.theme import Theme, theme_of
from reportgen.verify.manifest import build_manifest

MOST_LISTED = 1_000_000
"""Customers in a list that a spreadsheet still opens (1,048,576 rows)."""

CHARTS = "reportgen.charts.stage"
DRAWN_BY_PRINTER = frozenset({"missing_values"})
"""Charts whose libraries take longer to import than all others to be drawn: the printer may do so early (FOR_GAPS)."""

NO_ROWS, NO_LABELS = np.empty((0, 0)), np.empty(0, dtype=np.intp)
"""What stands for the customers' rows in a study on its way to another process."""


@dataclass(frozen=True, slots=True, eq=False)
class Analysis:
    """Everything up to the words: the customers and what was found in them."""

    table: CleanTable
    study: Study
    month: Month
    """What the history keeps of it."""
    groups: tuple[int, ...] = ()
    """Test or control group of each customer (see history.groups), in the order of the table; empty: none is drawn."""


def kind_of_list(settings: Settings, n_customers: int) -> str:
    """`csv` or `parquet`: how the list of segments is written."""
    asked = settings.report.segments
    if asked != "auto":
        return asked
    return "parquet" if n_customers > MOST_LISTED else "csv"


def theme_for(settings: Settings, study: Study) -> Theme:
    """The brand's theme with each segment in the colour of its identity."""
    return theme_of(settings.brand).for_identities(study.facts.identities)


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """The figures, and the pages that hold them."""

    figures: tuple[Figure | Skipped, ...]
    """In reading order."""
    pages: Answer[Document] | None
    """The PDF, on its way; None if none is wanted."""
    mailed: Answer[dict[str, bytes]] | None
    """The pictures of the mail, on their way; None if none is written."""
    lists: tuple[Document, ...]
    """The files that name every customer, written while the figures were drawn."""


def tell(study: Study, crew: Crew) -> tuple[Figure | Skipped, ...]:
    """What every figure says, in reading order; none is drawn yet."""
    told: Answer[tuple[Figure | Skipped, ...]] = crew.artist.call(CHARTS, "tell_figures", without_rows(study))
    return told.get()


def draw(analysis: Analysis, settings: Settings, crew: Crew, engine: Engine, folder: Path) -> Drawn:
    """Every figure, drawn by the artist while the printer sets the pages and this process lists the customers.

    folder: for what is too long to hold; documents show what stands there.
    """
    study = analysis.study
    theme, sent, told = theme_for(settings, study), without_rows(study), tell(study, crew)
    wanted = [place for place, figure in enumerate(told) if isinstance(figure, Figure)]
    late = [place for place in wanted if told[place].name in DRAWN_BY_PRINTER]
    shares = [(crew.artist, [place for place in wanted if place not in late])]
    if late:
        shares.append((crew.printer, late))
    sketches = [(places, worker.call(CHARTS, "draw_planned", sent, theme, places)) for worker, places in shares]
    pages: Answer[Document] | None = None
    if "pdf" in settings.report.formats:
        report = build_report(study, told, settings, theme)
        pages = crew.printer.call_waiting("reportgen.render.pdf", "render_pdf", report)
    lists = customer_lists(analysis, settings, engine, folder)
    drawn = {place: figure for places, sketch in sketches for place, figure in zip(places, sketch.get(), strict=True)}
    if pages:
        pages.send({figure.name: figure.print_svg or figure.svg for figure in drawn.values()})
    mailed = crew.artist.call(CHARTS, "draw_for_mail", sent, theme) if "email" in settings.report.formats else None
    return Drawn(tuple(drawn.get(place, figure) for place, figure in enumerate(told)), pages, mailed, lists)


def without_rows(study: Study) -> Study:
    """The study as it is sent to another process: nothing in it grows with the customers."""
    facts, full = study.facts, study.facts.segmentation
    features = replace(facts.features, matrix=NO_ROWS, raw=NO_ROWS, alternatives=(), drawn=NO_LABELS, everyone=None)
    segmentation = replace(
        full,
        labels=full.labels[full.silhouette_rows],
        silhouette_rows=np.arange(len(full.silhouette_rows)),
        runner_up=NO_LABELS,
        confidence=np.empty(0),
    )
    return replace(study, facts=replace(facts, features=features, segmentation=segmentation))


def render(analysis: Analysis, drawn: Drawn, settings: Settings) -> list[Document]:
    """Every document of the run; the printer ends the PDF while the first process writes the rest."""
    # What the templates need is imported while the printer works, not before the export is read.
    from reportgen.render.email import render_email
    from reportgen.render.html import render_html

    study, figures = analysis.study, drawn.figures
    report = build_report(study, figures, settings, theme_for(settings, study))
    documents = machine_documents(study, figures, drawn.lists)
    if "html" in settings.report.formats:
        documents.append(render_html(report))
    pdf = drawn.pages.get() if drawn.pages else None
    if pdf:
        documents.append(pdf)
    if drawn.mailed:
        documents.extend(render_email(report, study, with_pngs(figures, drawn.mailed.get()), settings, pdf))
    return [*documents, build_manifest(documents, study.facts, study.verdict, settings)]


def customer_lists(analysis: Analysis, settings: Settings, engine: Engine, folder: Path) -> tuple[Document, ...]:
    """Who is in which segment, and in which group where an action is tried."""
    study, table = analysis.study, analysis.table
    kind, is_held = kind_of_list(settings, table.n_customers), study.facts.features.everyone is None
    segments = render_segments(table, study, engine, None if is_held and kind == "csv" else folder, kind)
    if not analysis.groups:
        return (segments,)
    return segments, render_groups_csv(table, study, analysis.groups, engine)


def machine_documents(study: Study, figures: Sequence[Figure | Skipped], lists: Sequence[Document]) -> list[Document]:
    """The files that programs read; the same from any run of the same export and settings."""
    return [
        *lists,
        render_study_json(study, figures),
        render_model_json(study),
        render_cleaning_csv(study.facts),
        render_quarantine_csv(study.facts),
        render_near_duplicates_csv(study.facts),
    ]
