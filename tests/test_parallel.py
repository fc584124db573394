"""Worker processes run what they are given, also before all of it is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from reportgen.parallel import Worker


@pytest.fixture
def worker() -> Iterator[Worker]:
    made = Worker(())
    yield made
    made.end()


def add(first: int, receive: Callable[[], int]) -> int:
    """A function that begins before all its numbers are there."""
    if first < 0:
        raise ValueError("below nought")
    return first + receive()


def test_a_function_waits_for_what_comes_late(worker: Worker) -> None:
    """What is sent after the call reaches the function that runs."""
    answer = worker.call_waiting(__name__, "add", 1)
    answer.send(2)
    assert answer.get() == 3


def test_what_comes_too_late_is_left(worker: Worker) -> None:
    """A function that failed before what it waits for was there raises at the caller; the worker goes on."""
    failed = worker.call_waiting(__name__, "add", -1)
    failed.send(2)
    with pytest.raises(ValueError, match="below nought"):
        failed.get()
    assert worker.call("operator", "neg", 5).get() == -5
