"""Hands a message to a mail server, step by step, so that at every fault it is known who has it (RFC 5321)."""

from __future__ import annotations

import re
import smtplib
from contextlib import suppress

from reportgen.deliver.channels._smtp_session import Refusal, open_session, refuse_noise, said_by, step
from reportgen.deliver.channels._smtp_sign_in import SignInError, check_sign_in, find_credentials, sign_in
from reportgen.deliver.channels.base import Channel, Journal, later, nowhere, refused, sent, unknown
from reportgen.email_settings import EmailSettings
from reportgen.errors import ReportgenError
from reportgen.records.mail import Outcome, Parcel, Phase

LEADING_DOT = re.compile(rb"(?m)^\.")
"""Doubled on the way (RFC 5321, 4.5.2)."""
QUIT_SECONDS = 5.0
"""The message is settled by then; a server that does not say goodbye is left."""


def check(settings: EmailSettings) -> None:
    if not settings.server:
        raise ReportgenError(
            "RG-090",
            "The settings name no mail server.",
            'Write server = "smtp.example.org" under [email], or choose another channel.',
        )
    if settings.security == "none" and (settings.user or not settings.is_local):
        raise ReportgenError(
            "RG-090",
            'security = "none" is for a server on this machine alone, and never with a password.',
            'Use security = "starttls" or "tls".',
        )
    check_sign_in(settings)


def deliver(parcel: Parcel, settings: EmailSettings, journal: Journal) -> None:
    """One message in one connection of its own."""
    credentials = find_credentials(settings)
    session: smtplib.SMTP | None = None
    outcome: Outcome | None = None
    try:
        session = open_session(settings, journal)
        if credentials:
            journal.begin(Phase.SIGN_IN)
            sign_in(session, settings, credentials)
        _offer(session, parcel, journal)
    except Refusal as fault:
        outcome = refused(fault.said) if fault.is_final else later(fault.said)
    except (OSError, smtplib.SMTPException, ValueError) as fault:
        outcome = later(said_by(fault))
    except SignInError as fault:
        journal.end(later(fault.sentence))
        raise
    else:
        journal.begin(Phase.HANDOVER)
        outcome = _hand_over(session, settings)
    finally:
        if session is not None and outcome is None:
            session.close()  # unfinished: a server takes nothing without the dot
    journal.end(Outcome(outcome.state, credentials.hide_in(outcome.answer)))
    _leave(session)


def _offer(session: smtplib.SMTP, parcel: Parcel, journal: Journal) -> None:
    """Everything up to the final dot. Raises Refusal, OSError, SMTPException."""
    body = LEADING_DOT.sub(b"..", parcel.content)
    body = body if body.endswith(b"\r\n") else body + b"\r\n"
    size = session.esmtp_features.get("size", "").strip()
    if size.isdecimal() and 0 < int(size) < len(body):
        raise Refusal(552, f"the message has {len(body):,} bytes, the server takes {int(size):,}")
    journal.begin(Phase.SENDER)
    step(session.mail(parcel.sender, [f"SIZE={len(body)}"] if session.has_extn("size") else []), 2)
    journal.begin(Phase.RECIPIENT)
    step(session.rcpt(parcel.recipient), 2)
    journal.begin(Phase.DATA)
    step(session.docmd("DATA"), 3)
    journal.begin(Phase.BODY)
    session.send(body)
    refuse_noise(session)


def _hand_over(session: smtplib.SMTP, settings: EmailSettings) -> Outcome:
    """The final dot, and what the server makes of it; whatever is no clear answer leaves it unknown."""
    try:
        if session.sock is not None:
            session.sock.settimeout(settings.retry.accept_seconds)
        session.send(b".\r\n")
        code, text = session.getreply()
    except (OSError, smtplib.SMTPException, ValueError) as fault:
        return unknown(f"no answer to the whole message: {said_by(fault)}")
    said = f"{code} {text.decode('utf-8', 'replace')}"
    endings = {2: sent, 4: later, 5: refused}
    return endings.get(code // 100, unknown)(said)


def _leave(session: smtplib.SMTP | None) -> None:
    """Says goodbye; what comes of it changes nothing."""
    if session is None:
        return
    with suppress(OSError, smtplib.SMTPException, ValueError):
        if session.sock is not None:
            session.sock.settimeout(QUIT_SECONDS)
            session.quit()
    with suppress(OSError):
        session.close()


CHANNEL = Channel(reaches_people=True, place=nowhere, check=check, deliver=deliver)
