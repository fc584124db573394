"""Copies the message and its PDF into a folder or network share, each there whole or not at all."""

from __future__ import annotations

import email
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from reportgen.deliver._disk import write_file
from reportgen.deliver.channels.base import Channel, Journal, later, sent
from reportgen.email_settings import EmailSettings
from reportgen.errors import ReportgenError
from reportgen.records.mail import Parcel, Phase

NEW, FILE_MODE = ".reportgen-new", 0o644


def check(settings: EmailSettings) -> None:
    if not settings.folder:
        raise ReportgenError(
            "RG-090", "The settings name no folder to copy to.", 'Write folder = "/srv/share" under [email].'
        )


def deliver(parcel: Parcel, settings: EmailSettings, journal: Journal) -> None:
    """The same names and bytes each time, so that copying twice does no harm and there is no hand-over."""
    journal.begin(Phase.CONNECT)
    folder = Path(settings.folder)
    if not folder.is_dir():  # never made: a share that is not mounted would be filled on this disk
        journal.end(later(f"{folder} is not there"))
        return
    journal.begin(Phase.BODY)
    try:
        for name, content in _files(parcel).items():
            _copy(content, folder / name)
    except OSError as fault:
        journal.end(later(f"{folder} takes no file: {fault.strerror or fault}"))
    else:
        journal.end(sent(f"copied into {folder}"))


def _files(parcel: Parcel) -> dict[str, bytes]:
    message = email.message_from_bytes(parcel.content, policy=SMTP)
    assert isinstance(message, EmailMessage)
    attached = {
        f"report-{parcel.period}.pdf": part.get_content()
        for part in message.iter_attachments()
        if part.get_content_type() == "application/pdf"
    }
    return {f"email-{parcel.period}.eml": parcel.content, **attached}


def _copy(content: bytes, place: Path) -> None:
    """Raises OSError."""
    new = place.with_name(f"{NEW}-{place.name}")
    new.unlink(missing_ok=True)
    try:
        write_file(new, content, FILE_MODE)
        new.replace(place)
    finally:
        new.unlink(missing_ok=True)


CHANNEL = Channel(reaches_people=False, place=lambda settings: settings.folder, check=check, deliver=deliver)
