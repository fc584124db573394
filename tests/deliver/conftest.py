"""What the tests of publishing share."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from reportgen.deliver import _exchange


@pytest.fixture(params=["exchanged", "two renames"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """How a revision replaces the one before: by the system's exchange, and as where there is none."""

    def refuse(one: Path, other: Path) -> None:
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))

    if request.param == "two renames":
        monkeypatch.setattr(_exchange, "exchange", refuse)
    return str(request.param)


@pytest.fixture(autouse=True)
def no_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """A killed process loses nothing that it has written: without fsync the tests prove the same, sooner."""
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)
