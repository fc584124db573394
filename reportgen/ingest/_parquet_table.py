"""Checks a Parquet or Arrow file's own account of itself, then reads it in pieces; runs in the limited child."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from reportgen.errors import ReportgenError
from reportgen.ingest._answer import AnswerWriter, check_size, too_many_cells
from reportgen.ingest._arrow_text import column_texts, count_open, is_cell, storage_of
from reportgen.ingest._kinds import ARROW_STREAM
from reportgen.ingest._limits import MAX_CELLS
from reportgen.wording import format_count, join_words, plural, scrub

MAX_EXPANDED = 1 << 30
"""Bytes of all columns unpacked, as the file states them and as text."""
MAX_RATIO, RATIO_FROM = 200, 32 << 20
"""Text to file, beyond 32 MiB: columns of equal values shrink well, and a million rows of flags are 5 MB of text."""
MAX_NESTED = 32
"""Levels of lists and structs in the schema."""
MAX_FOOTER = 64 << 20
"""Bytes that a text or a list in the file's footer may take."""
SIGNATURE = 28
"""Bytes behind a readable footer that sign it (a nonce and a tag): then columns are encrypted (Parquet, Encryption)."""
END_OF_STREAM = ARROW_STREAM + bytes(4)
BATCH = 10_000
READ_AHEAD = 1 << 20
"""Bytes of a column that are read at once."""
_INDEX = "__index_level_"
_AS_CSV = "Export the table of customers alone, as CSV."
_AGAIN = "Download or export it again."


def parse_parquet(data: bytes) -> bytes:
    """All records for `_answer.read_answer`, each with its number in front; the facts: names, n_records, notes, fixes.

    Raises ReportgenError (RG-021, 022, 031, 032, 033).
    """
    if data[:4] == b"PARE":
        raise encrypted()
    with damage_said():
        return _parsed(data)


@contextmanager
def damage_said() -> Iterator[None]:
    """Turns what Arrow raises on a damaged file into a refusal (RG-032, 033)."""
    try:
        yield
    except (pa.ArrowException, OSError, ValueError, KeyError, IndexError, OverflowError) as fault:
        if isinstance(fault, MemoryError):
            raise
        text = str(fault)
        if "encrypt" in text.lower() or "decrypt" in text.lower():
            raise encrypted() from None
        raise ReportgenError("RG-032", f"the file is damaged or cut off: {scrub(text, 80)}.", _AGAIN) from None


def encrypted() -> ReportgenError:
    return ReportgenError("RG-033", "the Parquet file is encrypted.", "Export it without encryption.")


def _parsed(data: bytes) -> bytes:
    schema, batches, n_records = _opened(data)
    names, paths, left_out = cells_of(schema)
    writer, at, n_text = AnswerWriter(), 0, 0
    most = min(MAX_EXPANDED, max(RATIO_FROM, MAX_RATIO * len(data)))
    n_lost, n_open = 0, [0] * len(paths)
    for batch in batches:
        columns = []
        for at_column, path in enumerate(paths):
            column = column_at(batch, path)
            found, n = column_texts(column)
            n_open[at_column] += count_open(column, found)
            texts = found.to_pylist()
            n_lost += n
            n_text += sum(len(text) for text in texts if text)
            if n_text > most:
                raise expands(n_text, len(data))
            columns.append(texts)
        for row in zip(*columns, strict=True):
            at += 1
            writer.add([str(at), *row])
    if n_records is not None and at != n_records:
        raise too_few(n_records, at)
    notes = notes_on(left_out, n_lost)
    if data.startswith(ARROW_STREAM) and not data.endswith(END_OF_STREAM):
        notes.append("The end of the stream is not marked: the file may be incomplete.")
    return writer.answer(names=names, n_open=n_open, n_records=at, notes=notes, range_index=range_index(schema, at))


def _opened(data: bytes) -> tuple[Any, Iterator[Any], int | None]:
    """Schema, batches of records and their number as stated, if it is."""
    if data.startswith((b"ARROW1", ARROW_STREAM)):
        is_stream = data.startswith(ARROW_STREAM)
        reader = (pa.ipc.open_stream if is_stream else pa.ipc.open_file)(pa.BufferReader(data))
        check_size(0, 0, len(reader.schema))
        batches = reader if is_stream else map(reader.get_batch, range(reader.num_record_batches))
        return reader.schema, _ipc_batches(batches), None
    file = open_parquet(pa.BufferReader(data), data[-8:-4])
    _check_footer(file.metadata, len(data))
    return file.schema_arrow, file.iter_batches(batch_size=BATCH, use_threads=False), file.metadata.num_rows


def open_parquet(source: Any, length: bytes) -> Any:
    """The file, its footer read. `length`: what it states of the footer, eight bytes before its end."""
    file = pq.ParquetFile(
        source,
        pre_buffer=False,  # else all that was read stays in memory until the last batch
        buffer_size=READ_AHEAD,
        page_checksum_verification=True,
        coerce_int96_timestamp_unit="us",  # nanoseconds end in 2262, and 9999-12-31 is a common stand-in
        thrift_string_size_limit=MAX_FOOTER,
        thrift_container_size_limit=MAX_FOOTER,
    )
    # Asked for a column that it has no key for, Arrow ends the process: this must be told before.
    if int.from_bytes(length, "little") - file.metadata.serialized_size == SIGNATURE:
        raise encrypted()
    return file


def too_few(n_stated: int, n_held: int) -> ReportgenError:
    stated, held = format_count(n_stated), format_count(n_held)
    return ReportgenError("RG-032", f"the file states {stated} records and holds {held}.", _AGAIN)


def notes_on(left_out: Sequence[str], n_lost: int) -> list[str]:
    """What could not be read as cells."""
    notes = [f"Left out, being lists or nested too deeply: {join_words(left_out)}."] if left_out else []
    if n_lost:
        notes.append(f"{plural(n_lost, 'value')} read as empty, being bytes or infinite.")
    return notes


def _check_footer(footer: Any, n_bytes: int) -> None:
    """Refuses by what the footer states, before any column is unpacked."""
    check_size(0, 0, footer.num_columns)
    if footer.num_rows * max(1, footer.num_columns) > MAX_CELLS:
        raise too_many_cells(footer.num_rows * max(1, footer.num_columns))
    check_levels(footer)
    if (n_expanded := unpacked_bytes(footer)) > MAX_EXPANDED or is_bomb(n_expanded, n_bytes):
        raise expands(n_expanded, n_bytes)


def check_levels(footer: Any) -> None:
    for at in range(footer.num_columns):
        column = footer.schema.column(at)
        if max(column.max_definition_level, column.max_repetition_level) > MAX_NESTED:
            raise ReportgenError("RG-031", f"a column is nested more than {MAX_NESTED} levels deep.", _AS_CSV)


def unpacked_bytes(footer: Any) -> int:
    """Of all columns, as the footer states them."""
    groups = (footer.row_group(at) for at in range(footer.num_row_groups))
    return sum(group.column(at).total_uncompressed_size for group in groups for at in range(group.num_columns))


def is_bomb(n_expanded: int, n_bytes: int) -> bool:
    """Whether so much does not come out of so little in an honest file."""
    return n_expanded > RATIO_FROM and n_expanded > MAX_RATIO * n_bytes


def _ipc_batches(batches: Iterable[Any]) -> Iterator[Any]:
    for batch in batches:
        batch.validate(full=True)
        for start in range(0, batch.num_rows, BATCH):
            yield batch.slice(start, BATCH)


def cells_of(schema: Any) -> tuple[list[str], list[tuple[int, ...]], list[str]]:
    """Names and places of the columns that fit into cells, structs opened one level, and the names of the others."""
    names: list[str] = []
    paths: list[tuple[int, ...]] = []
    left_out: list[str] = []
    for at, field in enumerate(schema):
        kind = storage_of(field.type)
        name = "index" if field.name.startswith(_INDEX) else field.name
        if is_cell(kind):
            names.append(name)
            paths.append((at,))
            continue
        inner = [(place, kind.field(place)) for place in range(kind.num_fields)] if pa.types.is_struct(kind) else []
        fitting = [(place, child) for place, child in inner if is_cell(storage_of(child.type))]
        names += [f"{name}.{child.name}" for _, child in fitting]
        paths += [(at, place) for place, _ in fitting]
        left_out += [scrub(f"{name}.{child.name}") for place, child in inner if (place, child) not in fitting]
        left_out += [] if inner else [scrub(name)]
    return names, paths, left_out


def column_at(batch: Any, path: tuple[int, ...]) -> Any:
    column = batch.column(path[0])
    if isinstance(column, pa.ExtensionArray):
        column = column.storage
    return column if len(path) == 1 else column.flatten()[path[1]]


def range_index(schema: Any, n_records: int) -> list[Any] | None:
    """Name, start and step of a named pandas index that was stored as a mere range."""
    try:
        found = json.loads((schema.metadata or {})[b"pandas"])["index_columns"][0]
        name, start, step = found["name"], int(found["start"]), int(found["step"])
    except (KeyError, IndexError, TypeError, ValueError, RecursionError):
        return None
    return [str(name), start, step] if name and n_records and found.get("kind") == "range" else None


def expands(n_expanded: int, n_bytes: int) -> ReportgenError:
    return ReportgenError(
        "RG-031",
        f"it unpacks to {format_count(n_expanded >> 20)} MiB or more, {format_count(n_expanded / n_bytes)} times its"
        " size.",
        _AS_CSV,
    )
