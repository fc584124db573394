"""Puts the parts of the mail together into one message whose bytes are the same every time."""

from __future__ import annotations

import email
import hashlib
from collections.abc import Iterable
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from reportgen.email_settings import EmailSettings
from reportgen.mail_headers import header_text, parse_address
from reportgen.records.study import Document
from reportgen.render.view_email import SUBJECT_LIMIT, Mail, MailPicture

ID_LENGTH = 32
"""Hex digits of the hash that names a message: 128 bits."""

LIST_LABEL = "customer-segments"
QUOTED_APART = str.maketrans("", "", '<>"\\')
"""Characters that would end the quoted name of the list."""

ENCODING = "quoted-printable"
"""Seven bits a byte and short lines pass every relay; `=_` never occurs in it, so no text looks like a boundary."""


LINE_LENGTHS = (78, 76, 74, 72, 70, 68, 66, 64, 62, 60)
"""Characters of a header line, in the order tried (RFC 5322, 2.1.1: 78 at most).

Some interpreters put a second space before an encoded word that opens a folded line: another fold avoids that.
"""


class HeaderChangedError(RuntimeError):
    """The finished message does not read back with the headers that were written."""


def make_message(mail: Mail, html: str, text: str, settings: EmailSettings, pdf: Document | None) -> bytes:
    """The message as it is sent: text, HTML with its pictures, the PDF attached; CRLF line ends.

    It has no To and no Date: they are added for each recipient when it is sent.
    """
    sender = parse_address(settings.sender, "email.sender")
    pictures = [*mail.pictures, *([mail.logo] if mail.logo else [])]
    digest = _digest([mail.subject, str(sender), html, text], pictures, pdf)
    message = EmailMessage(policy=SMTP)
    headers = _headers(mail, sender, digest)
    for name, value in headers.items():
        message[name] = value
    message.set_content(text, cte=ENCODING)
    message.add_alternative(html, subtype="html", cte=ENCODING)
    html_part = list(message.iter_parts())[1]
    assert isinstance(html_part, EmailMessage)
    for picture in pictures:
        html_part.add_related(
            picture.content, "image", "png", cid=f"<{picture.cid}>", filename=f"{picture.cid}.png", disposition="inline"
        )
    if pdf is not None:
        message.add_attachment(pdf.content, "application", "pdf", filename=mail.attachment)
    for place, part in enumerate(part for part in message.walk() if part.is_multipart()):
        part.set_boundary(f"=_{digest}_{place}")
    return _folded(message, headers)


def _headers(mail: Mail, sender: Address, digest: str) -> dict[str, str]:
    label = header_text(mail.report.title, SUBJECT_LIMIT).translate(QUOTED_APART)
    return {
        "From": str(sender),
        "Subject": header_text(mail.subject, SUBJECT_LIMIT),
        "Message-ID": f"<{digest}@{sender.domain}>",
        "Auto-Submitted": "auto-generated",
        "List-ID": f'"{label}" <{LIST_LABEL}.{sender.domain}>'
        if label.isascii()
        else f"<{LIST_LABEL}.{sender.domain}>",
        "List-Unsubscribe": f"<mailto:{sender.addr_spec}?subject=unsubscribe>",
    }


def _digest(texts: Iterable[str], pictures: Iterable[MailPicture], pdf: Document | None) -> str:
    whole = hashlib.sha256()
    contents = [text.encode("utf-8", "replace") for text in texts]
    contents += [picture.content for picture in pictures]
    contents += [pdf.content] if pdf else []
    for content in contents:
        whole.update(hashlib.sha256(content).digest())
    return whole.hexdigest()[:ID_LENGTH]


def _folded(message: EmailMessage, headers: dict[str, str]) -> bytes:
    """The bytes, folded so that they read back. Raises HeaderChangedError where no fold does."""
    for length in LINE_LENGTHS:
        content = message.as_bytes(policy=SMTP.clone(max_line_length=length))
        back = _read_back(content)
        if back == list(headers.items()):
            return content
    raise HeaderChangedError(f"headers written {headers}, read back {back}")


def _read_back(content: bytes) -> list[tuple[str, str]]:
    """The headers that the bytes hold, spaces of folding aside."""
    back = email.message_from_bytes(content, policy=SMTP)
    return [(name, str(value).strip()) for name, value in back.items() if name not in {"MIME-Version", "Content-Type"}]
