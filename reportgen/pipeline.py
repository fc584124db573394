"""The stages, in order; the only module that knows them all."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path

import numpy as np

from reportgen.config import Settings
from reportgen.deliver.publish import exclusive, publish, refuse_foreign
from reportgen.doctor import require_printing
from reportgen.engine.base import Engine
from reportgen.engine.in_memory import InMemoryEngine
from reportgen.errors import ReportgenError, StageFailedError
from reportgen.features.stage import build_features
from reportgen.parallel import Answer, Crew
from reportgen.personas.stage import write_study
from reportgen.profile.stage import profile_segments
from reportgen.records.segments import Features
from reportgen.records.source import Export, source_of
from reportgen.records.study import Document, Facts, Figure, RunResult, Skipped, Study
from reportgen.records.table import CleanTable, Column, RawTable
from reportgen.render.cleaning_csv import render_cleaning_csv
from reportgen.render.email import render_email
from reportgen.render.html import render_html
from reportgen.render.model_json import render_model_json
from reportgen.render.near_duplicates_csv import render_near_duplicates_csv
from reportgen.render.quarantine_csv import render_quarantine_csv
from reportgen.render.segments_csv import render_segments_csv
from reportgen.render.study_json import render_study_json
from reportgen.render.view import build_report
from reportgen.roles.stage import assign_roles
from reportgen.segment.stage import find_segments
from reportgen.strictness import refuse_repairs
from reportgen.tabulate import tabulate
from reportgen.theme import Theme, brand_notes, theme_of
from reportgen.together import read_one_or_several
from reportgen.verify.manifest import build_manifest

NO_ROWS, NO_LABELS = np.empty((0, 0)), np.empty(0, dtype=np.intp)
"""What stands for the customers' rows in a study on its way to another process."""

Announce = Callable[[str], None]


class Clock:
    """Names, times and announces the stages; a fault of ours leaves with its stage's name."""

    def __init__(self, announce: Announce) -> None:
        self._announce = announce
        self.seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Raises StageFailedError for anything that is not a user's mistake."""
        self._announce(name.capitalize())
        start = time.perf_counter()
        try:
            yield
        except ReportgenError:
            raise
        except Exception as fault:
            raise StageFailedError(f"The {name} stage failed: {type(fault).__name__}: {fault}") from fault
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - start


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """An export as it is seen before any segment is sought."""

    raw: RawTable
    table: CleanTable
    features: Features


@dataclass(frozen=True, slots=True, eq=False)
class Inspection:
    """What a person asks before a run: also of an export that cannot be used as it is."""

    raw: RawTable
    columns: tuple[Column, ...]
    """As they are understood before cleaning."""
    cleaned: Look | None = None
    refusal: ReportgenError | None = None
    """Why cleaning or the choice of features refuses the export; None if they do not."""


@dataclass(frozen=True, slots=True, eq=False)
class Analysis:
    """Everything up to the words: the customers and what was found in them."""

    table: CleanTable
    study: Study


def look(
    export: Export,
    settings: Settings,
    engine: Engine | None = None,
    clock: Clock | None = None,
    known_as: str = "",
) -> Look:
    """Reads and cleans, decides what each column is for; writes nothing. `known_as`: the name to print for the file."""
    engine = engine or InMemoryEngine()
    clock = clock or Clock(silence)
    raw, columns = read(export, settings, engine, clock, known_as)
    return clean(raw, columns, settings, engine, clock)


def inspect(export: Export, settings: Settings) -> Inspection:
    """How the export is read and understood, and how cleaned, if it can be used. Raises what reading raises."""
    engine, clock = InMemoryEngine(), Clock(silence)
    raw, columns = read(export, settings, engine, clock)
    try:
        return Inspection(raw, columns, clean(raw, columns, settings, engine, clock))
    except ReportgenError as refusal:
        return Inspection(raw, columns, refusal=refusal)


def read(
    export: Export, settings: Settings, engine: Engine, clock: Clock, known_as: str = ""
) -> tuple[RawTable, tuple[Column, ...]]:
    """The export as text, and what each column means before anything is cleaned."""
    with clock.stage("reading"):
        raw = read_one_or_several(export, settings.input, engine)
        raw = replace(raw, report=replace(raw.report, file_name=known_as or raw.report.file_name))
    with clock.stage("cleaning"):
        return raw, assign_roles(raw, settings, engine)


def clean(raw: RawTable, columns: tuple[Column, ...], settings: Settings, engine: Engine, clock: Clock) -> Look:
    """The table cleaned, and what each column is for."""
    with clock.stage("cleaning"):
        table = tabulate(raw, columns, settings, engine)
        if settings.input.strict:
            refuse_repairs(raw, table)
    with clock.stage("choosing features"):
        features = build_features(table, settings, engine)
    return Look(raw, table, features)


def analyse(
    export: Export,
    period: str,
    settings: Settings,
    engine: Engine | None = None,
    clock: Clock | None = None,
    *,
    known_as: str = "",
) -> Analysis:
    """Reads, cleans, segments, profiles and names; writes nothing."""
    engine = engine or InMemoryEngine()
    clock = clock or Clock(silence)
    seen = look(export, settings, engine, clock, known_as)
    raw, table, features = seen.raw, seen.table, seen.features
    with clock.stage("segmenting"):
        evidence, segmentation = find_segments(features, settings.segments)
    with clock.stage("profiling"):
        profile = profile_segments(table, features, evidence, segmentation, settings, engine)
    with clock.stage("naming"):
        facts = Facts(
            title=settings.report.title,
            period=period,
            read=raw.report,
            set_aside=tuple(sorted(raw.set_aside + table.set_aside, key=lambda record: record.line)),
            columns=table.columns,
            notes=table.notes,
            quality=table.quality,
            missing_rows=table.missing_rows,
            near_duplicates=table.near_duplicates,
            orders=table.orders,
            n_customers=table.n_customers,
            id_column=table.id_column,
            features=features,
            evidence=evidence,
            segmentation=segmentation,
            profile=profile,
            seed=settings.segments.seed,
            weights=tuple(settings.scorecard.model_dump().items()),
        )
        study = write_study(facts, theme_of(settings.brand))
    return Analysis(table, study)


def silence(_stage: str) -> None:
    """Announces nothing."""


def run(
    export: Export,
    out: Path,
    period: str,
    settings: Settings,
    *,
    crew: Crew | None = None,
    announce: Announce = silence,
) -> RunResult:
    """Publishes `out/<period>`, complete, or nothing. Raises ReportgenError, StageFailedError."""
    if "pdf" in settings.report.formats:
        require_printing()
    clock, engine = Clock(announce), InMemoryEngine()
    with exclusive(out), nullcontext(crew) if crew else Crew() as helpers:
        refuse_foreign(out, period)
        analysis = analyse(export, period, settings, engine, clock)
        with clock.stage("drawing"):
            figures = draw(analysis.study, theme_of(settings.brand), helpers)
        with clock.stage("rendering"):
            documents = render(analysis, figures, settings, engine, helpers)
        with clock.stage("publishing"):
            directory = publish(documents, out, period, source_of(export))
    study = analysis.study
    return RunResult(
        directory=directory,
        verdict=study.verdict,
        k=study.facts.evidence.k,
        headline=study.headline.text,
        n_customers=study.facts.n_customers,
        documents=tuple(sorted(document.name for document in documents)),
        notes=(*study.facts.read.notes, *brand_notes(settings.brand)),
        seconds=clock.seconds,
    )


def draw(study: Study, theme: Theme, crew: Crew) -> tuple[Figure | Skipped, ...]:
    """Every figure, in reading order, drawn by both helpers at once."""
    sent, n_workers = without_rows(study), len(crew.workers)
    answers: list[Answer[tuple[Figure | Skipped, ...]]] = [
        worker.call("reportgen.charts.stage", "draw_share", sent, theme, place, n_workers)
        for place, worker in enumerate(crew.workers)
    ]
    shares = [answer.get() for answer in answers]
    return tuple(figure for row in zip_longest(*shares) for figure in row if figure is not None)


def without_rows(study: Study) -> Study:
    """The study as it is sent to another process: nothing in it grows with the customers."""
    facts, full = study.facts, study.facts.segmentation
    features = replace(facts.features, matrix=NO_ROWS, raw=NO_ROWS, alternatives=())
    segmentation = replace(
        full,
        labels=full.labels[full.silhouette_rows],
        silhouette_rows=np.arange(len(full.silhouette_rows)),
        runner_up=NO_LABELS,
        confidence=np.empty(0),
    )
    return replace(study, facts=replace(facts, features=features, segmentation=segmentation))


def render(
    analysis: Analysis,
    figures: Sequence[Figure | Skipped],
    settings: Settings,
    engine: Engine,
    crew: Crew,
) -> list[Document]:
    """Every document of the run; the printer prints the PDF while the first process writes the rest."""
    study = analysis.study
    report = build_report(study, figures, settings, theme_of(settings.brand))
    formats = settings.report.formats
    printed: Answer[Document] | None = None
    if "pdf" in formats:
        printed = crew.printer.call("reportgen.render.pdf", "render_pdf", report)
    documents = machine_documents(analysis, figures, engine)
    if "html" in formats:
        documents.append(render_html(report))
    pdf = printed.get() if printed else None
    if pdf:
        documents.append(pdf)
    if "email" in formats:
        documents.extend(render_email(report, study, figures, settings, pdf))
    return [*documents, build_manifest(documents, study.facts, study.verdict, settings)]


def machine_documents(analysis: Analysis, figures: Sequence[Figure | Skipped], engine: Engine) -> list[Document]:
    """The files that programs read; the same from any run of the same export and settings."""
    study = analysis.study
    return [
        render_segments_csv(analysis.table, study, engine),
        render_study_json(study, figures),
        render_model_json(study),
        render_cleaning_csv(study.facts),
        render_quarantine_csv(study.facts),
        render_near_duplicates_csv(study.facts),
    ]
