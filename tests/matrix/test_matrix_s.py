"""S1 to S8: what can be wrong with a database."""

from __future__ import annotations

import hashlib
import sqlite3
import threading
import time
from collections.abc import Iterable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from outcomes import ENGINE, HEADER, Rows, asked, customers, documents, fault_of, meet, refused, settings_of, texts
from postgres_impostor import LOGIN_OK, impostor, refusal
from runs import reportgen

from reportgen.ingest.stage import read_export

CREATE = "CREATE TABLE customers (customer_id TEXT, city TEXT, income INTEGER, score INTEGER, visits INTEGER)"


def database(folder: Path, statements: Iterable[str] = (), rows: Rows | None = None, name: str = "shop.sqlite") -> Path:
    """An SQLite file with the table of customers, and what the statements make of it."""
    path = folder / name
    with sqlite3.connect(path) as connection:
        connection.execute(CREATE)
        connection.executemany("INSERT INTO customers VALUES (?,?,?,?,?)", customers() if rows is None else rows)
        for statement in statements:
            connection.execute(statement)
    connection.close()
    return path


def inspected(
    url: str | Path, folder: Path, query: str = "", sheet: str = "customers", **environment: str
) -> CompletedProcess[str]:
    """`reportgen inspect` of a database, in a process of its own."""
    config = folder / "settings.toml"
    config.write_text(f"[input]\nquery = '''{query}'''\nsheet = '{'' if query else sheet}'\n", encoding="utf-8")
    return reportgen("inspect", str(url), "--config", config, "--json", **environment)


def assert_refused(outcome: CompletedProcess[str], code: str, exit_code: int) -> None:
    assert (outcome.returncode, f"[{code}]" in outcome.stderr) == (exit_code, True), outcome.stderr
    assert "Traceback" not in outcome.stderr
    assert "canary" not in outcome.stdout + outcome.stderr


def test_a_plain_database_reads_like_the_csv(tmp_path: Path) -> None:
    """OK: the one table of an SQLite file; of two, `sheet` chooses; a query chooses anything."""
    seen = meet(database(tmp_path).read_bytes(), "shop.sqlite")
    assert (texts(seen), seen.raw.columns, seen.raw.report.format) == (customers(), HEADER, "sqlite")
    content = database(tmp_path, ["CREATE TABLE orders AS SELECT * FROM customers"], name="two.sqlite").read_bytes()
    question = asked(content, "customers", "orders", setting="sheet", name="a.db")
    assert texts(question.decided(content, "orders", "a.db")) == customers()
    query = "SELECT customer_id, income, score FROM customers WHERE visits > 3 ORDER BY customer_id"
    assert len(texts(meet(content, "a.db", query=query))) == sum(int(row[4]) > 3 for row in customers())


STATEMENTS = [
    "DELETE FROM customers",
    "SELECT 1; DROP TABLE customers",
    "PRAGMA table_info(customers)",
    "ATTACH 'x' AS y",
    "UPDATE customers SET income = 0",
    "INSERT INTO customers SELECT * FROM customers",
    "VACUUM",
    "BEGIN",
    "EXPLAIN SELECT 1",
    "WITH a AS (SELECT 1) DELETE FROM customers",
    "SELECT * FROM customers; SELECT 1",
    "CREATE TABLE a (b)",
    "-- SELECT",
    "/* SELECT */ DROP TABLE customers",
    "DROP TABLE customers; --",
    "COPY customers TO '/tmp/x'",
]


@pytest.mark.parametrize("query", STATEMENTS)
def test_s01_what_is_not_one_select(query: str, tmp_path: Path) -> None:
    """REFUSE RG-041, exit code 78: writing, several statements, or none; the database is as it was."""
    path = database(tmp_path)
    before = path.read_bytes()
    fault = refused(before, "RG-041", name="shop.sqlite", query=query)
    assert fault.exit_code == 78
    assert path.read_bytes() == before


def test_s01_on_a_server_too(tmp_path: Path) -> None:
    """REFUSE RG-041, exit code 78: before a connection is made."""
    assert_refused(inspected("postgresql://127.0.0.1:1/shop", tmp_path, "DROP TABLE customers"), "RG-041", 78)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ';' AS a, customer_id, income, visits FROM customers",
        "select * from customers -- ; DROP TABLE customers",
        "WITH c AS (SELECT * FROM customers) SELECT * FROM c",
        "SELECT * FROM customers;",
    ],
)
def test_s01_one_select_however_it_is_written(query: str, tmp_path: Path) -> None:
    """OK: a semicolon in a text or a comment ends nothing, WITH begins a query too."""
    assert len(texts(meet(database(tmp_path).read_bytes(), "shop.sqlite", query=query))) == 40


def test_s02_a_missing_table_or_database(tmp_path: Path) -> None:
    """REFUSE RG-042, exit code 66: which table, and which there are."""
    fault = refused(database(tmp_path).read_bytes(), "RG-042", "RG-063", name="shop.sqlite", sheet="clients")
    assert "clients" in fault.sentence
    fault = refused(database(tmp_path, name="b.db").read_bytes(), "RG-042", name="b.db", query="SELECT * FROM clients")
    assert fault.exit_code == 66
    with impostor(refusal("3D000", 'database "shop" does not exist')) as url:
        assert_refused(inspected(url, tmp_path), "RG-042", 66)


def test_s02_a_wrong_login(tmp_path: Path) -> None:
    """REFUSE RG-043, exit code 77: the password is shown nowhere."""
    with impostor(refusal("28P01", 'password authentication failed for user "reporter"')) as url:
        assert_refused(inspected(url, tmp_path), "RG-043", 77)


def test_s02_nobody_answers(tmp_path: Path) -> None:
    """REFUSE RG-044, exit code 75: a closed port at once, a silent server after a limited time."""
    assert_refused(inspected("postgresql://reporter:canary@127.0.0.1:1/shop", tmp_path), "RG-044", 75)


@pytest.mark.slow
def test_s02_a_silent_server(tmp_path: Path) -> None:
    """REFUSE RG-044, exit code 75: a server that accepts and says nothing is given up."""
    start = time.monotonic()
    with impostor(None) as url:
        assert_refused(inspected(url, tmp_path), "RG-044", 75)
    assert time.monotonic() - start < 60


@pytest.mark.slow
def test_s03_far_too_many_rows(tmp_path: Path) -> None:
    """REFUSE RG-021: a query without end is cut off at the cap, not at the end of memory."""
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
    query = f"{endless} SELECT i AS customer_id, i % 97 AS visits FROM n"
    start = time.monotonic()
    refused(database(tmp_path).read_bytes(), "RG-021", "RG-031", name="shop.sqlite", query=query)
    assert time.monotonic() - start < 60


def test_s04_a_connection_lost_midway(tmp_path: Path) -> None:
    """REFUSE RG-044, exit code 75: the server hangs up while it is asked; nothing is published."""
    with impostor(LOGIN_OK) as url:
        assert_refused(inspected(url, tmp_path), "RG-044", 75)
        out = tmp_path / "out"
        outcome = reportgen("run", url, "--out", out, "--config", tmp_path / "settings.toml", "--period", "2026-10")
        assert (outcome.returncode, out.exists()) == (75, False), outcome.stderr


def test_s05_a_hostile_alias_is_text(tmp_path: Path) -> None:
    """Escaped: `"><script>` as a column's alias is a name, and no markup."""
    alias = '"><script>alert(1)</script>'
    quoted = alias.replace('"', '""')
    query = f'SELECT customer_id, income AS "{quoted}", score FROM customers'
    content = database(tmp_path, rows=customers(60)).read_bytes()
    assert meet(content, "a.db", query=query).raw.columns[1] == alias
    assert "<script>alert" not in documents(content, "a.db", query=query)["report.html"]


@pytest.mark.parametrize(
    "name", ['cust;"omers', "two words", "select", "a'b", "x; DROP TABLE customers", "[a]", "naïve"]
)
def test_s06_names_are_quoted(name: str, tmp_path: Path) -> None:
    """Quoted: a table of any name is read under that name, and nothing else happens."""
    quoted = '"' + name.replace('"', '""') + '"'
    path = database(tmp_path, [f"CREATE TABLE {quoted} AS SELECT * FROM customers"])
    assert texts(meet(path.read_bytes(), "a.db", sheet=name)) == customers()
    assert fault_of(path.read_bytes(), "a.db", sheet=f"{name}x").code in {"RG-042", "RG-063"}


HOSTILE = {
    "s7 a view that loads code": "CREATE VIEW v AS SELECT load_extension('/tmp/x.so') AS a, 1 AS b",
    "s7 a view that writes": "CREATE VIEW v AS SELECT writefile('/tmp/x', 'y') AS a, 1 AS b",
    "s7 a view that reads files": "CREATE VIEW v AS SELECT readfile('/etc/passwd') AS a, 1 AS b",
}


@pytest.mark.parametrize("case", HOSTILE)
def test_s07_a_hostile_view_is_refused(case: str, tmp_path: Path) -> None:
    """REFUSE: no function of a view runs, and the file is as it was."""
    path = database(tmp_path, [HOSTILE[case]])
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    refused(path.read_bytes(), "RG-032", "RG-034", "RG-041", "RG-042", name="a.db", sheet="v")
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before


@pytest.mark.parametrize("damage", ["s7 noise", "s7 cut off", "s7 header alone"])
def test_s07_a_damaged_database_is_refused(damage: str, tmp_path: Path) -> None:
    """REFUSE RG-032: pages of noise, half a file, a header without pages."""
    whole = database(tmp_path, rows=customers(3_000)).read_bytes()
    content = {"s7 noise": whole[:5_000] + b"\xa5" * 9_000 + whole[14_000:], "s7 cut off": whole[: len(whole) // 2],
               "s7 header alone": whole[:100]}[damage]  # fmt: skip
    refused(content, "RG-032", name="a.db")


def test_s08_a_database_that_changes_meanwhile(tmp_path: Path) -> None:
    """One snapshot: while a writer moves points from one column to another, every row that is read adds up."""
    rows = [[*row[:2], "5000", "5000", row[4]] for row in customers(2_000)]
    path = database(tmp_path, ["PRAGMA journal_mode=WAL"], rows)
    stop = threading.Event()

    def write() -> None:
        connection = sqlite3.connect(path, timeout=30)
        while not stop.is_set():
            connection.execute("UPDATE customers SET income = income - 1, score = score + 1")
            connection.commit()
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        table = read_export(f"sqlite:///{path}", settings_of(sheet="customers").input, ENGINE)  # type: ignore[arg-type]
    finally:
        stop.set()
        writer.join()
    read = ENGINE.to_arrays(table.frame, ["income", "score"])
    totals = {int(income) + int(score) for income, score in zip(read["income"], read["score"], strict=True)}
    assert (len(read["income"]), totals, len(set(read["income"]))) == (2_000, {10_000}, 1)
