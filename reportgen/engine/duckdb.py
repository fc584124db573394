"""The embedded engine for tables that do not fit into memory: DuckDB, with a memory limit and a folder to spill to."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np
import numpy.typing as npt

from reportgen.engine.arrow_columns import array_of, arrow_of
from reportgen.engine.batches import BATCH_ROWS, even_batches, fold_in_order, taken
from reportgen.records.everyone import Batch, Partial
from reportgen.records.table import LINE_COLUMN

if TYPE_CHECKING:
    import pyarrow as pa

PART = "__part__"
ROWS_A_MIB = 8_192
"""Rows of one part for each MiB of memory: sums of as many customers as rows need about an eighth of it."""


class DuckDbEngine:
    """See `reportgen.engine.base.Engine`. Its frames are relations over Parquet files in its own folder.

    DuckDB is let into no other folder: it never opens a file that comes from outside.
    """

    name = "duckdb"

    def __init__(self, folder: Path, memory_mib: int) -> None:
        """`folder`: empty, its own, removed by `close`. `memory_mib`: beyond it tables are spilt there."""
        self.folder = folder.resolve()
        self._memory_mib = memory_mib
        self._numbers = itertools.count(1)
        spill = self.folder / "spill"
        spill.mkdir(parents=True)
        self._connection = duckdb.connect(
            config={
                "memory_limit": f"{memory_mib}MiB",
                "threads": os.cpu_count() or 1,
                "temp_directory": str(spill),
                "preserve_insertion_order": True,
            }
        )
        self._connection.execute("SET allowed_directories = [?]", [str(self.folder)])
        for lock in ("enable_external_access = false", "enable_progress_bar = false", "lock_configuration = true"):
            self._connection.execute(f"SET {lock}")

    def from_columns(self, columns: Mapping[str, Sequence[Any]]) -> Any:
        import pyarrow as pa
        import pyarrow.parquet as pq

        path = self._next_path()
        table = pa.table({name: arrow_of(values) for name, values in columns.items()})
        pq.write_table(table, path, row_group_size=BATCH_ROWS)
        return self.from_parquet([path])

    def from_parquet(self, paths: Sequence[Path]) -> Any:
        return self._connection.read_parquet([str(path) for path in paths], hive_partitioning=False)

    def keep(self, frame: Any) -> Any:
        kept = self._write(frame)
        if self._is_in_order(kept):
            return kept
        return self._write(kept.order(f'"{LINE_COLUMN}"'))

    def hold(self, frame: Any) -> Any:
        return self._write(frame)

    def split(self, frame: Any, by: str, n_rows: int) -> Sequence[Any]:
        n_parts = -(-n_rows // (ROWS_A_MIB * self._memory_mib))
        if n_parts <= 1:
            return [self.hold(frame)]
        folder = self._next_path().with_suffix("")
        part = duckdb.FunctionExpression("hash", _column(by)) % duckdb.ConstantExpression(n_parts)
        numbered = frame.select(duckdb.StarExpression(), part.alias(PART))
        numbered.write_parquet(str(folder), compression="lz4_raw", row_group_size=BATCH_ROWS, partition_by=[PART])
        return [self.from_parquet(sorted(one.glob("*.parquet"))) for one in sorted(folder.iterdir())]

    def to_arrays(self, frame: Any, names: Sequence[str]) -> dict[str, npt.NDArray[Any]]:
        if not names:
            return {}
        table = _table(frame if _is_arrow(frame) else frame.select(*map(_column, names)))
        return {name: array_of(table[name]) for name in names}

    def take(self, frame: Any, names: Sequence[str], positions: npt.NDArray[np.intp]) -> dict[str, npt.NDArray[Any]]:
        return taken(self.batches(frame, names), names, positions)

    def batches(self, frame: Any, names: Sequence[str]) -> Iterator[Batch]:
        if _is_arrow(frame):
            return even_batches(frame.select(list(names)).to_batches())
        return even_batches(frame.select(*map(_column, names)).to_arrow_reader(BATCH_ROWS))

    def fold(
        self,
        frame: Any,
        names: Sequence[str],
        look: Callable[[Batch], Partial],
        merge: Callable[[Partial, Partial], Partial],
    ) -> Partial:
        return fold_in_order(self.batches(frame, names), look, merge)

    def close(self) -> None:
        self._connection.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _next_path(self) -> Path:
        return self.folder / f"{next(self._numbers):04}.parquet"

    def _write(self, relation: Any) -> Any:
        path = self._next_path()
        relation.write_parquet(str(path), compression="lz4_raw", row_group_size=BATCH_ROWS)
        return self.from_parquet([path])

    def _is_in_order(self, relation: Any) -> bool:
        last = -1
        for batch in self.batches(relation, [LINE_COLUMN]):
            lines = batch.numbers[LINE_COLUMN]
            if lines[0] <= last or (np.diff(lines) <= 0).any():
                return False
            last = lines[-1]
        return True


def _column(name: str) -> Any:
    return duckdb.ColumnExpression(name)


def _is_arrow(frame: Any) -> bool:
    import pyarrow as pa

    return isinstance(frame, pa.Table)


def _table(frame: Any) -> pa.Table:
    return frame if _is_arrow(frame) else frame.to_arrow_table()
