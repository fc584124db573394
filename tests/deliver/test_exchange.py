"""Two directories change names in one step, or nothing is done and the answer says that it cannot be."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from pathlib import Path

import pytest

from reportgen.deliver._exchange import NO_EXCHANGE, exchange

can_exchange = pytest.mark.skipif(sys.platform not in {"linux", "darwin"}, reason="the system has no such step")


def make_directories(parent: Path, *names: str) -> list[Path]:
    places = [parent / name for name in names]
    for place in places:
        place.mkdir()
        (place / "file").write_bytes(os.fsencode(place.name))
    return places


@can_exchange
@pytest.mark.parametrize("name", ["plain", "weiß & 'co'", os.fsdecode(b"caf\xe9")])
def test_each_has_the_files_of_the_other(tmp_path: Path, name: str) -> None:
    """After the exchange each name leads to the other's files, in names of any bytes and across folders."""
    (tmp_path / ".shelf").mkdir()
    one, other = make_directories(tmp_path, name, ".shelf/old")
    exchange(one, other)
    assert ((one / "file").read_bytes(), (other / "file").read_bytes()) == (b"old", os.fsencode(name))


@can_exchange
def test_a_missing_directory_is_said(tmp_path: Path) -> None:
    """The system's fault comes back as the OSError that it is, with both names."""
    (one,) = make_directories(tmp_path, "one")
    with pytest.raises(FileNotFoundError) as fault:
        exchange(one, tmp_path / "none")
    assert (fault.value.filename, fault.value.filename2) == (str(one), str(tmp_path / "none"))
    assert (one / "file").exists()


def test_a_library_without_the_step_is_no_fault_of_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the C library lacks the call, the number is one of NO_EXCHANGE and nothing has moved."""
    monkeypatch.setattr(ctypes, "CDLL", lambda *arguments, **options: object())
    one, other = make_directories(tmp_path, "one", "other")
    with pytest.raises(OSError, match=os.strerror(errno.ENOSYS)) as fault:
        exchange(one, other)
    assert fault.value.errno in NO_EXCHANGE
    assert (one / "file").read_bytes() == b"one"
