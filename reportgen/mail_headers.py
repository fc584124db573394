"""Makes mail headers from texts that nobody here wrote, so that none of them can become another header."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reportgen import wording
from reportgen.errors import ReportgenError

if TYPE_CHECKING:
    from email.headerregistry import Address

_ATOM = r"[A-Za-z0-9!#$%&'*+/^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
ADDRESS = rf"{_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})*"
"""ASCII addresses of RFC 5322's everyday form; `=` and `?` are left out, since they open encoded words."""

MAILBOX = re.compile(rf"(?P<bare>{ADDRESS})|(?P<name>[^<>\",;:@\\]*|\"[^\"\\]*\")\s*<(?P<bracketed>{ADDRESS})>")

ADDRESS_LIMIT = 254
"""Characters of an address that can be delivered to (RFC 5321, 4.5.3.1.3)."""


def header_text(text: str, limit: int) -> str:
    """Text for a header: one line, no controls, nothing that a mail program would decode.

    Some interpreters write what an encoded word decodes to, line breaks included (CVE-2024-6923); hence none is let in.
    """
    return wording.scrub(text, limit).replace("=?", "= ?").replace("?=", "? =")


def parse_address(text: str, setting: str) -> Address:
    """`Name <a@b.c>` or `a@b.c`. Raises ReportgenError (RG-060) if it is not one address."""
    from email.headerregistry import Address

    found = MAILBOX.fullmatch(text)
    if found and "=?" not in text and text.isprintable():
        address = found["bare"] or found["bracketed"]
        if len(address) <= ADDRESS_LIMIT:
            name = (found["name"] or "").strip(' "')
            return Address(display_name=header_text(name, wording.TEXT_LIMIT), addr_spec=address)
    raise ReportgenError(
        "RG-060",
        f"In the settings, {setting}: {wording.scrub(text)!r} is not an e-mail address.",
        "Write it as name@example.org or Name <name@example.org>.",
    )
