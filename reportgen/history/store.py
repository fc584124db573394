"""What is kept of the months: one SQLite file beside the runs, never a row of an export and never an id.

Whatever has happened to the file, a report can be made: `trouble` says what is wrong, and nothing here raises.
"""

from __future__ import annotations

import os
import sqlite3
import zlib
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from types import TracebackType

import numpy as np

from reportgen.history._codec import STORED, DamagedError, blobs_of, customers_of, month_of, row_of
from reportgen.history._file import (
    UnfitError,
    check_ours,
    check_whole,
    connect,
    create,
    is_fault,
    prepare,
    set_aside,
    settled,
)
from reportgen.history.keys import customer_keys, key_mark
from reportgen.history.schema import MIGRATIONS, transaction, version_of
from reportgen.records.history import Month, Past
from reportgen.records.places import HISTORY_FILE, KEY_FILE

__all__ = ["History", "customer_keys", "open_history", "read_history"]

ADD_MONTH = f"INSERT INTO month ({', '.join(STORED)}, seal) VALUES ({', '.join('?' * (len(STORED) + 1))})"  # noqa: S608 - our names
ADD_CUSTOMERS = "INSERT INTO customers (month, keys, identities, seal) VALUES (?, ?, ?, ?)"
MONTHS = f"SELECT {', '.join(STORED)}, seal FROM month ORDER BY period, revision"  # noqa: S608 - our names
CUSTOMERS = """SELECT keys, identities, customers.seal FROM customers JOIN month ON month.id = customers.month
WHERE period = ? AND revision = ?"""


class History:
    """The months that are kept, and the way to keep one more; closes at the end of a `with`."""

    def __init__(
        self,
        out: Path,
        connection: sqlite3.Connection | None = None,
        months: tuple[Month, ...] = (),
        trouble: str = "",
        *,
        can_remember: bool = True,
    ) -> None:
        self._out, self._connection = out, connection
        self.months = months
        """Every revision, by rising period and revision, without customers."""
        self.trouble = trouble
        """What is wrong with the history, in a sentence or two; empty if all is well."""
        self.can_remember = can_remember

    def __enter__(self) -> History:
        return self

    def __exit__(self, *_fault: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        if self._connection:
            self._connection.close()
            self._connection = None

    def past(self, period: str) -> Past | None:
        """The newest revision of each month before `period`, the last one with its customers; None without any.

        The last one comes without customers where they are under another secret than the one of now.
        """
        newest = [month for month in self._newest() if month.period < period]
        if not newest:
            return None
        last = newest[-1]
        is_followed = last.key_mark and last.key_mark == key_mark(self._out)
        return Past((*newest[:-1], self._with_customers(last) if is_followed else last))

    def month(self, period: str, revision: int | None = None) -> Month | None:
        """That revision of a month, or its newest, with its customers; None if it is not kept."""
        found = [month for month in self.months if month.period == period and revision in (None, month.revision)]
        return self._with_customers(found[-1]) if found else None

    def same_run(self, period: str, source_sha256: str, settings_digest: str, software: str) -> Month | None:
        """The newest revision of the month if it was made from the same input, without its customers."""
        newest = next((month for month in self._newest() if month.period == period), None)
        made_from = (source_sha256, settings_digest, software)
        return newest if newest and _made_from(newest) == made_from else None

    def remember(self, month: Month) -> Month:
        """The month with its revision, kept: one more than the newest, or that of the same run, which adds nothing.

        Where it cannot be kept, `trouble` says why and the file is as it was.
        """
        same = self.same_run(month.period, *_made_from(month))
        newest = max((kept.revision for kept in self.months if kept.period == month.period), default=0)
        if same and same.based_on == month.based_on:
            return replace(month, revision=same.revision, key_mark=same.key_mark)
        mark = key_mark(self._out) if len(month.keys) else ""
        kept = replace(month, revision=newest + 1, key_mark=mark)
        if self.can_remember:
            try:
                self._add(kept)
            except (sqlite3.Error, OSError) as fault:
                self._say(f"{month.period} could not be kept in the history ({HISTORY_FILE}): {fault}.")
                self.can_remember = False
        return kept

    def _newest(self) -> list[Month]:
        """The newest revision of each month."""
        return [list(revisions)[-1] for _, revisions in groupby(self.months, key=lambda month: month.period)]

    def _with_customers(self, month: Month) -> Month:
        """The month with keys and identities; without, and said, where they are not what was written."""
        try:
            row = self._connected().execute(CUSTOMERS, (month.period, month.revision)).fetchone()
            keys, identities = customers_of(*row) if row else (month.keys, month.identities)
        except (sqlite3.Error, DamagedError, zlib.error, TypeError):
            self._say(f"The customers of {month.period} in the history are damaged and cannot be followed.")
            return month
        return replace(month, keys=keys, identities=identities)

    def _add(self, month: Month) -> None:
        """One transaction. Raises sqlite3.Error, OSError."""
        connection = self._connected()
        with transaction(connection):
            added = connection.execute(ADD_MONTH, row_of(month)).lastrowid
            if len(month.keys):
                connection.execute(ADD_CUSTOMERS, (added, *blobs_of(month)))
        bare = replace(month, keys=np.empty(0, month.keys.dtype), identities=np.empty(0, np.int32))
        self.months = tuple(sorted((*self.months, bare), key=lambda kept: (kept.period, kept.revision)))

    def _connected(self) -> sqlite3.Connection:
        """The open file, made if there is none. Raises sqlite3.Error, OSError."""
        if self._connection is None:
            place = self._out / HISTORY_FILE
            if not os.path.lexists(place):
                create(place)
            self._connection = settled(place, connect(place))
            prepare(self._connection)
        return self._connection

    def _say(self, sentence: str) -> None:
        self.trouble = f"{self.trouble} {sentence}".strip()


def _made_from(month: Month) -> tuple[str, str, str]:
    return month.source_sha256, month.settings_digest, month.software


def open_history(out: Path) -> History:
    """The history beside the runs in `out`, which must be held; never raises.

    A damaged file is set aside under a new name, and the history begins anew. One that is of a newer version or of
    another program is left alone. One that cannot be written is read.
    """
    return _opened(out, is_held=True)


def read_history(out: Path) -> History:
    """The history for reading, also while a run is at work; never raises, changes nothing, keeps nothing."""
    return _opened(out, is_held=False)


def _opened(out: Path, *, is_held: bool) -> History:
    place, connection = out / HISTORY_FILE, None
    if not place.exists():
        return History(out, can_remember=is_held)
    try:
        connection = connect(place)
        connection = settled(place, connection)
        check_ours(connection)
        check_whole(connection)
        why = _why_not_written(connection) if is_held else ""
        history = History(out, connection, _months(connection), why, can_remember=is_held and not why)
    except (sqlite3.Error, DamagedError, UnfitError) as fault:
        return _unopened(out, connection, fault, is_held=is_held)
    _check_key(history)
    return history


def _why_not_written(connection: sqlite3.Connection) -> str:
    """Brings the file up to this version; why nothing can be kept in it, empty if it can. Raises sqlite3.Error."""
    try:
        prepare(connection)
    except sqlite3.OperationalError as fault:
        if version_of(connection) < len(MIGRATIONS) or is_fault(fault, sqlite3.SQLITE_ERROR):
            raise
        locked = is_fault(fault, sqlite3.SQLITE_BUSY)
        why = "another program holds it" if locked else "it cannot be written"
        return f"This month is not kept in the history ({HISTORY_FILE}): {why}."
    return ""


def _months(connection: sqlite3.Connection) -> tuple[Month, ...]:
    """Every month of the file. Raises DamagedError, UnfitError, sqlite3.Error."""
    try:
        return tuple(month_of(row) for row in connection.execute(MONTHS))
    except (KeyError, TypeError, ValueError):
        raise UnfitError("holds months that this reportgen cannot read") from None
    except sqlite3.OperationalError as fault:
        if not is_fault(fault, sqlite3.SQLITE_ERROR):
            raise
        if version_of(connection) < len(MIGRATIONS):
            raise UnfitError("is of an older reportgen until the next run") from None
        raise DamagedError from None  # a table is not as it was made


def _unopened(out: Path, connection: sqlite3.Connection | None, fault: Exception, *, is_held: bool) -> History:
    """A history without months that says why; a damaged file is set aside if the directory is held."""
    is_damaged = isinstance(fault, DamagedError) or (
        isinstance(fault, sqlite3.Error) and is_fault(fault, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
    )
    said = f"The history ({HISTORY_FILE}) "
    if is_damaged and is_held:
        try:
            name = set_aside(out / HISTORY_FILE, connection)
        except OSError as stuck:
            fault = stuck
        else:
            return History(out, trouble=f"{said}was damaged and is kept as {name}; the months before are not known.")
    if connection:
        connection.close()
    why = "is damaged" if is_damaged else f"cannot be used: it {_why(fault)}"
    return History(out, trouble=f"{said}{why}; the months before are not known.", can_remember=False)


def _why(fault: Exception) -> str:
    if isinstance(fault, UnfitError):
        return str(fault)
    if isinstance(fault, sqlite3.Error) and is_fault(fault, sqlite3.SQLITE_BUSY):
        return "is held by another program"
    return f"does not open ({fault})"


def _check_key(history: History) -> None:
    """Says so where the secret that made the newest month's keys is gone."""
    followed = [month for month in history.months if month.key_mark]
    if followed and followed[-1].key_mark != key_mark(history._out):
        history._say(
            f"The secret that tells customers again ({KEY_FILE}) is not the one of {followed[-1].period}: "
            "that month's customers cannot be followed."
        )
