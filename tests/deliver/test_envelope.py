"""An envelope adds its four headers and nothing else, whatever stands in the texts it is given."""

from __future__ import annotations

import email
from contextlib import suppress
from dataclasses import replace
from email.errors import MessageError
from email.policy import default
from pathlib import Path

import pytest
from mail_months import NOW, queue, some_letter

from reportgen.deliver.envelope import addressed, bare_address, failure_letter, letter_of, message_id_of
from reportgen.errors import ReportgenError
from reportgen.records.mail import Message

VECTORS = [
    *("x\r\nBcc: eve@example.org", "x\nBcc: eve@example.org", "x\rBcc: eve@example.org", "x\x0bBcc: e@x.y"),
    *("x\x0cBcc: e@x.y", "x\x1cBcc: e@x.y", "x\x1dBcc: e@x.y", "x\x1eBcc: e@x.y", "x\x85Bcc: e@x.y"),
    *("x\u2028Bcc: e@x.y", "x\u2029Bcc: e@x.y", "x\0y", "=?utf-8?q?a=0ABcc:_e@x.y?="),
    *("=?utf-8?b?YQpCY2M6IGVAeC55?=", "=?utf-8?q?a=0D=0ABcc:_e@x.y?= =?utf-8?q?b?="),
    *("a =?utf-8?q?=E2=80=A8Bcc:_e@x.y?= b", "=?=?utf-8?q?a=0ABcc:_e@x.y?=?=", "\u202egro.elpmaxe"),
    *("x" * 5000 for _ in range(1)),
    "Bcc: e@x.y\r\n\r\n<html>",
]


@pytest.fixture
def message(tmp_path: Path) -> Message:
    return queue(tmp_path, some_letter(n_lines=2), ("ann@example.org",))[0]


@pytest.mark.parametrize("text", VECTORS)
def test_no_recipient_becomes_a_header(text: str, message: Message) -> None:
    """A recipient with line breaks or encoded words is refused, alone and as the name before an address."""
    for recipient in (text, f"{text}@example.org"):
        with pytest.raises(ReportgenError):
            addressed(some_letter(n_lines=2), replace(message, recipient=recipient), is_person=True)


@pytest.mark.parametrize("text", VECTORS)
def test_no_failure_becomes_a_header(text: str) -> None:
    """What went wrong may quote an export: subject and body hold it as text."""
    letter = failure_letter(text, [text], "reports@example.org")
    read = email.message_from_bytes(letter.content, policy=default)
    assert set(read.keys()) == {
        *("From", "Subject", "Auto-Submitted", "MIME-Version", "Content-Type", "Content-Transfer-Encoding")
    }
    assert len(read["Subject"].splitlines()) <= 1


def test_the_letter_stays_as_it_is(message: Message) -> None:
    """Own headers and body to the byte; the published Message-ID gives way to the recipient's."""
    letter = some_letter(n_lines=2)
    parcel = addressed(letter, replace(message, recipient="Bé Ö <ann@example.org>"), is_person=True)
    head, _, body = parcel.content.partition(b"\r\n\r\n")
    read = email.message_from_bytes(parcel.content, policy=default)
    assert body == letter.content.partition(b"\r\n\r\n")[2]
    assert head.count(b"Message-ID") == 1 and read["Message-ID"] == f"<{message.message_id}>"
    assert (read["To"].addresses[0].addr_spec, parcel.recipient) == ("ann@example.org", "ann@example.org")
    assert read["From"] == "Segments <segments@example.org>" and head.isascii()


def test_the_finished_bytes_are_read_again(message: Message) -> None:
    """Were a text let through that some interpreters write as two headers (CVE-2024-6923), it would stop here."""
    hostile = replace(message, message_id="=?utf-8?q?a=0ABcc:_eve?=@example.org")
    content = b""
    with suppress(ReportgenError, MessageError):
        content = addressed(some_letter(n_lines=2), hostile, is_person=True).content
    assert "Bcc" not in email.message_from_bytes(content, policy=default)


def test_ids_are_stable_and_apart() -> None:
    """The same for letter and recipient in any case; another for another letter, recipient or wish."""
    one, other = some_letter("one", 2), some_letter("other", 2)
    ids = [message_id_of(one, "Ann@example.org"), message_id_of(one, "ann@example.org")]
    assert ids[0] == ids[1]
    ids += [message_id_of(other, "ann@example.org"), message_id_of(one, "bob@example.org")]
    ids += [message_id_of(one, "ann@example.org", 1)]
    assert len(set(ids)) == 4
    assert bare_address("Ann <ann@example.org>") == "ann@example.org"


def test_a_letter_that_others_have_changed_is_refused(message: Message) -> None:
    """A header twice, or none of ours: RG-096, before anything is handed over."""
    twice = some_letter(n_lines=2).content.replace(b"Subject:", b"Subject: a\r\nSubject:", 1)
    for content in (twice, b"\r\n\r\nbody"):
        with pytest.raises(ReportgenError) as refusal:
            addressed(letter_of(content), replace(message, queued=NOW), is_person=True)
        assert refusal.value.code == "RG-096"
