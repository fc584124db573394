"""Posts the headline and the report's place as a card into a chat: Teams or Slack."""

from __future__ import annotations

import http.client
import json
from typing import Any
from urllib.error import HTTPError

from reportgen.deliver._https import ask
from reportgen.deliver.channels.base import Channel, Journal, later, refused, sent, unknown
from reportgen.email_settings import EmailSettings
from reportgen.errors import ReportgenError
from reportgen.heartbeat_settings import is_allowed
from reportgen.records.mail import Outcome, Parcel, Phase
from reportgen.secret import Secret, find_secret

ADDRESS = "REPORTGEN_WEBHOOK_URL"
PATIENCE_SECONDS = 30.0
NOT_YET = frozenset({408, 429, 503})
"""The service says that it has taken nothing, and to come again."""


def check(settings: EmailSettings) -> None:  # noqa: ARG001 - the contract's
    address = find_secret(ADDRESS)
    if not address or not is_allowed(address.reveal()):
        raise ReportgenError(
            "RG-090",
            "There is no address of a chat that begins with https://.",
            f"Put it into the variable {ADDRESS}, or into a file (mode 600) that {ADDRESS}_FILE names.",
        )


def deliver(parcel: Parcel, settings: EmailSettings, journal: Journal) -> None:
    """A chat that answers with a fault of its own has perhaps shown the card: that stays unknown."""
    address = find_secret(ADDRESS)
    card = json.dumps(CARDS[settings.webhook](parcel.subject, settings.report_link)).encode()
    journal.begin(Phase.CONNECT)
    journal.begin(Phase.HANDOVER)
    journal.end(_posted(address, card))


def _posted(address: Secret, card: bytes) -> Outcome:
    try:
        return sent(str(ask(address.reveal(), PATIENCE_SECONDS, card)))
    except HTTPError as fault:
        with fault:
            if fault.code in NOT_YET:
                return later(f"the chat is busy ({fault.code})")
            is_final = 300 <= fault.code < 500
            return (refused if is_final else unknown)(f"the chat answers {fault.code}")
    except (ConnectionRefusedError, ValueError) as fault:
        return later(address.hide_in(str(fault)))
    except (OSError, http.client.HTTPException) as fault:
        is_unreached = isinstance(getattr(fault, "reason", None), OSError) and not isinstance(
            getattr(fault, "reason", None), TimeoutError
        )
        return (later if is_unreached else unknown)(address.hide_in(f"no answer: {fault}"))


def _teams(subject: str, link: str) -> dict[str, Any]:
    """An adaptive card of plain runs: a text block would read marks in a segment's name as markup."""
    lines = [(subject, "bolder"), *([(link, "default")] if link else [])]
    body = [
        {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": text, "weight": weight}]}
        for text, weight in lines
    ]
    content = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": body,
    }
    attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "content": content}
    return {"type": "message", "attachments": [attachment]}


def _slack(subject: str, link: str) -> dict[str, Any]:
    """Blocks of plain text; the line for notifications with its three marks escaped."""
    escaped = subject.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    sections = [text for text in (subject, link) if text]
    blocks = [{"type": "section", "text": {"type": "plain_text", "text": text, "emoji": False}} for text in sections]
    return {"text": escaped, "blocks": blocks}


CARDS = {"teams": _teams, "slack": _slack}
CHANNEL = Channel(reaches_people=False, place=lambda settings: settings.webhook, check=check, deliver=deliver)
