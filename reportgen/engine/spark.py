"""The engine for tables of many machines: Spark, on a cluster or a session that is already there."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from reportgen.engine.batches import BATCH_ROWS, even_batches, taken
from reportgen.engine.spark_session import JavaSession, prepared, refuse_remote, require_spark, silence
from reportgen.records.everyone import Batch, Partial
from reportgen.records.table import LINE_COLUMN

if TYPE_CHECKING:
    import pyarrow as pa

    from reportgen.engine.spark_sources import Asked, TextTable
    from reportgen.engine.spark_work import Writer

STRETCHES_HELD = 4
"""Stretches that come to this process at once: half a million rows."""
STRETCHES_A_JOB = 1_024
"""Stretches that are looked at before their results are merged here."""


class SparkEngine:
    """See `reportgen.engine.base.Engine`. Its frames are tables in files in its own folder.

    Every worker must see the folder under the same path and may write there. Workers need the Python of this process
    with numpy and pyarrow; reportgen's code is sent to them.
    """

    name = "spark"

    def __init__(
        self, folder: Path, memory_mib: int, master: Any = "local[*]", settings: Mapping[str, str] | None = None
    ) -> None:
        """`folder`: its own, removed by `close`. `memory_mib`: of this process's Java, and of each worker's.

        `master`: an address (`local[*]`, `spark://host:7077`, `yarn`), or a session, which `close` leaves running.
        `settings`: more of Spark's own. Raises ReportgenError: RG-045 no cluster takes work, RG-064 Spark or Java is
        missing.
        """
        require_spark()
        silence()
        self.folder = folder.resolve()
        refuse_remote(master)
        self._java = JavaSession(master, self.folder, memory_mib, settings or {}) if isinstance(master, str) else None
        self._catalog = self._java.session if self._java else master
        self.session = prepared(self._catalog.newSession())
        # It imports PySpark, which is there as has just been seen.
        from reportgen.engine.spark_tables import Tables

        self._tables = Tables(self.session, self.folder)

    def from_columns(self, columns: Mapping[str, Sequence[Any]]) -> Any:
        return self._tables.of_columns(columns)

    def from_parquet(self, paths: Sequence[Path]) -> Any:
        return self._tables.of_parquet(paths)

    def read_text(self, asked: Asked, write: Writer, is_cell: Callable[[Any], bool]) -> TextTable:
        """A table of the session that was given, its views included; see `reportgen.engine.spark_sources.read_text`."""
        from reportgen.engine.spark_sources import read_text

        return read_text(self._tables, self._catalog, asked, write, is_cell)

    def keep(self, frame: Any) -> Any:
        return self._tables.keep(frame)

    def hold(self, frame: Any) -> Any:
        return self._tables.hold(frame)

    def split(self, frame: Any, by: str, n_rows: int) -> Sequence[Any]:  # noqa: ARG002
        return [self.hold(frame)]

    def to_arrays(self, frame: Any, names: Sequence[str]) -> dict[str, npt.NDArray[Any]]:
        from reportgen.engine.arrow_columns import array_of

        table = self._collected(frame, names) if names else None
        return {name: array_of(table[name]) for name in names} if table is not None else {}

    def take(self, frame: Any, names: Sequence[str], positions: npt.NDArray[np.intp]) -> dict[str, npt.NDArray[Any]]:
        if _is_arrow(frame):
            return taken(self.batches(frame, names), names, positions)
        from reportgen.engine.arrow_columns import array_of

        places = frame.places or self._tables.stretched(frame)
        table = self._tables.rows_at(places, names, positions)
        return {name: array_of(table[name]) for name in names}

    def batches(self, frame: Any, names: Sequence[str]) -> Iterator[Batch]:
        parts = frame.select(list(names)).to_batches() if _is_arrow(frame) else self._parts(frame, names)
        return even_batches(parts)

    def fold(
        self,
        frame: Any,
        names: Sequence[str],
        look: Callable[[Batch], Partial],
        merge: Callable[[Partial, Partial], Partial],
    ) -> Partial:
        found: Partial | None = None
        for one in self._looked_at(frame, names, look):
            found = one if found is None else merge(found, one)
        if found is None:
            raise ValueError("there is no row to look at")
        return found

    def close(self) -> None:
        if self._java:
            self._java.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _collected(self, frame: Any, names: Sequence[str]) -> pa.Table:
        """The columns here, in the order of the rows."""
        from reportgen.engine.spark_tables import ordered

        if _is_arrow(frame):
            return frame
        if frame.places is not None:
            return ordered(frame.places.table, frame.places, names)
        if LINE_COLUMN not in frame.columns:
            return frame.select(*names).toArrow()
        return frame.select(*dict.fromkeys([*names, LINE_COLUMN])).toArrow().sort_by(LINE_COLUMN)

    def _parts(self, frame: Any, names: Sequence[str]) -> Iterator[pa.RecordBatch]:
        """The rows in order, some stretches at once."""
        from reportgen.engine.spark_tables import ordered, stretches_of

        places = self._tables.stretched(frame)
        for first in range(0, -(-places.n_rows // BATCH_ROWS), STRETCHES_HELD):
            yield from ordered(stretches_of(places, first, STRETCHES_HELD), places, names).to_batches()

    def _looked_at(self, frame: Any, names: Sequence[str], look: Callable[[Batch], Partial]) -> Iterator[Partial]:
        """What `look` finds in each stretch, in order. Raises what it raises."""
        from reportgen.engine.spark_tables import stretches_of
        from reportgen.engine.spark_work import FAULT, FOUND, POSITION, SCHEMA, STRETCH, looker, raised_again, unpacked

        places = self._tables.stretched(frame)
        for first in range(0, -(-places.n_rows // BATCH_ROWS), STRETCHES_A_JOB):
            rows = stretches_of(places, first, STRETCHES_A_JOB).select(POSITION, *places.columns(names))
            told = rows.mapInArrow(looker(look, list(names)), SCHEMA).toArrow().sort_by(STRETCH)
            for found, fault in zip(told[FOUND], told[FAULT], strict=True):
                if fault.as_py():
                    raise raised_again(fault.as_py())
                yield unpacked(found.as_py())


def _is_arrow(frame: Any) -> bool:
    import pyarrow as pa

    return isinstance(frame, pa.Table)
