"""Tells a monitor that a run went well; a run that stays silent is one to look after."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from reportgen.deliver._https import ask
from reportgen.heartbeat_settings import HeartbeatSettings

PATIENCE_SECONDS = 5.0
"""A monitor answers in less than one; a run does not wait for one that is down."""
NEW = ".new"


def beat(settings: HeartbeatSettings, now: datetime) -> tuple[str, ...]:
    """What did not go through, a sentence each; never raises, for the run itself went well."""
    return tuple(_faults(settings, now))


def _faults(settings: HeartbeatSettings, now: datetime) -> Iterator[str]:
    if settings.file:
        try:
            _write_time(Path(settings.file), now)
        except OSError as fault:
            yield f"The heartbeat could not be written to {settings.file}: {fault.strerror or fault}."
    if settings.url:
        try:
            ask(settings.url, PATIENCE_SECONDS)
        except (OSError, ValueError, http.client.HTTPException) as fault:
            yield f"The heartbeat's address did not answer well: {fault}."  # which may be a secret, and is not shown


def _write_time(place: Path, now: datetime) -> None:
    """Replaced in one step, so that a monitor never reads half a time."""
    new = place.with_name(place.name + NEW)
    new.write_text(f"{now:%Y-%m-%dT%H:%M:%SZ}\n", encoding="ascii")
    new.replace(place)
