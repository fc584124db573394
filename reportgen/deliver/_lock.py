"""Keeps two runs from working in one output directory."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from reportgen.deliver._disk import faults_of
from reportgen.errors import ReportgenError
from reportgen.records.history import KEY_FILE

LOCK, HOLDER = ".lock", ".holder"
"""The holder's process id stands in a file of its own: opening a lock file may empty it."""
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
    try:
        with faults_of(out):
            _name_holder(out)
        yield
    finally:
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
    """` (process 4711)`, or empty if the holder has not said yet."""
    try:
        number = (out / HOLDER).read_text(encoding="ascii", errors="replace").strip()
    except FileNotFoundError:
        return ""
    return f" (process {number})" if number.isdecimal() else ""
