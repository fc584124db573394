"""Times commands as whole processes, and watches the memory of all their processes together."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | {
    "PYTHONPATH": str(ROOT)
}
"""A user's modules are compiled once, not at every start."""
OUT = "--out"
MIB = 1024
FIRST_LOOK, BETWEEN_LOOKS = 0.005, 0.05
"""Seconds to the first look at the memory of a run, and at most between two."""


@dataclass(frozen=True)
class Cost:
    """What one command took."""

    wall: float
    cpu: float
    peak_mib: float
    """Of all its processes together; 0: nobody watched, or the system tells nothing."""


class FailedError(RuntimeError):
    """A command that did not end well; the last line of what it said."""


def measure(command: Sequence[str], runs: int) -> Cost:
    """Medians of `runs` runs after one warm-up, in which memory is watched; of one run alone, watched, if `runs` is 0.

    Raises FailedError.
    """
    first = run_once(command, is_watched=True)
    if not runs:
        return first
    costs = [run_once(command, is_watched=False) for _ in range(runs)]
    wall, cpu = (statistics.median(getattr(cost, name) for cost in costs) for name in ("wall", "cpu"))
    return Cost(wall, cpu, first.peak_mib)


def forget(command: Sequence[str]) -> None:
    """Removes what the command published before: the same export again is only recalled, which is no run."""
    if OUT in command:
        shutil.rmtree(command[list(command).index(OUT) + 1], ignore_errors=True)


def run_once(command: Sequence[str], *, is_watched: bool) -> Cost:
    """Raises FailedError."""
    forget(command)
    start = time.perf_counter()
    try:
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=ROOT, env=ENVIRONMENT
        )
    except OSError as fault:
        raise FailedError(str(fault)) from fault
    said, watch = Ear(process), Watch(process.pid) if is_watched else None
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    peak = watch.end() if watch else 0.0
    if status != 0:
        raise FailedError(said.last_line() or f"status {os.waitstatus_to_exitcode(status)}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, peak)


class Ear:
    """Reads what a process says on stderr, so that it never waits for a reader."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._said: list[bytes] = []
        self._thread = threading.Thread(target=lambda: self._said.extend(process.stderr or ()), daemon=True)
        self._thread.start()

    def last_line(self) -> str:
        self._thread.join(timeout=1)
        lines = [line.decode(errors="replace").strip() for line in self._said]
        told = [line for line in lines if line]
        return next((line for line in told if line.startswith("reportgen:")), told[-1] if told else "")[:200]


class Watch:
    """Looks again and again at the memory of a process and its descendants; shared pages count once."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._peak = 0.0
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        pause = FIRST_LOOK
        while not self._is_over.wait(pause):
            pause = min(2 * pause, BETWEEN_LOOKS)
            self._peak = max(self._peak, sum(map(memory_of, family(self._pid))))

    def end(self) -> float:
        """The largest sum seen, in MiB; 0 where the system tells nothing, as outside Linux."""
        self._is_over.set()
        self._thread.join()
        return self._peak


def family(pid: int) -> Iterator[int]:
    """The process and all its descendants."""
    yield pid
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            for child in children.read_text().split():
                yield from family(int(child))
        except OSError:
            continue


def memory_of(pid: int) -> float:
    """MiB of a process, its part of shared pages alone; 0 if it is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(float(line.split()[1]) for line in lines if line.startswith("Pss:")) / MIB


PYTHON = sys.executable
