"""Spark's tables in files of their own: placed row by row, cut into stretches, read again in order."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq
from pyspark import StorageLevel
from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as f
from pyspark.sql.types import IntegerType

from reportgen.engine.arrow_columns import arrow_of
from reportgen.engine.batches import BATCH_ROWS
from reportgen.engine.spark_frames import Places, SparkFrame, cellwise, is_one_of, quoted
from reportgen.engine.spark_work import POSITION, STRETCH, in_order, stretch_finder
from reportgen.records.table import LINE_COLUMN

LINES_BITS = 8
"""Lines are counted 256 together when stretches are cut: their counts come here, and the lines of one such bucket for
each stretch."""
ONE_ROW_GROUP = str(1 << 30)
"""Bytes of a row group, more than a stretch ever has: a file of one group is never read by two workers."""


class Tables:
    """Tables of one session in one folder, which every worker sees under the same name."""

    def __init__(self, session: Any, folder: Path) -> None:
        self._session = session
        self._folder = folder
        self._numbers = itertools.count(1)

    def of_columns(self, columns: Mapping[str, Sequence[Any]]) -> SparkFrame:
        arrays = {f"c{place}": arrow_of(values) for place, values in enumerate(columns.values())}
        n_rows = len(next(iter(arrays.values()), ()))
        arrays[POSITION] = pa.array(np.arange(n_rows, dtype=np.int64))
        table = self._session.createDataFrame(pa.table(arrays))
        if n_rows > BATCH_ROWS:
            # Else every look at the table would send all of it to the workers anew.
            path = self._next_path()
            table.write.parquet(address_of(path))
            table = self._read(path, table.schema)
        return framed(Places(table, tuple(columns), n_rows, is_stretched=False))

    def of_parquet(self, paths: Sequence[Path]) -> SparkFrame:
        """The rows of files with different names."""
        read, position, n_rows = self._positioned(paths)
        table = read.select(*numbered(read.columns), position.alias(POSITION))
        return framed(Places(table, tuple(read.columns), n_rows, is_stretched=False))

    def in_lines(self, rows: DataFrame) -> SparkFrame:
        """The rows in files, numbered from 1 in their order as LINE_COLUMN."""
        path = self._next_path()
        rows.write.parquet(address_of(path))
        read, position, n_rows = self._positioned(sorted(path.glob("part-*.parquet")))
        line = (position + 1).alias(f"c{len(read.columns)}")
        table = read.select(*numbered(read.columns), line, position.alias(POSITION))
        return framed(Places(table, (*read.columns, LINE_COLUMN), n_rows, is_stretched=False))

    @contextmanager
    def written(self, rows: DataFrame) -> Iterator[DataFrame]:
        """The rows computed once, in files that are gone at the end."""
        path = self._next_path()
        try:
            rows.write.parquet(address_of(path))
            yield self._read(path, rows.schema)
        finally:
            shutil.rmtree(path, ignore_errors=True)

    def _positioned(self, paths: Sequence[Path]) -> tuple[DataFrame, Any, int]:
        """The rows of files with different names, the place of each from 0, and how many there are."""
        sizes = [pq.read_metadata(path).num_rows for path in paths]
        starts = dict(zip((path.name for path in paths), np.cumsum([0, *sizes]).tolist(), strict=False))
        read = self._session.read.parquet(*(unglobbed(path.resolve()) for path in paths))
        start = f.create_map(*(f.lit(part) for entry in starts.items() for part in entry))
        return read, start[f.col("_metadata.file_name")] + f.col("_metadata.row_index"), sum(sizes)

    def keep(self, frame: SparkFrame) -> SparkFrame:
        """The rows by rising line, in files of one stretch each."""
        names = tuple(frame.columns)
        rows = frame.table.persist(StorageLevel.DISK_ONLY)
        try:
            n_rows = rows.count()
            line, stretch = quoted(LINE_COLUMN).cast("long"), f.lit(0)
            if n_rows > BATCH_ROWS:
                stretch = cellwise(stretch_finder(first_lines(rows, n_rows)), IntegerType())(line)
            cut = rows.select(*numbered(names), stretch.alias(STRETCH))
            number = f.row_number().over(
                Window.partitionBy(STRETCH).orderBy(f.col(f"c{names.index(LINE_COLUMN)}").cast("long"))
            )
            position = f.col(STRETCH).cast("long") * BATCH_ROWS + number - 1
            path = self._next_path()
            placed = cut.withColumn(POSITION, position)
            placed.write.partitionBy(STRETCH).option("parquet.block.size", ONE_ROW_GROUP).parquet(address_of(path))
        finally:
            rows.unpersist()
        table = self._read(path, placed.schema)
        return framed(Places(table, names, n_rows, is_stretched=True))

    def hold(self, frame: SparkFrame) -> SparkFrame:
        """The rows in files, in any order."""
        names = frame.columns
        rows, path = frame.table.select(*numbered(names)), self._next_path()
        rows.write.parquet(address_of(path))
        table = self._read(path, rows.schema)
        return SparkFrame(table.select(*(f.col(f"c{place}").alias(name) for place, name in enumerate(names))))

    def stretched(self, frame: SparkFrame) -> Places:
        """The frame's rows in files of one stretch each, written if they are not yet."""
        if frame.places is None or not frame.places.is_stretched:
            frame.places = self.keep(frame).places
        assert frame.places is not None
        return frame.places

    def rows_at(self, places: Places, names: Sequence[str], positions: npt.NDArray[np.intp]) -> pa.Table:
        """The rows at those positions, in order."""
        wanted = self._session.createDataFrame(pa.table({POSITION: pa.array(positions, pa.int64())}))
        table = places.table
        if places.is_stretched:
            table = table.where(is_one_of(np.unique(positions // BATCH_ROWS).tolist())(f.col(STRETCH)))
        return ordered(table.join(f.broadcast(wanted), POSITION), places, names)

    def _next_path(self) -> Path:
        return self._folder / f"{next(self._numbers):04}"

    def _read(self, path: Path, schema: Any) -> DataFrame:
        return self._session.read.schema(schema).parquet(unglobbed(path))


def numbered(names: Sequence[str]) -> list[Any]:
    """The columns as c0, c1, …: no header is then in a file's way."""
    return [quoted(name).alias(f"c{place}") for place, name in enumerate(names)]


def framed(places: Places) -> SparkFrame:
    """The table under the names of its columns."""
    columns = [column.alias(name) for column, name in zip(places.columns(places.names), places.names, strict=True)]
    return SparkFrame(places.table.select(*columns), places)


def ordered(table: DataFrame, places: Places, names: Sequence[str]) -> pa.Table:
    """Columns of a part of the placed table here, in order."""
    found = table.select(POSITION, *places.columns(names)).toArrow()
    return in_order(found).select(range(1, len(names) + 1)).rename_columns(list(names))


def stretches_of(places: Places, first: int, n_stretches: int) -> DataFrame:
    """The rows of some stretches."""
    if first == 0 and n_stretches * BATCH_ROWS >= places.n_rows:
        return places.table
    return places.table.where(f.col(STRETCH).between(first, first + n_stretches - 1))


def first_lines(rows: DataFrame, n_rows: int) -> npt.NDArray[np.int64]:
    """The line that each stretch but the first begins with."""
    line = quoted(LINE_COLUMN).cast("long")
    bucket = f.shiftright(line, LINES_BITS)
    counted = rows.groupBy(bucket.alias(POSITION)).count().toArrow().sort_by(POSITION)
    buckets, ends = counted[POSITION].to_numpy(), np.cumsum(counted["count"].to_numpy())
    wanted = np.arange(BATCH_ROWS, n_rows, BATCH_ROWS)
    where = np.searchsorted(ends, wanted, side="right")
    is_cut = is_one_of(np.unique(buckets[where]).tolist())(bucket)
    lines = np.sort(rows.where(is_cut).select(line.alias(LINE_COLUMN)).toArrow()[LINE_COLUMN].to_numpy())
    firsts = np.searchsorted(lines, buckets[where] << LINES_BITS)
    before = np.concatenate([[0], ends])[where]
    starts: npt.NDArray[np.int64] = lines[firsts + wanted - before].astype(np.int64)
    return starts


def address_of(path: Path | str) -> str:
    """The path as Spark takes it, whatever file system it would look into first."""
    return f"file://{path}"


def unglobbed(path: Path) -> str:
    """The same to read from: a star or bracket in it stands for itself."""
    return address_of("".join(f"\\{sign}" if sign in "{}[]*?\\" else sign for sign in str(path)))
