"""Stretches of rows as arrays, and the way to fold a table of any length from them."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import numpy.typing as npt

from reportgen.records.everyone import Batch, Coded, Partial

if TYPE_CHECKING:
    import pyarrow as pa

Found = TypeVar("Found")

BATCH_ROWS = 1 << 17
"""Rows of a stretch: a column of it is a megabyte. The same for every engine, so that sums run over the same parts."""
MOST_LOOKED_AT = 2
"""Stretches looked at at once, and as many again read ahead; numpy leaves the other cores free meanwhile."""


def batch_of(rows: pa.RecordBatch | pa.Table, start: int) -> Batch:
    """The rows as arrays."""
    import pyarrow.types as kinds

    numbers, others = {}, {}
    for name, column in zip(rows.schema.names, rows.columns, strict=True):
        if kinds.is_floating(column.type) or kinds.is_integer(column.type) or kinds.is_boolean(column.type):
            numbers[name] = floats_of(column)
        else:
            others[name] = column
    return Batch(start, rows.num_rows, numbers, CodedOnDemand(others), rows)


class CodedOnDemand(Mapping[str, Coded]):
    """Columns of text that are coded the first time that they are asked for: those of ids never need to be."""

    def __init__(self, columns: Mapping[str, Any]) -> None:
        self._columns = columns
        self._coded: dict[str, Coded] = {}

    def __getitem__(self, name: str) -> Coded:
        if name not in self._coded:
            self._coded[name] = code(self._columns[name])
        return self._coded[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)


def floats_of(column: Any) -> npt.NDArray[np.float64]:
    """An Arrow column of numbers or truth values as n floats; null → NaN."""
    import pyarrow as pa

    values = column.cast(pa.int8()) if pa.types.is_boolean(column.type) else column
    # Whole numbers past 2⁵³ lose their last digits, as they do wherever they are computed with.
    return np.asarray(values.cast(pa.float64(), safe=False).to_numpy(zero_copy_only=False), dtype=np.float64)


def code(column: Any) -> Coded:
    """An Arrow column of text, dates and the like as codes."""
    import pyarrow as pa

    texts = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if not pa.types.is_dictionary(texts.type):
        texts = texts.cast(pa.large_string()).dictionary_encode()
    codes = texts.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.intp)
    return Coded(tuple(texts.dictionary.to_pylist()), codes)


def even_batches(parts: Iterable[pa.RecordBatch], size: int = BATCH_ROWS) -> Iterator[Batch]:
    """The same rows in stretches of `size`, but for the last one."""
    import pyarrow as pa

    waiting: list[pa.RecordBatch] = []
    n_waiting = start = 0
    for part in parts:
        waiting.append(part)
        n_waiting += part.num_rows
        while n_waiting >= size:
            table = pa.Table.from_batches(waiting)
            yield batch_of(table.slice(0, size), start)
            start, n_waiting = start + size, n_waiting - size
            waiting = table.slice(size).to_batches()
    if n_waiting:
        yield batch_of(pa.Table.from_batches(waiting), start)


def fold_in_order(
    batches: Iterable[Batch], look: Callable[[Batch], Found], merge: Callable[[Found, Found], Found]
) -> Found:
    """See Engine.fold. Raises ValueError where there is no row."""
    found: Found | None = None
    is_first = True
    with ThreadPoolExecutor(min(MOST_LOOKED_AT, os.cpu_count() or 1)) as pool:
        ahead: deque[Future[Found]] = deque()
        for batch in batches:
            ahead.append(pool.submit(look, batch))
            if len(ahead) > 2 * MOST_LOOKED_AT:
                one = ahead.popleft().result()
                found, is_first = (one if is_first else merge(found, one)), False  # type: ignore[arg-type]
        for waiting in ahead:
            one = waiting.result()
            found, is_first = (one if is_first else merge(found, one)), False  # type: ignore[arg-type]
    if is_first:
        raise ValueError("there is no row to look at")
    return found  # type: ignore[return-value]


def added(one: Partial, other: Partial) -> Partial:
    """Two partial results whose arrays are sums, as one."""
    return {name: one[name] + other[name] for name in one}


def taken(batches: Iterable[Batch], names: Sequence[str], positions: npt.NDArray[np.intp]) -> dict[str, Any]:
    """See Engine.take."""
    parts: dict[str, list[npt.NDArray[Any]]] = {name: [] for name in names}
    for batch in batches:
        first, last = np.searchsorted(positions, [batch.start, batch.start + batch.n_rows])
        rows = positions[first:last] - batch.start
        for name in names:
            parts[name].append(values_at(batch, name, rows))
    return {name: np.concatenate(found) if found else np.empty(0) for name, found in parts.items()}


def values_at(batch: Batch, name: str, rows: npt.NDArray[np.intp]) -> npt.NDArray[Any]:
    """The column at some rows of the stretch, as Engine.to_arrays gives it."""
    if name in batch.numbers:
        return batch.numbers[name][rows]
    return np.array(batch.rows[name].take(rows).to_pylist(), dtype=object)
