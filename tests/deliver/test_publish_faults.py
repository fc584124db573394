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

from reportgen.deliver import _exchange
from reportgen.deliver.publish import publish
from reportgen.errors import ReportgenError
from reportgen.records.study import Document

PERIOD = "2026-10"
STEPS = [(os, name) for name in ("open", "write", "fsync", "mkdir", "rename", "replace", "symlink", "unlink", "rmdir")]
STEPS.append((_exchange, "exchange"))

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


def kept_in(out: Path) -> list[str]:
    """The texts of the older revisions; fails if one is not whole."""
    return [content_of(path) for path in (out / ".revisions").glob(f"{PERIOD}-*")]


def shown_in(out: Path) -> str:
    """The text of the run shown, empty if there is none; fails if anything is torn or more than one leftover lies."""
    kept_in(out)
    assert len(list(out.glob(".staging-*"))) <= 1
    if not (out / PERIOD).exists():
        return ""
    shown = content_of(out / PERIOD)
    assert not (out / "latest").is_symlink() or content_of(out / "latest") == shown
    return shown


@contextmanager
def each_step(act: Callable[[int], None]) -> Iterator[None]:
    """Calls `act(n)` before the n-th change of the disk."""
    counter = itertools.count(1)

    def watch(original: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            act(next(counter))
            return original(*arguments, **options)

        return call

    with pytest.MonkeyPatch.context() as patch:
        for module, name in STEPS:
            patch.setattr(module, name, watch(getattr(module, name)))
        yield


def in_child(work: Callable[[], None]) -> int:
    """The child's process id; it works, then ends without any clean-up."""
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    return child


@pytest.mark.parametrize("earlier", ["", "a", "za"], ids=["first run", "second revision", "third revision"])
def test_kill_at_every_step(tmp_path: Path, way: str, earlier: str) -> None:
    """Killed before its n-th change of the disk, for every n, a run leaves a whole report, and the next run works.

    Without exchange, a kill between the two renames leaves the old report whole among the older revisions.
    """

    def kill_at(n: int) -> Callable[[int], None]:
        return lambda step: os.kill(os.getpid(), signal.SIGKILL) if step == n else None

    gaps = 0
    for n in itertools.count(1):
        out = tmp_path / str(n)
        for text in earlier:
            publish(make_run(text), out, PERIOD, tmp_path)

        def work(n: int = n, out: Path = out) -> None:
            with each_step(kill_at(n)):
                publish(make_run("b"), out, PERIOD, tmp_path)

        _, status = os.waitpid(in_child(work), 0)
        shown = shown_in(out)
        is_gap = bool(earlier) and not shown
        gaps += is_gap
        assert shown in {"", earlier[-1:], "b"}
        publish(make_run("c"), out, PERIOD, tmp_path)
        assert content_of(out / PERIOD) == content_of(out / "latest") == "c"
        assert not list(out.glob(".staging-*"))
        if is_gap:
            assert earlier[-1] in kept_in(out)
        else:
            assert kept_in(out) == [text for text in shown if text]
        publish(make_run("d"), out, PERIOD, tmp_path)
        assert kept_in(out) == ["c"]
        if not os.WIFSIGNALED(status):
            break
    assert n > len(STEPS)
    assert gaps == (1 if earlier and way == "two renames" else 0)


def kill_at_random(out: Path, times: int, *, may_miss: bool) -> None:
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
        assert shown_in(out) or (may_miss and kept_in(out))
    publish(make_run("e"), out, PERIOD, out)
    assert content_of(out / PERIOD) == content_of(out / "latest") == "e"


def test_kill_at_random_moments(tmp_path: Path, way: str) -> None:
    """Killed at 30 random moments of publishing over and over, the report shown is always whole."""
    kill_at_random(tmp_path / "out", 30, may_miss=way == "two renames")


@pytest.mark.slow
def test_kill_at_many_random_moments(tmp_path: Path, way: str) -> None:
    """The same with 150 kills."""
    kill_at_random(tmp_path / "out", 150, may_miss=way == "two renames")


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("fault", [errno.ENOSPC, errno.EIO, errno.EACCES, errno.EDQUOT], ids=errno.errorcode.get)
def test_fault_at_every_step(tmp_path: Path, fault: int) -> None:
    """With the n-th change of the disk failing, for every n until none fails, the exit code is 73 or 74 and a whole
    report is shown."""
    failed = 0
    for n in itertools.count(1):
        out = tmp_path / str(n)
        publish(make_run("a"), out, PERIOD, tmp_path)
        steps: list[int] = []

        def act(step: int, n: int = n, steps: list[int] = steps) -> None:
            steps.append(step)
            if step == n:
                raise OSError(fault, os.strerror(fault))

        with each_step(act):
            try:
                publish(make_run("b"), out, PERIOD, tmp_path)
            except ReportgenError as refusal:
                failed += 1
                assert refusal.exit_code == (73 if fault == errno.EACCES else 74)
        assert shown_in(out) in {"a", "b"}
        publish(make_run("c"), out, PERIOD, tmp_path)
        assert content_of(out / PERIOD) == "c"
        assert len(kept_in(out)) == 1
        if len(steps) < n:
            break
    assert failed > len(STEPS)


@pytest.mark.usefixtures("way")
def test_everything_is_on_the_disk_before_it_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files, their directory and the record are fsynced before the first rename, the folders above after the last."""
    synced: set[int] = set()
    before: list[set[int]] = []
    original = os.rename

    def rename(source: Path, target: Path) -> None:
        before.append(set(synced))
        synced.clear()
        original(source, target)

    publish(make_run("a"), tmp_path, PERIOD, tmp_path)
    monkeypatch.setattr(os, "fsync", lambda descriptor: synced.add(os.fstat(descriptor).st_ino))
    monkeypatch.setattr(os, "rename", rename)
    shown, shelf = publish(make_run("b"), tmp_path, PERIOD, tmp_path), tmp_path / ".revisions"
    assert {path.stat().st_ino for path in (shelf, shelf / f"{PERIOD}.sha256", shown, *shown.iterdir())} <= before[0]
    assert {tmp_path.stat().st_ino, shelf.stat().st_ino} <= synced


def test_an_exchange_in_doubt_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An exchange that was done and yet reports a fault is not worked around: both revisions are there, whole."""
    original = _exchange.exchange

    def doubtful(one: Path, other: Path) -> None:
        original(one, other)
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    publish(make_run("a"), tmp_path, PERIOD, tmp_path)
    monkeypatch.setattr(_exchange, "exchange", doubtful)
    with pytest.raises(ReportgenError) as refusal:
        publish(make_run("b"), tmp_path, PERIOD, tmp_path)
    assert refusal.value.code == "RG-072"
    assert (shown_in(tmp_path), kept_in(tmp_path)) == ("b", ["a"])


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
