"""Parsers in a process of their own: what they answer, and what is said when they die."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from pathlib import Path

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
    monkeypatch.setattr(_child, "PATIENCE", 3)
    start = time.monotonic()
    assert fault_of(function).code == "RG-031"
    assert time.monotonic() - start < 10


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a child with its parent")
def test_a_child_ends_when_its_parent_is_killed() -> None:
    """SIGKILL leaves no orphan at work."""
    code = "from reportgen.ingest._child import run_in_child; run_in_child('test_ingest_child:wait', b'data')"
    with subprocess.Popen([sys.executable, "-c", code]) as parent:
        children = Path(f"/proc/{parent.pid}/task/{parent.pid}/children")
        until = time.monotonic() + 10
        while not (found := children.read_text().split()) and time.monotonic() < until:
            time.sleep(0.05)
        time.sleep(0.5)
        parent.kill()
    while (alive := is_alive(found[0])) and time.monotonic() < until:
        time.sleep(0.05)
    assert not alive


def is_alive(process: str) -> bool:
    """Whether the process is there and no zombie."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
