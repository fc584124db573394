"""Names, times and announces the stages of a run."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from reportgen.errors import ReportgenError, StageFailedError

Announce = Callable[[str], None]


def silence(_stage: str) -> None:
    """Announces nothing."""


class Clock:
    """Names, times and announces the stages; a fault of ours leaves with its stage's name."""

    def __init__(self, announce: Announce) -> None:
        self._announce = announce
        self.seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Raises StageFailedError for anything that is not a user's mistake."""
        self._announce(name.capitalize())
        start = time.perf_counter()
        try:
            yield
        except ReportgenError:
            raise
        except Exception as fault:
            raise StageFailedError(f"The {name} stage failed: {type(fault).__name__}: {fault}") from fault
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - start
