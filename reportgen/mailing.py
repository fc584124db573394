"""Sends what the outbox holds, and settles what was stopped; every step is on the disk before it is taken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from reportgen.deliver.channels.base import CHANNELS
from reportgen.deliver.envelope import addressed, letter_of
from reportgen.deliver.lock import exclusive
from reportgen.email_settings import EmailSettings
from reportgen.errors import ReportgenError
from reportgen.history.outbox import Outbox, open_outbox
from reportgen.history.store import read_history
from reportgen.mail_plan import Address, batch_of, failure_batch
from reportgen.records.mail import SUMMARY, WHOLE, Message, Outcome, Phase, Role, State

Say = Callable[[str], None]


def tell_operators(out: Path, settings: EmailSettings, period: str, sentences: Sequence[str], now: datetime) -> int:
    """How many messages to operators are newly queued. Raises ReportgenError (RG-095)."""
    batch = failure_batch(settings, period, sentences, now)
    if batch is None:
        return 0
    with exclusive(out), open_outbox(out) as outbox:
        return outbox.add(batch.letters, batch.messages)


class _Journal:
    """A channel's journal: each phase and the outcome, on the disk."""

    def __init__(self, outbox: Outbox, message_id: str, settings: EmailSettings, now: datetime) -> None:
        self._outbox, self._message_id, self._now = outbox, message_id, now
        self._next = now + timedelta(minutes=settings.retry.minutes)

    def begin(self, phase: Phase) -> None:
        self._outbox.begin(self._message_id, phase)

    def end(self, outcome: Outcome) -> None:
        waits = outcome.state is State.QUEUED
        self._outbox.end(self._message_id, outcome, self._now, self._next if waits else None)


def flush(out: Path, settings: EmailSettings, now: datetime, say: Say) -> tuple[Message, ...]:
    """Sends what is queued and due, and returns each message whose state it has touched, as it stands now.

    What a stopped process left is settled first. Failures are told to operators, in messages of their own.
    Raises ReportgenError (RG-073, RG-090, RG-095, RG-098): then nothing more is tried, and nothing is lost.
    """
    with exclusive(out), open_outbox(out) as outbox:
        _release_published(outbox, out)
        lost = [message.message_id for message in outbox.messages(State.SENDING)]
        outbox.recover()
        why = f"given up after {settings.retry.days} days"
        late = outbox.give_up(now - timedelta(days=settings.retry.days), now, why)
        tried = [*lost, *late, *_send_due(outbox, settings, now, say)]
        ended = tuple(message for message in outbox.messages() if message.message_id in tried)
        failed = [message for message in ended if _is_failure(message)]
        told = [_told(message) for message in failed]
        if failed and (batch := failure_batch(settings, failed[0].period, told, now)):
            outbox.add(batch.letters, batch.messages)
            _send_due(outbox, settings, now, say)
        return ended


def _is_failure(message: Message) -> bool:
    return message.state in {State.REFUSED, State.UNKNOWN} and message.role is not Role.OPERATOR


def _told(message: Message) -> str:
    is_unknown = message.state is State.UNKNOWN
    decide = (
        f"Decide with: reportgen email resolve {message.message_id} --mark-sent, or --resend." if is_unknown else ""
    )
    return f"{message.recipient}: {message.state}, {message.answer}. Message-ID {message.message_id}. {decide}"


def _send_due(outbox: Outbox, settings: EmailSettings, now: datetime, say: Say) -> list[str]:
    """The ids of the messages that were tried."""
    tried = []
    for message in outbox.messages(State.QUEUED):
        if message.next_try is not None and message.next_try > now:
            continue
        channel = CHANNELS[message.channel]
        parcel = addressed(outbox.letter(message.letter_sha256), message, is_person=channel.reaches_people)
        channel.check(settings)
        say(f"Sending to {message.recipient}")
        tried.append(message.message_id)
        channel.deliver(parcel, settings, _Journal(outbox, message.message_id, settings, now))
    return tried


def _release_published(outbox: Outbox, out: Path) -> None:
    """Planned messages whose report has been published since are queued."""
    planned = outbox.messages(State.PLANNED)
    shown = {
        period: {letter_of(content).sha256 for content in read_files(out / period).values()}
        for period in {message.period for message in planned}
    }
    outbox.release([message.message_id for message in planned if message.letter_sha256 in shown[message.period]])


def read_files(run: Path) -> dict[str, bytes]:
    """The messages of a published run by their file names."""
    return {name: (run / name).read_bytes() for name in (WHOLE, SUMMARY) if (run / name).is_file()}


def queue_run(run: Path, addresses: Sequence[Address], now: datetime, *, is_again: bool = False) -> tuple[Message, ...]:
    """Puts a published run's messages into the outbox; returns those that were not sent or queued before.

    Raises ReportgenError (RG-081, RG-095, RG-096).
    """
    out, period, files = run.resolve().parent, run.resolve().name, read_files(run)
    with read_history(out) as history:
        revision = max((month.revision for month in history.months if month.period == period), default=0)
    with exclusive(out), open_outbox(out) as outbox:
        again = len(outbox.messages(period=period)) if is_again else 0
        batch = batch_of(addresses, files, period, revision, now, again)
        known = {message.message_id for message in outbox.messages()}
        outbox.add(batch.letters, batch.messages)
    return tuple(message for message in batch.messages if message.message_id not in known)


def decide(out: Path, message_id: str, *, was_sent: bool, now: datetime) -> Message:
    """A person's word on a message. Raises ReportgenError (RG-094, RG-095)."""
    wanted = message_id.strip("<>")
    with exclusive(out), open_outbox(out) as outbox:
        found = next((message for message in outbox.messages() if message.message_id == wanted), None)
        if found is None:
            raise ReportgenError(
                "RG-094",
                f"The outbox has no message {wanted}.",
                "List them with: reportgen email outbox",
            )
        if found.state not in {State.UNKNOWN, State.REFUSED}:
            raise ReportgenError("RG-094", f"The message {wanted} is {found.state}: there is nothing to decide.")
        outbox.decide(wanted, was_sent=was_sent, now=now)
    return replace(found, state=State.SENT if was_sent else State.QUEUED)
