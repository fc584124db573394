"""The stages, in order; the only module that knows them all."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from reportgen.clean.stage import clean_table
from reportgen.config import Settings
from reportgen.engine.base import Engine
from reportgen.engine.in_memory import InMemoryEngine
from reportgen.features.stage import build_features
from reportgen.ingest.stage import read_export
from reportgen.personas.stage import write_study
from reportgen.profile.stage import profile_segments
from reportgen.records.study import Facts, Study
from reportgen.records.table import CleanTable
from reportgen.roles.stage import assign_roles
from reportgen.segment.stage import find_segments
from reportgen.theme import theme_of


@dataclass(frozen=True, slots=True, eq=False)
class Analysis:
    """Everything up to the words: the customers and what was found in them."""

    table: CleanTable
    facts: Facts
    study: Study


def analyse(export: Path, period: str, settings: Settings, engine: Engine | None = None) -> Analysis:
    """Reads, cleans, segments, profiles and names; writes nothing."""
    engine = engine or InMemoryEngine()
    raw = read_export(export, settings.input, engine)
    columns = assign_roles(raw, settings, engine)
    table = clean_table(raw, columns, settings, engine)
    features = build_features(table, settings, engine)
    evidence, segmentation = find_segments(features, settings.segments)
    profile = profile_segments(table, features, evidence, segmentation, settings, engine)
    facts = Facts(
        title=settings.report.title,
        period=period,
        read=raw.report,
        set_aside=tuple(sorted(raw.set_aside + table.set_aside, key=lambda record: record.line)),
        columns=table.columns,
        notes=table.notes,
        quality=table.quality,
        missing_rows=table.missing_rows,
        n_customers=table.n_customers,
        id_column=table.id_column,
        features=features,
        evidence=evidence,
        segmentation=segmentation,
        profile=profile,
        seed=settings.segments.seed,
    )
    return Analysis(table, facts, write_study(facts, theme_of(settings.brand)))
