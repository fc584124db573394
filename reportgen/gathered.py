"""Gathers what the stages found into the facts of a study."""

from __future__ import annotations

from collections.abc import Mapping

from reportgen.config import Settings
from reportgen.language import text
from reportgen.months import Found
from reportgen.records.engine import EngineChoice
from reportgen.records.history import Change
from reportgen.records.study import Basis, Decided, Facts


def facts_of(
    found: Found,
    settings: Settings,
    *,
    change: Change | None,
    basis: Basis,
    choices: Mapping[int, Decided],
    engine: EngineChoice,
) -> Facts:
    """Everything computed, gathered."""
    table, read = found.table, found.raw
    return Facts(
        title=text(settings.report.title),
        period=found.period,
        read=read.report,
        set_aside=tuple(sorted(read.set_aside + table.set_aside, key=lambda record: record.line)),
        columns=table.columns,
        notes=table.notes,
        quality=table.quality,
        missing_rows=table.missing_rows,
        near_duplicates=table.near_duplicates,
        orders=table.orders,
        n_customers=table.n_customers,
        id_column=table.id_column,
        features=found.features,
        evidence=found.division.evidence,
        segmentation=found.division.segmentation,
        profile=found.profile,
        seed=settings.segments.seed,
        weights=tuple(settings.scorecard.model_dump().items()),
        identities=found.identified.identities,
        change=change,
        basis=basis,
        decided=choices,
        engine=engine,
    )
