"""Parsers in a process of their own: what they answer, and what is said when they die."""

from __future__ import annotations

import resource
import time

import pytest

from reportgen.errors import ReportgenError
from reportgen.ingest import _child
from reportgen.ingest._child import run_in_child


def echo(data: bytes, *arguments: str) -> bytes:
    return data + "".join(arguments).encode()


def refuse(_data: bytes) -> bytes:
    raise ReportgenError("RG-032", "it is damaged.", "Export it again.")


def die(_data: bytes) -> bytes:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    __import__("os").abort()


def swallow(_data: bytes) -> bytes:
    return b"".join([bytes(1 << 30) for _ in range(4)])


def spin(_data: bytes) -> bytes:
    while True:
        pass


def wait(_data: bytes) -> bytes:
    time.sleep(60)
    return b""


@pytest.fixture(autouse=True)
def importable(monkeypatch: pytest.MonkeyPatch) -> None:
    """The child finds the functions of this file."""
    monkeypatch.setenv("PYTHONPATH", str(__import__("pathlib").Path(__file__).parent), prepend=":")


def fault_of(function: str) -> ReportgenError:
    with pytest.raises(ReportgenError) as caught:
        run_in_child(f"test_ingest_child:{function}", b"data")
    return caught.value


def test_the_answer_is_what_the_parser_returns() -> None:
    """Bytes and arguments go there, bytes come back, line ends included."""
    assert run_in_child("test_ingest_child:echo", b"a\nb\r\n", "c", "d") == b"a\nb\r\ncd"


def test_a_refusal_comes_back_whole() -> None:
    """Code, sentence and hint of the parser's own refusal."""
    fault = fault_of("refuse")
    assert (fault.code, fault.sentence, fault.hint) == ("RG-032", "it is damaged.", "Export it again.")


@pytest.mark.parametrize("function", ["die", "swallow"])
def test_a_dead_child_is_a_refusal(function: str) -> None:
    """Aborted, or out of memory: one sentence, and the parent lives."""
    assert fault_of(function).code == "RG-031"


@pytest.mark.parametrize("function", ["spin", "wait"])
def test_a_child_that_never_ends_is_ended(function: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """By its limit on processor time, or by the parent's clock if it only waits."""
    monkeypatch.setattr(_child, "SECONDS", 1)
    start = time.monotonic()
    assert fault_of(function).code == "RG-031"
    assert time.monotonic() - start < 10
