"""Reads a table or one SELECT from a database: one snapshot of it, read-only, every value as exact text."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.pool import NullPool

from reportgen.config import InputSettings
from reportgen.errors import ReportgenError
from reportgen.ingest._account import Account
from reportgen.ingest._answer import Answer, check_size, text_of
from reportgen.ingest._database_faults import NO_SUCH, refusal_of
from reportgen.ingest._kinds import SQLITE
from reportgen.ingest._sql import MAX_ROWS, check_query, too_many_rows
from reportgen.ingest._sqlite_source import sqlite_bytes
from reportgen.ingest._table_names import SHOWN, likeliest, listed_tables
from reportgen.ingest._typed import table_of
from reportgen.ingest._value_text import value_text
from reportgen.ingest.base import Reading, Snapshot
from reportgen.ingest.sqlite import READER as SQLITE_READER
from reportgen.secret import first_line
from reportgen.wording import join_words, plural, scrub

DRIVERS = {
    "postgresql": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
    "mysql": "mysql+pymysql",
    "mariadb": "mariadb+pymysql",
}
"""What a user writes in front of :// → dialect and driver."""
PASSWORD = "REPORTGEN_SQL_PASSWORD"  # noqa: S105 - the name of the variable
PASSWORD_FILE = "REPORTGEN_SQL_PASSWORD_FILE"  # noqa: S105
CONNECT_SECONDS, STATEMENT_SECONDS = 10, 600
"""A server in the same building answers in milliseconds; a query over years of orders may take minutes."""
ROWS_AT_A_TIME = 10_000
_STREAM = {"stream_results": True, "max_row_buffer": ROWS_AT_A_TIME}


def read_database(url: str, settings: InputSettings) -> tuple[Reading, str]:
    """The table, and the SHA-256 of its names and rows, which stands for the source as a file's bytes would.

    Raises ReportgenError (RG-002, 007, 021, 041 to 044, 064); no sentence of it holds the password.
    """
    address = _address(url)
    if address.get_backend_name() == "sqlite":
        data = sqlite_bytes(address)
        snapshot = Snapshot("database", data, "", len(data), SQLITE)
        reading = SQLITE_READER.read(snapshot, settings)
    else:
        reading = _read_server(address, settings)
    return reading, _digest(reading)


def _digest(reading: Reading) -> str:
    digest = hashlib.sha256(json.dumps(reading.columns).encode())
    for row in zip(*reading.cells, strict=True):
        digest.update(json.dumps(row).encode())
    return digest.hexdigest()


def _address(url: str) -> URL:
    """The URL with its driver and password. Raises ReportgenError (RG-042, RG-064)."""
    try:
        address = make_url(url)
    except (sa.exc.ArgumentError, ValueError):
        raise ReportgenError(
            "RG-042", "the address of the database cannot be read.", "Write it as postgresql://user@host/database."
        ) from None
    kind = address.drivername.partition("+")[0]
    if kind == "sqlite":
        return address
    if kind not in DRIVERS:
        raise ReportgenError(
            "RG-064",
            f"there is no driver for databases of the kind {scrub(kind)}.",
            "Use postgresql://, mysql://, mariadb:// or sqlite:///, or export the table as CSV.",
        )
    if not address.password and (password := database_password()):
        address = address.set(password=password)
    return address.set(drivername=DRIVERS[kind])


def database_password() -> str:
    """From the environment, or the first line of the file that it names. Raises ReportgenError (RG-063)."""
    if path := os.environ.get(PASSWORD_FILE):
        return first_line(path, PASSWORD_FILE)
    return os.environ.get(PASSWORD, "")


def _read_server(address: URL, settings: InputSettings) -> Reading:
    kind = address.get_backend_name()
    query = check_query(settings.query, "postgresql" if kind == "postgresql" else "mysql") if settings.query else ""
    with _faults_said(address), _connected(address) as connection:
        fixes: list[str] = []
        table = ""
        if query:
            result = connection.exec_driver_sql(query, execution_options=_STREAM | {"no_parameters": True})
        else:
            table, fixes = _chosen_table(connection, settings)
            result = connection.execute(_whole(connection, table), execution_options=_STREAM)
        with result:
            answer, n_lost = _fetched(result)
    notes = [f"{plural(n_lost, 'value')} read as empty, being bytes, lists or infinite."] if n_lost else []
    account = Account(n_records=len(answer.rows))
    return table_of(answer, account, settings, format=kind, sheet=scrub(table), notes=notes, fixes=fixes)


@contextmanager
def _faults_said(address: URL) -> Iterator[None]:
    """Turns the driver's errors into refusals, without the driver's own words where they could hold the password."""
    try:
        yield
    except ModuleNotFoundError as fault:
        raise ReportgenError(
            "RG-064", f"the driver {scrub(fault.name)} is not installed.", "Install reportgen again."
        ) from None
    except (sa.exc.SQLAlchemyError, OSError) as fault:
        raise refusal_of(fault, address) from None


@contextmanager
def _connected(address: URL) -> Iterator[Connection]:
    """A connection inside one transaction that only reads and sees one state of the database."""
    is_postgresql = address.get_backend_name() == "postgresql"
    engine: Engine = sa.create_engine(
        address, poolclass=NullPool, connect_args={"connect_timeout": CONNECT_SECONDS}, hide_parameters=True
    )
    with engine.connect() as plain:
        connection = plain.execution_options(isolation_level="REPEATABLE READ")
        if is_postgresql:
            _read_postgresql(connection)
        else:
            _read_mysql(connection)
        yield connection
        connection.rollback()


def _read_postgresql(connection: Connection) -> None:
    """Read-only, with a time limit; dates arrive as the server writes them, since Python ends in the year 9999."""
    from psycopg.types.string import TextLoader

    driver: Any = connection.connection.dbapi_connection
    for name in ("date", "timestamp", "timestamptz", "time", "timetz", "interval"):
        driver.adapters.register_loader(name, TextLoader)
    connection.exec_driver_sql("SET TRANSACTION READ ONLY")
    connection.exec_driver_sql(f"SET LOCAL statement_timeout = {STATEMENT_SECONDS * 1000}")
    connection.exec_driver_sql("SET LOCAL datestyle = 'ISO, YMD'")


def _read_mysql(connection: Connection) -> None:
    is_mariadb = bool(getattr(connection.dialect, "is_mariadb", False))
    limit = (
        f"max_statement_time = {STATEMENT_SECONDS}" if is_mariadb else f"max_execution_time = {STATEMENT_SECONDS}000"
    )
    connection.exec_driver_sql(f"SET SESSION {limit}")
    connection.exec_driver_sql("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY")


def _chosen_table(connection: Connection, settings: InputSettings) -> tuple[str, list[str]]:
    """The table that is named, or the only one, and what was guessed. Raises ReportgenError (RG-007, 042)."""
    inspector = sa.inspect(connection)
    if settings.sheet:
        table, schema = _named(settings.sheet)
        if not (inspector.has_table(settings.sheet) or inspector.has_table(table, schema=schema)):
            known = join_words([scrub(name) for name in inspector.get_table_names()[:SHOWN]]) or "none"
            raise ReportgenError(
                "RG-042", f"the database has no table named {scrub(settings.sheet)}.", f"Its tables: {known}."
            )
        return settings.sheet, []
    names = [*inspector.get_table_names(), *inspector.get_view_names()]
    if not names:
        raise ReportgenError("RG-042", "the database has no table.", NO_SUCH)
    if len(names) == 1:
        return names[0], []
    listed = listed_tables([scrub(name) for name in names])
    if settings.when_unsure == "guess":
        sizes = {name: connection.execute(_counted(name)).scalar_one() for name in names}
        largest = max(sizes, key=lambda name: sizes[name])
        return largest, [f"Of the tables {listed} the largest was taken, {scrub(largest)}."]
    raise ReportgenError(
        "RG-007",
        f"the database holds several tables: {listed}.",
        f'Say which one holds the customers: sheet = "{scrub(likeliest(names))}" under [input], for example, or'
        " write a query.",
    )


def _named(name: str) -> tuple[str, str | None]:
    """Table and schema of `table` or `schema.table`."""
    schema, dot, table = name.partition(".")
    return (table, schema) if dot else (name, None)


def _quoted(connection: Connection, name: str) -> Any:
    if sa.inspect(connection).has_table(name):
        return sa.table(sa.sql.quoted_name(name, quote=True))
    table, schema = _named(name)
    return sa.table(sa.sql.quoted_name(table, quote=True), schema=schema and sa.sql.quoted_name(schema, quote=True))


def _counted(name: str) -> Any:
    return sa.select(sa.func.count()).select_from(sa.table(sa.sql.quoted_name(name, quote=True)))


def _whole(connection: Connection, name: str) -> Any:
    """All rows of the table in the order of its key, so that the same table has the same digest."""
    inspector = sa.inspect(connection)
    table, schema = (name, None) if inspector.has_table(name) else _named(name)
    key = inspector.get_pk_constraint(table, schema=schema)["constrained_columns"]
    order: list[Any] = [sa.column(sa.sql.quoted_name(column, quote=True)) for column in key]
    rows = sa.select(sa.text("*")).select_from(_quoted(connection, name)).order_by(*order)
    return rows.limit(sa.literal_column(str(MAX_ROWS + 1)))


def _fetched(result: Any) -> tuple[Answer, int]:
    """All rows as text with their numbers in front, and how many values have no text. Raises ReportgenError (021)."""
    names = list(result.keys())
    check_size(0, 0, len(names))
    answer, n_lost = Answer({"names": names}), 0
    for block in result.partitions(ROWS_AT_A_TIME):
        for values in block:
            row, n = _texts(values)
            answer.rows.append([str(len(answer.rows) + 1), *row])
            n_lost += n
        if len(answer.rows) > MAX_ROWS:
            raise too_many_rows(MAX_ROWS)
        check_size(len(answer.rows) * len(names), len(answer.rows) * len(names), len(names))
    return answer, n_lost


def _texts(values: Sequence[object]) -> tuple[list[str | None], int]:
    pairs = [value_text(value) for value in values]
    return [text and text_of(text) for text, _ in pairs], sum(is_lost for _, is_lost in pairs)
