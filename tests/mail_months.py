"""Messages for the tests of sending, without a run behind them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from reportgen.deliver.envelope import letter_of, message_id_of
from reportgen.email_settings import EmailSettings
from reportgen.history.outbox import open_outbox, read_outbox
from reportgen.records.mail import Letter, Message, Role, State

NOW = datetime(2026, 11, 1, 6, tzinfo=UTC)
PEOPLE = ("ann@example.org", "bob@example.org")
HEAD = (
    b"From: Segments <segments@example.org>\r\nSubject: October 2026: {n}\r\nMessage-ID: <published@example.org>\r\n"
    b"MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\n"
)
LINE = b".a line that begins with a dot and is as long as the lines of a message are\r\n"
N_LINES = 4000
"""300 kB, so that a server can drop in the middle."""


def some_letter(name: str = "findings", n_lines: int = N_LINES) -> Letter:
    return letter_of(HEAD.replace(b"{n}", name.encode()) + LINE * n_lines)


def local(port: int, **changed: object) -> EmailSettings:
    """Settings for a server on this machine that waits for nobody long."""
    values = {"server": "127.0.0.1", "port": port, "security": "none"} | changed
    values.setdefault("retry", {"reply_seconds": 3, "accept_seconds": 3})
    return EmailSettings.model_validate(values)


def queue(out: Path, letter: Letter, people: Sequence[str] = PEOPLE, now: datetime = NOW) -> tuple[Message, ...]:
    """A message for each of them, in the outbox."""
    subject = "October 2026: findings"
    messages = tuple(
        Message(
            message_id_of(letter, one), "2026-10", 1, Role.MANAGEMENT, "smtp", one, subject, letter.sha256, now, now
        )
        for one in people
    )
    with open_outbox(out) as outbox:
        outbox.add([letter], messages)
    return messages


def states(out: Path) -> dict[str, State]:
    """Message-ID → where it stands."""
    with read_outbox(out) as outbox:
        return {message.message_id: message.state for message in outbox.messages()}
