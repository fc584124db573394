"""Reads a table of Spark's catalogs, the answer to a SELECT, or by JDBC a table of another database, on the cluster."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import narwhals as nw

from reportgen.config import InputSettings
from reportgen.engine.base import Engine
from reportgen.errors import ReportgenError
from reportgen.ingest._answer import check_filled, check_size
from reportgen.ingest._arrow_text import column_texts, is_cell
from reportgen.ingest._database import database_password
from reportgen.ingest._database_faults import LATER, LOGIN, NO_SUCH, QUERY, code_of_state
from reportgen.ingest._limits import MAX_CELL
from reportgen.ingest._names import header_names
from reportgen.ingest._sql import check_query
from reportgen.ingest._typed import RECORDS
from reportgen.ingest.base import Reading
from reportgen.records.table import LINE_COLUMN
from reportgen.wording import join_words, plural, scrub

if TYPE_CHECKING:
    from reportgen.engine.spark_sources import Asked, SourceError, TextTable

SHOWN = 120
_LOGIN = re.compile(r"^(?P<start>jdbc:[a-z0-9]+://)(?P<user>[^:/@?;]+)(?::(?P<password>.*))?@", re.IGNORECASE)
"""As other addresses have it; JDBC itself takes user and password as options."""
_DIALECTS = {"postgresql": "postgresql", "mysql": "mysql", "mariadb": "mysql"}
"""Kind of database behind JDBC → how its queries are written, if not as the standard has it."""
_NAMELESS = frozenset({"TABLE_OR_VIEW_NOT_FOUND", "SCHEMA_NOT_FOUND", "CATALOG_NOT_FOUND", "PATH_NOT_FOUND"})
"""Spark's names of what is not there."""
ON_WORKER = "PYTHON_EXCEPTION"
"""Spark's name of an error that Python raised on a worker."""
_CONDITION = re.compile(r"^\[[A-Z_.]+\] | SQLSTATE: \w+")
_NO_DRIVER = frozenset({"java.lang.ClassNotFoundException", "No suitable driver"})
_HINTS = {"RG-042": NO_SUCH, "RG-043": LOGIN, "RG-044": LATER, "RG-041": QUERY}


def read_spark(url: str, settings: InputSettings, engine: Engine) -> tuple[Reading, str]:
    """The table, and a SHA-256 that stands for it as a file's bytes would, whatever order its rows come in.

    Raises ReportgenError (RG-004, 021, 022, 031, 041 to 044, 063, 064); no sentence of it holds the password.
    """
    if engine.name != "spark":
        raise ReportgenError("RG-063", "this table is read by Spark alone.", "Write --engine spark.")
    # It imports PySpark, which is there: the engine has started.
    from reportgen.engine.spark_sources import SourceError

    spark: Any = engine
    asked = _asked(url, settings)
    try:
        table = spark.read_text(asked, column_texts, is_cell)
    except SourceError as fault:
        raise _refusal(fault, asked) from None
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
        format=_kind(asked),
        sheet=scrub(asked.table),
        notes=tuple(_notes(table)),
        fixes=names.notes,
        frame=cells.select(*named, LINE_COLUMN).to_native(),
    )
    return reading, hashlib.sha256(json.dumps([names.names, table.n_rows, table.sums]).encode()).hexdigest()


def _asked(url: str, settings: InputSettings) -> Asked:
    """What is asked for. Raises ReportgenError (RG-041, 042, 063)."""
    from reportgen.engine.spark_sources import Asked

    is_jdbc = url.casefold().startswith("jdbc:")
    table = settings.sheet if is_jdbc else url.partition(":")[2] or settings.sheet
    if not settings.query and not table:
        raise ReportgenError(
            "RG-042",
            "the address names no table.",
            'Name it: spark:sales.customers, or sheet = "customers" under [input] for JDBC; or write a --query.',
        )
    dialect = _DIALECTS.get(url.split(":")[1].casefold(), "sqlite") if is_jdbc else "spark"
    query = check_query(settings.query, dialect) if settings.query else ""
    if not is_jdbc:
        return Asked(table="" if query else table, query=query)
    address, login = _with_login(url)
    return Asked(table="" if query else table, query=query, jdbc=address, login=login)


def _with_login(url: str) -> tuple[str, Mapping[str, str]]:
    """The address without user and password, and those. Raises ReportgenError (RG-063)."""
    found = _LOGIN.match(url)
    password = (found and found["password"]) or database_password()
    login = {"user": found["user"] if found else "", "password": password}
    address = found["start"] + url[found.end() :] if found else url
    return address, {name: value for name, value in login.items() if value}


def _kind(asked: Asked) -> str:
    """What the table is a table of, as the data page says."""
    return asked.jdbc.split(":")[1].casefold() if asked.jdbc else "spark"


def _check(table: TextTable) -> None:
    """Raises ReportgenError (RG-021, 022, 031)."""
    check_size(0, 0, len(table.names))
    check_filled(table.n_rows * len(table.names), table.n_filled)
    if table.longest > MAX_CELL:
        raise ReportgenError("RG-022", f"a cell holds {table.longest} characters.")


def _notes(table: TextTable) -> list[str]:
    notes = ["Its rows are numbered in the order of their values, column by column: a table of Spark has no order."]
    if table.left_out:
        notes.append(f"Left out, being lists or nested: {join_words([scrub(name) for name in table.left_out])}.")
    if table.n_lost:
        notes.append(f"{plural(table.n_lost, 'value')} read as empty, being bytes or infinite.")
    if table.n_mended:
        notes.append(f"{plural(table.n_mended, 'value')} held characters that are no text, removed or shown as \ufffd.")
    return notes


def _refusal(fault: SourceError, asked: Asked) -> ReportgenError:
    """What Spark or the database said, in our words and without the password."""
    from reportgen.engine.spark_sources import NO_CELLS

    lines = [line for line in str(fault).split("\n") if line.strip() and not line.startswith(" SQLSTATE")]
    text = _CONDITION.sub("", lines[-1 if fault.condition == ON_WORKER else 0] if lines else "")
    if password := asked.login.get("password"):
        text = text.replace(password, "***")
    said = scrub(text, SHOWN).rstrip(".…")
    if fault.condition == NO_CELLS:
        return ReportgenError("RG-004", f"{said}.", "Name a table of customers, one column for each measure.")
    if asked.jdbc and _NO_DRIVER & {fault.condition, text}:
        return ReportgenError(
            "RG-064",
            f"Spark has no driver for {_kind(asked)}.",
            f'Name its file under [engine.spark], for example "spark.jars" = "/opt/jdbc/{_kind(asked)}.jar".',
        )
    if fault.condition == ON_WORKER:
        return ReportgenError(
            "RG-064",
            f"Spark's workers cannot do the work: {said}.",
            "They need this Python's minor version with numpy and pyarrow: name it in PYSPARK_PYTHON.",
        )
    code = _code_of(fault, asked)
    return ReportgenError(code, f"{_SAID[code]}: {said}.", _HINTS[code])


_SAID = {
    "RG-041": "the query cannot be answered",
    "RG-042": "what was asked for is not there",
    "RG-043": "the login or the table was refused",
    "RG-044": "the table cannot be read now",
}


def _code_of(fault: SourceError, asked: Asked) -> str:
    is_query = bool(asked.query)
    if fault.condition.partition(".")[0] in _NAMELESS or not (is_query or asked.jdbc):
        return "RG-042"
    if fault.state:
        return code_of_state(fault.state)
    return "RG-041" if is_query else "RG-044"
