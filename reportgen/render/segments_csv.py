"""Writes segments.csv: every customer kept, with segment, confidence and runner-up."""

from __future__ import annotations

import math
from typing import Any

from reportgen.engine.base import Engine
from reportgen.records.segments import BORDERLINE_CONFIDENCE
from reportgen.records.study import Document, Study
from reportgen.records.table import LINE_COLUMN, CleanTable
from reportgen.render._csv import csv_line, disarm, encode, quote

SCHEMA_VERSION = 1
"""Raised when a column is renamed, removed or changes its meaning; new ones are added at the end."""

COLUMNS = (
    "customer_id",
    "segment_id",
    "segment",
    "confidence",
    "runner_up",
    "runner_up_id",
    "borderline",
    "schema_version",
)
EVERYBODY = "All customers"


def render_segments_csv(table: CleanTable, study: Study, engine: Engine) -> Document:
    """One line a customer, in source order; the segments have the numbers that they keep over the months.

    Without segments everybody is in segment 1, `All customers`.
    confidence: 0..1, four decimals; 1 without segments. borderline: `yes` where it is under BORDERLINE_CONFIDENCE.
    Runner-up cells are empty without segments. Without an id column the physical record number is the id.
    """
    found, number = study.facts.segmentation, study.facts.identity
    names = {persona.segment: disarm(persona.name) for persona in study.personas} or {1: EVERYBODY}
    first = {segment: f",{number(segment)},{quote(name)}," for segment, name in names.items()}
    second = {segment: f",{quote(name)},{number(segment)}," for segment, name in names.items()} | {0: ',"",,'}
    sure, unsure = f'"no",{SCHEMA_VERSION}\n', f'"yes",{SCHEMA_VERSION}\n'
    has_runner_up = len(study.personas) > 1
    lines = [csv_line(COLUMNS)]
    lines += [
        f"{key}{first[segment]}{confidence:.4f}{second[runner_up if has_runner_up else 0]}"
        f"{unsure if has_runner_up and confidence < BORDERLINE_CONFIDENCE else sure}"
        for key, segment, runner_up, confidence in zip(
            customer_ids(table, engine),
            found.labels.tolist(),
            found.runner_up.tolist(),
            found.confidence.tolist(),
            strict=True,
        )
    ]
    return Document("segments.csv", encode("".join(lines)))


def customer_ids(table: CleanTable, engine: Engine) -> list[str]:
    """The ids as cells."""
    column = table.id_column or LINE_COLUMN
    values: list[Any] = engine.to_arrays(table.frame, [column])[column].tolist()
    return [_id_cell(value) for value in values]


def _id_cell(value: Any) -> str:
    if isinstance(value, str):
        return quote(value)
    if value is None or math.isnan(value):
        return '""'
    return str(int(value)) if value == int(value) else repr(value)
