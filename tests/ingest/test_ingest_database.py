"""Databases: real servers on loopback, one SELECT or one table, exact values, faults in our own words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pymysql
import pytest
from database_servers import PASSWORD, USER, free_port

from reportgen.config import InputSettings
from reportgen.errors import ReportgenError
from reportgen.ingest import _database
from reportgen.ingest._database import read_database
from reportgen.ingest._sql import check_query
from reportgen.ingest.base import Reading

BIG = "9007199254740993"
"""One more than a float can tell from its neighbour."""
pytestmark = pytest.mark.xdist_group("database")


@pytest.fixture(autouse=True)
def password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPORTGEN_SQL_PASSWORD", PASSWORD)


@pytest.fixture
def shop(postgresql_address: str) -> Iterator[tuple[str, psycopg.Connection[Any]]]:
    """A PostgreSQL database with a table of two customers."""
    with psycopg.connect(postgresql_address, password=PASSWORD, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        connection.execute(
            "CREATE TABLE customers (id text PRIMARY KEY, n numeric(40, 2), d date, t timestamptz, b bool, f float8,"
            " raw bytea, big bigint)"
        )
        connection.execute(
            "INSERT INTO customers VALUES ('002', 12345678901234567890.10, '0044-03-15 BC', '2020-01-02 03:04:05.5+00',"
            " true, 86.5, '\\x00', 9007199254740993), ('001', 1.5, '2020-01-02', NULL, false, 'NaN', NULL, 1)"
        )
        yield postgresql_address, connection


def reading(url: str, **settings: Any) -> Reading:
    return read_database(url, InputSettings(**settings))[0]


def fault_of(url: str, **settings: Any) -> ReportgenError:
    with pytest.raises(ReportgenError) as caught:
        read_database(url, InputSettings(**settings))
    assert PASSWORD not in f"{caught.value.sentence} {caught.value.hint}"
    return caught.value


def test_a_table_reads_exactly(shop: tuple[str, Any]) -> None:
    """The only table, in the order of its key; money, dates and large numbers to the digit, bytes missing and said."""
    found = reading(shop[0])
    assert list(zip(*found.cells, strict=True)) == [
        ("001", "1.50", "2020-01-02", None, "FALSE", None, None, "1"),
        ("002", "12345678901234567890.10", "0044-03-15 BC", "2020-01-02 03:04:05.5+00", "TRUE", "86.5", None, BIG),
    ]
    assert (found.format, found.sheet, found.n_records) == ("postgresql", "customers", 2)
    assert found.notes == ("1 value read as empty, being bytes, lists or infinite.",)


def test_the_digest_is_that_of_the_rows(shop: tuple[str, Any]) -> None:
    """The same rows have the same digest, one changed cell another."""
    first, again = (read_database(shop[0], InputSettings())[1] for _ in range(2))
    shop[1].execute("UPDATE customers SET big = 2 WHERE id = '001'")
    assert first == again != read_database(shop[0], InputSettings())[1]


def test_a_query_is_sent_as_it_stands(shop: tuple[str, Any]) -> None:
    """Colons and per cent signs are no parameters; a name used twice is numbered."""
    query = "SELECT id, '%s' AS x, ':a' AS x FROM customers WHERE id LIKE '%1'; -- one"
    assert reading(shop[0], query=query.split(" --", maxsplit=1)[0]).cells == (("001",), ("%s",), (":a",))


@pytest.mark.parametrize("name", ['od"d; name', "Größe", "select"])
def test_odd_names_are_quoted(shop: tuple[str, Any], name: str) -> None:
    """S6."""
    quoted = name.replace('"', '""')
    shop[1].execute(f'CREATE TABLE "{quoted}" (a int, b int); INSERT INTO "{quoted}" VALUES (1, 2)')
    assert reading(shop[0], sheet=name).cells == (("1",), ("2",))


def test_a_schema_may_stand_before_the_table(shop: tuple[str, Any]) -> None:
    """public.customers."""
    assert reading(shop[0], sheet="public.customers").n_records == 2


def test_several_tables_are_asked_about(shop: tuple[str, Any]) -> None:
    """RG-007, with the customers proposed and not the first table; guessing takes the largest and says so."""
    shop[1].execute("ALTER TABLE customers RENAME TO towns; CREATE TABLE customers (a int, b int)")
    fault = fault_of(shop[0])
    assert "towns and customers" in fault.sentence and 'sheet = "customers"' in fault.hint
    assert reading(shop[0], when_unsure="guess").fixes


def test_an_alias_of_markup_is_a_name(shop: tuple[str, Any]) -> None:
    """S5: escaped where it is shown."""
    assert reading(shop[0], query='SELECT id, n AS "=<script>" FROM customers').columns[1] == "=<script>"


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ({"query": "SELECT nope FROM customers"}, "RG-041"),
        ({"query": "SELECT id, n FROM customers; DROP TABLE customers"}, "RG-041"),
        ({"query": "WITH x AS (DELETE FROM customers RETURNING *) SELECT * FROM x"}, "RG-041"),
        ({"query": "SELECT setval('s', 5), 1"}, "RG-042"),
        ({"query": "SELECT * FROM nope"}, "RG-042"),
        ({"sheet": "nope"}, "RG-042"),
    ],
)
def test_queries_that_cannot_be_answered(shop: tuple[str, Any], settings: dict[str, str], code: str) -> None:
    """S1, S2: and the table is untouched."""
    assert fault_of(shop[0], **settings).code == code
    assert reading(shop[0]).n_records == 2


def test_the_transaction_only_reads(shop: tuple[str, Any]) -> None:
    """A function that writes is refused by the server itself."""
    shop[1].execute("CREATE FUNCTION wipe() RETURNS int LANGUAGE sql AS 'DELETE FROM customers RETURNING 1'")
    assert fault_of(shop[0], query="SELECT wipe(), 1").code == "RG-041"
    assert reading(shop[0]).n_records == 2


def test_logins_and_addresses_that_fail(shop: tuple[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """S2: a wrong password 77, no such database 66, nobody there 75, no driver 78; never the password."""
    url, port = shop[0], free_port()
    wrong = url.replace(f"{USER}@", f"{USER}:wr%40ng@")
    assert fault_of(wrong).exit_code == 77
    assert "wr@ng" not in fault_of(wrong).sentence
    assert fault_of(url.replace("/postgres", "/nope")).exit_code == 66
    assert fault_of(f"postgresql://{USER}@127.0.0.1:{port}/postgres").exit_code == 75
    assert (fault_of("oracle://x/y").code, fault_of("postgresql:x").code) == ("RG-064", "RG-042")
    monkeypatch.delenv("REPORTGEN_SQL_PASSWORD")
    assert fault_of(url).exit_code == 77


def test_the_password_may_stand_in_a_file(
    shop: tuple[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """REPORTGEN_SQL_PASSWORD_FILE, its first line."""
    (tmp_path / "secret").write_text(f"{PASSWORD}\n")
    monkeypatch.delenv("REPORTGEN_SQL_PASSWORD")
    monkeypatch.setenv("REPORTGEN_SQL_PASSWORD_FILE", str(tmp_path / "secret"))
    assert reading(shop[0]).n_records == 2
    monkeypatch.setenv("REPORTGEN_SQL_PASSWORD_FILE", str(tmp_path / "gone"))
    assert fault_of(shop[0]).code == "RG-063"


def test_a_query_that_takes_too_long_is_stopped(shop: tuple[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """S2: RG-044, try again later."""
    monkeypatch.setattr(_database, "STATEMENT_SECONDS", 1)
    assert fault_of(shop[0], query="SELECT pg_sleep(20), 1").exit_code == 75


def test_too_many_rows_are_refused(shop: tuple[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """S3: the table and the query alike, and not all of them are fetched."""
    monkeypatch.setattr(_database, "MAX_ROWS", 10)
    shop[1].execute("INSERT INTO customers SELECT 'x' || i FROM generate_series(1, 200) i")
    assert fault_of(shop[0]).code == "RG-021"
    assert fault_of(shop[0], query="SELECT i, i FROM (SELECT generate_series(1, 1000000000) i) t").code == "RG-021"


def test_a_connection_that_is_lost_is_said(shop: tuple[str, Any]) -> None:
    """S4: ended by the server while the rows come."""
    end = "SELECT id, n FROM customers UNION ALL SELECT 'x', CASE WHEN pg_backend_pid() > 0 THEN 1 / 0 END"
    assert fault_of(shop[0], query=end).code == "RG-041"
    shop[1].execute(
        "CREATE FUNCTION quit() RETURNS bool LANGUAGE sql AS 'SELECT pg_terminate_backend(pg_backend_pid())'"
    )
    assert fault_of(shop[0], query="SELECT quit(), 1").exit_code == 75


def test_one_state_of_the_database_is_read(shop: tuple[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """S8: rows that arrive between two looks at it are not seen."""
    named = _database._chosen_table

    def then_insert(*arguments: Any) -> Any:
        found = named(*arguments)
        shop[1].execute("INSERT INTO customers VALUES ('003')")
        return found

    monkeypatch.setattr(_database, "_chosen_table", then_insert)
    assert reading(shop[0]).n_records == 2


@pytest.fixture
def maria(mariadb_address: str) -> Iterator[tuple[str, Any]]:
    host, port = mariadb_address.partition("@")[2].removesuffix("/shop").split(":")
    connection = pymysql.connect(
        host=host, port=int(port), user=USER, password=PASSWORD, database="shop", autocommit=True
    )
    with connection, connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS customers, towns")
        cursor.execute(
            "CREATE TABLE customers (id varchar(9) PRIMARY KEY, n decimal(40, 2), d date, t datetime, raw blob)"
        )
        cursor.execute("INSERT INTO customers VALUES ('002', 12345678901234567890.10, '2020-01-02', NULL, x'ff')")
        cursor.execute("INSERT INTO customers VALUES ('001', 1.5, NULL, '2020-01-02 03:04:05', NULL)")
        yield mariadb_address, cursor


def test_mariadb_reads_exactly(maria: tuple[str, Any]) -> None:
    """A table and a query."""
    found = reading(maria[0])
    assert list(zip(*found.cells, strict=True)) == [
        ("001", "1.50", None, "2020-01-02 03:04:05", None),
        ("002", "12345678901234567890.10", "2020-01-02", None, None),
    ]
    query = "SELECT id, '%s:a' x FROM customers WHERE id LIKE '%1'"
    assert reading(maria[0], query=query).cells == (("001",), ("%s:a",))


def test_what_mariadb_refuses_is_said(maria: tuple[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Codes as with PostgreSQL; nothing is written."""
    url = maria[0]
    codes = [fault_of(url, query=query).code for query in ("SELECT nope, 1", "SELECT * FROM nope", "SELECT 1 INTO @a")]
    assert codes == ["RG-041", "RG-042", "RG-041"]
    assert fault_of(url, sheet="nope").code == "RG-042"
    assert fault_of(url.replace(f"{USER}@", f"{USER}:wrong@")).code == "RG-043"
    assert fault_of(url.replace("/shop", "/mysql")).code == "RG-043"
    assert fault_of(f"mysql://{USER}@127.0.0.1:{free_port()}/shop").code == "RG-044"
    monkeypatch.setattr(_database, "STATEMENT_SECONDS", 1)
    assert fault_of(url, query="SELECT SLEEP(20), id FROM customers").code == "RG-044"
    monkeypatch.setattr(_database, "MAX_ROWS", 1)
    assert fault_of(url).code == "RG-021"


ONE = [
    "SELECT 1",
    "with x as (select 1) select * from x;",
    "SELECT ';' -- ; DROP",
    '/* ; */ SELECT "a;b"',
    "SELECT replace(a, b) FROM t",
]
NONE = [
    "",
    "-- only a comment",
    "DROP TABLE customers",
    "SELECT 1; SELECT 2",
    "SELECT 'a; DROP TABLE x",
    "SELECT 1 /* /* */ ; DROP TABLE x */",
    "SELECT /*! 1 INTO OUTFILE '/tmp/x' */ 2",
    "SELECT * INTO x FROM y",
    "WITH x AS (SELECT 1) DELETE FROM y",
    "COPY x TO PROGRAM 'id'",
    "PRAGMA writable_schema = 1",
    "ATTACH 'x' AS y",
    "EXPLAIN SELECT 1",
    "SELECT pg_read_file('/etc/passwd')",
    "SELECT load_file('/etc/passwd')",
]


@pytest.mark.parametrize("database", ["sqlite", "postgresql", "mysql"])
def test_one_select_is_told_from_anything_else(database: str) -> None:
    """S1: by its words, with strings and comments skipped."""
    for query in ONE:
        assert check_query(query, database)
    for query in NONE:
        with pytest.raises(ReportgenError, match="is not one SELECT"):
            check_query(query, database)


def test_strings_end_where_the_database_ends_them() -> None:
    """A backslash escapes in MySQL and E'' strings, dollars quote in PostgreSQL."""
    for database, query in (("mysql", r"SELECT 'a\'; DROP'"), ("postgresql", r"SELECT E'a\';', $x$ ; $x$")):
        assert check_query(query, database)
    for database, query in (("postgresql", r"SELECT 'a\'; DROP TABLE x --'"), ("mysql", "SELECT $$; DROP $$")):
        with pytest.raises(ReportgenError):
            check_query(query, database)
