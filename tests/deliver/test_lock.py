"""One run at a time works in an output directory."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from reportgen.deliver.lock import HOLDER, _holder
from reportgen.deliver.publish import exclusive, publish
from reportgen.errors import ReportgenError
from reportgen.records.study import Document

DOCUMENTS = [Document("study.json", b"{}")]

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="holds the lock in a forked process")


def hold_in_child(out: Path, *, with_grandchild: bool = False) -> int:
    """A child that holds the directory until it is killed; returns its process id once it does."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            with exclusive(out):
                if with_grandchild and os.fork() > 0:
                    time.sleep(20)
                os.write(writer, b"held")
                time.sleep(3 if with_grandchild else 20)
        finally:
            os._exit(0)
    os.close(writer)
    assert os.read(reader, 4) == b"held"
    os.close(reader)
    return child


def end(child: int) -> None:
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def test_second_run_is_told_who_holds_the_directory(tmp_path: Path) -> None:
    """While a run is at work another is refused with exit code 75 and the first one's process id, writing nothing."""
    child = hold_in_child(tmp_path)
    try:
        with pytest.raises(ReportgenError, match=f"process {child}") as refusal:
            publish(DOCUMENTS, tmp_path, "2026-10", tmp_path)
    finally:
        end(child)
    assert (refusal.value.code, refusal.value.exit_code) == ("RG-073", 75)
    assert not (tmp_path / "2026-10").exists()


def test_killed_holder_lets_go(tmp_path: Path) -> None:
    """After the holder's SIGKILL the next run works at once."""
    end(hold_in_child(tmp_path))
    assert publish(DOCUMENTS, tmp_path, "2026-10", tmp_path).is_dir()


def test_publishing_inside_a_held_directory_works(tmp_path: Path) -> None:
    """A run that holds the directory from its start publishes into it, and holds on until it is done."""
    with exclusive(tmp_path):
        publish(DOCUMENTS, tmp_path, "2026-10", tmp_path)
        refused: list[str] = []

        def second() -> None:
            try:
                publish(DOCUMENTS, tmp_path, "2026-10", tmp_path)
            except ReportgenError as refusal:
                refused.append(refusal.code)

        thread = threading.Thread(target=second)
        thread.start()
        thread.join()
    assert refused == ["RG-073"]


def test_forked_worker_does_not_keep_the_lock(tmp_path: Path) -> None:
    """A worker process that outlives its killed parent does not hold the directory."""
    child = hold_in_child(tmp_path, with_grandchild=True)
    end(child)
    assert publish(DOCUMENTS, tmp_path, "2026-10", tmp_path).is_dir()


def test_a_run_that_publishes_nothing_leaves_nothing(tmp_path: Path) -> None:
    """The output directory made for a run that fails is gone; one that was there before stays."""
    kept = tmp_path / "kept"
    kept.mkdir()
    for out in (tmp_path / "new", kept):
        with pytest.raises(ValueError, match="failed"), exclusive(out):
            raise ValueError("failed")
    assert not (tmp_path / "new").exists()
    assert kept.is_dir()


def test_the_holders_start_is_told(tmp_path: Path) -> None:
    """The time in the message is that of the start, also once the holder has published."""
    with exclusive(tmp_path):
        long_ago = 1_793_500_000
        os.utime(tmp_path / HOLDER, (long_ago, long_ago))
        publish(DOCUMENTS, tmp_path, "2026-10", tmp_path)
        assert f"process {os.getpid()}, since 2026-11-01 " in _holder(tmp_path)
    assert not (tmp_path / HOLDER).exists()


def test_a_killed_holder_is_not_named(tmp_path: Path) -> None:
    """While the next run begins, the name that a killed one left behind is not told for its own."""
    end(hold_in_child(tmp_path))
    assert (tmp_path / HOLDER).exists() and _holder(tmp_path) == ""


START = """
import sys, time
from pathlib import Path
from reportgen.deliver.lock import HOLDER, _holder
from reportgen.deliver.publish import exclusive
from reportgen.errors import ReportgenError
print("ready", flush=True)
sys.stdin.readline()
begun = time.monotonic()
try:
    with exclusive(Path(sys.argv[1])):
        print("0 working", flush=True)
        sys.stdin.readline()
except ReportgenError as refusal:
    print(refusal.exit_code, f"{time.monotonic() - begun:.2f}", refusal.sentence, flush=True)
"""


def test_of_ten_starts_at_once_one_works(tmp_path: Path) -> None:
    """Nine are refused with exit code 75 within two seconds and name the one that works."""
    command = [sys.executable, "-c", START, str(tmp_path)]
    starts = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
        for _ in range(10)
    ]
    assert all(start.stdout and start.stdout.readline() == "ready\n" for start in starts)
    for start in starts:
        assert start.stdin
        start.stdin.write("go\n")
    told = {start.pid: start.stdout.readline().split(maxsplit=2) for start in starts if start.stdout}
    for start in starts:
        start.communicate("done\n")
    (worker,) = [pid for pid, (code, *_) in told.items() if code == "0"]
    refused = [answer for pid, answer in told.items() if pid != worker]
    assert len(refused) == 9
    assert all(
        code == "75" and float(seconds) < 2 and f"process {worker}, since 20" in said for code, seconds, said in refused
    )
