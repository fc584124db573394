"""What flows between the outbox and the channels: messages, how far they are, how they ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

WHOLE, SUMMARY = "email.eml", "email_summary.eml"
"""What a run publishes: the message with the PDF, and, where the settings say where the report lies, without."""


class Role(StrEnum):
    """Why somebody gets a message."""

    MANAGEMENT = "management"
    """The findings."""
    ANALYST = "analyst"
    """The findings and the PDF."""
    OPERATOR = "operator"
    """What went wrong, nothing else."""
    COPY = "copy"
    """Asked for by hand, or a place and not a person: a folder, a chat."""


class State(StrEnum):
    """Where a message stands; the last three are final until a person decides."""

    PLANNED = "planned"
    """Its report is not published yet."""
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    """The other side has said that it has it."""
    REFUSED = "refused"
    """The other side has said that it will never take it, or time is up."""
    UNKNOWN = "unknown"
    """It was handed over and nobody has said whether it was taken: never sent again by itself."""


class Phase(StrEnum):
    """What is being done at the moment; kept before it is begun."""

    CONNECT = "connect"
    GREET = "greet"
    ENCRYPT = "encrypt"
    SIGN_IN = "sign in"
    SENDER = "sender"
    RECIPIENT = "recipient"
    DATA = "data"
    BODY = "body"
    HANDOVER = "hand over"
    """From here on the other side may have it: the final dot, the end of a pipe, a request."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One text for many: a message without To, Date and Message-ID."""

    sha256: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Message:
    """One line of the outbox: what goes to one recipient by one channel."""

    message_id: str
    """Without angle brackets; the same for the same run and recipient."""
    period: str
    revision: int
    """0: not known yet, or no run at all."""
    role: Role
    channel: str
    recipient: str
    """An address; a folder; the kind of a chat."""
    subject: str
    letter_sha256: str
    queued: datetime
    """The message's Date, so that it is the same bytes each time."""
    waits_since: datetime
    """When it was queued, or queued again by a person."""
    state: State = State.QUEUED
    phase: Phase | None = None
    """The last that was begun; None: none."""
    n_tries: int = 0
    next_try: datetime | None = None
    """Not before; None: at once."""
    answer: str = ""
    """What the other side said last, or what went wrong."""
    ended: datetime | None = None


@dataclass(frozen=True, slots=True)
class Parcel:
    """A message ready to be handed over."""

    message_id: str
    period: str
    sender: str
    """The address alone."""
    recipient: str
    subject: str
    content: bytes
    """The whole message, CRLF line ends."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one try ended."""

    state: State
    """SENT, REFUSED, UNKNOWN; QUEUED: to be tried again later."""
    answer: str
