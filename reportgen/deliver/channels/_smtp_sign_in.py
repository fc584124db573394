"""Signs in at a mail server: with a password, or with an access code as XOAUTH2."""

from __future__ import annotations

import importlib
import smtplib
from typing import Any

from reportgen.deliver.channels._smtp_session import Refusal
from reportgen.email_settings import EmailSettings
from reportgen.errors import ReportgenError
from reportgen.secret import Secret, find_secret

PASSWORD = "REPORTGEN_SMTP_PASSWORD"  # noqa: S105 - the name of the variable
ACCESS = "REPORTGEN_SMTP_ACCESS"
SCOPE = "https://outlook.office365.com/.default"
"""What Exchange Online wants of an application that sends."""
AUTHORITY = "https://login.microsoftonline.com/"
NONE = Secret("")


class SignInError(ReportgenError):
    """The server does not know these credentials: no message is at fault, none goes out before they are mended."""


def check_sign_in(settings: EmailSettings) -> None:
    """Raises ReportgenError (RG-063, RG-064, RG-090, RG-097) where something to sign in with is missing."""
    if not settings.user:
        return
    if settings.sign_in == "oauth" and find_secret(ACCESS):
        return
    if settings.sign_in == "oauth":
        _msal()
        if not (settings.tenant and settings.client_id):
            raise ReportgenError(
                "RG-090", 'sign_in = "oauth" needs tenant and client_id.', f"Or give an access code in {ACCESS}."
            )
    if not find_secret(PASSWORD, settings.user):
        raise ReportgenError(
            "RG-090",
            f"There is no password for {settings.user}.",
            f"Put it into the variable {PASSWORD}, or into a file (mode 600) that {PASSWORD}_FILE names.",
        )


def find_credentials(settings: EmailSettings) -> Secret:
    """What is sent to sign in; empty where nobody signs in. Raises ReportgenError."""
    if not settings.user:
        return NONE
    check_sign_in(settings)
    if settings.sign_in == "password":
        return find_secret(PASSWORD, settings.user)
    return find_secret(ACCESS) or _fetched(settings)


def sign_in(session: smtplib.SMTP, settings: EmailSettings, credentials: Secret) -> None:
    """Raises ReportgenError (RG-098) if the server does not know these credentials; Refusal, SMTPException, OSError."""
    offered = session.esmtp_features.get("auth", "").upper().split()
    ways = ("XOAUTH2",) if settings.sign_in == "oauth" else ("PLAIN", "LOGIN")
    way = next((way for way in ways if way in offered), "")
    if not way:
        raise smtplib.SMTPNotSupportedError(f"the server takes no sign-in by {' or '.join(ways)}")
    try:
        if way == "XOAUTH2":
            session.auth(way, _xoauth2(settings.user, credentials))
        else:
            session.user, session.password = settings.user, credentials.reveal()
            session.auth(way, session.auth_plain if way == "PLAIN" else session.auth_login)
    except smtplib.SMTPAuthenticationError as fault:
        said = credentials.hide_in(str(fault.smtp_error))
        if not 500 <= fault.smtp_code <= 599:
            raise Refusal(fault.smtp_code, said) from None
        raise SignInError(
            "RG-098",
            f"{settings.server} does not let {settings.user} in ({fault.smtp_code}).",
            f"Nothing is lost: mend {PASSWORD} or the account, then run: reportgen email flush",
        ) from None


def _xoauth2(user: str, access: Secret) -> Any:
    """Answers the server's challenges: with user and code first, with nothing where it says what it did not like."""

    def answer(challenge: bytes | None = None) -> str:
        return "" if challenge else f"user={user}\1auth=Bearer {access.reveal()}\1\1"

    return answer


def _fetched(settings: EmailSettings) -> Secret:
    """An access code from Microsoft for the application itself. Raises ReportgenError (RG-064, RG-098)."""
    application = _msal().ConfidentialClientApplication(
        settings.client_id,
        authority=AUTHORITY + settings.tenant,
        client_credential=find_secret(PASSWORD, settings.user).reveal(),
    )
    answer = application.acquire_token_for_client(scopes=[SCOPE])
    if "access_token" not in answer:
        raise ReportgenError(
            "RG-098",
            f"Microsoft gives no access for {settings.client_id} ({answer.get('error', 'no reason given')}).",
            f"Check tenant, client_id and {PASSWORD}.",
        )
    return Secret(answer["access_token"])


def _msal() -> Any:
    try:
        return importlib.import_module("msal")
    except ImportError:
        raise ReportgenError(
            "RG-064", 'sign_in = "oauth" needs the package msal.', 'Install it with: pip install "reportgen[oauth]"'
        ) from None
