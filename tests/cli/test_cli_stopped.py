"""A run that is stopped or loses a process: documented exit code, nothing half-written, no process left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from runs import SAMPLE

from reportgen.cli import _stopping
from reportgen.errors import ReportgenError
from reportgen.parallel import Worker, signals_held

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
PATIENCE = 30.0
"""Seconds that are far more than enough."""


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def wait_until(happened: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < end, what
        time.sleep(0.02)


@pytest.mark.parametrize(
    ("sent", "exit_code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGKILL, -signal.SIGKILL)]
)
def test_a_stopped_run_leaves_no_process_and_no_report(sent: signal.Signals, exit_code: int, tmp_path: Path) -> None:
    """Ctrl-C, a termination signal and kill -9: the workers end too, and nothing is published."""
    log = tmp_path / "log"
    log.touch()
    command = [sys.executable, "-m", "reportgen", "run", SAMPLE, "--out", tmp_path / "out", "--log", log]
    run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    wait_until(lambda: log.stat().st_size > 0, "the run did not start")
    workers = children(run.pid)
    assert len(workers) >= 2  # and one that reads the export, for a moment
    run.send_signal(sent)
    _, said = run.communicate(timeout=PATIENCE)
    assert (run.returncode, "Traceback" in said) == (exit_code, False), said
    wait_until(lambda: not any(is_alive(worker) for worker in workers), "a worker outlived its run")
    assert not list(tmp_path.glob("out/2*"))


def test_a_killed_worker_is_said() -> None:
    """RG-074, try again later: it is no fault of reportgen."""
    worker = Worker(())
    answer = worker.call("time", "sleep", PATIENCE)
    os.kill(worker._process.pid, signal.SIGKILL)
    with pytest.raises(ReportgenError) as refusal:
        answer.get()
    worker.end()
    assert (refusal.value.code, refusal.value.exit_code) == ("RG-074", 75)


MOMENTS = 40
"""Stops from the first sign of life on, 10 ms from one to the next: imports, forks and the first stages."""


@pytest.mark.slow
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_a_run_stops_at_any_moment(sent: signal.Signals, tmp_path: Path) -> None:
    """None is lost in a fork or a library's import, and none ends the process in another way than is documented."""
    ends = {}
    for moment in range(MOMENTS):
        out = tmp_path / str(moment)
        command = [sys.executable, "-m", "reportgen", "run", SAMPLE, "--out", out, "--formats", "html"]
        run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        wait_until((out / ".holder").exists, "the run did not start")
        time.sleep(moment / 100)
        run.send_signal(sent)
        _, said = run.communicate(timeout=PATIENCE)
        ends[moment] = (run.returncode, "Stopped." in said, "Traceback" in said)
    assert {moment: end for moment, end in ends.items() if end != (128 + sent, True, False)} == {}


def test_a_stop_waits_until_a_fork_is_over() -> None:
    """It comes behind the callbacks of the fork, where it would be lost."""
    reached = False
    with pytest.raises(KeyboardInterrupt), signals_held():
        signal.pthread_kill(threading.get_ident(), signal.SIGINT)  # another thread of the tests' own would take it
        reached = True
    assert reached


def test_a_stop_is_one_whatever_a_library_makes_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """An error that a compiled library raises for the interrupt of its callback ends the run as stopped."""
    monkeypatch.setattr(_stopping, "_asked", [])
    assert _stopping.stopped_with(ValueError()) is None
    with pytest.raises(KeyboardInterrupt):
        _stopping._stop(signal.SIGINT, None)
    assert _stopping.stopped_with(ValueError("KeyboardInterrupt")) == 130
