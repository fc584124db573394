"""Stops the process when it is asked to, by Ctrl-C or a termination signal, whatever it is doing then."""

from __future__ import annotations

import signal
from types import FrameType

import click

SIGNAL_EXIT = 128
"""Exit code of a process that a signal ended, less the signal's number."""

_asked: list[int] = []
"""Signals that came. Libraries make other errors of what a handler raises, or lose it, as in a callback."""


class Interrupted(KeyboardInterrupt):
    """Ctrl-C came. A type of its own: where a plain KeyboardInterrupt passes through `exec`, as it does when a module
    with dataclasses is imported, CPython notes it and ends the process by the signal, caught or not."""


class Terminated(BaseException):
    """A termination signal came; a BaseException, so that no stage takes it for its own fault."""


def watch_signals() -> None:
    """From here on SIGINT and SIGTERM raise; a process that was started to ignore Ctrl-C goes on doing so."""
    signal.signal(signal.SIGTERM, _stop)
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, _stop)


def _stop(number: int, _frame: FrameType | None) -> None:
    _asked.append(number)
    raise_if_asked()


def raise_if_asked() -> None:
    """Raises Interrupted or Terminated where such a signal has come."""
    if _asked:
        raise Interrupted if _asked[-1] == signal.SIGINT else Terminated


def stopped_with(fault: BaseException) -> int | None:
    """The exit code of a stop, whatever fault was made of it on the way; None where none was asked for."""
    if _asked:
        return SIGNAL_EXIT + _asked[-1]
    return SIGNAL_EXIT + signal.SIGINT if isinstance(fault, (click.Abort, KeyboardInterrupt)) else None


def ignore_signals() -> None:
    """From here on nothing stops the process, which ends by itself: a late Ctrl-C changes no exit code."""
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, signal.SIG_IGN)
