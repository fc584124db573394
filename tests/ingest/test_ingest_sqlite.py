"""SQLite files: read on a copy that can do nothing but answer one SELECT."""

from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path

import pytest
from ingest_exports import cells, read, refusal

from reportgen.config import InputSettings
from reportgen.errors import ReportgenError
from reportgen.ingest import sqlite as reader
from reportgen.ingest._database import read_database

TABLE = "CREATE TABLE customers (id TEXT, income)"
ROWS = "INSERT INTO customers VALUES ('001', 86.5), ('002', NULL), ('003', 9007199254740993), ('004', x'ff')"
BOMB = "WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM t) SELECT count(*) AS n, 1 AS x FROM t"
INCOMES = [["001", "86.5"], ["002", None], ["003", "9007199254740993"], ["004", None]]


def database(*statements: str) -> bytes:
    """The bytes of a database made by the statements."""
    connection = sqlite3.connect(":memory:")
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    data = connection.serialize()
    connection.close()
    return data


GOOD = database(TABLE, ROWS)


def test_the_only_table_is_read() -> None:
    """By content; whole numbers are exact, bytes are missing and said."""
    table = read(GOOD, "customers.db")
    assert cells(table) == INCOMES
    assert (table.report.format, table.report.sheet) == ("sqlite", "customers")
    assert table.report.notes == ("1 value read as empty, being bytes or infinite.",)


def test_empty_tables_are_passed_over_and_several_asked_about() -> None:
    """Settings decide by name, by query, or by letting guess."""
    assert read(database(TABLE, ROWS, "CREATE TABLE towns (a, b)")).report.n_physical == 4
    content = database(TABLE, ROWS, "CREATE TABLE towns (a, b)", "INSERT INTO towns VALUES (1, 2)")
    assert refusal(content).code == "RG-007"
    assert read(content, sheet="Towns").report.n_physical == 1
    assert read(content, query="SELECT id, income FROM customers WHERE id < '003';").report.n_physical == 2
    assert read(content, when_unsure="guess").report.fixes


def filled(name: str, n: int) -> tuple[str, str]:
    """A table of so many rows."""
    rows = ", ".join(f"({1000 + i}, {i}.5)" for i in range(n))
    return f"CREATE TABLE {name} (id, spend)", f"INSERT INTO {name} VALUES {rows}"


@pytest.mark.parametrize("small", ["schema_migrations", "Z_METADATA"])
def test_a_table_too_small_for_segments_is_left_out(small: str) -> None:
    """A program's version in a table of one row was offered beside 200 customers."""
    table = read(database(*filled(small, 1), *filled("customers", 30)))
    assert (table.report.sheet, table.report.n_physical) == ("customers", 30)
    assert table.report.notes == (f"Table customers was read; left out: {small} (1 row).",)


def test_the_question_names_views_and_proposes_the_customers() -> None:
    """The largest table, of sales, was proposed; the view that holds a row a client was not named."""
    views = "CREATE VIEW v_client AS SELECT * FROM client", f"CREATE VIEW endless AS {BOMB}"
    fault = refusal(database(*filled("sale", 90), *filled("client", 30), *views))
    listed = "sale (90 rows), client (30 rows), endless (a view) and v_client (a view)"
    assert (fault.code, fault.sentence) == ("RG-007", f"export: the database holds several tables: {listed}.")
    assert 'sheet = "client"' in fault.hint


def test_an_empty_table_of_customers_is_asked_about() -> None:
    """The archive of another year was read without a word."""
    content = database("CREATE TABLE customers (id, spend)", *filled("customers_archive_2024", 30))
    fault = refusal(content)
    assert fault.code == "RG-007"
    assert "table customers is empty, and customers_archive_2024 (30 rows)" in fault.sentence
    assert read(content, sheet="customers_archive_2024").report.n_physical == 30
    guessed = read(content, when_unsure="guess").report.notes[0]
    assert guessed == "Table customers_archive_2024 was read; left out: customers (empty)."


def test_an_empty_table_of_something_else_is_said() -> None:
    """Nobody takes groups of customers for the customers."""
    notes = read(database(*filled("customers", 30), "CREATE TABLE customer_groups (id)")).report.notes
    assert notes == ("Table customers was read; left out: customer_groups (empty).",)


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ({"query": "DROP TABLE customers"}, "RG-041"),
        ({"query": "SELECT 1; SELECT 2"}, "RG-041"),
        ({"query": "PRAGMA writable_schema = 1"}, "RG-041"),
        ({"query": "ATTACH '/etc/passwd' AS x"}, "RG-041"),
        ({"query": "SELECT load_extension('x'), 1"}, "RG-041"),
        ({"query": "SELECT * FROM pragma_database_list"}, "RG-041"),
        ({"query": "SELECT nope, id FROM customers"}, "RG-041"),
        ({"query": "SELECT * FROM nope"}, "RG-042"),
        ({"sheet": "nope"}, "RG-042"),
        ({"query": "SELECT zeroblob(1000000000), 1"}, "RG-022"),
        ({"query": BOMB}, "RG-031"),
    ],
)
def test_queries_that_do_more_than_read_are_refused(settings: dict[str, str], code: str) -> None:
    """S1, S7: the authorizer and the clock hold where the words do not."""
    assert refusal(GOOD, **settings).code == code


def test_a_hostile_view_is_stopped() -> None:
    """S7: it is read only where it is named, and not for long."""
    assert refusal(database(f"CREATE VIEW v AS {BOMB}"), sheet="v").code == "RG-031"


@pytest.mark.parametrize("content", [GOOD[:100], GOOD[:5_000], GOOD[:4096] + b"\xff" * 4096])
def test_a_damaged_database_is_said_to_be_damaged(content: bytes) -> None:
    """S7."""
    assert refusal(content).code == "RG-032"


def test_more_rows_than_the_cap_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """S3."""
    monkeypatch.setattr(reader, "MAX_ROWS", 3)
    assert refusal(GOOD).code == "RG-021"


def test_a_log_beside_the_database_is_read_by_address_alone(tmp_path: Path) -> None:
    """Rows still in the log: by address all are read, of the file alone the rest, and that is said; nothing changes."""
    path = tmp_path / "shop.db"
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute(TABLE)
    connection.execute("INSERT INTO customers VALUES ('001', 1)")
    connection.commit()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.execute("INSERT INTO customers VALUES ('002', 2)")
    connection.commit()
    before = hashlib.sha256(path.read_bytes()).digest()
    assert read_database(f"sqlite:///{path}", InputSettings())[0].n_records == 2
    alone = read(path.read_bytes()).report
    assert hashlib.sha256(path.read_bytes()).digest() == before
    connection.close()
    assert (alone.n_physical, "log (-wal)" in alone.notes[0]) == (1, True)


def test_a_database_that_is_not_there_is_said(tmp_path: Path) -> None:
    """RG-042; and none is made by looking."""
    with pytest.raises(ReportgenError) as caught:
        read_database(f"sqlite:///{tmp_path}/gone.db", InputSettings())
    assert caught.value.code == "RG-042"
    assert not list(tmp_path.iterdir())


def test_numbers_stored_as_text_may_have_two_readings() -> None:
    """`1.234` was 1.234 without a word, where the same text in a CSV is asked about."""
    made = "CREATE TABLE customers (id TEXT, spend TEXT, income REAL)"
    table = read(database(made, "INSERT INTO customers VALUES ('1', '1.234', 1.234), ('2', '5.678', 5.678)"))
    assert table.text_numbers == {"spend": 2}
