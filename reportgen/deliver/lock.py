"""Keeps two runs from working in one output directory."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from reportgen.deliver._disk import faults_of
from reportgen.errors import ReportgenError
from reportgen.records.places import KEY_FILE

LOCK, HOLDER = ".lock", ".holder"
"""The holder's process id stands in a file of its own: opening a lock file may empty it. Its time is the start."""
LOOKS, LOOK_SECONDS = 20, 0.05
"""A run that has just begun needs a moment until it has said who it is; after a second none is named."""
MADE_EARLY = (HOLDER, KEY_FILE, LOCK)
"""What a run makes before it publishes; the lock last, as it guards the others."""


@contextmanager
def exclusive(out: Path) -> Iterator[None]:
    """Holds the output directory, made if missing; nested in one process it holds on.

    The lock goes with the process, also with a killed one. A directory that was made for a run which then publishes
    nothing is removed again. Local disks only: network shares may not honour it.
    Raises ReportgenError (RG-071, RG-072, RG-073).
    """
    with faults_of(out):
        if out.is_symlink():
            raise ReportgenError(
                "RG-071",
                f"The output directory {out} is a link.",
                "Give the directory that it points at.",
            )
        is_new = not out.exists()
        out.mkdir(parents=True, exist_ok=True)
        lock = FileLock(out.resolve() / LOCK, timeout=0, is_singleton=True)
        try:
            lock.acquire()
        except Timeout:
            raise ReportgenError(
                "RG-073",
                f"Another run is at work in {out}{_holder(out)}.",
                "Wait until it has finished, then run again.",
            ) from None
    is_outermost = lock.lock_counter == 1
    try:
        with faults_of(out):
            if is_outermost:
                _name_holder(out)
        yield
    finally:
        if is_outermost:
            with suppress(OSError):  # a name that stays behind is told from a living one
                (out / HOLDER).unlink()
        if is_new:
            _remove_unused(out)
        lock.release()


def _remove_unused(out: Path) -> None:
    """A run that made the directory and published nothing leaves nothing; called while the lock is held."""
    if {entry.name for entry in out.iterdir()} <= set(MADE_EARLY):
        for name in MADE_EARLY:
            (out / name).unlink(missing_ok=True)
        out.rmdir()


def _name_holder(out: Path) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0)
    descriptor = os.open(out / HOLDER, flags, 0o644)
    try:
        os.write(descriptor, f"{os.getpid()}\n".encode())
    finally:
        os.close(descriptor)


def _holder(out: Path) -> str:
    """` (process 4711, since 2026-11-01 06:00:05 UTC)`; empty if the holder does not say so in time."""
    for _ in range(LOOKS):
        with suppress(FileNotFoundError, UnicodeDecodeError):
            number = (out / HOLDER).read_text(encoding="ascii").strip()
            since = datetime.fromtimestamp((out / HOLDER).stat().st_mtime, UTC)
            if number.isdecimal() and _is_alive(int(number)):
                return f" (process {number}, since {since:%Y-%m-%d %H:%M:%S} UTC)"
        time.sleep(LOOK_SECONDS)
    return ""


def _is_alive(process: int) -> bool:
    """Whether there is such a process, as far as that can be asked: a killed run leaves its name behind."""
    if os.name == "nt":  # where asking would end it
        return True
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        pass  # somebody else's
    return True
