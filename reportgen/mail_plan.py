"""Decides which messages a month makes: who gets which, by what way, and whether it is their time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Protocol

from reportgen.config import Settings
from reportgen.deliver.channels.base import CHANNELS
from reportgen.deliver.envelope import bare_address, failure_letter, letter_of, message_id_of, subject_of
from reportgen.email_settings import EmailSettings
from reportgen.engine.base import Engine
from reportgen.errors import ReportgenError
from reportgen.history.outbox import Outbox, open_outbox
from reportgen.history.store import History
from reportgen.records.mail import SUMMARY, WHOLE, Letter, Message, Role, State
from reportgen.records.study import Document, Study
from reportgen.records.table import CleanTable
from reportgen.render.mail_check import check_message
from reportgen.verify.stage import check_made

PEOPLE = ("smtp", "sendmail")
"""Channels to people, the first that the settings name is used."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What is put into the outbox at once."""

    letters: tuple[Letter, ...]
    messages: tuple[Message, ...]


class Made(Protocol):
    """What a report was made from: the pipeline's Analysis."""

    @property
    def table(self) -> CleanTable: ...

    @property
    def study(self) -> Study: ...


@dataclass(frozen=True, slots=True)
class Wish:
    """That a run mails what it makes."""

    now: datetime
    is_again: bool = False
    """Also a new revision of a month that was made before."""


@dataclass(frozen=True, slots=True)
class Address:
    """One line of the plan."""

    role: Role
    channel: str
    recipient: str
    file: str


def addresses_of(settings: EmailSettings, files: Mapping[str, bytes]) -> tuple[Address, ...]:
    """Who gets which of the run's messages; each person once, analysts' first. Raises ReportgenError (RG-090)."""
    summary = SUMMARY if SUMMARY in files else WHOLE
    found: dict[str, Address] = {}
    for name in settings.channels:
        if not CHANNELS[name].reaches_people:
            place = CHANNELS[name].place(settings)
            found.setdefault(name, Address(Role.COPY, name, place, WHOLE if name == "folder" else summary))
            continue
        for person in settings.audiences.analysts:
            found.setdefault(bare_address(person).casefold(), Address(Role.ANALYST, name, person, WHOLE))
        for person in (*settings.audiences.management, *settings.recipients):
            found.setdefault(bare_address(person).casefold(), Address(Role.MANAGEMENT, name, person, summary))
    if not found:
        raise ReportgenError(
            "RG-090",
            "The settings name nobody who gets the e-mail.",
            'Write management = ["name@example.org"] under [email.audiences].',
        )
    return tuple(found.values())


def copies_for(people: Sequence[str], settings: EmailSettings) -> tuple[Address, ...]:
    """The whole message for each of these. Raises ReportgenError (RG-060, RG-090)."""
    way = next((name for name in settings.channels if name in PEOPLE), "")
    if not way:
        raise ReportgenError("RG-090", "None of the channels leads to people.", 'Add "smtp" to channels under [email].')
    return tuple(
        Address(Role.COPY, way, person, WHOLE) for person in {bare_address(one): one for one in people}.values()
    )


def check_ways(settings: Settings) -> None:
    """Raises ReportgenError if the settings do not say how to send, or what; asks no server."""
    if "email" not in settings.report.formats:
        raise ReportgenError("RG-090", "An e-mail cannot be sent that is not made.", 'Add "email" to the formats.')
    for name in settings.email.channels:
        CHANNELS[name].check(settings.email)


def batch_of(  # noqa: PLR0917 - all that makes a message what it is
    addresses: Sequence[Address], files: Mapping[str, bytes], period: str, revision: int, now: datetime, again: int = 0
) -> Batch:
    """A message for each address. Raises ReportgenError (RG-096) for one that fails the check."""
    letters = {name: letter_of(files[name]) for name in {address.file for address in addresses}}
    for name, letter in letters.items():
        if faults := check_message(letter.content):
            raise ReportgenError("RG-096", f"{name} of {period} is not sent: {'; '.join(faults)}.")
    messages = [
        Message(
            message_id=message_id_of(letters[address.file], bare_recipient(address), again),
            period=period,
            revision=revision,
            role=address.role,
            channel=address.channel,
            recipient=address.recipient,
            subject=subject_of(letters[address.file]),
            letter_sha256=letters[address.file].sha256,
            queued=now.replace(microsecond=0),
            waits_since=now.replace(microsecond=0),
        )
        for address in addresses
    ]
    return Batch(tuple(letters.values()), tuple(messages))


def bare_recipient(address: Address) -> str:
    return bare_address(address.recipient) if address.channel in PEOPLE else f"{address.channel}:{address.recipient}"


def failure_batch(settings: EmailSettings, period: str, sentences: Sequence[str], now: datetime) -> Batch | None:
    """What tells the operators, the same failure once a day; None where nobody is named or no way leads to people."""
    way = next((name for name in settings.channels if name in PEOPLE), "")
    if not way or not settings.audiences.operators:
        return None
    title = f"{period}: the customer report needs you ({now:%Y-%m-%d})"
    letter = failure_letter(title, sentences, settings.sender)
    messages = tuple(
        Message(
            message_id=message_id_of(letter, bare_address(person)),
            period=period,
            revision=0,
            role=Role.OPERATOR,
            channel=way,
            recipient=person,
            subject=title,
            letter_sha256=letter.sha256,
            queued=now.replace(microsecond=0),
            waits_since=now.replace(microsecond=0),
        )
        for person in settings.audiences.operators
    )
    return Batch((letter,), messages)


def plan_mail(  # noqa: PLR0917 - what publishing has at hand
    wish: Wish,
    documents: Sequence[Document],
    out: Path,
    history: History,
    made: Made,
    settings: Settings,
    engine: Engine,
) -> tuple[str, ReportgenError | None]:
    """Puts the messages of a report that is about to be published into the outbox; (what to say, why it failed).

    They go out once the report is published. A month that was made before is mailed again only if that is wished;
    whether one was mailed whose history is lost is not known, so a person decides. The report is made in any case.
    """
    period = made.study.facts.period
    revisions = [month.revision for month in history.months if month.period == period]
    files = {document.name: document.content for document in documents if document.name in {WHOLE, SUMMARY}}
    try:
        with open_outbox(out) as outbox:
            was_planned = bool(outbox.messages(State.PLANNED, period=period))
            if revisions and not wish.is_again and not was_planned:
                return f"{period} was made before, so this revision is not mailed; to mail it, add --resend.", None
            refuse_false_claims(documents, made, engine)
            outbox.forget_plans(period)
            batch = batch_of(
                addresses_of(settings.email, files), files, period, 1 + max(revisions, default=0), wish.now
            )
            is_lost = not (revisions or was_planned or wish.is_again) and (out / period).exists()
            return _planned(outbox, batch, period, is_lost=is_lost), None
    except ReportgenError as fault:
        return f"{period} is not mailed: {fault.sentence}", fault


def refuse_false_claims(documents: Sequence[Document], made: Made, engine: Engine) -> None:
    """Raises ReportgenError (RG-096) if a number of the report does not come out again from its customers."""
    study_json = next((document.content for document in documents if document.name == "study.json"), b"")
    false = [check for check in check_made(study_json, made.table, made.study, engine) if not check.ok]
    if false:
        raise ReportgenError(
            "RG-096",
            f"{len(false)} claims do not hold, the first: {false[0].name} ({false[0].sentence}).",
            "Nobody has the e-mail; look at the report.",
        )


def _planned(outbox: Outbox, batch: Batch, period: str, *, is_lost: bool) -> str:
    state = State.UNKNOWN if is_lost else State.PLANNED
    answer = f"{period} was published before, and the history that would tell whether it was mailed is gone"
    said = answer if is_lost else ""
    outbox.add(batch.letters, [replace(message, state=state, answer=said) for message in batch.messages])
    return f"{answer}: decide with reportgen email resolve." if is_lost else ""
