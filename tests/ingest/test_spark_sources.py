"""Tables read by Spark: of a session, of files, by JDBC; the same answers as the same rows in a Parquet file."""

from __future__ import annotations

import datetime
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from database_servers import PASSWORD
from engines import ON_SPARK
from runs import SAMPLE, read_segments, reportgen, run_export
from spark_cluster import SHARED, start_engine

from reportgen.config import Settings
from reportgen.engine.in_memory import InMemoryEngine
from reportgen.engine.spark import SparkEngine
from reportgen.errors import ReportgenError
from reportgen.ingest.stage import read_export
from reportgen.records.source import source_of
from reportgen.records.table import RawTable

pytestmark = list(ON_SPARK)

DRIVER = Path("/usr/share/java/postgresql.jar")
"""Debian's libpostgresql-jdbc-java."""
DAY = datetime.date(2026, 10, 1)
KINDS = pa.table(
    {
        "id": pa.array(range(1, 41)),
        "name": ["Zoë \0x" if at == 3 else f"n{at}" for at in range(40)],
        "spent": pa.array([Decimal(f"{at}.50") for at in range(40)], pa.decimal128(10, 2)),
        "score": [None if at % 7 == 0 else at / 8 for at in range(40)],
        "huge": [float("inf") if at == 5 else 1e-7 * at for at in range(40)],
        "is_open": [at % 2 == 0 for at in range(40)],
        "joined": [DAY + datetime.timedelta(days=at) for at in range(40)],
        "seen": [datetime.datetime(2026, 10, 1, 12, 30, 0, at * 1000) for at in range(40)],
        "tags": [["a"]] * 40,
        "a.b`c d": ["x"] * 40,
    }
)
"""Every kind of value that a table has, a list, and a name that Spark would take apart."""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkEngine]:
    started = start_engine(tmp_path_factory.mktemp("engine"))
    yield started
    started.close()


def read(address: str, engine: Any, **settings: str) -> RawTable:
    return read_export(source_of(address), Settings().with_overrides("input", **settings).input, engine)


def cells(table: RawTable, engine: Any) -> dict[str, list[Any]]:
    return {name: list(values) for name, values in engine.to_arrays(table.frame, table.columns).items()}


def view(name: str, table: pa.Table, n_parts: int = 3) -> str:
    """A view of the session that is given to the engine, its rows in several parts; its address."""
    SHARED.session().createDataFrame(table).repartition(n_parts).createOrReplaceTempView(name)
    return f"spark:{name}"


def refusal(address: str, engine: Any, **settings: str) -> ReportgenError:
    with pytest.raises(ReportgenError) as refused:
        read(address, engine, **settings)
    return refused.value


def test_a_table_reads_as_a_parquet_file_does(engine: SparkEngine, tmp_path: Path) -> None:
    """Cell by cell, every kind of value; the rows by the values of their first column, as text."""
    path = tmp_path / "kinds.parquet"
    pq.write_table(KINDS, path)
    in_file, memory = read(str(path), InMemoryEngine()), InMemoryEngine()
    found = read(view("kinds", KINDS), engine)
    assert found.columns == in_file.columns
    expected = cells(in_file, memory)
    order = sorted(range(40), key=lambda at: expected["id"][at])
    assert cells(found, engine) == {name: [texts[at] for at in order] for name, texts in expected.items()}
    notes = " ".join(found.report.notes)
    assert "tags" in notes and "1 value read as empty" in notes
    assert "1 value held characters" in " ".join(found.report.fixes)
    assert (found.report.n_physical, found.report.n_used) == (40, 40)


def test_the_digest_tells_tables_apart_and_not_their_order(engine: SparkEngine) -> None:
    """The same rows however they lie, another value, one row twice, another name."""
    plain = KINDS.drop_columns(["tags"])
    first = read(view("one", plain, 3), engine).report.sha256
    assert read(view("two", plain.take(list(range(39, -1, -1))), 1), engine).report.sha256 == first
    changed = plain.set_column(0, "id", pa.array([*range(1, 40), 99]))
    twice = pa.concat_tables([plain, plain.slice(0, 1)])
    named = plain.rename_columns(["ID", *plain.column_names[1:]])
    others = [read(view(f"other{at}", table), engine).report.sha256 for at, table in enumerate((changed, twice, named))]
    assert len({first, *others}) == 4


def test_a_query_is_answered(engine: SparkEngine) -> None:
    """One SELECT over the session's views."""
    view("customers", KINDS)
    found = read("spark:", engine, query="SELECT id, spent * 2 AS twice FROM customers WHERE id <= 12;")
    assert cells(found, engine)["twice"][:2] == ["1.00", "19.00"]
    assert found.report.n_physical == 12


def test_what_is_not_there_is_said(engine: SparkEngine) -> None:
    """A table, a column, a statement that is no SELECT, an address without a table; each its code, one sentence."""
    view("customers", KINDS)
    assert refusal("spark:nowhere", engine).code == "RG-042"
    assert refusal("spark:no.such.table", engine).code == "RG-042"
    assert refusal("spark:", engine).code == "RG-042"
    assert refusal("spark:customers", engine, query="SELECT 1 AS a, 2 AS b").code == "RG-063"
    wrong = refusal("spark:", engine, query="SELECT nothing, id FROM customers")
    assert (wrong.code, "nothing" in wrong.sentence, "SQLSTATE" in wrong.sentence) == ("RG-041", True, False)
    assert refusal("spark:", engine, query="DROP TABLE customers").code == "RG-041"
    assert refusal(view("nested", KINDS.select(["tags"])), engine).code == "RG-004"
    assert refusal(view("empty", KINDS.slice(0, 0)), engine).code == "RG-002"


def test_an_error_on_a_worker_is_said(engine: SparkEngine) -> None:
    """A query that stops half-way ends in one sentence."""
    view("customers", KINDS)
    fault = refusal("spark:", engine, query="SELECT id, raise_error('no such thing') AS x FROM customers")
    assert "\n" not in fault.sentence and "no such thing" in fault.sentence


def test_a_report_of_a_table_is_that_of_the_file(tmp_path: Path) -> None:
    """By the command line: everybody's segment, confidence and name, and `verify` reads the table again."""
    from pyarrow import csv

    path = tmp_path / "customers.parquet"
    pq.write_table(csv.read_csv(SAMPLE), path)
    of_file = run_export(path, tmp_path / "file", "--formats", "html")
    of_table = run_export(Path(f"spark:parquet.`{path}`"), tmp_path / "table", "--formats", "html")

    def by_id(run: Path) -> list[dict[str, str]]:
        return sorted(read_segments(run), key=lambda row: row["customer_id"])

    assert by_id(of_table) == by_id(of_file)
    assert json.loads((of_table / "source.json").read_text()) == {"url": f"spark:parquet.`{path}`"}
    checked = reportgen("verify", of_table)
    assert checked.returncode == 0, checked.stdout + checked.stderr


IN_A_SESSION = """
import sys
from pathlib import Path
from pyspark.sql import SparkSession
session = SparkSession.builder.master("local[2]").config("spark.driver.memory", "1g").getOrCreate()
session.read.option("header", True).csv(sys.argv[1]).createOrReplaceTempView("customers")
from reportgen.config import Settings
from reportgen.pipeline import run
from reportgen.records.source import source_of
settings = Settings().with_value(("engine", "master"), "session").with_overrides("report", formats=("html",))
run(source_of("spark:customers"), Path(sys.argv[2]), "2026-10", settings)
print(session.sql("SELECT count(*) FROM customers").first()[0])
"""


def test_a_notebooks_session_is_used_and_left_alone(tmp_path: Path) -> None:
    """master = "session": its view is read, and it still answers afterwards."""
    made = subprocess.run(
        [sys.executable, "-c", IN_A_SESSION, str(SAMPLE), str(tmp_path / "out")],
        env=os.environ | {"PYSPARK_PYTHON": sys.executable},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert made.returncode == 0, made.stderr[-2000:]
    assert made.stdout.split()[-1] == "1260"
    assert len(read_segments(tmp_path / "out" / "2026-10")) > 1000


def inspected(here: Path, address: str, *options: str, **environment: str) -> tuple[int, str]:
    """What `inspect` says of a table behind JDBC, read by a Spark of its own. Derby writes a log where it starts."""
    told = reportgen("inspect", address, *options, cwd=here, **environment)
    return told.returncode, told.stdout + told.stderr


def test_a_database_is_read_by_jdbc(tmp_path: Path) -> None:
    """Derby, which comes with Spark."""
    rows = ", ".join(f"({at}, {at * 7 % 50}.25, 'c{at % 3}')" for at in range(1, 60))
    query = f"SELECT * FROM (VALUES {rows}) AS t(id, spent, city)"
    code, said = inspected(tmp_path, f"jdbc:derby:{tmp_path / 'shop'};create=true", "--query", query)
    assert code == 0, said
    assert "59 records" in said and "SPENT" in said.upper()


def test_a_missing_driver_is_said(tmp_path: Path) -> None:
    """RG-064, and the setting that names its file."""
    code, said = inspected(tmp_path, "jdbc:db2://db.example:50000/shop", "--query", "SELECT id, spent FROM customers")
    assert code == 78 and "RG-064" in said and "spark.jars" in said and "Traceback" not in said


def test_postgresql_is_read_by_jdbc(postgresql_address: str, tmp_path: Path) -> None:
    """A real server: its values, its clock, its refusals; the password never shows."""
    if not DRIVER.exists():
        pytest.skip(f"no {DRIVER}: apt-get install libpostgresql-jdbc-java")
    import psycopg

    with psycopg.connect(postgresql_address, password=PASSWORD) as server:
        server.execute("DROP TABLE IF EXISTS jdbc_customers")
        server.execute("CREATE TABLE jdbc_customers (id int, spent numeric(10, 2), seen timestamp)")
        server.execute(
            "INSERT INTO jdbc_customers SELECT g, g * 1.25, '2026-10-01'::timestamp + g * interval '1 hour'"
            " FROM generate_series(1, 300) g"
        )
    settings = tmp_path / "reportgen.toml"
    settings.write_text(f'[input]\nsheet = "jdbc_customers"\n[engine.spark]\n"spark.jars" = "{DRIVER}"\n')
    address, known = f"jdbc:{postgresql_address}", {"REPORTGEN_SQL_PASSWORD": PASSWORD}
    code, said = inspected(tmp_path, address, "--config", str(settings), **known)
    assert code == 0 and "300 records" in said and "PostgreSQL" in said, said
    code, said = inspected(tmp_path, address, "--config", str(settings))
    assert code == 77 and "RG-043" in said and "Traceback" not in said
    code, said = inspected(
        tmp_path, address, "--config", str(settings), "--query", "SELECT nothing FROM jdbc_customers", **known
    )
    assert code == 78 and "RG-063" not in said and "RG-041" in said and PASSWORD not in said
    settings.write_text(settings.read_text().replace("jdbc_customers", "nowhere"))
    code, said = inspected(tmp_path, address, "--config", str(settings), **known)
    assert code == 66 and "RG-042" in said
