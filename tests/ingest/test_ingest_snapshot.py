"""The bytes: one regular file, opened once, unchanged while it was read."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from ingest_exports import CUSTOMERS, read, refusal

from reportgen.config import InputSettings
from reportgen.engine.in_memory import InMemoryEngine
from reportgen.errors import ReportgenError
from reportgen.ingest import _snapshot
from reportgen.ingest.stage import read_export


def code_of(path: Path) -> str:
    with pytest.raises(ReportgenError) as caught:
        read_export(path, InputSettings(), InMemoryEngine())
    assert path.name in caught.value.sentence
    return caught.value.code


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    """A path without a file: RG-051, and the hint shows where was looked."""
    assert code_of(tmp_path / "gone.csv") == "RG-051"


def test_a_directory_is_no_file(tmp_path: Path) -> None:
    """A directory is refused as such."""
    (tmp_path / "folder.csv").mkdir()
    assert code_of(tmp_path / "folder.csv") == "RG-052"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no FIFO on this system")
def test_a_pipe_is_refused_without_waiting_for_a_writer(tmp_path: Path) -> None:
    """Opening a FIFO that nobody writes to must not hang."""
    os.mkfifo(tmp_path / "pipe.csv")
    assert code_of(tmp_path / "pipe.csv") == "RG-052"


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no devices on this system")
def test_an_endless_device_is_refused_unread() -> None:
    """/dev/zero has no end: its kind is asked before its bytes."""
    assert code_of(Path("/dev/zero")) == "RG-052"


def test_a_file_that_may_not_be_read_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A refusal of the operating system is RG-053, exit code 77."""

    def refuse(*_: object) -> int:
        raise PermissionError

    (tmp_path / "secret.csv").write_text(CUSTOMERS)
    monkeypatch.setattr(_snapshot.os, "open", refuse)
    assert code_of(tmp_path / "secret.csv") == "RG-053"


def test_a_web_address_is_not_fetched() -> None:
    """http://… is refused as a setting, not looked for as a file."""
    with pytest.raises(ReportgenError) as caught:
        read_export(Path("https://example.com/customers.csv"), InputSettings(), InMemoryEngine())
    assert (caught.value.code, caught.value.exit_code) == ("RG-054", 78)


def test_a_file_that_grows_while_it_is_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Size or time of change moved between the first and the last byte: RG-006, try again later."""
    (tmp_path / "growing.csv").write_text(CUSTOMERS)
    read_all = _snapshot._read_all

    def read_while_written(handle: int, size: int) -> bytes:
        data = read_all(handle, size)
        with (tmp_path / "growing.csv").open("a") as file:
            file.write("6,Fay,20,2\n")
        return data

    monkeypatch.setattr(_snapshot, "_read_all", read_while_written)
    assert code_of(tmp_path / "growing.csv") == "RG-006"


def test_a_file_beyond_the_limit_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    """The size is asked before the bytes."""
    monkeypatch.setattr(_snapshot, "MAX_BYTES", 10)
    assert refusal(CUSTOMERS).code == "RG-021"


@pytest.mark.skipif(os.name == "nt", reason="Windows forbids these names")
@pytest.mark.parametrize("name", ["x*.csv", "[ab].csv", "-rf.csv", "new\nline.csv", 'quo"te.csv', "späce é.csv"])
def test_odd_names_mean_that_file_alone(name: str, tmp_path: Path) -> None:
    """A name is never a pattern: a second file beside it stays unread, and the name shown is scrubbed."""
    (tmp_path / "xother.csv").write_text("id,name\n9,Other\n8,Other\n")
    (tmp_path / name).write_text(CUSTOMERS)
    report = read_export(tmp_path / name, InputSettings(), InMemoryEngine()).report
    assert report.n_physical == 5
    assert "\n" not in report.file_name


def test_the_hash_is_that_of_the_bytes() -> None:
    """The report carries size and sha256 of the source as it is, BOM and all."""
    content = b"\xef\xbb\xbf" + CUSTOMERS.encode()
    report = read(content).report
    assert (report.sha256, report.n_bytes) == (hashlib.sha256(content).hexdigest(), len(content))
