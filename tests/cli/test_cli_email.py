"""`reportgen email` says how a message ended, by sentence and exit code, and lets a person decide."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fault_server import FAULTS, FaultServer
from mail_months import NOW, PEOPLE, queue, some_letter
from runs import reportgen

from reportgen.cli import _mail
from reportgen.cli._mail import send_until_settled, send_waiting, settings_here
from reportgen.records.mail import State

SETTINGS = """[email]
server = "127.0.0.1"
port = {port}
security = "none"
[email.retry]
reply_seconds = 20
accept_seconds = 20
"""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[FaultServer]:
    """A server, settings that lead to it, and two messages that wait."""
    with FaultServer() as opened:
        (tmp_path / "reportgen.toml").write_text(SETTINGS.format(port=opened.port), encoding="utf-8")
        (tmp_path / "output").mkdir()
        yield opened


def outbox(folder: Path) -> list[dict[str, Any]]:
    told = reportgen("email", "outbox", "--json", cwd=folder)
    messages: list[dict[str, Any]] = json.loads(told.stdout)["messages"]
    return messages


def test_what_is_unknown_is_decided_by_a_person(server: FaultServer, tmp_path: Path) -> None:
    """Exit code 75 with the Message-ID; never sent again by itself; sent again with the same id when told so."""
    queue(tmp_path / "output", some_letter(n_lines=9), PEOPLE[:1], datetime.now(UTC))
    server.fault = FAULTS["dot drop after accept"]
    told = reportgen("email", "flush", cwd=tmp_path)
    (message,) = outbox(tmp_path)
    assert told.returncode == 75 and message["message_id"] in told.stderr and "RG-091" in told.stderr
    server.fault = None
    assert reportgen("email", "flush", cwd=tmp_path).stdout == "Nothing is due.\n"
    assert len(server.accepted) == 1
    assert reportgen("email", "resolve", message["message_id"], "--resend", cwd=tmp_path).returncode == 0
    assert reportgen("email", "flush", cwd=tmp_path).returncode == 0
    assert server.accepted == [message["message_id"]] * 2
    assert [one["state"] for one in outbox(tmp_path)] == ["sent"]


@pytest.mark.parametrize(("fault", "exit_code", "code"), [("mail 550", 69, "RG-093"), ("mail 451", 75, "RG-092")])
def test_how_it_ended_is_an_exit_code(
    fault: str, exit_code: int, code: str, server: FaultServer, tmp_path: Path
) -> None:
    """Refused: 69; waiting: 75, with the time of the next try."""
    queue(tmp_path / "output", some_letter(n_lines=9), PEOPLE[:1], datetime.now(UTC))
    server.fault = FAULTS[fault]
    told = reportgen("email", "flush", cwd=tmp_path)
    assert told.returncode == exit_code and code in told.stderr
    assert "ann@example.org" in told.stderr


def test_what_is_put_off_is_waited_for(server: FaultServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--wait` tries again half an hour later and ends when the server has it: greylisting costs nothing."""
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        server.fault = None

    queue(tmp_path / "output", some_letter(n_lines=9), PEOPLE[:1], NOW)
    server.fault = FAULTS["rcpt 421"]
    monkeypatch.setattr(_mail.time, "sleep", sleep)
    monkeypatch.setattr(_mail, "now", lambda: NOW + timedelta(seconds=sum(slept)))
    settings = settings_here(tmp_path / "reportgen.toml")
    first = send_waiting(tmp_path / "output", settings)
    ended = send_until_settled(tmp_path / "output", settings, first)
    assert slept == [30 * 60]
    assert [message.state for message in ended] == [State.SENT]
    assert len(server.accepted) == 1


def test_what_is_given_up_is_said(server: FaultServer, tmp_path: Path) -> None:
    """A message that has waited too long ends refused, by name and with exit code 69; nobody gets it."""
    queue(tmp_path / "output", some_letter(n_lines=9), PEOPLE[:1])
    told = reportgen("email", "flush", cwd=tmp_path)
    assert told.returncode == 69 and "given up after 5 days" in told.stderr
    assert server.accepted == []


@pytest.mark.parametrize(
    ("arguments", "exit_code"),
    [
        (("email", "resolve", "nobody@example.org", "--mark-sent"), 66),
        (("email", "resolve", "nobody@example.org"), 2),
        (("email", "preview"), 66),
        (("email", "send", "nowhere"), 66),
        (("email", "outbox"), 0),
        (("email", "flush"), 0),
        (("email", "--help"), 0),
    ],
)
def test_nothing_there_is_said(arguments: tuple[str, ...], exit_code: int, tmp_path: Path) -> None:
    """A sentence and an exit code, never a traceback."""
    told = reportgen(*arguments, cwd=tmp_path)
    assert told.returncode == exit_code
    assert "Traceback" not in told.stderr


def test_a_run_that_cannot_send_says_so_before_it_begins(tmp_path: Path) -> None:
    """`--send` without a server or without anybody: RG-090, and nothing is read or made."""
    from runs import SAMPLE

    told = reportgen("run", SAMPLE, "--send", cwd=tmp_path)
    assert told.returncode == 78 and "RG-090" in told.stderr
    assert not (tmp_path / "output").exists()
