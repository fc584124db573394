"""The stages, in order; the only module that knows them all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from reportgen.config import Settings
from reportgen.deliver.publish import exclusive, publish, refuse_foreign
from reportgen.doctor import require_printing
from reportgen.engine.base import Engine
from reportgen.engine.choice import Chosen
from reportgen.engine.in_memory import InMemoryEngine
from reportgen.errors import ReportgenError
from reportgen.experiments import draw_experiments
from reportgen.features.stage import build_features
from reportgen.following import follow
from reportgen.gathered import facts_of
from reportgen.history.store import open_history
from reportgen.language import ENGLISH, speaking
from reportgen.mail_plan import Wish, plan_mail
from reportgen.months import (
    NOTHING,
    Found,
    Memory,
    decided,
    divide,
    identify,
    known_names,
    remember,
    usable_model,
)
from reportgen.outputs import Analysis, draw, render
from reportgen.parallel import FOR_GAPS, Crew
from reportgen.periods import month_of_orders, orders_note
from reportgen.personas.keeping import settle_names
from reportgen.personas.stage import write_study
from reportgen.plain_refusals import refused_in_english
from reportgen.profile.stage import profile_segments
from reportgen.recall import find_finished, recall
from reportgen.records.engine import IN_MEMORY, EngineChoice
from reportgen.records.history import Model
from reportgen.records.segments import Features
from reportgen.records.source import Export, source_of
from reportgen.records.study import Document, RunResult, Study
from reportgen.records.table import CleanTable, Column, RawTable
from reportgen.roles.disguise import disguised
from reportgen.roles.stage import assign_roles
from reportgen.row_engine import engine_for, lists_folder
from reportgen.stage_clock import Announce, Clock, silence
from reportgen.strictness import refuse_alerts, refuse_repairs
from reportgen.tabulate import tabulate
from reportgen.theme import brand_notes, theme_of
from reportgen.together import read_one_or_several


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """An export as it is seen before any segment is sought."""

    raw: RawTable
    table: CleanTable
    features: Features
    model: Model | None = None
    """The stored model whose columns and scaling the features have; None: their own."""


@dataclass(frozen=True, slots=True, eq=False)
class Inspection:
    """What a person asks before a run: also of an export that cannot be used as it is."""

    raw: RawTable
    columns: tuple[Column, ...]
    """As they are understood before cleaning."""
    cleaned: Look | None = None
    refusal: ReportgenError | None = None
    """Why cleaning or the choice of features refuses the export; None if they do not."""
    engine: EngineChoice = IN_MEMORY


def look(
    export: Export,
    settings: Settings,
    engine: Engine | None = None,
    clock: Clock | None = None,
    known_as: str = "",
) -> Look:
    """Reads and cleans, decides what each column is for; writes nothing. `known_as`: the name to print for the file.

    Without an engine one is chosen; of one that holds its rows in files they are gone then.
    """
    clock = clock or Clock(silence)
    with nullcontext(engine) if engine else engine_for(export, settings.engine) as found:
        engine = found.engine if isinstance(found, Chosen) else found
        raw, columns = read(export, settings, engine, clock, known_as)
        return choose(raw, clean(raw, columns, settings, engine, clock), settings, engine, clock)


def inspect(export: Export, settings: Settings) -> Inspection:
    """How the export is read and understood, and how cleaned, if it can be used. Raises what reading raises.

    The rows themselves are gone when it returns, with the engine that held them.
    """
    clock = Clock(silence)
    with engine_for(export, settings.engine) as chosen:
        engine = chosen.engine
        raw, columns = read(export, settings, engine, clock)
        try:
            table = clean(raw, columns, settings, engine, clock)
            return Inspection(raw, columns, choose(raw, table, settings, engine, clock), engine=chosen.why)
        except ReportgenError as refusal:
            return Inspection(raw, columns, refusal=refusal, engine=chosen.why)


def read(
    export: Export, settings: Settings, engine: Engine, clock: Clock, known_as: str = ""
) -> tuple[RawTable, tuple[Column, ...]]:
    """The export as text, and what each column means before anything is cleaned."""
    with clock.stage("reading"), speaking(ENGLISH):  # readers work in processes of their own, which speak English
        raw = read_one_or_several(export, settings.input, engine)
        raw = replace(raw, report=replace(raw.report, file_name=known_as or raw.report.file_name))
    with clock.stage("cleaning"):
        columns = refused_in_english(lambda: assign_roles(raw, settings, engine))
        return disguised(raw, columns), columns


def clean(raw: RawTable, columns: tuple[Column, ...], settings: Settings, engine: Engine, clock: Clock) -> CleanTable:
    """The table cleaned, one row a customer."""
    with clock.stage("cleaning"):
        table = refused_in_english(lambda: tabulate(raw, columns, settings, engine))
        if settings.input.strict:
            refuse_repairs(raw, table)
        return table


def choose(  # noqa: PLR0917 - what reading and cleaning hand on
    raw: RawTable, table: CleanTable, settings: Settings, engine: Engine, clock: Clock, memory: Memory = NOTHING
) -> Look:
    """What each column of the table is for."""
    with clock.stage("choosing features"):
        model = usable_model(memory, table, settings)
        return Look(raw, table, refused_in_english(lambda: build_features(table, settings, engine, model)), model)


def analyse(
    export: Export,
    period: str,
    settings: Settings,
    engine: Engine | None = None,
    clock: Clock | None = None,
    *,
    known_as: str = "",
    memory: Memory = NOTHING,
    crew: Crew | None = None,
    told: EngineChoice = IN_MEMORY,
) -> Analysis:
    """Reads, cleans, segments, profiles, compares with the months before and names; writes nothing.

    The crew's artist takes part of the search. `told`: what the pages say of the engine.
    """
    engine = engine or InMemoryEngine()
    clock = clock or Clock(silence)
    raw, columns = read(export, settings, engine, clock, known_as)
    table = clean(raw, columns, settings, engine, clock)
    return analyse_table(raw, table, period, settings, engine, clock=clock, memory=memory, crew=crew, told=told)


def analyse_table(
    raw: RawTable,
    table: CleanTable,
    period: str,
    settings: Settings,
    engine: Engine,
    *,
    clock: Clock,
    memory: Memory,
    crew: Crew | None,
    told: EngineChoice,
) -> Analysis:
    """Everything behind cleaning; see `analyse`."""
    seen = choose(raw, table, settings, engine, clock, memory)
    features = seen.features
    if crew and any(column.n_missing for column in table.quality):
        crew.printer.load(*FOR_GAPS)
    with clock.stage("segmenting"):
        artist = crew.artist if crew else None
        division = refused_in_english(lambda: divide(features, settings, seen.model, artist))
    with clock.stage("profiling"):
        profile = profile_segments(table, features, division.evidence, division.segmentation, settings, engine)
    with clock.stage("comparing months"):
        followed = follow(table, features, division.segmentation, memory.keys_of, engine)
        identified = identify(division, memory, features, followed)
        choices = decided(identified, settings)
        given = {segment: choice.name for segment, choice in choices.items() if choice.name}
        names = settle_names(profile, known_names(identified, memory), given)
        found = Found(period, raw, table, features, division, identified, profile, names, followed)
        month, change = remember(found, memory, settings, engine)
        groups = draw_experiments(followed, table.n_customers, identified.identities, period, settings)
    with clock.stage("naming"):
        facts = facts_of(found, settings, change=change, basis=memory.basis, choices=choices, engine=told)
        study = write_study(facts, theme_of(settings.brand).for_identities(identified.identities), names)
    return Analysis(table, study, month, groups)


def run(
    export: Export,
    out: Path,
    period: str,
    settings: Settings,
    *,
    crew: Crew | None = None,
    announce: Announce = silence,
    is_refit: bool = False,
    wish: Wish | None = None,
    is_period_open: bool = False,
) -> RunResult:
    """Publishes `out/<period>`, complete, or nothing; the same input again changes nothing. `wish`: that it is mailed.

    `is_period_open`: order lines that end before `period` are of the month they end in.
    Raises ReportgenError, StageFailedError.
    """
    if "pdf" in settings.report.formats:
        require_printing()
    clock, speech = Clock(announce), speaking(settings.report.language)
    with (
        exclusive(out),
        open_history(out) as history,
        nullcontext(crew) if crew else Crew() as helpers,
        speech,
        engine_for(export, settings.engine, out) as chosen,
    ):
        engine = chosen.engine
        refuse_foreign(out, period)
        raw, columns = read(export, settings, engine, clock)
        table, notes = None, list(brand_notes(settings.brand))
        if is_period_open:
            table, today = clean(raw, columns, settings, engine, clock), period
            if (period := month_of_orders(table, today)) != today:
                refuse_foreign(out, period)
                notes.append(orders_note(table, period))
        memory = recall(history, out, period, is_refit=is_refit)
        if finished := find_finished(history, out, period, raw, settings, memory):
            return finished
        table = table or clean(raw, columns, settings, engine, clock)
        analysis = analyse_table(
            raw, table, period, settings, engine, clock=clock, memory=memory, crew=helpers, told=chosen.why
        )
        refuse_alerts(analysis.study.facts.change, settings)
        with lists_folder(out) as folder:
            with clock.stage("drawing"):
                drawn = draw(analysis, settings, helpers, engine, folder)
            with clock.stage("rendering"):
                documents = render(analysis, drawn, settings)
            with clock.stage("publishing"):
                said, fault = "", None
                if wish:
                    said, fault = plan_mail(wish, documents, out, history, analysis, settings, engine)
                directory = publish(documents, out, period, source_of(export))
                history.remember(analysis.month)
        notes += [note for note in (history.trouble, said) if note]
    return replace(result_of(analysis.study, directory, documents, clock.seconds, tuple(notes)), mail_fault=fault)


def result_of(
    study: Study, directory: Path, documents: Sequence[Document], seconds: Mapping[str, float], notes: tuple[str, ...]
) -> RunResult:
    facts = study.facts
    return RunResult(
        directory=directory,
        verdict=study.verdict,
        k=facts.evidence.k,
        headline=study.headline.text,
        n_customers=facts.n_customers,
        documents=tuple(sorted(document.name for document in documents)),
        notes=(*facts.read.notes, *notes),
        seconds=seconds,
        n_alerts=len(facts.change.alerts) if facts.change else 0,
    )
