"""Addresses of tables that Spark reads: told from files and databases, shown without passwords, refused where wrong."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest
from runs import reportgen

from reportgen.config import load_settings
from reportgen.engine.choice import decide
from reportgen.engine.in_memory import InMemoryEngine
from reportgen.engine.spark_work import characters_alone
from reportgen.engine_settings import EngineSettings
from reportgen.engine_words import engine_said
from reportgen.errors import ReportgenError
from reportgen.ingest._sql import check_query
from reportgen.ingest.stage import read_export
from reportgen.records.source import read_source_note, source_note, source_of
from reportgen.settings_file import settings_as_toml

WORD = "hunter2"


@pytest.mark.parametrize(
    ("address", "name", "shown"),
    [
        ("spark:sales.customers", "spark:sales.customers", "spark:sales.customers"),
        ("jdbc:postgresql://ann:hunter2@db/shop", "jdbc:postgresql://ann@db/shop", "jdbc:postgresql://ann@db/shop"),
        (
            "jdbc:postgresql://db/shop?user=ann&password=hunter2&ssl=true",
            "jdbc:postgresql://db/shop",
            "jdbc:postgresql://db/shop?user=ann&ssl=true",
        ),
        (
            "jdbc:sqlserver://db:1433;databaseName=shop;password=hunter2",
            "jdbc:sqlserver://db:1433",
            "jdbc:sqlserver://db:1433;databaseName=shop",
        ),
        ("jdbc:oracle:thin:ann/hunter2@//db/shop", "jdbc:oracle:thin:ann@//db/shop", "jdbc:oracle:thin:ann@//db/shop"),
        ("jdbc:mysql://ann:hun@ter2@db/shop", "jdbc:mysql://ann@db/shop", "jdbc:mysql://ann@db/shop"),
        ("jdbc:derby:/data/shop;create=true", "jdbc:derby:shop", "jdbc:derby:/data/shop;create=true"),
    ],
)
def test_an_address_is_shown_without_its_password(address: str, name: str, shown: str) -> None:
    """Not as a name on pages, not in source.json, not in what Python prints of it; and it is read again from there."""
    source = source_of(address)
    assert source.is_of_spark
    assert (source.name, source.shown_url) == (name, shown)
    assert "ter2" not in repr(source) + source_note(source).decode()
    again = read_source_note(source_note(source))
    assert again is not None and again.is_of_spark


@pytest.mark.parametrize("other", ["customers.csv", "spark://host:7077", "postgresql://db/shop", "-", "sparkling.csv"])
def test_other_places_are_not_of_spark(other: str) -> None:
    """A file, a database that reportgen itself reads, and the address of a cluster."""
    assert not source_of(other).is_of_spark


def test_spark_is_chosen_for_its_own_tables() -> None:
    """Without being asked for; and the page says why."""
    why = decide(EngineSettings(), None, is_of_spark=True)
    assert (why.name, engine_said(why)) == ("spark", "on Spark, which alone reads this table")


def test_another_engine_is_refused_for_its_tables() -> None:
    """RG-063, whether the settings name it or a caller brings it."""
    with pytest.raises(ReportgenError) as refused:
        decide(EngineSettings(use="duckdb"), None, is_of_spark=True)
    assert refused.value.code == "RG-063"
    with pytest.raises(ReportgenError) as refused:
        read_export(source_of("spark:customers"), load_settings(None).input, InMemoryEngine())
    assert (refused.value.code, "--engine spark" in refused.value.hint) == ("RG-063", True)


def test_a_run_in_memory_is_refused_in_one_sentence(tmp_path: Path) -> None:
    """Nothing is written."""
    outcome = reportgen("run", "spark:customers", "--engine", "memory", "--out", tmp_path / "out")
    assert outcome.returncode == 78
    assert "RG-063" in outcome.stderr and "Traceback" not in outcome.stderr
    assert not (tmp_path / "out" / "latest").exists()


def test_no_session_and_no_connect_are_refused(tmp_path: Path) -> None:
    """RG-045 with what to do: master = "session" outside of one, and Spark Connect."""
    pytest.importorskip("pyspark")
    from reportgen.engine.spark_session import java_path, refuse_remote, session_here

    with pytest.raises(ReportgenError) as refused:
        refuse_remote("sc://host:15002")
    assert refused.value.code == "RG-045"
    with pytest.raises(ReportgenError) as refused:
        session_here()
    assert refused.value.code == ("RG-045" if java_path() else "RG-064")


def test_sparks_secrets_do_not_stand_in_the_settings(tmp_path: Path) -> None:
    """RG-061 for a key of a store; names of columns may be what they like."""
    path = tmp_path / "reportgen.toml"
    path.write_text('[engine.spark]\n"spark.hadoop.fs.s3a.secret.key" = "hunter2"\n')
    with pytest.raises(ReportgenError) as refused:
        load_settings(path)
    assert refused.value.code == "RG-061" and WORD not in str(refused.value)
    path.write_text('[engine.spark]\n"spark.jars" = "postgresql.jar"\n[columns.roles]\n"Password Resets" = "count"\n')
    assert load_settings(path).engine.spark == {"spark.jars": "postgresql.jar"}


def test_sparks_settings_survive_a_settings_file(tmp_path: Path) -> None:
    """Written by `init` as they can be read."""
    path = tmp_path / "reportgen.toml"
    given = load_settings(None).with_value(("engine", "spark"), {"spark.jars": "postgresql.jar"})
    path.write_text(settings_as_toml(given, (), ()))
    assert load_settings(path).engine.spark == {"spark.jars": "postgresql.jar"}


@pytest.mark.parametrize("query", ["SELECT reflect('java.lang.Runtime', 'x')", "SELECT java_method('a', 'b')"])
def test_a_query_calls_no_java(query: str) -> None:
    """RG-041: Spark's functions that call any method of Java are none of a table's."""
    with pytest.raises(ReportgenError) as refused:
        check_query(query, "spark")
    assert refused.value.code == "RG-041"


def test_a_query_of_spark_may_name_files_and_quote() -> None:
    """Backticks around a path, backslashes in a text."""
    query = r"SELECT * FROM parquet.`/data/customers; drop` WHERE note <> 'it\'s; INTO' AND x = " + '"y;"'
    assert check_query(query, "spark") == query


def test_texts_are_freed_of_what_is_no_character() -> None:
    """NULs go, bytes that are not UTF-8 show as U+FFFD, and nothing else is touched."""
    plain = pa.array(["é", None, "b"])
    assert characters_alone(plain) == (plain, 0)
    data = pa.array([b"a\xff", b"ok", None, b"\0", b"x\0y"])
    broken = pa.Array.from_buffers(pa.string(), len(data), data.buffers())
    texts, n = characters_alone(broken)
    assert (texts.to_pylist(), n) == (["a\ufffd", "ok", None, None, "xy"], 3)
