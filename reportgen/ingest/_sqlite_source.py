"""Takes one consistent copy of an SQLite database that others may be writing to."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from urllib.parse import quote

from sqlalchemy.engine import URL

from reportgen.errors import ReportgenError
from reportgen.ingest._limits import MAX_BYTES
from reportgen.wording import format_count, scrub

BUSY_SECONDS = 10
"""A writer's lock is held for moments."""


def sqlite_bytes(address: URL) -> bytes:
    """The database as one state of it, its log included. Raises ReportgenError (RG-021, 032, 042, 044)."""
    path = Path(address.database or "")
    if not address.database or not path.is_file():
        raise ReportgenError("RG-042", f"there is no database {scrub(path.name)}.", f"Looked at: {scrub(path)}")
    if path.stat().st_size > MAX_BYTES:
        raise ReportgenError("RG-021", f"the database holds more than {format_count(MAX_BYTES >> 20)} MiB.", "")
    uri = f"file:{quote(str(path.resolve()))}?mode=ro"
    try:
        connection = sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS)
        try:
            connection.execute("BEGIN")
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()  # takes the snapshot
            data = connection.serialize()
        finally:
            connection.close()
    except sqlite3.OperationalError as fault:
        code = "RG-044" if "locked" in str(fault) or "busy" in str(fault) else "RG-032"
        raise ReportgenError(code, f"the database cannot be opened: {scrub(fault, 80)}.", "Try again later.") from None
    except sqlite3.DatabaseError as fault:
        raise ReportgenError(
            "RG-032", f"the database is damaged: {scrub(fault, 80)}.", "Restore it from a backup."
        ) from None
    return data[:18] + b"\x01\x01" + data[20:]  # what its log held is in the copy: see _sqlite_table
