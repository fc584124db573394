"""The messages of a run as they would arrive, for a person to look at."""

from __future__ import annotations

import base64
import email
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from reportgen.deliver.envelope import addressed
from reportgen.email_settings import EmailSettings
from reportgen.errors import ReportgenError
from reportgen.mail_plan import PEOPLE, Address, addresses_of, batch_of
from reportgen.mailing import read_files
from reportgen.records.mail import WHOLE, Role
from reportgen.render.mail_check import check_message

NOBODY = "recipient@example.org"
"""Stands in To where the settings name nobody."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One message as a person looks at it."""

    role: Role
    subject: str
    recipients: tuple[str, ...]
    content: bytes
    """The whole message, to its first recipient."""
    page: str
    """Its HTML with the pictures in place: for a browser alone, mail programs do not show it so."""
    n_html_bytes: int
    attached: tuple[str, ...]
    faults: tuple[str, ...]


def preview(run: Path, settings: EmailSettings, now: datetime) -> tuple[Shown, ...]:
    """A message for each role that somebody has. Raises ReportgenError (RG-096)."""
    files = read_files(run)
    try:
        people = [one for one in addresses_of(settings, files) if one.channel in PEOPLE]
    except ReportgenError:
        people = []
    roles = list(dict.fromkeys(one.role for one in people))
    groups = [[one for one in people if one.role is role] for role in roles]
    groups = groups or [[Address(Role.COPY, PEOPLE[0], NOBODY, WHOLE)]]
    return tuple(_shown(group, files, run.name, now) for group in groups)


def _shown(group: list[Address], files: dict[str, bytes], period: str, now: datetime) -> Shown:
    batch = batch_of(group[:1], files, period, 0, now)
    parcel = addressed(batch.letters[0], batch.messages[0], is_person=True)
    message = email.message_from_bytes(parcel.content, policy=default)
    assert isinstance(message, EmailMessage)
    html = message.get_body(("html",))
    page = html.get_content() if html else ""
    for part in message.walk():
        if part["Content-ID"]:
            picture = base64.b64encode(part.get_content()).decode()
            page = page.replace(f"cid:{str(part['Content-ID']).strip('<>')}", f"data:image/png;base64,{picture}")
    attached = [(part.get_filename(), len(part.get_content())) for part in message.iter_attachments()]
    return Shown(
        role=group[0].role,
        subject=parcel.subject,
        recipients=tuple(one.recipient for one in group if one.recipient != NOBODY),
        content=parcel.content,
        page=page,
        n_html_bytes=len(html.get_content().encode()) if html else 0,
        attached=tuple(f"{name} ({n_bytes:,} bytes)" for name, n_bytes in attached),
        faults=tuple(check_message(batch.letters[0].content)),
    )
