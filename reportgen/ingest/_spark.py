"""Reads a table of Spark's catalogs, the answer to a SELECT, or by JDBC a table of another database, on the cluster."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any

import narwhals as nw

from reportgen.config import InputSettings
from reportgen.engine.base import Engine
from reportgen.engine.choice import read_by_spark_alone
from reportgen.errors import ReportgenError
from reportgen.ingest._answer import check_filled, check_size
from reportgen.ingest._arrow_text import column_texts, is_cell
from reportgen.ingest._database import database_password
from reportgen.ingest._limits import MAX_CELL
from reportgen.ingest._names import header_names
from reportgen.ingest._parquet_table import notes_on
from reportgen.ingest._spark_faults import refusal_of
from reportgen.ingest._sql import check_query
from reportgen.ingest._typed import RECORDS
from reportgen.ingest.base import Reading
from reportgen.records.jdbc import read_jdbc
from reportgen.records.source import is_jdbc, source_of
from reportgen.records.table import LINE_COLUMN
from reportgen.wording import plural, scrub

if TYPE_CHECKING:
    from reportgen.engine.spark_sources import Asked, TextTable

_DIALECTS = {"postgresql": "postgresql", "sqlserver": "sqlserver", "mysql": "mysql", "mariadb": "mysql"}
"""Kind of database behind JDBC → how its queries are written, if not as the standard has it."""
_PART = re.compile(r"\"[^\"]+\"|`[^`]+`|\[[^\[\]]+\]|[^.]+")
"""Of the name of a table, quoted or not."""

SORTED = "Its rows are numbered in the order of their values, column by column: a table of Spark has no order."


def read_spark(url: str, settings: InputSettings, engine: Engine) -> tuple[Reading, str]:
    """The table, and a SHA-256 that stands for it as a file's bytes would, whatever order its rows come in.

    Raises ReportgenError (RG-004, 021, 022, 031, 041 to 044, 063, 064); no sentence of it holds the password.
    """
    if engine.name != "spark":
        raise read_by_spark_alone(engine.name)
    # It imports PySpark, which is there: the engine has started.
    from reportgen.engine.spark_sources import SourceError

    spark: Any = engine
    asked = _asked(url, settings)
    try:
        table = spark.read_text(asked, column_texts, is_cell)
    except SourceError as fault:
        raise refusal_of(fault, asked) from None
    _check(table)
    names = header_names([table.names], len(table.names))
    cells: nw.LazyFrame[Any] = nw.from_native(table.frame).lazy()
    named = [nw.col(f"c{at}").alias(name) for at, name in enumerate(names.names)]
    reading = Reading(
        columns=names.names,
        cells=(),
        records=range(1, table.n_rows + 1),
        set_aside=(),
        n_records=table.n_rows,
        places=RECORDS,
        header_line=0,
        format=asked.database.kind if asked.database else "spark",
        sheet=scrub(asked.table and (settings.sheet if asked.database else source_of(url).name.partition(":")[2])),
        notes=(SORTED, *notes_on(table.left_out, table.n_lost)),
        fixes=(*names.notes, *_fixes(table)),
        frame=cells.select(*named, LINE_COLUMN).to_native(),
    )
    return reading, hashlib.sha256(json.dumps([names.names, table.n_rows, table.sums]).encode()).hexdigest()


def _asked(url: str, settings: InputSettings) -> Asked:
    """What is asked for. Raises ReportgenError (RG-041, 042, 063)."""
    from reportgen.engine.spark_sources import Asked

    database = read_jdbc(url) if is_jdbc(url) else None
    named = "" if database else url.partition(":")[2]
    table, query = named or settings.sheet, settings.query
    if not query and not table:
        raise ReportgenError(
            "RG-042",
            "the address names no table.",
            'Name it: spark:sales.customers, or sheet = "customers" under [input] for JDBC; or write a --query.',
        )
    if query and named:
        raise ReportgenError(
            "RG-063",
            "both a table and a query are given.",
            "Write spark: alone in front of a --query, or leave query under [input] out.",
        )
    if not database:
        return Asked(query=check_query(query, "spark")) if query else Asked(table=table)
    return Asked(
        table="" if query else quoted_table(table, database.kind),
        query=check_query(query, _DIALECTS.get(database.kind, "standard")) if query else "",
        database=database,
        password=database.password or database_password(),
    )


def quoted_table(name: str, kind: str) -> str:
    """The name of a table with its schema; a part that is no plain word in the database's quotes, so that it is a name.

    `customers`, `shop.Order Details`, `"Order Details"`.
    """
    sign = "`" if kind in {"mysql", "mariadb"} else '"'

    def quoted(part: str) -> str:
        bare = part[1:-1] if part[:1] + part[-1:] in {'""', "``", "[]"} and len(part) > 1 else part
        is_word = part == bare and bare.replace("_", "a").isalnum()
        return part if is_word else sign + bare.replace(sign, 2 * sign) + sign

    return ".".join(quoted(part.strip()) for part in _PART.findall(name))


def _check(table: TextTable) -> None:
    """Raises ReportgenError (RG-021, 022, 031)."""
    check_size(0, 0, len(table.names))
    check_filled(table.n_rows * len(table.names), table.n_filled)
    if table.longest > MAX_CELL:
        raise ReportgenError("RG-022", f"a cell holds {table.longest} characters.")


def _fixes(table: TextTable) -> list[str]:
    if not table.n_mended:
        return []
    return [f"{plural(table.n_mended, 'value')} held characters that are no text, removed or shown as \ufffd."]
