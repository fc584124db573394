"""Puts a letter into an envelope: To, Date and Message-ID of one recipient, around bytes that stay as they are."""

from __future__ import annotations

import email
import hashlib
from collections.abc import Iterable
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from reportgen.errors import ReportgenError
from reportgen.mail_headers import header_text, parse_address
from reportgen.records.mail import Letter, Message, Parcel
from reportgen.wording import scrub

ID_LENGTH = 32
"""Hex digits: 128 bits."""
ADDED = ("To", "Date", "Message-ID", "X-Idempotency-Key")
"""Headers of the envelope; a letter's own of these names give way."""
END_OF_HEAD = b"\r\n\r\n"
FAILURE_SUBJECT_LIMIT = 140


def letter_of(content: bytes) -> Letter:
    return Letter(hashlib.sha256(content).hexdigest(), content)


def sender_of(letter: Letter) -> str:
    """The address in From. Raises ReportgenError (RG-096)."""
    return str(parse_address(_headers(letter.content)["From"], "email.sender").addr_spec)


def subject_of(letter: Letter) -> str:
    return scrub(_headers(letter.content)["Subject"])


def message_id_of(letter: Letter, recipient: str, times_before: int = 0) -> str:
    """The same for the same letter and recipient, unless it was asked for once more."""
    again = [str(times_before)] if times_before else []
    named = "\n".join([letter.sha256, recipient.casefold(), *again])
    domain = sender_of(letter).rpartition("@")[2]
    return f"{hashlib.sha256(named.encode()).hexdigest()[:ID_LENGTH]}@{domain}"


def bare_address(mailbox: str) -> str:
    """`Ann <ann@example.org>` → `ann@example.org`."""
    return str(parse_address(mailbox, "email.audiences").addr_spec)


def addressed(letter: Letter, message: Message, *, is_person: bool) -> Parcel:
    """The letter for this recipient. Raises ReportgenError (RG-060, RG-096)."""
    head, _, body = letter.content.partition(END_OF_HEAD)
    kept = b"\r\n".join(line for line in _unfolded(head) if line.partition(b":")[0].decode("latin-1") not in ADDED)
    added = {
        **({"To": str(parse_address(message.recipient, "email.audiences"))} if is_person else {}),
        "Date": format_datetime(message.queued),
        "Message-ID": f"<{message.message_id}>",
        "X-Idempotency-Key": message.message_id.partition("@")[0],
    }
    envelope = EmailMessage(policy=SMTP)
    for name, value in added.items():
        envelope[name] = value
    # The headers of an empty message end in a blank line; the letter's own follow in its place.
    content = envelope.as_bytes().partition(END_OF_HEAD)[0].rstrip(b"\r\n") + b"\r\n" + kept + END_OF_HEAD + body
    _refuse_changed(content, [*added, *_headers(letter.content)], letter)
    recipient = bare_address(message.recipient) if is_person else message.recipient
    return Parcel(message.message_id, message.period, sender_of(letter), recipient, message.subject, content)


def failure_letter(subject: str, sentences: Iterable[str], sender: str) -> Letter:
    """A plain message to those who look after the runs; texts of any origin become neither header nor markup."""
    mailbox = parse_address(sender, "email.sender")
    message = EmailMessage(policy=SMTP)
    message["From"] = str(mailbox)
    message["Subject"] = header_text(subject, FAILURE_SUBJECT_LIMIT)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content("\n\n".join(scrub(sentence, 1000) for sentence in sentences) + "\n", cte="quoted-printable")
    return letter_of(message.as_bytes())


def _headers(content: bytes) -> dict[str, str]:
    """Name → value; Raises ReportgenError (RG-096) for a name that stands twice."""
    items = email.message_from_bytes(content.partition(END_OF_HEAD)[0] + END_OF_HEAD, policy=SMTP).items()
    headers = {name: str(value).strip() for name, value in items}
    if len(headers) < len(items) or not {"From", "Subject"} <= set(headers):
        raise ReportgenError("RG-096", "The message's headers are not those of a message that reportgen has made.")
    return headers


def _unfolded(head: bytes) -> list[bytes]:
    """A header an entry, its folded lines with it."""
    lines: list[bytes] = []
    for line in head.split(b"\r\n"):
        if line[:1] in {b" ", b"\t"} and lines:
            lines[-1] += b"\r\n" + line
        else:
            lines.append(line)
    return lines


def _refuse_changed(content: bytes, names: list[str], letter: Letter) -> None:
    """Raises ReportgenError (RG-096) unless exactly these headers read back, the letter's own with their values."""
    back, before = _headers(content), _headers(letter.content)
    is_same = all(back[name] == value for name, value in before.items() if name not in ADDED)
    if set(back) != set(names) | set(ADDED) & set(back) or not is_same:
        raise ReportgenError("RG-096", f"The message's headers do not read back: {', '.join(back)}.")
