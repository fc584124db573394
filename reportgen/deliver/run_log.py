"""The log of runs that nobody watches: a JSON object a line, safe to show and to read by program."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType

from reportgen.errors import ReportgenError
from reportgen.wording import scrub

MESSAGE_LIMIT = 200
"""Characters of a message; names and headers come from exports, and none may fill a log."""

Announce = Callable[[str], None]


class RunLog:
    """Adds a line for each stage and event; a fault that ends the `with` has a line too.

    A line holds `time` (UTC), `stage`, `seconds` (null where nothing was timed) and `message`, without control
    characters and clipped. Without a path nothing is written. Once open it never raises: a run is worth more than its
    log.
    """

    def __init__(self, path: Path | None, now: Callable[[], datetime], tick: Callable[[], float]) -> None:
        """Makes the folder too. Raises ReportgenError (RG-071) if the file cannot be opened."""
        self._now, self._tick = now, tick
        self._stage, self._since = "", 0.0
        self._file: int | None = None
        if path is None:
            return
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        except OSError as fault:
            raise ReportgenError("RG-071", f"The log {path} cannot be written: {fault.strerror}.") from None

    def __enter__(self) -> RunLog:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, fault: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.stage("")
        if fault is not None:
            code = f"[{fault.code}] " if isinstance(fault, ReportgenError) else ""
            self.say("fault", f"{code}{str(fault) or type(fault).__name__}")
        if self._file is not None:
            os.close(self._file)

    def alongside(self, announce: Announce) -> Announce:
        """Announces a stage there and notes it here."""

        def both(stage: str) -> None:
            announce(stage)
            self.stage(stage)

        return both

    def stage(self, name: str) -> None:
        """The stage before has ended, and this one begins; empty: none does."""
        if self._stage:
            self.say(self._stage, seconds=self._tick() - self._since)
        self._stage, self._since = name.lower(), self._tick()

    def say(self, stage: str, message: str = "", seconds: float | None = None) -> None:
        """One line."""
        if self._file is None:
            return
        line = {
            "time": f"{self._now():%Y-%m-%dT%H:%M:%SZ}",
            "stage": stage,
            "seconds": None if seconds is None else round(seconds, 3),
            "message": scrub(message, MESSAGE_LIMIT),
        }
        with suppress(OSError):
            os.write(self._file, f"{json.dumps(line)}\n".encode())
