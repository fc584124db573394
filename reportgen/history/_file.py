"""The history's file: made, opened, checked, set aside."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from reportgen.history._codec import DamagedError
from reportgen.history.keys import OWNER_ONLY, free_place
from reportgen.history.schema import APPLICATION_ID, MIGRATIONS, migrate, version_of

PATIENCE_SECONDS = 1.0
"""How long a file that another program holds is waited for: runs exclude one another, so it is a backup or a viewer."""
NEW = ".history-new"
"""Where a new file is made, so that it appears with its tables or not at all."""
PRAGMAS = ("trusted_schema = OFF", "foreign_keys = ON", "synchronous = FULL", "user_version")
"""The last one reads, so that a file that cannot be read is known at once."""
COMPANIONS = ("", "-wal", "-shm", "-journal")
"""What SQLite keeps beside a file and needs with it."""


class UnfitError(Exception):
    """A file that is well, but not ours to use; says why."""


def create(place: Path) -> None:
    """A new history, empty, for its owner alone; must not exist. Raises OSError, sqlite3.Error."""
    new = place.with_name(NEW)
    for companion in COMPANIONS:
        beside(new, companion).unlink(missing_ok=True)
        if companion:  # of a file that is gone: SQLite would write its pages into the new one
            beside(place, companion).unlink(missing_ok=True)
    os.close(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY))
    with closing(settled(new, connect(new))) as connection:
        migrate(connection)
    new.rename(place)


def connect(place: Path, how: str = "mode=rw") -> sqlite3.Connection:
    """The file opened, nothing read yet. Raises sqlite3.Error."""
    connection = sqlite3.connect(
        f"{place.absolute().as_uri()}?{how}", uri=True, timeout=PATIENCE_SECONDS, isolation_level=None
    )
    connection.text_factory = lambda text: text.decode("utf-8", "surrogateescape")  # the seal tells damaged text
    return connection


def settled(place: Path, connection: sqlite3.Connection) -> sqlite3.Connection:
    """The connection ready to be used, or another that only reads. Raises sqlite3.Error, and closes nothing then."""
    try:
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}").fetchall()
    except sqlite3.OperationalError as fault:
        is_unwritable = is_fault(fault, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
        if not is_unwritable or _size(beside(place, "-wal")) > 0:
            raise
        connection.close()
        return connect(place, "mode=ro&immutable=1")  # SQLite makes no log where it cannot write
    return connection


def check_ours(connection: sqlite3.Connection) -> None:
    """Raises UnfitError for a file of another program or of a newer reportgen, DamagedError for an empty one."""
    if connection.execute("PRAGMA page_count").fetchone()[0] == 0:
        raise DamagedError  # a history appears with its tables
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise UnfitError("was not made by reportgen")
    if version_of(connection) > len(MIGRATIONS):
        raise UnfitError("was written by a newer reportgen")


def check_whole(connection: sqlite3.Connection) -> None:
    """Raises DamagedError, sqlite3.Error."""
    if version_of(connection) < 1 or connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise DamagedError


def prepare(connection: sqlite3.Connection) -> None:
    """Makes sure that the file can be written, and brings it up to this version. Raises sqlite3.Error."""
    connection.execute("PRAGMA journal_mode = WAL")
    migrate(connection)
    connection.execute("BEGIN IMMEDIATE")
    try:  # a file that must not be written says so at the first write
        connection.execute(f"PRAGMA user_version = {version_of(connection)}")
    finally:
        connection.execute("ROLLBACK")


def set_aside(place: Path, connection: sqlite3.Connection | None) -> str:
    """The name under which the damaged file is kept now, with what SQLite has beside it. Raises OSError."""
    if connection and os.name == "nt":
        connection.close()  # an open file cannot be renamed there
    kept = free_place(place, COMPANIONS)
    for companion in COMPANIONS[::-1]:  # the file itself last: until then the next start finds the rest of it
        if os.path.lexists(beside(place, companion)):
            beside(place, companion).rename(beside(kept, companion))
    if connection:
        connection.close()  # after its file has moved, so that SQLite writes nothing more into it
    return kept.name


def is_fault(fault: sqlite3.Error, *codes: int) -> bool:
    """Whether it is one of SQLite's primary result codes."""
    return getattr(fault, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF in codes


def beside(place: Path, companion: str) -> Path:
    return place.with_name(place.name + companion)


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
