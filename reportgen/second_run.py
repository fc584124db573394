"""Verifies a finished run: makes it again from its export, and compares."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from reportgen.config import Settings
from reportgen.engine.base import Engine
from reportgen.engine_settings import EngineSettings
from reportgen.errors import ReportgenError
from reportgen.file_views import view_file
from reportgen.history.store import read_history
from reportgen.language import speaking
from reportgen.outputs import Analysis, customer_lists, draw, machine_documents, render, tell
from reportgen.parallel import Crew
from reportgen.pipeline import analyse
from reportgen.recall import recall_again
from reportgen.records.source import Export
from reportgen.records.study import Check, Document
from reportgen.row_engine import engine_for
from reportgen.stage_clock import Announce, Clock, silence
from reportgen.verify.manifest import (
    MANIFEST,
    check_contents,
    check_manifest,
    check_source,
    find_source,
    is_same_software,
    read_sealed_run,
)
from reportgen.verify.stage import check_made

DEFAULT = EngineSettings()


def verify(
    run_directory: Path, source: Export | None = None, announce: Announce = silence, use: EngineSettings = DEFAULT
) -> tuple[Check, ...]:
    """Checks the hashes of a finished run, then makes its numbers again from the export and compares.

    `use`: the engine for that; another one than the run's gives the same.
    Raises ReportgenError (RG-081, RG-082) if there is no run or no export to check against.
    """
    announce("Checking hashes")
    checks = check_manifest(run_directory)
    if not all(check.ok for check in checks):
        return checks
    sealed, export = read_sealed_run(run_directory), find_source(run_directory, source)
    if export.path is not None and not (same := check_source(run_directory, export)).ok:
        return (*checks, same)
    clock, out = Clock(announce), run_directory.resolve().parent
    with (
        read_history(out) as history,
        Crew() as crew,
        speaking(sealed.settings.report.language),
        engine_for(export, use) as chosen,
    ):
        engine = chosen.engine
        memory = recall_again(history, out, sealed.period, sealed.basis)
        analysis = analyse(
            export,
            sealed.period,
            sealed.settings,
            engine,
            clock,
            known_as=sealed.source_name,
            memory=memory,
            crew=crew,
            told=sealed.engine,
        )
        facts = analysis.study.facts
        same_source = check_source(run_directory, export, facts.read.sha256)
        if not same_source.ok:
            return (*checks, same_source)
        with clock.stage("recomputing"):
            published = read_or_empty(run_directory / "study.json")
            claims = check_made(published, analysis.table, analysis.study, engine)
        with clock.stage("comparing"):
            manifest = check_contents(run_directory, facts, analysis.study.verdict, sealed.settings)
            with TemporaryDirectory() as folder:
                again = check_documents(run_directory, analysis, sealed.settings, engine, crew, Path(folder))
    return (*checks, same_source, *claims, manifest, *again)


def check_documents(  # noqa: PLR0917 - what is made again, with whom and where
    run_directory: Path,
    analysis: Analysis,
    settings: Settings,
    engine: Engine,
    crew: Crew,
    folder: Path,
) -> tuple[Check, ...]:
    """One check for each document that can be made again: the pages too where the software is that of the run."""
    told, left_out = tell(analysis.study, crew), tuple[Check, ...]()
    again: list[Document] = []
    if is_same_software(run_directory):
        try:
            made_again = render(analysis, draw(analysis, settings, crew, engine, folder), settings)
            again = [made for made in made_again if made.name != MANIFEST]
        except ReportgenError as fault:  # the logo has moved, say: that changes nothing in the run
            left_out = (Check("pages made again", ok=True, sentence=f"left out: {fault.sentence}"),)
    if not again:
        lists = customer_lists(analysis, settings, engine, folder)
        again = machine_documents(analysis.study, told, lists)
    return (*left_out, *(check_again(run_directory, document) for document in again))


def read_or_empty(path: Path) -> bytes:
    return view_file(path) if path.is_file() else b""


def check_again(run_directory: Path, document: Document) -> Check:
    is_same = read_or_empty(run_directory / document.name) == document.content
    sentence = "is what the export gives" if is_same else "differs from what the export gives now"
    return Check(f"{document.name} made again", is_same, sentence)
