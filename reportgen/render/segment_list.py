"""Writes the list of segments: every customer kept, with segment, confidence and runner-up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from reportgen.engine.base import Engine
from reportgen.engine.batches import BATCH_ROWS
from reportgen.file_views import view_file
from reportgen.records.segments import BORDERLINE_CONFIDENCE, FloatArray
from reportgen.records.study import Document, Study
from reportgen.records.table import CleanTable
from reportgen.render._csv import csv_line, disarm, encode, quote
from reportgen.render._placed import Placed, id_texts, placed_customers

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
NEAR_HALF = 1e-6
"""Of a last decimal: far more than multiplying loses, and so rare that it costs nothing to print those one by one."""


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
        told = {persona.segment: disarm(encode(persona.name).decode()) for persona in study.personas}
        texts = told or {1: EVERYBODY}
        return cls(texts, {segment: study.facts.identity(segment) for segment in texts})

    @property
    def has_runner_up(self) -> bool:
        return len(self.texts) > 1


def csv_parts(placed: Iterable[Placed], names: Names) -> Iterator[bytes]:
    """The header, then the lines of each stretch of customers, joined by Arrow: a million in a fifth of a second."""
    import pyarrow as pa
    import pyarrow.compute as pc

    yield encode(csv_line(COLUMNS))
    segments = range(1, len(names.texts) + 1)
    first = [f",{names.numbers[segment]},{quote(names.texts[segment])}," for segment in segments]
    second = [',"",,', *(f",{quote(names.texts[segment])},{names.numbers[segment]}," for segment in segments)]
    ends = [f'"{word}",{SCHEMA_VERSION}\n' for word in ("no", "yes")]
    for some in stretches_of(placed):
        is_unsure = (some.confidence < BORDERLINE_CONFIDENCE) & names.has_runner_up
        lines = pc.binary_join_element_wise(
            id_cells(some.ids),
            picked(first, some.labels - 1),
            fixed_texts(some.confidence),
            picked(second, some.runner_up if names.has_runner_up else np.zeros_like(some.labels)),
            picked(ends, is_unsure),
            "",
        )
        yield pc.binary_join(pa.ListArray.from_arrays([0, len(lines)], lines), "")[0].as_buffer().to_pybytes()


def stretches_of(placed: Iterable[Placed]) -> Iterator[Placed]:
    """The same customers, no more at once than Arrow's text of 32 bits holds the lines of."""
    for some in placed:
        for start in range(0, len(some.labels), BATCH_ROWS):
            part = slice(start, start + BATCH_ROWS)
            yield Placed(some.ids[part], some.labels[part], some.runner_up[part], some.confidence[part])


def picked(texts: Sequence[str], places: npt.NDArray[Any]) -> Any:
    """The text at each place, as Arrow text."""
    import pyarrow as pa

    return pa.array(texts, pa.string()).take(pa.array(places.astype(np.int64)))


def fixed_texts(values: FloatArray) -> Any:
    """Numbers from 0 to 1 with CONFIDENCE_DECIMALS, as Arrow text, to the digit that Python prints."""
    import pyarrow as pa

    scaled = values * 10**CONFIDENCE_DECIMALS
    rounded = np.floor(scaled + 0.5)
    # Half-way between two decimals the nearest one hangs on digits that scaling has lost.
    rounded = np.where(np.abs(scaled - np.floor(scaled) - 0.5) < NEAR_HALF, -1 - np.arange(len(values)), rounded)
    _, firsts, places = np.unique(rounded, return_index=True, return_inverse=True)
    texts = [f"{value:.{CONFIDENCE_DECIMALS}f}" for value in values[firsts].tolist()]
    return pa.array(texts, pa.string()).take(pa.array(places))


def id_cells(ids: Any) -> Any:
    """Ids as Arrow text of cells: text quoted, numbers bare."""
    import pyarrow as pa
    import pyarrow.compute as pc

    is_number, ids = pa.types.is_integer(ids.type) or pa.types.is_floating(ids.type), _whole(id_texts(ids))
    if is_number:
        return pc.if_else(pc.equal(ids, ""), '""', ids)
    cells = pc.binary_join_element_wise('"', ids, '"', "")
    is_odd = pc.invert(pc.ascii_is_alnum(ids))
    odd = pa.array([quote(text) for text in ids.filter(is_odd).to_pylist()], pa.string())
    return pc.replace_with_mask(cells, is_odd, odd)


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
