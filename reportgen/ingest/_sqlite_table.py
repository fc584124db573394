"""Reads one table or one SELECT of an SQLite file's bytes; runs in the limited child, on a copy in memory."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any

from reportgen.engine.text_decimals import EITHER
from reportgen.errors import ReportgenError
from reportgen.ingest._answer import AnswerWriter
from reportgen.ingest._limits import MAX_COLUMNS
from reportgen.ingest._sql import check_query, too_many_rows
from reportgen.ingest._table_names import FEWEST_PART, PLAIN, SAME_KEYS, SHOWN, likeliest, listed_tables, says_customers
from reportgen.ingest._value_text import value_text
from reportgen.records.table import FEWEST_CUSTOMERS
from reportgen.wording import format_count, join_words, plural, scrub

_JOURNAL_AT, _WAL, _ROLLBACK = slice(18, 20), b"\x02\x02", b"\x01\x01"
"""Where the header says how the file was written; a copy in memory cannot have a log beside it
(sqlite.org/fileformat.html, 1.3.3)."""
MAX_VALUE = 16 << 20
"""Bytes of one value while it is computed; cells are held to less."""
MAX_TABLES = 500
_OPEN = re.compile(EITHER)
SECONDS, STEPS = 2.0, 100_000
"""Processor time, and a second more for each MiB, looked at every so many steps of the database's machine."""
_ALLOWED = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE})
_FORBIDDEN_FUNCTIONS = frozenset({"load_extension", "readfile", "writefile", "edit", "fts3_tokenizer"})
_AGAIN = "Download or export it again."
_ALONE = "Export the table of customers alone, as CSV."
_DENIED = re.compile(r"not authorized|prohibited", re.IGNORECASE)


def parse_sqlite(data: bytes, query: str, wanted: str, when_unsure: str, max_rows: str) -> bytes:
    """The records for `_answer.read_answer`, each with its number in front; facts: names, n_records, table, notes.

    Raises ReportgenError (RG-002, 007, 021, 022, 032, 041, 042).
    """
    notes = []
    if data[_JOURNAL_AT] == _WAL:
        notes.append("The database has a log (-wal) beside it; what stands there alone was not read.")
    connection = _opened(data)
    table = ""
    fixes: list[str] = []
    if query:
        check_query(query, "sqlite")
    else:
        table, others, fixes = _chosen(connection, wanted, when_unsure)
        query = f"SELECT * FROM {_quoted(table)}"  # noqa: S608 - the name is the catalogue's and is quoted
        if others:
            notes.append(f"Table {scrub(table)} was read; left out: {listed_tables(others)}.")
    try:
        seconds = SECONDS + len(data) / 2**20
        return _rows(connection, query, int(max_rows), seconds, table=table, notes=notes, fixes=fixes)
    except sqlite3.Error as fault:
        raise _refusal(fault) from None


def _opened(data: bytes) -> sqlite3.Connection:
    """A connection to the bytes that can do nothing but read them. Raises ReportgenError (RG-032)."""
    connection = sqlite3.connect(":memory:")
    connection.text_factory = lambda text: text.decode("utf-8", "replace")
    try:
        connection.deserialize(data[: _JOURNAL_AT.start] + _ROLLBACK + data[_JOURNAL_AT.stop :])
        for name, value in (("trusted_schema", "OFF"), ("cell_size_check", "ON"), ("temp_store", "MEMORY")):
            connection.execute(f"PRAGMA {name} = {value}")
        connection.execute("PRAGMA query_only = ON")
        found = connection.execute("PRAGMA quick_check(1)").fetchone()
    except (sqlite3.Error, OverflowError) as fault:
        raise _damaged(str(fault)) from None
    if found is None or found[0] != "ok":
        raise _damaged(str(found and found[0]))
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_VALUE)
    return connection


def _allow(action: int, _first: str | None, second: str | None, *_: str | None) -> int:
    """The authorizer: reading and computing, nothing else."""
    is_harmful = action == sqlite3.SQLITE_FUNCTION and (second or "").casefold() in _FORBIDDEN_FUNCTIONS
    return sqlite3.SQLITE_OK if action in _ALLOWED and not is_harmful else sqlite3.SQLITE_DENY


def _chosen(connection: sqlite3.Connection, wanted: str, when_unsure: str) -> tuple[str, list[str], list[str]]:
    """The table to read, what was left out, and what was guessed. Raises ReportgenError (RG-002, 007, 032, 042)."""
    try:
        listed = sorted(connection.execute("PRAGMA table_list").fetchall(), key=itemgetter(1))
        kinds = {name: kind for schema, name, kind, *_ in listed if schema == "main" and not name.startswith("sqlite_")}
        if wanted:
            return _named(kinds, wanted), [], []
        tables = [name for name, kind in kinds.items() if kind == "table"][:MAX_TABLES]
        sizes = {name: _n_rows(connection, name) for name in tables}
    except sqlite3.Error as fault:
        raise _damaged(str(fault)) from None
    filled = sorted((name for name, n in sizes.items() if n), key=lambda name: -sizes[name])
    if not filled:
        raise ReportgenError(
            "RG-002", f"the database holds {'empty tables only' if sizes else 'no table'}.", "Check the export."
        )
    # Of fewer rows no segments are made: they are versions, settings, kinds.
    large = [name for name in filled if sizes[name] >= FEWEST_CUSTOMERS] or filled
    columns = {name: _columns_of(connection, name) for name in filled if sizes[name] >= FEWEST_PART}
    large += [name for name in columns if name not in large and _may_be_meant(name, large[0], columns)]
    views = [name for name, kind in kinds.items() if kind == "view"]
    if when_unsure != "guess":
        _ask(large, views, sizes)
    if len(large) > 1:
        return large[0], [], [f"Of {plural(len(large), 'table')} the largest was taken, {scrub(large[0])}."]
    left_out = [name for name in [*filled, *sizes, *views] if name != large[0]]
    return large[0], [_described(name, sizes) for name in dict.fromkeys(left_out)], []


def _may_be_meant(small: str, large: str, columns: Mapping[str, frozenset[str]]) -> bool:
    """Whether a small table holds customers, too: by its name, or by the columns of a part of them."""
    is_part = len(columns[small] & columns[large]) >= SAME_KEYS * len(columns[small])
    return is_part or says_customers(small) > says_customers(large)


def _columns_of(connection: sqlite3.Connection, name: str) -> frozenset[str]:
    return frozenset(row[1].casefold() for row in connection.execute(f"PRAGMA table_info({_quoted(name)})"))


def _ask(large: Sequence[str], views: Sequence[str], sizes: Mapping[str, int]) -> None:
    """Raises ReportgenError (RG-007) where several tables may be meant, or one that is empty; `large`: largest first.

    Views are not counted: each may compute for hours.
    """
    largest = large[0]
    empty = max((name for name, n in sizes.items() if not n), key=says_customers, default="")
    if len(large) > 1:
        names = [*large, *views]
        raise ReportgenError(
            "RG-007",
            f"the database holds several tables: {listed_tables([_described(name, sizes) for name in names])}.",
            f'Say which one holds the customers: sheet = "{scrub(likeliest(names))}" under [input], for example, or'
            " write a query.",
        )
    if says_customers(empty) >= PLAIN and says_customers(empty) > says_customers(largest):
        raise ReportgenError(
            "RG-007",
            f"table {scrub(empty)} is empty, and {_described(largest, sizes)} is the only other one that may hold"
            " customers.",
            f'Check the export; or, if that one is meant, say so: sheet = "{scrub(largest)}" under [input].',
        )


def _described(name: str, sizes: Mapping[str, int]) -> str:
    """`customers (200 rows)`."""
    if name not in sizes:
        return f"{scrub(name)} (a view)"
    return f"{scrub(name)} ({plural(sizes[name], 'row') if sizes[name] else 'empty'})"


def _named(kinds: dict[str, str], wanted: str) -> str:
    """The table or view that is meant. Raises ReportgenError (RG-042)."""
    name = next((name for name in kinds if name.casefold() == wanted.strip().casefold()), "")
    if not name:
        names = join_words([scrub(name) for name in list(kinds)[:SHOWN]])
        raise ReportgenError(
            "RG-042", f"the database has no table named {scrub(wanted)}.", f"Its tables: {names or 'none'}."
        )
    return name


def _n_rows(connection: sqlite3.Connection, table: str) -> int:
    n: int = connection.execute(f"SELECT count(*) FROM {_quoted(table)}").fetchone()[0]  # noqa: S608 - quoted
    return n


def _rows(connection: sqlite3.Connection, query: str, max_rows: int, seconds: float, **facts: Any) -> bytes:
    """All rows of the query. Raises ReportgenError (RG-021, 022) and what sqlite3 raises."""
    connection.set_authorizer(_allow)
    connection.set_progress_handler(lambda: time.process_time() > seconds, STEPS)
    cursor = connection.execute(query)
    names = [column[0] for column in cursor.description or ()]
    if len(names) > MAX_COLUMNS:
        raise ReportgenError("RG-021", f"the query gives {format_count(len(names))} columns.", "Name fewer columns.")
    writer, n_lost, at, n_open = AnswerWriter(), 0, 0, [0] * len(names)
    for at, values in enumerate(cursor, start=1):
        if at > max_rows:
            raise too_many_rows(max_rows)
        row: list[str | None] = [str(at)]
        for place, value in enumerate(values):
            text, is_lost = value_text(value)
            row.append(text)
            n_lost += is_lost
            n_open[place] += isinstance(value, str) and bool(_OPEN.match(value))
        writer.add(row)
    if n_lost:
        facts["notes"] = [*facts["notes"], f"{plural(n_lost, 'value')} read as empty, being bytes or infinite."]
    return writer.answer(names=names, n_open=n_open, n_records=at, **facts)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _refusal(fault: sqlite3.Error) -> ReportgenError:
    text = str(fault)
    if text == "interrupted":
        return ReportgenError("RG-031", "the query takes far longer than the size of the database explains.", _ALONE)
    if "too big" in text:
        return ReportgenError("RG-022", "the query makes a value that is too large.", _ALONE)
    if isinstance(fault, sqlite3.DatabaseError) and not isinstance(fault, sqlite3.OperationalError):
        if _DENIED.search(text):
            return ReportgenError(
                "RG-041", f"the query does more than read: {scrub(text, 80)}.", "Write one SELECT over its tables."
            )
        return _damaged(text)
    if text.startswith("no such table"):
        return ReportgenError("RG-042", f"the database has {scrub(text, 80)}.", "Check the name of the table.")
    if "disk image is malformed" in text:
        return _damaged(text)
    return ReportgenError("RG-041", f"the database cannot answer the query: {scrub(text, 80)}.", "Check the query.")


def _damaged(what: str) -> ReportgenError:
    return ReportgenError("RG-032", f"the database is damaged: {scrub(what, 80)}.", _AGAIN)
