"""What runs leave that nobody watches: lines in a log, a heartbeat."""

from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from reportgen.config import Settings
    from reportgen.deliver.run_log import RunLog
    from reportgen.records.study import RunResult


def open_log(path: Path | None) -> RunLog:
    """The log of a run, silent without a path. Raises ReportgenError (RG-071)."""
    from reportgen.deliver.run_log import RunLog

    return RunLog(path, lambda: datetime.now(UTC), time.perf_counter)


def log_result(log: RunLog, result: RunResult) -> None:
    """A line for each note, then one for the run."""
    for note in result.notes:
        log.say("note", note)
    log.say("done", result.headline, sum(result.seconds.values()))


def tell_monitors(every: Iterable[Settings], log: RunLog) -> None:
    """The heartbeat, once for each monitor; what does not go through is said and changes nothing."""
    from reportgen.deliver.heartbeat import beat

    for heartbeat in dict.fromkeys(settings.heartbeat for settings in every):
        for sentence in beat(heartbeat, datetime.now(UTC)):
            click.echo(f"note: {sentence}", err=True)
            log.say("heartbeat", sentence)
