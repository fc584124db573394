"""Addresses of tables that Spark reads: told from files and databases, shown without passwords, refused where wrong."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from runs import reportgen

from reportgen.config import load_settings
from reportgen.engine.choice import decide, start_engine
from reportgen.engine.in_memory import InMemoryEngine
from reportgen.engine.spark_work import characters_alone
from reportgen.engine_settings import EngineSettings
from reportgen.engine_words import engine_said
from reportgen.errors import ReportgenError
from reportgen.ingest._spark import quoted_table
from reportgen.ingest._sql import check_query
from reportgen.ingest.stage import read_export
from reportgen.records.jdbc import read_jdbc
from reportgen.records.source import read_source_note, source_note, source_of
from reportgen.settings_file import settings_as_toml

WORD = "hunter2"


@pytest.mark.parametrize(
    ("address", "name", "shown"),
    [
        ("spark:sales.customers", "spark:sales.customers", "spark:sales.customers"),
        ("spark:parquet.`/home/ann/lake/c`", "spark:parquet.`c`", "spark:parquet.`/home/ann/lake/c`"),
        ("jdbc:postgresql://ann:hunter2@db/shop", "jdbc:postgresql://ann@db/shop", "jdbc:postgresql://ann@db/shop"),
        (
            "jdbc:postgresql://db/shop?password=hunter2&user=ann&ssl=true",
            "jdbc:postgresql://db/shop",
            "jdbc:postgresql://db/shop?user=ann&ssl=true",
        ),
        (
            "jdbc:sqlserver://db:1433;database=shop;user=ann@db;password={hun;ter2}",
            "jdbc:sqlserver://db:1433",
            "jdbc:sqlserver://db:1433;database=shop;user=ann@db",
        ),
        ("jdbc:oracle:thin:ann/hunter2@//db/shop", "jdbc:oracle:thin:ann@//db/shop", "jdbc:oracle:thin:ann@//db/shop"),
        ("jdbc:oracle:thin:@db:1521:shop", "jdbc:oracle:thin:@db:1521:shop", "jdbc:oracle:thin:@db:1521:shop"),
        ("jdbc:oracle:thin:ann/hun?ter2@db:1521/x", "jdbc:oracle", "jdbc:oracle:"),
        ("jdbc:mysql://ann:hun@ter2@db/shop", "jdbc:mysql://ann@db/shop", "jdbc:mysql://ann@db/shop"),
        ("jdbc:mysql://ann:hun?ter2@db/shop", "jdbc:mysql", "jdbc:mysql:"),
        ("jdbc:mysql://(user=ann)(password=hunter2)/shop", "jdbc:mysql", "jdbc:mysql:"),
        ("jdbc:mysql:replication://ann:hunter2@a,b:3306/s", *["jdbc:mysql:replication://ann@a,b:3306/s"] * 2),
        ("jdbc:aws-wrapper:postgresql://ann:hunter2@db/s", *["jdbc:aws-wrapper:postgresql://ann@db/s"] * 2),
        ("jdbc:db2://db:50000/shop:user=ann;password=hunter2;", *["jdbc:db2://db:50000/shop:user=ann"] * 2),
        ("jdbc:teradata://db/DATABASE=x,PASSWORD=hunter2", "jdbc:teradata", "jdbc:teradata:"),
        ("jdbc:redshift:iam://key:hunter2@cluster:eu/db", "jdbc:redshift", "jdbc:redshift:"),
        ("jdbc:derby:/data/shop;create=true", "jdbc:derby:shop", "jdbc:derby:/data/shop;create=true"),
        ("jdbc:h2:~/shop", "jdbc:h2:~/shop", "jdbc:h2:~/shop"),
        ("jdbc:sqlite:/data/shop.db", "jdbc:sqlite:shop.db", "jdbc:sqlite:/data/shop.db"),
        ("jdbc:hunter2", "jdbc", "jdbc:"),
    ],
)
def test_an_address_is_shown_without_its_password(address: str, name: str, shown: str) -> None:
    """Not as a name on pages, not in source.json, not in what Python prints of it; and it is read again from there."""
    source = source_of(address)
    assert source.is_of_spark
    assert (source.name, source.shown_url) == (name, shown)
    assert "ter2" not in repr(source) + source_note(source).decode()
    again = read_source_note(source_note(source))
    assert again is not None and again.is_of_spark and again.shown_url == shown


SIGNS = st.text("a@:/;?&=(){},%# ", max_size=4)


@given(
    kind=st.sampled_from(["postgresql", "mysql", "oracle:thin", "sqlserver", "db2", "h2:tcp", "x"]),
    word=st.tuples(SIGNS, SIGNS).map(lambda signs: f"{signs[0]}pW9{signs[1]}"),
    form=st.sampled_from(
        ["//ann:{}@db/shop", "ann/{}@db", "//db/shop?password={}", "//db;password={}", "//db/shop:password={};", "{}"]
    ),
)
def test_no_password_shows_whatever_is_in_it(kind: str, word: str, form: str) -> None:
    """Signs that part the address may stand in a password: then less of the address is shown, never the password."""
    address = read_jdbc(f"jdbc:{kind}:{form.format(word)}")
    if form != "{}":
        assert "pW9" not in address.shown + address.name + repr(address)


@pytest.mark.parametrize(
    ("address", "connect", "user", "password"),
    [
        (
            "jdbc:postgresql://ann:p%40ss@db:5432/shop?ssl=true",
            "jdbc:postgresql://db:5432/shop?ssl=true",
            "ann",
            "p@ss",
        ),
        ("jdbc:postgresql://db:5432/shop?user=a&password=p@ss", None, "", ""),
        ("jdbc:sqlserver://db:1433;user=ann@db;password=x", None, "", ""),
        ("jdbc:oracle:thin:ann/x@//db/shop", None, "", ""),
        ("jdbc:mysql:replication://ann:x@a,b/shop", None, "", ""),
    ],
)
def test_a_login_before_the_host_is_taken_out(address: str, connect: str | None, user: str, password: str) -> None:
    """JDBC takes it as options. An `@` behind the host is no sign of a login, and other forms are the driver's."""
    found = read_jdbc(address)
    assert (found.connect, found.user, found.password) == (connect or address, user, password)


@pytest.mark.parametrize(
    ("name", "kind", "quoted"),
    [
        ("customers", "postgresql", "customers"),
        ("shop.Order Details", "postgresql", 'shop."Order Details"'),
        ("shop.Order Details", "mysql", "shop.`Order Details`"),
        ('"Order.Details"', "derby", '"Order.Details"'),
        ("[Order Details]", "sqlserver", '"Order Details"'),
        ("customers; DROP TABLE customers --", "postgresql", '"customers; DROP TABLE customers --"'),
        ("(SELECT pg_read_file('/etc/passwd')) x", "postgresql", "\"(SELECT pg_read_file('/etc/passwd')) x\""),
        ('a" b', "postgresql", '"a"" b"'),
    ],
)
def test_the_name_of_a_table_is_a_name(name: str, kind: str, quoted: str) -> None:
    """Whatever is written there, the database takes it for one, and runs nothing of it."""
    assert quoted_table(name, kind) == quoted


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
    for line in (
        "spark.hadoop.fs.s3a.secret.key = 'hunter2'",
        "'spark.hadoop.fs.azure.account.key.x' = 'hunter2'",
        "'spark.sql.catalog.pg.url' = 'jdbc:x?password=hunter2'",
    ):
        path.write_text(f"[engine.spark]\n{line}\n")
        with pytest.raises(ReportgenError) as refused:
            load_settings(path)
        assert refused.value.code == "RG-061" and WORD not in str(refused.value)
    with pytest.raises(ReportgenError) as refused:
        load_settings(None).with_value(("engine", "spark"), {"spark.hadoop.fs.s3a.secret.key": WORD})
    assert refused.value.code == "RG-061" and WORD not in str(refused.value)
    path.write_text('[engine.spark]\n"spark.jars" = "postgresql.jar"\n[columns.roles]\n"Password Resets" = "count"\n')
    assert load_settings(path).engine.spark == {"spark.jars": "postgresql.jar"}


def test_a_name_without_quotes_is_sparks_name_too(tmp_path: Path) -> None:
    """TOML takes it for sections; and Spark takes numbers and truth values as texts."""
    path = tmp_path / "reportgen.toml"
    path.write_text("[engine.spark]\nspark.executor.cores = 4\nspark.eventLog.enabled = false\n")
    found = load_settings(path).engine.spark
    assert found == {"spark.executor.cores": "4", "spark.eventLog.enabled": "false"}


def test_a_session_that_is_there_takes_no_settings(tmp_path: Path) -> None:
    """RG-063: they would be left out in silence."""
    with pytest.raises(ReportgenError) as refused:
        start_engine("spark", EngineSettings(master="session", spark={"spark.jars": "x.jar"}), tmp_path)
    assert refused.value.code == ("RG-063" if find_spec("pyspark") else "RG-064")


def test_sparks_settings_survive_a_settings_file(tmp_path: Path) -> None:
    """Written by `init` as they can be read."""
    path = tmp_path / "reportgen.toml"
    given = load_settings(None).with_value(("engine", "spark"), {"spark.jars": "postgresql.jar"})
    path.write_text(settings_as_toml(given, (), ()))
    assert load_settings(path).engine.spark == {"spark.jars": "postgresql.jar"}


@pytest.mark.parametrize(
    "query",
    [
        "SELECT reflect('java.lang.Runtime', 'x')",
        "SELECT java_method('a', 'b')",
        "SELECT `reflect` ('a', 'b')",
        "SELECT TRANSFORM(id) USING 'touch /tmp/x' AS (a) FROM t",
        "SELECT * FROM (MAP id USING 'cat' AS a FROM t) x",
        "SELECT IDENTIFIER('java_' || 'method')('a')",
        "SELECT '${env:HOME}' AS a, id FROM t",
        "SELECT 1 -- x\r, reflect('a', 'b')",
        "SELECT 1 -- x \\\n y\n, reflect('a', 'b')",
        "SELECT r'\\', reflect('a', 'b') -- '",
        "SELECT /*+ h('*/ ') */ reflect('a','b') -- '",
        "WITH x AS (SELECT 1) INSERT INTO t SELECT * FROM x",
        "FROM t INSERT INTO u SELECT *",
        "DROP TABLE t",
        "SELECT 1; SELECT 2",
    ],
)
def test_a_query_of_spark_only_reads_tables(query: str) -> None:
    """RG-041 for methods of Java, commands of the system, names made of texts, variables, comments that are none."""
    with pytest.raises(ReportgenError) as refused:
        check_query(query, "spark")
    assert refused.value.code == "RG-041"


@pytest.mark.parametrize("query", ["SELECT \"pg_read_file\"('x')", "SELECT pg_read_file('x')"])
def test_a_function_in_quotes_is_the_function(query: str) -> None:
    """Also on other databases."""
    with pytest.raises(ReportgenError):
        check_query(query, "postgresql")


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("SELECT a FROM t; -- all\n;\n", "SELECT a FROM t"),
        ("SELECT '-- x'", "SELECT '-- x'"),
        ("SELECT a FROM t /* x */ ; ", "SELECT a FROM t"),
        ("SELECT transform(a, x -> x + 1) FROM t JOIN u USING (id)", None),
        ("SELECT a FROM t WHERE b = 'x;' -- y", "SELECT a FROM t WHERE b = 'x;'"),
    ],
)
def test_a_query_ends_with_its_last_word(query: str, kept: str | None) -> None:
    """What stands behind would hide what is written around it."""
    assert check_query(query, "spark") == (kept or query)


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
