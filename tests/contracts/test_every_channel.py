"""Every channel keeps one contract: it tells each phase before it begins it, ends once, and never sends in secret."""

from __future__ import annotations

import json
import re
import stat
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from fault_server import FaultServer
from mail_months import NOW, local, queue, some_letter

from reportgen.deliver.channels.base import CHANNELS
from reportgen.deliver.envelope import addressed
from reportgen.email_settings import EmailSettings
from reportgen.errors import ReportgenError
from reportgen.records.mail import Outcome, Parcel, Phase, State

PROGRAM = """#!{python}
import os, sys
from pathlib import Path
assert not any(name.startswith("REPORTGEN_") for name in os.environ)
Path(__file__).with_suffix(".got").write_bytes(sys.stdin.buffer.read())
Path(__file__).with_suffix(".told").write_text(" ".join(sys.argv[1:]))
sys.exit(int(Path(__file__).with_suffix(".code").read_text()))
"""


class Journal:
    """Remembers what a channel says."""

    def __init__(self) -> None:
        self.begun: list[Phase] = []
        self.ended: list[Outcome] = []

    def begin(self, phase: Phase) -> None:
        assert not self.ended
        self.begun.append(phase)

    def end(self, outcome: Outcome) -> None:
        self.ended.append(outcome)


class Other:
    """The other side of a channel: `settings` lead to it, `answer` says how it takes things, `got` what it has."""

    def __init__(self, settings: EmailSettings, got: list[bytes]) -> None:
        self.settings, self.got = settings, got


@contextmanager
def smtp(_folder: Path, answer: str) -> Iterator[Other]:
    faults = {"takes": "", "refuses": "rcpt 550 all", "busy": "mail 451", "silent": "dot drop after accept"}
    with FaultServer(faults[answer]) as server:
        yield Other(local(server.port), server.contents)


@contextmanager
def sendmail(folder: Path, answer: str) -> Iterator[Other]:
    program = folder / "sendmail.py"
    program.write_text(PROGRAM.format(python=sys.executable), encoding="utf-8")
    program.chmod(stat.S_IRWXU)
    codes = {"takes": "0", "refuses": "67", "busy": "75", "silent": "0"}
    program.with_suffix(".code").write_text(codes[answer], encoding="utf-8")
    if answer == "silent":
        program.write_text(f"#!{sys.executable}\nimport os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n")
    got: list[bytes] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REPORTGEN_SMTP_PASSWORD", "canary")  # which other programs do not inherit
        yield Other(EmailSettings(sendmail=str(program), channels=("sendmail",)), got)
    if program.with_suffix(".got").exists():
        got.append(program.with_suffix(".got").read_bytes())
        assert program.with_suffix(".told").read_text() == "-i -f segments@example.org -- ann@example.org"


@contextmanager
def folder(place: Path, answer: str) -> Iterator[Other]:
    share = place / "share"
    if answer == "takes":
        share.mkdir()
    got: list[bytes] = []
    yield Other(EmailSettings(folder=str(share), channels=("folder",)), got)
    got += [file.read_bytes() for file in sorted(place.glob("share/*.eml"))]


@contextmanager
def webhook(_folder: Path, answer: str) -> Iterator[Other]:
    got: list[bytes] = []
    status = {"takes": 200, "refuses": 403, "busy": 429, "silent": 502}[answer]

    class Chat(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_line: Any) -> None:
            """Silent."""

    with HTTPServer(("127.0.0.1", 0), Chat) as server, pytest.MonkeyPatch.context() as patch:
        patch.setenv("REPORTGEN_WEBHOOK_URL", f"http://127.0.0.1:{server.server_port}/T000/canary")
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield Other(EmailSettings(channels=("webhook",), report_link="/share/2026-10"), got)
        server.shutdown()
        thread.join()


OTHERS = {"smtp": smtp, "sendmail": sendmail, "folder": folder, "webhook": webhook}
OUTCOMES = {"takes": State.SENT, "refuses": State.REFUSED, "busy": State.QUEUED, "silent": State.UNKNOWN}
NEVER = {("folder", "refuses"), ("folder", "silent")}
"""A folder that takes nothing now may do so later, and copying twice does no harm."""
CASES = [(name, answer) for name in OTHERS for answer in OUTCOMES if (name, answer) not in NEVER]


@pytest.fixture
def parcel(tmp_path: Path) -> Parcel:
    letter = some_letter(n_lines=9)
    (message,) = queue(tmp_path, letter, ("ann@example.org",))
    return addressed(letter, message, is_person=True)


def test_each_channel_is_tested() -> None:
    """A channel that is added needs its other side here."""
    assert set(OTHERS) == set(CHANNELS)


@pytest.mark.parametrize(("name", "answer"), CASES)
def test_a_channel_says_what_it_does(name: str, answer: str, parcel: Parcel, tmp_path: Path) -> None:
    """Connect first, one end, in the state that the other side's answer means; a hand-over before anything unknown."""
    journal = Journal()
    with OTHERS[name](tmp_path, answer) as other:
        CHANNELS[name].check(other.settings)
        CHANNELS[name].deliver(parcel, other.settings, journal)
    assert journal.begun[0] is Phase.CONNECT
    assert [outcome.state for outcome in journal.ended] == [OUTCOMES[answer]]
    assert answer != "silent" or journal.begun[-1] is Phase.HANDOVER
    assert answer != "takes" or len(other.got) == 1
    assert all(outcome.answer.isprintable() and len(outcome.answer) <= 201 for outcome in journal.ended)


@pytest.mark.parametrize("name", OTHERS)
def test_a_channel_without_its_settings_is_refused(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """RG-090 with the setting to write, before anything is queued; nobody is asked."""
    monkeypatch.delenv("REPORTGEN_WEBHOOK_URL", raising=False)
    with pytest.raises(ReportgenError) as refusal:
        CHANNELS[name].check(EmailSettings(sendmail="/no/such/program"))
    assert refusal.value.code == "RG-090" and refusal.value.hint


@pytest.mark.parametrize("name", OTHERS)
def test_an_other_side_that_is_not_there_is_asked_later(name: str, parcel: Parcel, tmp_path: Path) -> None:
    """Nothing was handed over, so the message waits."""
    journal = Journal()
    gone = {"server": "127.0.0.1", "port": 1, "security": "none", "sendmail": "/no/such", "folder": "/no/such"}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REPORTGEN_WEBHOOK_URL", "http://127.0.0.1:1/")
        CHANNELS[name].deliver(parcel, EmailSettings.model_validate(gone), journal)
    assert [outcome.state for outcome in journal.ended] == [State.QUEUED]


@pytest.mark.parametrize("kind", ["teams", "slack"])
def test_a_card_shows_headline_and_place(kind: str, parcel: Parcel, tmp_path: Path) -> None:
    """As text, never as markup; its address, which is a password, stands nowhere in it."""
    with webhook(tmp_path, "takes") as other:
        settings = other.settings.model_copy(update={"webhook": kind})
        CHANNELS["webhook"].deliver(parcel, settings, Journal())
    card = json.dumps(json.loads(other.got[0]))
    assert "October 2026: findings" in card and "/share/2026-10" in card
    assert "canary" not in card and not re.search('mrkdwn|"TextBlock"', card)


def test_a_folder_is_filled_whole(parcel: Parcel, tmp_path: Path) -> None:
    """The message stands under its own name, nothing else beside it; copying again changes nothing."""
    with folder(tmp_path, "takes") as other:
        for _ in range(2):
            CHANNELS["folder"].deliver(parcel, other.settings, Journal())
    assert [file.name for file in (tmp_path / "share").iterdir()] == ["email-2026-10.eml"]
    assert (tmp_path / "share" / "email-2026-10.eml").read_bytes() == parcel.content


def test_the_date_is_the_day_of_queueing(parcel: Parcel) -> None:
    """The Date is the day on which it was queued, so that a second try is the same message."""
    assert f"Date: {NOW:%a, %d %b %Y %H:%M:%S} +0000".encode() in parcel.content
