"""The section [email] of the settings: what the message says of itself, who gets it, and by what way.

Only what stands in the message is part of a run: servers, ways and recipients are neither in its manifest nor in its
digest, so that a new colleague on the list makes no new revision of a month. Passwords never stand here.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from reportgen.errors import ReportgenError
from reportgen.heartbeat_settings import LOOPBACK
from reportgen.mail_headers import parse_address
from reportgen.section import Section

UNSEEN = Field(exclude=True)
"""Plays no part in the report, its manifest and its digest."""

ChannelName = Literal["smtp", "sendmail", "folder", "webhook"]


def check_mailbox(text: str) -> str:
    try:
        parse_address(text, "")
    except ReportgenError:
        raise PydanticCustomError("mailbox", "should be name@example.org or Name <name@example.org>") from None
    return text


Mailbox = Annotated[str, AfterValidator(check_mailbox)]


class AudienceSettings(Section):
    """Who gets what; one who stands twice gets the fuller message."""

    management: tuple[Mailbox, ...] = ()
    """The findings; with the PDF only where report_link does not say where it lies."""
    analysts: tuple[Mailbox, ...] = ()
    """The findings and the PDF."""
    operators: tuple[Mailbox, ...] = ()
    """A message when a run or a sending fails, nothing else."""


class RetrySettings(Section):
    """How long a server is waited for, and when to try again (RFC 5321, 4.5.3.2 and 4.5.4.1)."""

    minutes: Annotated[int, Field(ge=1)] = 30
    """At least, between two tries."""
    days: Annotated[int, Field(ge=1, le=30)] = 5
    """Then a message that waits is given up."""
    reply_seconds: Annotated[float, Field(gt=0)] = 300
    """For each reply of the server."""
    accept_seconds: Annotated[float, Field(gt=0)] = 600
    """For the reply to the whole message: giving up early is what makes a message arrive twice."""


class EmailSettings(Section):
    sender: Mailbox = "reportgen@localhost"
    report_link: str = ""
    """Where the full report lies, printed as text."""
    max_attachment_mb: Annotated[float, Field(ge=0, le=100)] = 10
    """Megabytes (1,000,000 bytes): a larger PDF is not attached."""
    send: Annotated[bool, UNSEEN] = False
    """Whether each run that makes a month for the first time sends it; else: reportgen run --send."""
    recipients: Annotated[tuple[Mailbox, ...], UNSEEN] = ()
    """The same as audiences.management, as older settings files have it."""
    channels: Annotated[tuple[ChannelName, ...], UNSEEN] = ("smtp",)
    """The ways by which a run goes out: smtp or sendmail to people, folder, webhook."""
    server: Annotated[str, UNSEEN] = ""
    """The mail server's name, as in smtp.office365.com."""
    port: Annotated[int, Field(ge=0, le=65535, exclude=True)] = 0
    """0: 587 for starttls, 465 for tls, 25 for none."""
    security: Annotated[Literal["starttls", "tls", "none"], UNSEEN] = "starttls"
    """How the connection is encrypted; none: for a server on this machine alone, and never with a password."""
    user: Annotated[str, UNSEEN] = ""
    """Who signs in; empty: nobody does. The password is in REPORTGEN_SMTP_PASSWORD, in the file that
    REPORTGEN_SMTP_PASSWORD_FILE names, or in the keyring."""
    sign_in: Annotated[Literal["password", "oauth"], UNSEEN] = "password"
    """oauth (XOAUTH2): by the access code in REPORTGEN_SMTP_ACCESS, or one fetched from Microsoft with tenant and
    client_id; the client's own key is where the password would be."""
    tenant: Annotated[str, UNSEEN] = ""
    """Microsoft's directory id, for oauth."""
    client_id: Annotated[str, UNSEEN] = ""
    """The registered application, for oauth."""
    ca_file: Annotated[str, UNSEEN] = ""
    """Certificates (PEM) to trust beside the system's: those of a company's own authority."""
    sendmail: Annotated[str, UNSEEN] = "/usr/sbin/sendmail"
    """The program that takes a message on its standard input."""
    folder: Annotated[str, UNSEEN] = ""
    """Where the message and the PDF are copied to: a folder or a network share."""
    webhook: Annotated[Literal["teams", "slack"], UNSEEN] = "teams"
    """The kind of chat; its address (https) is in REPORTGEN_WEBHOOK_URL, as it is a password itself."""
    audiences: Annotated[AudienceSettings, UNSEEN] = AudienceSettings()
    retry: Annotated[RetrySettings, UNSEEN] = RetrySettings()

    @property
    def is_local(self) -> bool:
        """Whether the server is on this machine."""
        return self.server in LOOPBACK
