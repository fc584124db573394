"""A monitor hears of a run that went well; a monitor that is down costs the run nothing."""

from __future__ import annotations

import http.server
import socket
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reportgen.config import Settings
from reportgen.deliver import heartbeat
from reportgen.deliver.heartbeat import beat
from reportgen.errors import ReportgenError
from reportgen.heartbeat_settings import HeartbeatSettings

NOW = datetime(2026, 11, 1, 6, 0, 5, tzinfo=UTC)


class Monitor(http.server.BaseHTTPRequestHandler):
    """Answers by the path: /ok, /moved, /broken."""

    asked: list[str] = []  # noqa: RUF012 - emptied by the fixture

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response({"/ok": 200, "/moved": 302}.get(self.path, 500))
        self.send_header("Location", "/ok")
        self.end_headers()

    def log_message(self, *_arguments: object) -> None:
        """Silent."""


@pytest.fixture
def monitor() -> Iterator[str]:
    """The address of a monitor on this machine."""
    Monitor.asked.clear()
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Monitor) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_the_address_is_asked_for_once(monitor: str) -> None:
    """And nothing is said."""
    assert beat(HeartbeatSettings(url=f"{monitor}/ok"), NOW) == ()
    assert Monitor.asked == ["/ok"]


@pytest.mark.parametrize("path", ["/moved", "/broken"])
def test_an_answer_that_is_no_success_is_said(path: str, monitor: str) -> None:
    """A redirection is not followed; the address, which may be a secret, is not repeated."""
    (said,) = beat(HeartbeatSettings(url=monitor + path), NOW)
    assert "did not answer well" in said and monitor not in said
    assert Monitor.asked == [path]


def test_a_monitor_that_is_silent_or_gone_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """The run goes on after the time-out, and at once where nobody listens."""
    monkeypatch.setattr(heartbeat, "PATIENCE_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        start = time.monotonic()
        assert len(beat(HeartbeatSettings(url=f"http://127.0.0.1:{port}/"), NOW)) == 1
        assert time.monotonic() - start < 5
    assert len(beat(HeartbeatSettings(url=f"http://127.0.0.1:{port}/"), NOW)) == 1


def test_the_file_holds_the_time(tmp_path: Path) -> None:
    """Replaced whole each time; a folder that is not there is said."""
    place = tmp_path / "beat"
    for minute in (0, 1):
        assert beat(HeartbeatSettings(file=str(place)), NOW.replace(minute=minute)) == ()
    assert place.read_text(encoding="ascii") == "2026-11-01T06:01:05Z\n"
    assert [path.name for path in tmp_path.iterdir()] == ["beat"]
    (said,) = beat(HeartbeatSettings(file=str(tmp_path / "none" / "beat")), NOW)
    assert "could not be written" in said


@pytest.mark.parametrize(
    "url",
    ["http://monitor.example/x", "ftp://monitor.example", "file:///etc/passwd", "https://", "monitor", "http://[::1"],
)
def test_an_address_in_clear_is_refused(url: str) -> None:
    """Only https, or http to this machine, before a row is read."""
    with pytest.raises(ReportgenError, match="should begin with https://") as refusal:
        Settings().with_value(("heartbeat", "url"), url)
    assert refusal.value.code == "RG-060"


def test_the_heartbeat_is_no_part_of_what_a_run_tells() -> None:
    """Not in the manifest, the appendix or the digest; other settings given later do not lose it."""
    settings = Settings().with_value(("heartbeat", "url"), "https://monitor.example/secret")
    settings = settings.with_value(("segments", "k"), 3).with_overrides("report", title="T")
    assert settings.heartbeat.url == "https://monitor.example/secret"
    assert "monitor" not in settings.model_dump_json() and "heartbeat" not in settings.model_dump()
