"""The tables of the history, and how an older file is brought up to them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

APPLICATION_ID = 0x52474831
"""`RGH1` in the file's header: tells a history from any other SQLite file."""

MONTHS = (
    """
    CREATE TABLE month (
        id INTEGER PRIMARY KEY,
        period TEXT NOT NULL,
        revision INTEGER NOT NULL CHECK (revision >= 1),
        source_name TEXT NOT NULL,
        source_sha256 TEXT NOT NULL,
        settings_digest TEXT NOT NULL,
        software TEXT NOT NULL,
        verdict TEXT NOT NULL,
        n_records INTEGER NOT NULL,
        n_customers INTEGER NOT NULL,
        value_total REAL,
        columns TEXT NOT NULL,
        segments TEXT NOT NULL,
        model TEXT,
        next_identity INTEGER NOT NULL,
        baseline TEXT NOT NULL,
        based_on TEXT NOT NULL,
        key_mark TEXT NOT NULL,
        seal TEXT NOT NULL,
        UNIQUE (period, revision)
    )
    """,
    """
    CREATE TABLE customers (
        month INTEGER PRIMARY KEY REFERENCES month (id),
        keys BLOB NOT NULL,
        identities BLOB NOT NULL,
        seal TEXT NOT NULL
    )
    """,
)

OUTBOX = (
    """
    CREATE TABLE letter (
        sha256 TEXT PRIMARY KEY,
        content BLOB NOT NULL
    )
    """,
    """
    CREATE TABLE message (
        message_id TEXT PRIMARY KEY,
        period TEXT NOT NULL,
        revision INTEGER NOT NULL,
        role TEXT NOT NULL,
        channel TEXT NOT NULL,
        recipient TEXT NOT NULL,
        subject TEXT NOT NULL,
        letter_sha256 TEXT NOT NULL,
        queued TEXT NOT NULL,
        waits_since TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('planned', 'queued', 'sending', 'sent', 'refused', 'unknown')),
        phase TEXT,
        n_tries INTEGER NOT NULL,
        next_try TEXT,
        answer TEXT NOT NULL,
        ended TEXT
    )
    """,
)

MIGRATIONS: tuple[tuple[str, ...], ...] = (MONTHS, OUTBOX)
"""Statements that bring a file from each version to the next; a new version is one more entry, old ones stay."""


def version_of(connection: sqlite3.Connection) -> int:
    """How many of the migrations the file has been through."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All that is done inside or nothing of it. Raises what is raised inside, and sqlite3.Error."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk has rolled back already
            connection.execute("ROLLBACK")
        raise


def migrate(connection: sqlite3.Connection) -> None:
    """Brings the file up to the newest version in one transaction; leaves a file of that version alone."""
    with transaction(connection):
        for statements in MIGRATIONS[version_of(connection) :]:
            for statement in statements:
                connection.execute(statement)
        if version_of(connection) < len(MIGRATIONS):
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
