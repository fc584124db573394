"""A password goes to a server whose name was verified, over a line that nobody reads, or nowhere."""

from __future__ import annotations

import base64
import logging
import os
import re
import ssl
import subprocess
import sys
import traceback
import warnings
from pathlib import Path

import pytest
from certificates import authority, server_context
from fault_server import Fault, FaultServer
from mail_months import NOW, PEOPLE, local, queue, some_letter, states

from reportgen.deliver.channels.smtp import check
from reportgen.email_settings import EmailSettings
from reportgen.errors import ReportgenError
from reportgen.history.outbox import read_outbox
from reportgen.mailing import flush
from reportgen.records.mail import State
from reportgen.secret import Secret, find_secret

CANARY = "canary-7f3a91-canary"
QUIET = {"reply_seconds": 10, "accept_seconds": 10}


@pytest.fixture(autouse=True)
def password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPORTGEN_SMTP_PASSWORD", CANARY)


def old_protocol(context: ssl.SSLContext) -> ssl.SSLContext:
    """A server that speaks nothing newer than TLS 1.1."""
    context.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    return context


def server_of(kind: str, folder: Path) -> tuple[FaultServer, Path]:
    """A server of that kind, and the authority that the client trusts."""
    trusted = authority(folder)
    contexts = {
        "good": lambda: server_context(folder, trusted),
        "self-signed": lambda: server_context(folder, None),
        "wrong name": lambda: server_context(folder, trusted, "mail.example.net"),
        "expired": lambda: server_context(folder, trusted, days=-1),
        "old protocol": lambda: old_protocol(server_context(folder, trusted)),
    }
    if kind == "stripped":
        return FaultServer(starttls=b""), trusted.file
    if kind == "454":
        return FaultServer(starttls=b"454 not now"), trusted.file
    return FaultServer(tls=contexts[kind]()), trusted.file


def signing_in(port: int, trusted: Path) -> EmailSettings:
    return local(port, security="starttls", user="reports", ca_file=str(trusted), retry=QUIET)


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("self-signed", "self-signed certificate"),
        ("wrong name", "IP address mismatch"),
        ("expired", "certificate has expired"),
        ("old protocol", "alert protocol version|unsupported protocol"),
        ("stripped", "no encryption"),
        ("454", "454 not now"),
    ],
)
def test_bad_servers_get_no_password(kind: str, reason: str, tmp_path: Path) -> None:
    """No AUTH, no MAIL; the message waits, and the outbox says why."""
    server, trusted = server_of(kind, tmp_path)
    with server:
        queue(tmp_path, some_letter(n_lines=9))
        flush(tmp_path, signing_in(server.port, trusted), NOW, lambda _said: None)
        assert {"AUTH", "MAIL"}.isdisjoint(server.words)
        assert (server.accepted, set(states(tmp_path).values())) == ([], {State.QUEUED})
    with read_outbox(tmp_path) as outbox:
        assert all(re.search(reason, message.answer) for message in outbox.messages())


def test_a_good_server_gets_it_encrypted(tmp_path: Path) -> None:
    """AUTH comes behind STARTTLS, and both messages arrive."""
    server, trusted = server_of("good", tmp_path)
    with server:
        queue(tmp_path, some_letter())
        flush(tmp_path, signing_in(server.port, trusted), NOW, lambda _said: None)
        assert server.words[:4] == ["EHLO", "STAR", "EHLO", "AUTH"]
        assert len(server.accepted) == len(PEOPLE)


@pytest.mark.parametrize(
    "changed",
    [
        {"security": "none", "server": "mail.example.org", "user": ""},
        {"security": "none", "user": "reports"},
        {"server": ""},
    ],
)
def test_nothing_goes_in_clear_beyond_this_machine(changed: dict[str, object]) -> None:
    """Without encryption only a server on this machine, and never a password: refused before anything is queued."""
    with pytest.raises(ReportgenError) as refusal:
        check(local(25).model_copy(update=changed))
    assert refusal.value.code == "RG-090"


def test_a_wrong_password_stops_the_sending(tmp_path: Path) -> None:
    """One attempt, not one for each message: RG-098, and all of them wait."""
    server, trusted = server_of("good", tmp_path)
    server.fault = Fault("AUTH", b"535 5.7.8 wrong: AGNhbmFyeQ==")
    with server:
        queue(tmp_path, some_letter())
        with pytest.raises(ReportgenError) as refusal:
            flush(tmp_path, signing_in(server.port, trusted), NOW, lambda _said: None)
        assert refusal.value.code == "RG-098"
        assert server.words.count("AUTH") == 1
        assert set(states(tmp_path).values()) == {State.QUEUED}


@pytest.mark.parametrize("code", [b"535", b"454"])
def test_the_password_is_seen_nowhere(
    code: bytes, tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """A server that echoes it puts it into no log, output, error or file."""
    server, trusted = server_of("good", tmp_path)
    echo = base64.b64encode(CANARY.encode())
    server.fault = Fault("AUTH", code + b" " + CANARY.encode() + b" " + echo)
    caplog.set_level(logging.DEBUG)
    fault: ReportgenError | None = None
    with server:
        queue(tmp_path, some_letter(n_lines=9))
        try:
            flush(tmp_path, signing_in(server.port, trusted), NOW, lambda _said: None)
        except ReportgenError as raised:
            fault = raised
    assert (fault is None) == (code == b"454")
    told = "".join(traceback.format_exception(fault)) if fault else ""
    said = "".join([caplog.text, *capfd.readouterr(), told, fault.hint if fault else "", repr(Secret(CANARY))])
    written = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    for form in (CANARY, echo.decode()):
        assert form not in said
        assert form.encode() not in written


def test_the_password_is_on_no_command_line() -> None:
    """No option takes one: what `ps` shows of any command is free of it, and the settings file refuses it (RG-061)."""
    from reportgen.cli.main import COMMANDS, cli

    helped = subprocess.run(
        [sys.executable, "-m", "reportgen", "email", "send", "--help"], capture_output=True, text=True, check=True
    ).stdout
    assert "email" in COMMANDS and cli
    assert "--password" not in helped


def test_a_password_file_is_for_its_owner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its first line is the password; one that others may read is refused (RG-097)."""
    monkeypatch.delenv("REPORTGEN_SMTP_PASSWORD")
    file = tmp_path / "secret"
    file.write_text("from the file\nnot this\n", encoding="utf-8")
    file.chmod(0o600)
    monkeypatch.setenv("REPORTGEN_SMTP_PASSWORD_FILE", str(file))
    assert find_secret("REPORTGEN_SMTP_PASSWORD").reveal() == "from the file"
    file.chmod(0o640)
    with pytest.raises(ReportgenError) as refusal:
        find_secret("REPORTGEN_SMTP_PASSWORD")
    assert refusal.value.code == "RG-097"
    assert os.environ["REPORTGEN_SMTP_PASSWORD_FILE"] not in refusal.value.sentence


def test_an_access_code_signs_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """XOAUTH2 with a code from the environment, where the server takes it."""
    monkeypatch.setenv("REPORTGEN_SMTP_ACCESS", "access-code")
    server, trusted = server_of("good", tmp_path)
    server.ways = b"XOAUTH2"
    with server:
        queue(tmp_path, some_letter(n_lines=9))
        settings = signing_in(server.port, trusted).model_copy(update={"sign_in": "oauth"})
        flush(tmp_path, settings, NOW, lambda _said: None)
        assert len(server.accepted) == len(PEOPLE)
        assert server.lines[3].startswith("AUTH XOAUTH2 dXNlcj1yZXBvcnRzAWF1dGg9QmVhcmVyIGFjY2Vzcy1jb2RlAQE=")
