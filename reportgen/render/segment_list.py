"""Writes the list of segments: every customer kept, with segment, confidence and runner-up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from reportgen.engine.base import Engine
from reportgen.file_views import view_file
from reportgen.records.segments import BORDERLINE_CONFIDENCE
from reportgen.records.study import Document, Study
from reportgen.records.table import CleanTable
from reportgen.render._csv import csv_line, disarm, encode, quote
from reportgen.render._placed import Placed, id_text, id_texts, placed_customers

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
CONFIDENCE_DECIMALS = 4


def render_segments(
    table: CleanTable, study: Study, engine: Engine, folder: Path | None = None, kind: str = "csv"
) -> Document:
    """One line a customer, in source order; the segments have the numbers that they keep over the months.

    Without segments everybody is in segment 1, `All customers`.
    confidence: 0..1, four decimals; 1 without segments. borderline: `yes` where it is under BORDERLINE_CONFIDENCE.
    Runner-up cells are empty without segments. Without an id column the physical record number is the id.
    folder: for what is too long to hold; None: nothing is. kind: `csv` or `parquet`.
    """
    name, placed = f"segments.{kind}", placed_customers(table, study, engine)
    if kind == "parquet":
        path = (folder or Path()) / name
        write_segments_parquet(path, placed, Names.of(study))
        return Document(name, view_file(path))
    parts = csv_parts(placed, Names.of(study))
    if folder is None:
        return Document(name, b"".join(parts))
    with (folder / name).open("wb") as file:
        file.writelines(parts)
    return Document(name, view_file(folder / name))


@dataclass(frozen=True, slots=True)
class Names:
    """What the segments are called, by their place in the study."""

    texts: Mapping[int, str]
    numbers: Mapping[int, int]
    """Those that they keep over the months."""

    @classmethod
    def of(cls, study: Study) -> Names:
        texts = {persona.segment: disarm(persona.name) for persona in study.personas} or {1: EVERYBODY}
        return cls(texts, {segment: study.facts.identity(segment) for segment in texts})

    @property
    def has_runner_up(self) -> bool:
        return len(self.texts) > 1


def csv_parts(placed: Iterable[Placed], names: Names) -> Iterator[bytes]:
    """The header, then the lines of each stretch of customers."""
    yield encode(csv_line(COLUMNS))
    first = {segment: f",{names.numbers[segment]},{quote(name)}," for segment, name in names.texts.items()}
    second = {segment: f",{quote(name)},{names.numbers[segment]}," for segment, name in names.texts.items()}
    second[0] = ',"",,'
    sure, unsure = f'"no",{SCHEMA_VERSION}\n', f'"yes",{SCHEMA_VERSION}\n'
    for some in placed:
        columns = (some.labels.tolist(), some.runner_up.tolist(), some.confidence.tolist())
        lines = (
            f"{id_cell(key)}{first[segment]}{confidence:.4f}{second[runner_up if names.has_runner_up else 0]}"
            f"{unsure if names.has_runner_up and confidence < BORDERLINE_CONFIDENCE else sure}"
            for key, segment, runner_up, confidence in zip(some.ids.to_pylist(), *columns, strict=True)
        )
        yield encode("".join(lines))


def write_segments_parquet(path: Path, placed: Iterable[Placed], names: Names) -> None:
    """The same columns, typed: ids as text, names as categories, the runner-up null without one."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    texts = pa.array([names.texts[segment] for segment in sorted(names.texts)])
    numbers = np.array([names.numbers[segment] for segment in sorted(names.texts)], dtype=np.int32)
    kinds = (pa.string(), pa.int32(), pa.dictionary(pa.int8(), pa.string()), pa.float64())
    schema = pa.schema(list(zip(COLUMNS, (*kinds, kinds[2], kinds[1], pa.bool_(), pa.int8()), strict=True)))
    with pq.ParquetWriter(path, schema) as writer:
        for some in placed:
            own, other = (labels.astype(np.int8) - 1 for labels in (some.labels, some.runner_up))
            nobody = np.full(len(own), not names.has_runner_up)
            rows = [
                _whole(id_texts(some.ids)),
                pa.array(numbers[own]),
                pa.DictionaryArray.from_arrays(pa.array(own), texts),
                pa.array(some.confidence.round(CONFIDENCE_DECIMALS)),
                pa.DictionaryArray.from_arrays(pa.array(other, mask=nobody), texts),
                pa.array(numbers[other], mask=nobody),
                pa.array((some.confidence < BORDERLINE_CONFIDENCE) & ~nobody),
                pa.array(np.full(len(own), SCHEMA_VERSION, dtype=np.int8)),
            ]
            writer.write_batch(pa.record_batch(rows, schema=schema))


def _whole(column: Any) -> Any:
    """One Arrow array of a column that may come in chunks."""
    return column.combine_chunks() if hasattr(column, "combine_chunks") else column


def id_cell(value: Any) -> str:
    """The id as a cell: text quoted, numbers bare."""
    return quote(value) if isinstance(value, str) else id_text(value) or '""'
