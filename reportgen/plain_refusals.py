"""Refusals are for whoever runs the command: in English, whatever language the report speaks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from reportgen.errors import ReportgenError
from reportgen.language import ENGLISH, speaking, spoken

Result = TypeVar("Result")


def refused_in_english(work: Callable[[], Result]) -> Result:
    """What the work gives. Where it refuses, it is done again in English: its sentence quotes notes and numbers.

    Raises what the work raises.
    """
    try:
        return work()
    except ReportgenError:
        if spoken().code == ENGLISH:
            raise
    with speaking(ENGLISH):
        return work()
