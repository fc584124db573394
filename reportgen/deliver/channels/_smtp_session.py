"""A connection to a mail server that nobody can read or stand in for."""

from __future__ import annotations

import smtplib
import ssl

from reportgen.deliver.channels.base import Journal
from reportgen.email_settings import EmailSettings
from reportgen.records.mail import Phase

PORTS = {"starttls": 587, "tls": 465, "none": 25}
"""RFC 8314, 3.3; RFC 6409."""


class Refusal(Exception):  # noqa: N818 - a server's answer
    """The server answered, and not with what leads on."""

    def __init__(self, code: int, text: str) -> None:
        self.is_final = 500 <= code <= 599
        """Trying again is not allowed; anything else, noise too, may be tried later."""
        self.said = f"{code} {text}" if code > 0 else f"no answer that can be read: {text}"
        super().__init__(self.said)


def step(reply: tuple[int, bytes], wanted: int) -> None:
    """Raises Refusal for a reply whose first digit is another."""
    code, text = reply
    if code // 100 != wanted:
        raise Refusal(code, text.decode("utf-8", "replace"))


def open_session(settings: EmailSettings, journal: Journal) -> smtplib.SMTP:
    """A session that has greeted and, unless the settings allow otherwise, is encrypted with a name that was verified.

    Raises Refusal, OSError, SMTPException.
    """
    journal.begin(Phase.CONNECT)
    session = _connected(settings)
    try:
        journal.begin(Phase.GREET)
        _greet(session)
        if settings.security == "starttls":
            journal.begin(Phase.ENCRYPT)
            _encrypt(session, settings)
            _greet(session)
    except BaseException:
        session.close()
        raise
    return session


def _connected(settings: EmailSettings) -> smtplib.SMTP:
    port, patience = settings.port or PORTS[settings.security], settings.retry.reply_seconds
    try:
        if settings.security == "tls":
            return smtplib.SMTP_SSL(settings.server, port, timeout=patience, context=trust(settings))
        return smtplib.SMTP(settings.server, port, timeout=patience)
    except smtplib.SMTPConnectError as fault:
        raise Refusal(fault.smtp_code, _text(fault.smtp_error)) from None


def _greet(session: smtplib.SMTP) -> None:
    step(session.ehlo(), 2)


def _encrypt(session: smtplib.SMTP, settings: EmailSettings) -> None:
    """Raises SMTPException, OSError: nothing that goes wrong here is the message's fault, so none is final."""
    if not session.has_extn("starttls"):
        raise smtplib.SMTPNotSupportedError("the server offers no encryption (STARTTLS)")
    session.starttls(context=trust(settings))


def trust(settings: EmailSettings) -> ssl.SSLContext:
    """Verifies certificate and name; TLS 1.2 or newer. Raises OSError for certificates that cannot be read."""
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if settings.ca_file:
        context.load_verify_locations(settings.ca_file)
    return context


def refuse_noise(session: smtplib.SMTP) -> None:
    """Raises Refusal, SMTPException, OSError unless the server waits in silence for the end of the message.

    Asked before the final dot: afterwards a connection that is gone leaves the message unknown.
    """
    if session.sock is None:
        raise smtplib.SMTPServerDisconnected("the connection is gone")
    patience = session.sock.gettimeout()
    session.sock.settimeout(0)
    try:
        said = session.sock.recv(512)
    except (BlockingIOError, ssl.SSLWantReadError):
        return
    finally:
        session.sock.settimeout(patience)
    if not said:
        raise smtplib.SMTPServerDisconnected("the server hung up in the middle of the message")
    code = said[:3].decode("ascii", "replace")
    raise Refusal(int(code) if code.isdecimal() else -1, said[3:].decode("utf-8", "replace"))


def said_by(fault: Exception) -> str:
    """A fault in words."""
    if isinstance(fault, smtplib.SMTPResponseException):
        return f"{fault.smtp_code} {_text(fault.smtp_error)}"
    if isinstance(fault, TimeoutError):
        return "no answer in time"
    return str(fault) or type(fault).__name__


def _text(said: bytes | str) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said
