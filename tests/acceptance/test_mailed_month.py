"""A month is made and mailed through a real mail server: once, to the right people, with the right parts."""

from __future__ import annotations

import email
import json
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from certificates import authority, server_context
from runs import SAMPLE, reportgen

pytestmark = pytest.mark.xdist_group("mailed month")
PASSWORD = "correct horse battery staple"
SETTINGS = """[email]
sender = "Segments <segments@example.org>"
report_link = "https://intranet.example.org/reports/"
server = "127.0.0.1"
port = {port}
user = "reports"
ca_file = {ca_file}
[email.audiences]
management = ["Mé Boss <boss@example.org>", "cfo@example.org"]
analysts = ["ann@example.org", "boss@example.org"]
operators = ["ops@example.org"]
"""


@dataclass
class Mailbox:
    """What the server took."""

    folder: Path
    port: int
    got: list[tuple[list[str], bytes]] = field(default_factory=list)

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        self.got.append((envelope.rcpt_tos, envelope.original_content))
        return "250 taken"

    def message_to(self, address: str) -> EmailMessage:
        (content,) = [content for people, content in self.got if people == [address]]
        message = email.message_from_bytes(content, policy=default)
        assert isinstance(message, EmailMessage)
        return message

    def reportgen(self, *arguments: str | Path) -> Any:
        return reportgen(*arguments, cwd=self.folder, REPORTGEN_SMTP_PASSWORD=PASSWORD)

    def run(self, *arguments: str | Path, export: Path = SAMPLE) -> Any:
        return self.reportgen("run", export, "--config", "reportgen.toml", *arguments)


def knows(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
    is_right = isinstance(data, LoginPassword) and (data.login, data.password) == (b"reports", PASSWORD.encode())
    return AuthResult(success=is_right)


@pytest.fixture(scope="module")
def mailbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mailbox]:
    """A server with STARTTLS and a password, and the settings that lead to it."""
    folder = tmp_path_factory.mktemp("mailed")
    trusted = authority(folder)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    taken = Mailbox(folder, port)
    settings = SETTINGS.format(port=port, ca_file=json.dumps(str(trusted.file)))
    (folder / "reportgen.toml").write_text(settings, encoding="utf-8")
    controller = Controller(
        taken,
        hostname="127.0.0.1",
        port=port,
        tls_context=server_context(folder, trusted),
        require_starttls=True,
        auth_required=True,
        authenticator=knows,
    )
    controller.start()
    outcome = taken.run("--send")
    assert outcome.returncode == 0, outcome.stderr
    yield taken
    controller.stop()


def test_each_gets_one_message_and_the_right_one(mailbox: Mailbox) -> None:
    """Analysts have the PDF, management the summary with the link; who is both is an analyst; operators get nothing."""
    assert sorted(people for people, _ in mailbox.got) == [
        ["ann@example.org"],
        ["boss@example.org"],
        ["cfo@example.org"],
    ]
    for address, attached in (("ann@example.org", 1), ("boss@example.org", 1), ("cfo@example.org", 0)):
        message = mailbox.message_to(address)
        assert [part.get_content_type() for part in message.iter_attachments()] == ["application/pdf"] * attached
        assert [one.addr_spec for one in message["To"].addresses] == [address]
        assert message["Subject"].startswith("October 2026: ")
        assert "https://intranet.example.org/reports/" in message.get_body(("plain",)).get_content()


def test_no_two_messages_have_one_id(mailbox: Mailbox) -> None:
    """A Message-ID for each run and recipient, and the marks of an automatic message."""
    messages = [email.message_from_bytes(content, policy=default) for _, content in mailbox.got]
    assert len({message["Message-ID"] for message in messages}) == len(messages)
    for message in messages:
        assert message["Auto-Submitted"] == "auto-generated"
        assert message["List-ID"] and message["List-Unsubscribe"] and message["Date"]


@pytest.mark.parametrize("n_reruns", [1, pytest.param(10, marks=pytest.mark.slow)])
def test_a_finished_month_sends_nothing_again(n_reruns: int, mailbox: Mailbox) -> None:
    """Runs of the same export, a flush, and a send: not one message more."""
    n_before = len(mailbox.got)
    for _ in range(n_reruns):
        assert mailbox.run("--send").returncode == 0
    assert mailbox.reportgen("email", "flush").returncode == 0
    assert "--again sends a new one" in mailbox.reportgen("email", "send").stdout
    assert len(mailbox.got) == n_before


def test_a_month_that_was_never_mailed_is_not_mailed_late(mailbox: Mailbox) -> None:
    """A month made without --send and run again with it stays unsent, and is told how to be sent."""
    n_before = len(mailbox.got)
    elsewhere = ("--out", "unsent", "--formats", "email")
    assert mailbox.run(*elsewhere).returncode == 0
    told = mailbox.run("--send", *elsewhere)
    assert "never mailed; to mail it: reportgen email send unsent" in told.stderr
    assert len(mailbox.got) == n_before


def test_a_copy_goes_where_it_is_asked_for(mailbox: Mailbox) -> None:
    """`--dry-run` sends nothing, `--to` sends the whole message to that address alone."""
    n_before = len(mailbox.got)
    told = mailbox.reportgen("email", "send", "output/2026-10", "--to", "me@example.org", "--dry-run")
    assert "me@example.org" in told.stdout and len(mailbox.got) == n_before
    assert mailbox.reportgen("email", "send", "output/2026-10", "--to", "me@example.org").returncode == 0
    assert [people for people, _ in mailbox.got[n_before:]] == [["me@example.org"]]


def test_a_run_that_fails_tells_the_operators_alone(mailbox: Mailbox) -> None:
    """The sentence and its code, once a day however often it fails; management hears nothing."""
    broken = mailbox.folder / "customers_2026-11.csv"
    broken.write_text("id,spending\n", encoding="utf-8")
    n_before = len(mailbox.got)
    for _ in range(2):
        assert mailbox.run("--send", export=broken).returncode == 65
    assert [people for people, _ in mailbox.got[n_before:]] == [["ops@example.org"]]
    assert "[RG-002]" in mailbox.message_to("ops@example.org").get_content()


def test_the_outbox_is_listed(mailbox: Mailbox) -> None:
    """Every message of the month with its state, the server's answer and the month's revision."""
    outcome = mailbox.reportgen("email", "outbox", "--json")
    messages = [one for one in json.loads(outcome.stdout)["messages"] if one["role"] in {"analyst", "management"}]
    assert {(one["state"], one["answer"], one["revision"]) for one in messages} == {("sent", "250 taken", 1)}
    assert len(messages) == 3


def test_a_message_is_previewed(mailbox: Mailbox) -> None:
    """The files for each role, with size, attachment, recipients and the check's word."""
    outcome = mailbox.reportgen("email", "preview", "output/2026-10", "--write", "seen")
    assert outcome.returncode == 0, outcome.stderr
    assert sorted(file.name for file in (mailbox.folder / "seen").iterdir()) == [
        *("analyst.eml", "analyst.html", "management.eml", "management.html")
    ]
    assert "nothing wrong" in outcome.stdout and "report-2026-10.pdf" in outcome.stdout
    assert "cfo@example.org" in outcome.stdout


def test_no_run_knows_the_recipients_or_the_password(mailbox: Mailbox) -> None:
    """Neither stands in any published file; the manifest is the same whoever gets the mail."""
    written = b"".join(file.read_bytes() for file in (mailbox.folder / "output" / "2026-10").iterdir())
    for text in (PASSWORD, "boss@example.org", "127.0.0.1"):
        assert text.encode() not in written


@pytest.mark.slow
def test_a_revision_is_mailed_when_asked(mailbox: Mailbox) -> None:
    """A month made anew from a changed export is published and not mailed; with --resend it is."""
    changed = mailbox.folder / SAMPLE.name
    lines = SAMPLE.read_text(encoding="utf-8").splitlines(keepends=True)
    changed.write_text("".join(lines[:-1]), encoding="utf-8")
    n_before = len(mailbox.got)
    outcome = mailbox.run("--send", export=changed)
    assert outcome.returncode == 0 and "to mail it, add --resend" in outcome.stdout
    assert len(mailbox.got) == n_before
    changed.write_text("".join(lines[:-2]), encoding="utf-8")
    assert mailbox.run("--resend", export=changed).returncode == 0
    assert len(mailbox.got) == n_before + 3
