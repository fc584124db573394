"""Whatever has happened to the history, the month's report is made, and what is wrong is said."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

import pytest
from runs import ROOT, reportgen

from reportgen.records.places import HISTORY_FILE, KEY_FILE

EXPORTS = [ROOT / "sample_data" / f"customers_{month}.csv" for month in ("2026-09", "2026-10")]
QUICKLY = ("--formats", "email", "--set", "segments.n_bootstraps=20")

Trouble = Callable[[Path], AbstractContextManager[None]]


@contextmanager
def damaged(out: Path) -> Iterator[None]:
    content = (out / HISTORY_FILE).read_bytes()
    (out / HISTORY_FILE).write_bytes(content[:5000])
    yield
    assert (out / f"{HISTORY_FILE}.damaged-1").read_bytes() == content[:5000]


@contextmanager
def newer(out: Path) -> Iterator[None]:
    with closing(sqlite3.connect(out / HISTORY_FILE)) as connection:
        connection.execute("PRAGMA user_version = 99")
    before = (out / HISTORY_FILE).read_bytes()
    yield
    assert (out / HISTORY_FILE).read_bytes() == before


@contextmanager
def locked(out: Path) -> Iterator[None]:
    with closing(sqlite3.connect(out / HISTORY_FILE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


@contextmanager
def missing(out: Path) -> Iterator[None]:
    (out / HISTORY_FILE).unlink()
    yield


@contextmanager
def without_secret(out: Path) -> Iterator[None]:
    (out / KEY_FILE).unlink()
    yield


TROUBLES: dict[str, tuple[Trouble, str]] = {
    "damaged": (damaged, "was damaged and is kept as"),
    "newer": (newer, "was written by a newer reportgen"),
    "locked": (locked, "another program holds it"),
    "without its secret": (without_secret, "cannot be followed"),
    "missing": (missing, ""),
}


@pytest.fixture(scope="module")
def first_month(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The history and the secret after one month."""
    out = tmp_path_factory.mktemp("first")
    assert reportgen("run", EXPORTS[0], "--out", out, *QUICKLY).returncode == 0
    return {name: (out / name).read_bytes() for name in (HISTORY_FILE, KEY_FILE)}


@pytest.mark.parametrize(
    "case", [name if name == "damaged" else pytest.param(name, marks=pytest.mark.slow) for name in TROUBLES]
)
def test_the_report_is_made(case: str, first_month: dict[str, bytes], tmp_path: Path) -> None:
    """Exit code 0, the month is there, a note says what is wrong with the history."""
    make_trouble, said = TROUBLES[case]
    for name, content in first_month.items():
        (tmp_path / name).write_bytes(content)
    with make_trouble(tmp_path):
        outcome = reportgen("run", EXPORTS[1], "--out", tmp_path, *QUICKLY)
    assert (outcome.returncode, "Traceback" in outcome.stderr) == (0, False), outcome.stderr
    assert said in outcome.stdout and (tmp_path / "2026-10" / "study.json").is_file()
    assert ("note: " in outcome.stdout) == bool(said)
