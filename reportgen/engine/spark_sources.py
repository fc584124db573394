"""Tables that Spark itself reads: of its catalogs, the answer to a SELECT, and by JDBC those of other databases."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from py4j.protocol import Py4JJavaError
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame
from pyspark.sql import functions as f
from pyspark.sql.pandas.types import to_arrow_type
from pyspark.sql.types import TimestampType

from reportgen.engine.spark_frames import SparkFrame
from reportgen.engine.spark_tables import Tables
from reportgen.engine.spark_work import LONGEST, LOST, MENDED, numbered_names, text_schema, texter
from reportgen.records.jdbc import JdbcAddress

if TYPE_CHECKING:
    from reportgen.engine.spark_work import Writer

FETCHED = 10_000
"""Rows that a driver brings at once; PostgreSQL's would bring all."""
DIGEST_BITS, DIGEST_DIGITS, PIECE_DIGITS = 256, 64, 6
"""A row's SHA-256 is added up in pieces of 24 bits: half a trillion rows then fit into 64."""

_READ_ONLY = {"sessionInitStatement": "SET SESSION TRANSACTION READ ONLY"}
ONLY_READING: dict[str, dict[str, str]] = {
    "postgresql": {"readOnly": "true"},
    "mysql": {**_READ_ONLY, "useCursorFetch": "true"},
    "mariadb": _READ_ONLY,
}
"""Kind of database → options by which its server refuses to write; MySQL's driver would also fetch all rows at once."""
NO_CELLS = "NO_CELLS"
"""Condition of a table whose columns are all nested."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What Spark is asked for: a table or a query, of its own or in another database."""

    table: str = ""
    query: str = ""
    database: JdbcAddress | None = None
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, eq=False)
class TextTable:
    """A table as text, in files of its own, sorted by all its columns: the same rows give the same table."""

    names: tuple[str, ...]
    """As the source calls them; several may be equal."""
    left_out: tuple[str, ...]
    """Columns whose values fit into no cell."""
    frame: SparkFrame
    """c0, c1, … as text, and LINE_COLUMN."""
    n_rows: int
    n_filled: int
    """Cells that are not empty."""
    n_lost: int
    """Values without a text."""
    n_mended: int
    """Texts that held what is no character."""
    longest: int
    """Characters of the longest cell."""
    sums: tuple[int, ...]
    """Of the rows' SHA-256, in pieces: tells the table from others, whatever order its rows came in."""


class SourceError(Exception):
    """What Spark, or the database behind it, says."""

    def __init__(self, condition: str, state: str, text: str) -> None:
        """`condition`: Spark's name of it, or the Java class; `state`: SQLSTATE; each empty if not told."""
        super().__init__(text)
        self.condition = condition
        self.state = state


def read_text(tables: Tables, session: Any, asked: Asked, write: Writer, is_cell: Callable[[Any], bool]) -> TextTable:
    """The rows that are asked for, as `write` writes them, read from their source once.

    `session`: whose catalogs and views are meant. `is_cell`: whether values of an Arrow type fit into cells.
    Raises SourceError.
    """
    try:
        source = _opened(session, asked)
        kept, left_out = _cells_of(source, is_cell)
        if not kept:
            raise SourceError(NO_CELLS, "", "it has no column of plain values")
        names = tuple(source.columns[at] for at in kept)
        flat = source.toDF(*numbered_names(len(source.columns)))
        cells = flat.select(*(_as_written(flat, at).alias(f"c{place}") for place, at in enumerate(kept)))
        texts = cells.mapInArrow(texter(write, len(kept)), text_schema(len(kept)))
        return _placed(tables, texts, names, left_out)
    except (PySparkException, Py4JJavaError) as fault:
        raise _told(fault) from fault


def _opened(session: Any, asked: Asked) -> DataFrame:
    if not asked.database:
        return session.sql(asked.query) if asked.query else session.table(asked.table)
    options = _options_of(asked, asked.database)
    if driver := _driver_for(session, asked.database.connect):
        options["driver"] = driver
    return session.read.format("jdbc").options(**options).load()


def _options_of(asked: Asked, database: JdbcAddress) -> dict[str, str]:
    # A comment at the query's end must not hide what Spark writes behind it.
    wanted = {"query": f"{asked.query}\n"} if asked.query else {"dbtable": asked.table}
    login = {name: value for name, value in (("user", database.user), ("password", asked.password)) if value}
    # A day without a zone stays what the database shows; else it would go through the zone of this machine's Java.
    usual = {"url": database.connect, "fetchsize": str(FETCHED), "preferTimestampNTZ": "true"}
    return {**usual, **wanted, **login, **ONLY_READING.get(database.kind, {})}


def _driver_for(session: Any, address: str) -> str:
    """The class of the driver that takes the address; empty if none does.

    Without its name Spark finds only drivers that Java had when it started, not those of `spark.jars`.
    """
    java = session.sparkContext._jvm
    loader = java.org.apache.spark.util.Utils.getContextOrSparkClassLoader()
    drivers = java.java.util.ServiceLoader.load(java.java.lang.Class.forName("java.sql.Driver"), loader).iterator()
    while drivers.hasNext():
        driver = drivers.next()
        if driver.acceptsURL(address):
            return str(driver.getClass().getName())
    return ""


def _cells_of(table: DataFrame, is_cell: Callable[[Any], bool]) -> tuple[list[int], tuple[str, ...]]:
    """Places of the columns whose values fit into cells, and the names of the others."""
    kept, left_out = list[int](), list[str]()
    for at, column in enumerate(table.schema):
        try:
            fits = is_cell(to_arrow_type(column.dataType, timezone="UTC"))
        except PySparkException:
            fits = False
        if fits:
            kept.append(at)
        else:
            left_out.append(column.name)
    return kept, tuple(left_out)


def _as_written(table: DataFrame, at: int) -> Any:
    """The column; a moment as the session's clock shows it."""
    column = f.col(f"c{at}")
    is_moment = isinstance(table.schema[at].dataType, TimestampType)
    return column.cast("timestamp_ntz") if is_moment else column


def _placed(tables: Tables, texts: DataFrame, names: tuple[str, ...], left_out: tuple[str, ...]) -> TextTable:
    """The texts in files: once as they come, so that the source is read once, and once in their order."""
    cells = numbered_names(len(names))
    with tables.written(texts) as unsorted:
        filled = [f.count(name).alias(f"n{name}") for name in cells]
        told = [f.sum(LOST), f.sum(MENDED), f.max(LONGEST), f.count("*"), *filled, *_digest_sums(cells)]
        found = [int(value or 0) for value in unsorted.agg(*told).first() or ()]
        frame = tables.in_lines(unsorted.select(*cells).sort(*cells))
    n_lost, n_mended, longest, n_rows = found[:4]
    n_filled, sums = sum(found[4 : 4 + len(cells)]), tuple(found[4 + len(cells) :])
    return TextTable(names, left_out, frame, n_rows, n_filled, n_lost, n_mended, longest, sums)


def _digest_sums(cells: Sequence[str]) -> list[Any]:
    digest = f.sha2(f.to_json(f.array(*cells)), DIGEST_BITS)
    starts = range(1, DIGEST_DIGITS + 1, PIECE_DIGITS)
    return [f.sum(f.conv(f.substring(digest, start, PIECE_DIGITS), 16, 10).cast("long")) for start in starts]


def _told(fault: Any) -> SourceError:
    """What the fault says; where a database caused it, what that said."""
    cause = _database_fault(
        getattr(fault, "_origin", None) if isinstance(fault, PySparkException) else fault.java_exception
    )
    if cause is not None:
        return SourceError(cause.getClass().getName(), cause.getSQLState() or "", cause.getMessage() or "")
    if isinstance(fault, PySparkException):
        return SourceError(fault.getCondition() or "", fault.getSqlState() or "", fault.getMessage() or str(fault))
    return SourceError(fault.java_exception.getClass().getName(), "", fault.java_exception.getMessage() or "")


def _database_fault(cause: Any) -> Any:
    """The SQLException among the causes of a Java exception; None if there is none."""
    while cause is not None and not any(method.getName() == "getSQLState" for method in cause.getClass().getMethods()):
        cause = cause.getCause()
    return cause
