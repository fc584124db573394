"""The outbox: each message with how far it has come, kept on the disk before the step is taken.

It stands in the history's file. What a power cut or a kill leaves in the middle is told apart here: before the
hand-over nobody has the message, so it is queued again; from the hand-over on nobody can know, so it stays unknown.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, fields
from datetime import datetime
from pathlib import Path
from types import TracebackType

from reportgen.errors import ReportgenError
from reportgen.history._codec import DamagedError
from reportgen.history._file import UnfitError, check_ours, check_whole, connect, create, prepare, settled
from reportgen.history.schema import transaction, version_of
from reportgen.records.mail import Letter, Message, Outcome, Phase, Role, State
from reportgen.records.places import HISTORY_FILE

COLUMNS = tuple(field.name for field in fields(Message))
SELECT = f"SELECT {', '.join(COLUMNS)} FROM message"  # noqa: S608 - our names
INSERT = f"INSERT OR IGNORE INTO message ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"  # noqa: S608
OUTBOX_VERSION = 2
"""The version of the history's file from which on it holds an outbox."""
UNFINISHED = (State.PLANNED, State.QUEUED, State.SENDING, State.UNKNOWN, State.REFUSED)
"""Their letters are kept: they are still to be sent, or a person may ask for it."""
LOST = "the sending was stopped from outside while the message was handed over"


class Outbox:
    """The messages beside the runs in a directory that must be held; closes at the end of a `with`.

    Every method raises ReportgenError (RG-095) where the file does not take what it is told: then nothing may be sent.
    """

    def __init__(self, connection: sqlite3.Connection | None) -> None:
        """None: there is no outbox yet, and nothing is to be kept."""
        self._connection = connection

    def __enter__(self) -> Outbox:
        return self

    def __exit__(self, *_fault: type[BaseException] | BaseException | TracebackType | None) -> None:
        if self._connection:
            self._connection.close()
            self._connection = None

    def add(self, letters: Sequence[Letter], messages: Sequence[Message]) -> int:
        """How many of the messages are new; one that is known by its id stays as it is."""
        with _faults(), transaction(self._open()):
            added = [self._open().execute(INSERT, _row(message)).rowcount for message in messages]
            for letter in letters:
                self._open().execute("INSERT OR IGNORE INTO letter VALUES (?, ?)", (letter.sha256, letter.content))
            self._forget_letters()
        return sum(added)

    def forget_plans(self, period: str) -> None:
        """Messages planned for a report of the period that was never published are no more."""
        with _faults():
            self._open().execute("DELETE FROM message WHERE period = ? AND state = 'planned'", (period,))

    def messages(self, *states: State, period: str = "") -> tuple[Message, ...]:
        """Those in one of the states, or all, the oldest first."""
        if self._connection is None:
            return ()
        with _faults():
            rows = self._connection.execute(f"{SELECT} ORDER BY queued, rowid").fetchall()
        found = map(_message, rows)
        return tuple(m for m in found if (not states or m.state in states) and period in {"", m.period})

    def letter(self, sha256: str) -> Letter:
        with _faults():
            row = self._open().execute("SELECT content FROM letter WHERE sha256 = ?", (sha256,)).fetchone()
        if row is None:
            raise ReportgenError("RG-095", f"The outbox ({HISTORY_FILE}) has lost the text of a message.")
        return Letter(sha256, row[0])

    def recover(self) -> None:
        """Messages that a stopped process left in the middle are queued again, or unknown from the hand-over on."""
        where = "WHERE state = 'sending' AND phase"
        with _faults(), transaction(self._open()):
            lost = (LOST, Phase.HANDOVER)
            self._open().execute(f"UPDATE message SET state = 'unknown', answer = ? {where} = ?", lost)  # noqa: S608
            self._open().execute(f"UPDATE message SET state = 'queued' {where} != ?", (Phase.HANDOVER,))  # noqa: S608

    def begin(self, message_id: str, phase: Phase) -> None:
        """On the disk: the message is being sent, and this is what comes next."""
        begun = "n_tries = n_tries + 1, " if phase is Phase.CONNECT else ""
        self._change(
            f"UPDATE message SET {begun}state = 'sending', phase = ? "  # noqa: S608 - our words
            "WHERE message_id = ? AND state IN ('queued', 'sending')",
            (phase, message_id),
        )

    def end(self, message_id: str, outcome: Outcome, now: datetime, next_try: datetime | None = None) -> None:
        """How the try ended; a final state has its time."""
        ended = None if outcome.state is State.QUEUED else _text(now)
        with _faults(), transaction(self._open()):
            self._change(
                "UPDATE message SET state = ?, answer = ?, next_try = ?, ended = ? "
                "WHERE message_id = ? AND state = 'sending'",
                (outcome.state, outcome.answer, _text(next_try), ended, message_id),
            )
            self._forget_letters()

    def give_up(self, before: datetime, now: datetime, why: str) -> list[str]:
        """The ids of the messages that have waited since before that time: they are refused now."""
        with _faults():
            rows = self._open().execute(
                "UPDATE message SET state = 'refused', answer = ? || answer, ended = ? "
                "WHERE state = 'queued' AND waits_since < ? RETURNING message_id",
                (f"{why}: ", _text(now), _text(before)),
            )
            return [message_id for (message_id,) in rows.fetchall()]

    def decide(self, message_id: str, *, was_sent: bool, now: datetime) -> None:
        """A person's word on a message that is unknown or refused: it was sent, or it is to be sent again."""
        state, ended = (State.SENT, _text(now)) if was_sent else (State.QUEUED, None)
        with _faults(), transaction(self._open()):
            self._change(
                "UPDATE message SET state = ?, answer = 'decided by a person', ended = ?, next_try = NULL, "
                "phase = NULL, waits_since = ?, n_tries = 0 WHERE message_id = ? AND state IN ('unknown', 'refused')",
                (state, ended, _text(now), message_id),
            )
            self._forget_letters()

    def release(self, message_ids: Sequence[str]) -> None:
        """Planned messages whose report is published are queued."""
        with _faults(), transaction(self._open()):
            for message_id in message_ids:
                self._open().execute(
                    "UPDATE message SET state = 'queued' WHERE message_id = ? AND state = 'planned'", (message_id,)
                )

    def _change(self, statement: str, values: Sequence[object]) -> None:
        """One row, or nothing is what it seemed. Raises ReportgenError (RG-095)."""
        with _faults():
            if self._open().execute(statement, tuple(values)).rowcount != 1:
                raise ReportgenError("RG-095", f"The outbox ({HISTORY_FILE}) was changed by another program.")

    def _forget_letters(self) -> None:
        marks = ", ".join("?" * len(UNFINISHED))
        self._open().execute(
            f"DELETE FROM letter WHERE sha256 NOT IN (SELECT letter_sha256 FROM message WHERE state IN ({marks}))",  # noqa: S608
            UNFINISHED,
        )

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            raise ReportgenError("RG-095", "There is no outbox.")
        return self._connection


def open_outbox(out: Path) -> Outbox:
    """The outbox beside the runs in `out`, made if there is none. Raises ReportgenError (RG-095)."""
    place = out / HISTORY_FILE
    with _faults():
        if not os.path.lexists(place):
            create(place)
        connection = settled(place, connect(place))
        check_ours(connection)
        check_whole(connection)
        prepare(connection)
    return Outbox(connection)


def read_outbox(out: Path) -> Outbox:
    """The outbox for reading, also while a run is at work; changes nothing. Raises ReportgenError (RG-095)."""
    place = out / HISTORY_FILE
    if not place.exists():
        return Outbox(None)
    with _faults():
        connection = settled(place, connect(place))
        check_ours(connection)
        check_whole(connection)
        return Outbox(connection if version_of(connection) >= OUTBOX_VERSION else None)


@contextmanager
def _faults() -> Iterator[None]:
    """Turns a fault of the file into the user's sentence. Raises ReportgenError (RG-095)."""
    try:
        yield
    except (sqlite3.Error, OSError, DamagedError, UnfitError) as fault:
        why = str(fault) or "it is damaged"
        raise ReportgenError(
            "RG-095",
            f"The outbox ({HISTORY_FILE}) cannot be used, so nothing is sent: {why}.",
            "Mend the file or its folder; what was queued is sent by: reportgen email flush",
        ) from fault


def _text(time: datetime | None) -> str | None:
    return time.isoformat(timespec="seconds") if time else None


def _time(text: object) -> datetime | None:
    return datetime.fromisoformat(str(text)) if text else None


def _row(message: Message) -> tuple[object, ...]:
    return tuple(_text(value) if isinstance(value, datetime) else value for value in astuple(message))


def _message(row: tuple[object, ...]) -> Message:
    values = dict(zip(COLUMNS, row, strict=True))
    times = {name: _time(values[name]) for name in ("queued", "waits_since", "next_try", "ended")}
    known = {
        "role": Role(str(values["role"])),
        "state": State(str(values["state"])),
        "phase": Phase(str(values["phase"])) if values["phase"] else None,
    }
    return Message(**(values | times | known))  # type: ignore[arg-type]
