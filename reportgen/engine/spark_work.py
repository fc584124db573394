"""What runs on the workers of a cluster, which have Python, numpy and pyarrow, and reportgen's code as it is sent."""

from __future__ import annotations

import builtins
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from reportgen.engine.batches import BATCH_ROWS, batch_of

if TYPE_CHECKING:
    import pyarrow as pa

    from reportgen.records.everyone import Batch, Partial

POSITION = "position"
STRETCH = "stretch"
FOUND = "found"
FAULT = "fault"
SCHEMA = f"{STRETCH} long, {FOUND} binary, {FAULT} string"
"""What comes back from each stretch."""
LOST, MENDED, LONGEST = "lost", "mended", "longest"
"""Of a part of a table that is written as text, in its first row: values without a text, texts with what is no
character, characters of the longest."""
if TYPE_CHECKING:
    Writer = Callable[[pa.Array], tuple[pa.Array, int]]
    """A column as text, null where there is none, and how many values have none."""


def membership(values: Sequence[Any]) -> Callable[[pa.Array], pa.Array]:
    """Whether each cell is one of the values; null where it is not known."""

    def is_one(cells: pa.Array) -> pa.Array:
        import pyarrow as pa
        import pyarrow.compute as pc

        found = pc.is_in(cells, value_set=known_values(values, cells.type))
        return pc.if_else(cells.is_valid(), found, pa.scalar(None, pa.bool_()))

    return is_one


def lookup(old: Sequence[Any], new: Sequence[Any]) -> Callable[[pa.Array], pa.Array]:
    """The new value of each cell's old one; null where there is none."""

    def looked_up(cells: pa.Array) -> pa.Array:
        import pyarrow as pa
        import pyarrow.compute as pc

        places = pc.index_in(cells, value_set=known_values(old, cells.type))
        is_text = any(isinstance(value, str) for value in new)
        kind = pa.string() if is_text or all(value is None for value in new) else pa.float64()
        return pa.array(new, kind).take(places)

    return looked_up


def known_values(values: Sequence[Any], kind: pa.DataType) -> pa.Array:
    """The values as Arrow has the cells."""
    import pyarrow as pa

    return pa.array(values).cast(kind)


def stretch_finder(starts: npt.NDArray[np.int64]) -> Callable[[pa.Array], pa.Array]:
    """The stretch that each line lies in. `starts`: the first line of every stretch but the first."""

    def stretches(lines: pa.Array) -> pa.Array:
        import pyarrow as pa

        return pa.array(np.searchsorted(starts, lines.to_numpy(zero_copy_only=False), side="right").astype(np.int32))

    return stretches


def looker(
    look: Callable[[Batch], Partial], names: Sequence[str]
) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """What `look` finds in each stretch of a part of the table, one row a stretch: FOUND, or the FAULT it ended with.

    `names`: of the columns behind POSITION.
    """

    def look_at_parts(parts: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        import pyarrow as pa

        for stretch, table in whole_stretches(parts):
            found, fault = b"", ""
            try:
                found = packed(
                    look(batch_of(table.rename_columns([POSITION, *names]).select(names), stretch * BATCH_ROWS))
                )
            except Exception as raised:  # noqa: BLE001 - a fault of one stretch is told, not tried again on each worker
                fault = json.dumps([type(raised).__name__, str(raised)])
            told = ([stretch], pa.int64()), ([found], pa.binary()), ([fault], pa.string())
            yield pa.RecordBatch.from_arrays([pa.array(*column) for column in told], [STRETCH, FOUND, FAULT])

    return look_at_parts


def numbered_names(n: int) -> list[str]:
    return [f"c{place}" for place in range(n)]


def text_schema(n_columns: int) -> str:
    """What `texter` gives, as Spark is told."""
    columns = [f"{name} string" for name in numbered_names(n_columns)]
    return ", ".join([*columns, *(f"{name} long" for name in (LOST, MENDED, LONGEST))])


def texter(write: Writer, n_columns: int) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """The columns of a part of a table as text, with what `text_schema` names behind."""

    def texts_of(parts: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        import pyarrow as pa
        import pyarrow.compute as pc

        for part in (part for part in parts if part.num_rows):
            columns, told = [], {LOST: 0, MENDED: 0, LONGEST: 0}
            for column in part.columns:
                texts, n_lost = write(column)
                texts, n_mended = characters_alone(texts.cast(pa.string()))
                columns.append(texts)
                told[LOST] += n_lost
                told[MENDED] += n_mended
                told[LONGEST] = max(told[LONGEST], pc.max(pc.utf8_length(texts)).as_py() or 0)
            facts = [pa.array([found, *[0] * (part.num_rows - 1)], pa.int64()) for found in told.values()]
            yield pa.RecordBatch.from_arrays([*columns, *facts], [*numbered_names(n_columns), *told])

    return texts_of


def characters_alone(texts: pa.Array) -> tuple[pa.Array, int]:
    """The texts without NULs and with U+FFFD for bytes that are no character, null where nothing is left; how many."""
    import pyarrow as pa

    if _is_plain(texts):
        return texts, 0
    data = texts.cast(pa.binary()).to_pylist()
    mended = [text and (text.decode(errors="replace").replace("\0", "") or None) for text in data]
    n = sum(text is not None and text != (new or "").encode() for text, new in zip(data, mended, strict=True))
    return pa.array(mended, pa.string()), n


def _is_plain(texts: pa.Array) -> bool:
    """Whether the texts are UTF-8 without a NUL."""
    import pyarrow as pa

    try:
        texts.validate(full=True)
    except pa.ArrowInvalid:
        return False
    data = texts.buffers()[2]
    return data is None or b"\0" not in memoryview(data).tobytes()


def whole_stretches(parts: Iterable[pa.RecordBatch]) -> Iterator[tuple[int, pa.Table]]:
    """(number, rows by POSITION, their first column) of each stretch; its rows come one after the other."""
    import pyarrow as pa

    waiting: list[pa.RecordBatch] = []
    current = -1
    for part in (part for part in parts if part.num_rows):
        stretches = part.column(0).to_numpy() // BATCH_ROWS
        bounds = [0, *(np.flatnonzero(np.diff(stretches)) + 1).tolist(), part.num_rows]
        for first, last in pairwise(bounds):
            if waiting and stretches[first] != current:
                yield current, in_order(pa.Table.from_batches(waiting))
                waiting = []
            current = int(stretches[first])
            waiting.append(part.slice(first, last - first))
    if waiting:
        yield current, in_order(pa.Table.from_batches(waiting))


def in_order(table: pa.Table) -> pa.Table:
    """The rows by rising POSITION, their first column."""
    positions = table.column(0).to_numpy()
    return table if (np.diff(positions) > 0).all() else table.take(np.argsort(positions))


def packed(found: Partial) -> bytes:
    """Arrays by name as bytes, in their order; Python's objects are refused."""
    written = io.BytesIO()
    np.savez(
        written, allow_pickle=False, **{f"{place}": np.asarray(array) for place, array in enumerate(found.values())}
    )
    names = json.dumps(list(found)).encode()
    return len(names).to_bytes(4, "big") + names + written.getvalue()


def unpacked(data: bytes) -> Mapping[str, npt.NDArray[Any]]:
    """The arrays of `packed`."""
    end = 4 + int.from_bytes(data[:4], "big")
    names = json.loads(data[4:end])
    with np.load(io.BytesIO(data[end:]), allow_pickle=False) as arrays:
        return {name: arrays[f"{place}"] for place, name in enumerate(names)}


def raised_again(fault: str) -> Exception:
    """The error that a look ended with: of its own kind where Python has it, else a RuntimeError that names it."""
    kind, text = json.loads(fault)
    known = getattr(builtins, kind, None)
    if isinstance(known, type) and issubclass(known, Exception):
        return known(text)
    return RuntimeError(f"{kind}: {text}")
