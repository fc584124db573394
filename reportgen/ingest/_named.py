"""Puts the export's name in front of what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from reportgen.errors import ReportgenError


@contextmanager
def named(name: str) -> Iterator[None]:
    """Raises ReportgenError again, its sentence behind the name."""
    try:
        yield
    except ReportgenError as fault:
        raise ReportgenError(fault.code, f"{name}: {fault.sentence}", fault.hint) from None
