"""Publishing survives a kill and a failing disk at every single step."""

from __future__ import annotations

import errno
import itertools
import json
import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from reportgen.deliver.publish import publish
from reportgen.errors import ReportgenError
from reportgen.records.study import Document

PERIOD = "2026-10"
STEPS = ("open", "write", "fsync", "mkdir", "rename", "replace", "symlink", "unlink", "rmdir")
SHOWN_TWICE = 2

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills forked processes")


def make_run(text: str) -> list[Document]:
    names = ("report.html", "segments.csv", "manifest.json")
    return [Document(name, f"{name} {text}\n".encode() * 400) for name in names]


def content_of(directory: Path) -> str:
    """The text of the run that stands in the directory whole; fails on a torn or mixed one."""
    found = {path.name: path.read_bytes() for path in directory.iterdir()}
    assert json.loads(found.pop("source.json"))
    text = found["report.html"].split()[1].decode()
    assert found == {document.name: document.content for document in make_run(text)}
    return text


def check_output(out: Path, allowed: set[str]) -> None:
    """What is shown is complete and one of the allowed runs; every revision kept is complete; one leftover at most."""
    for name in (PERIOD, "latest"):
        if (out / name).is_symlink():
            assert content_of(out / name) in allowed
    for directory in (out / ".runs").glob("*"):
        if directory.is_dir():
            content_of(directory)
    assert len(list(out.glob(".staging-*"))) <= 1


@contextmanager
def each_step(act: Callable[[int], None]) -> Iterator[None]:
    """Calls `act(n)` before the n-th change of the disk."""
    counter = itertools.count(1)
    originals = {name: getattr(os, name) for name in STEPS}

    def watch(original: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            act(next(counter))
            return original(*arguments, **options)

        return call

    try:
        for name, original in originals.items():
            setattr(os, name, watch(original))
        yield
    finally:
        for name, original in originals.items():
            setattr(os, name, original)


def in_child(work: Callable[[], None]) -> int:
    """The child's process id; it works, then ends without any clean-up."""
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    return child


@pytest.mark.parametrize("earlier", [(), ("a",), ("z", "a")], ids=["first run", "second revision", "third revision"])
def test_kill_at_every_step(tmp_path: Path, earlier: tuple[str, ...]) -> None:
    """Killed before its n-th change of the disk, for every n, a run leaves a whole report, and the next run works."""

    def kill_at(n: int) -> Callable[[int], None]:
        return lambda step: os.kill(os.getpid(), signal.SIGKILL) if step == n else None

    for n in itertools.count(1):
        out = tmp_path / str(n)
        for text in earlier:
            publish(make_run(text), out, PERIOD, tmp_path)

        def work(n: int = n, out: Path = out) -> None:
            with each_step(kill_at(n)):
                publish(make_run("b"), out, PERIOD, tmp_path)

        _, status = os.waitpid(in_child(work), 0)
        check_output(out, {"b", *earlier[-1:]})
        publish(make_run("c"), out, PERIOD, tmp_path)
        assert content_of(out / PERIOD) == content_of(out / "latest") == "c"
        assert not list(out.glob(".staging-*"))
        assert sum(path.is_dir() for path in (out / ".runs").iterdir()) <= SHOWN_TWICE
        if not os.WIFSIGNALED(status):
            break
    assert n > len(STEPS)


def kill_at_random(out: Path, times: int) -> None:
    draw = random.Random(7)
    publish(make_run("a"), out, PERIOD, out)
    for _ in range(times):

        def work() -> None:
            for text in itertools.cycle("abcd"):
                publish(make_run(text), out, PERIOD, out)

        child = in_child(work)
        time.sleep(draw.uniform(0.001, 0.02))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        check_output(out, set("abcd"))
    publish(make_run("e"), out, PERIOD, out)
    assert content_of(out / PERIOD) == content_of(out / "latest") == "e"


def test_kill_at_random_moments(tmp_path: Path) -> None:
    """Killed at 30 random moments of publishing over and over, the report shown is always whole."""
    kill_at_random(tmp_path / "out", 30)


@pytest.mark.slow
def test_kill_at_many_random_moments(tmp_path: Path) -> None:
    """The same with 150 kills."""
    kill_at_random(tmp_path / "out", 150)


@pytest.mark.parametrize("fault", [errno.ENOSPC, errno.EIO, errno.EACCES, errno.EDQUOT], ids=errno.errorcode.get)
def test_fault_at_every_step(tmp_path: Path, fault: int) -> None:
    """With the n-th change of the disk failing, for every n until none fails, the exit code is 73 or 74 and a whole
    report is shown."""

    def fail_at(n: int) -> Callable[[int], None]:
        def act(step: int) -> None:
            if step == n:
                raise OSError(fault, os.strerror(fault))

        return act

    failed = 0
    for n in itertools.count(1):
        out = tmp_path / str(n)
        publish(make_run("a"), out, PERIOD, tmp_path)
        steps: list[int] = []

        def act(step: int, n: int = n, steps: list[int] = steps) -> None:
            steps.append(step)
            fail_at(n)(step)

        with each_step(act):
            try:
                publish(make_run("b"), out, PERIOD, tmp_path)
            except ReportgenError as refusal:
                failed += 1
                assert refusal.exit_code == (73 if fault == errno.EACCES else 74)
        check_output(out, {"a", "b"})
        publish(make_run("c"), out, PERIOD, tmp_path)
        assert content_of(out / PERIOD) == "c"
        if len(steps) < n:
            break
    assert failed > len(STEPS)


def test_full_disk_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk is RG-072 with the system's reason and the promise that older reports are whole."""

    def fill(*arguments: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    publish(make_run("a"), tmp_path, PERIOD, tmp_path)
    monkeypatch.setattr(os, "fsync", fill)
    with pytest.raises(ReportgenError, match="No space left on device") as refusal:
        publish(make_run("b"), tmp_path, PERIOD, tmp_path)
    assert refusal.value.code == "RG-072"
    assert content_of(tmp_path / PERIOD) == "a"


def test_short_writes_are_continued(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that takes seven bytes at a time still gets every byte."""
    original = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, content: original(descriptor, bytes(content[:7])))
    publish([Document("a.txt", bytes(range(256)))], tmp_path, PERIOD, tmp_path)
    assert (tmp_path / PERIOD / "a.txt").read_bytes() == bytes(range(256))
