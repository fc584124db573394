"""Checks a whole message before it is sent: what is in the bytes, whoever wrote them."""

from __future__ import annotations

import email
import re
from email.message import EmailMessage
from email.policy import default

from reportgen.render._mail_lint import find_faults

HEADERS = frozenset(
    {
        *("From", "Subject", "Message-ID", "Auto-Submitted", "List-ID", "List-Unsubscribe"),
        *("MIME-Version", "Content-Type"),
    }
)
"""All that a published message has; one more came from somewhere else."""
LONGEST_LINE = 998
"""Characters (RFC 5322, 2.1.1)."""
SHOWN = re.compile(r"""src=["']cid:([^"']+)""")


def check_message(content: bytes) -> list[str]:
    """Why the message cannot be sent, a clause each; empty if it can."""
    message = email.message_from_bytes(content, policy=default)
    assert isinstance(message, EmailMessage)
    html, text = message.get_body(("html",)), message.get_body(("plain",))
    if html is None or text is None:
        return ["it has no HTML or no plain text"]
    page = html.get_content()
    faults = find_faults(page)
    if sorted(message.keys()) != sorted(HEADERS):
        faults.append(f"its headers are {', '.join(sorted(message.keys()))}")
    if not text.get_content().strip():
        faults.append("its plain text is empty")
    carried = {str(part["Content-ID"]).strip("<>") for part in message.walk() if part["Content-ID"]}
    missing = sorted(set(SHOWN.findall(page)) - carried)
    if missing:
        faults.append(f"pictures are missing: {', '.join(missing)}")
    if not content.isascii() or max(map(len, content.split(b"\r\n"))) > LONGEST_LINE:
        faults.append("its lines do not pass every relay")
    return faults
