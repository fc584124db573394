"""Whatever has happened to the history's file, the report can be made, and nothing that was kept is overwritten."""

from __future__ import annotations

import itertools
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from history_months import as_plain, month_of

from reportgen.history import schema, store
from reportgen.history.store import History, open_history, read_history
from reportgen.records.places import HISTORY_FILE, KEY_FILE

PERIODS = ("2026-07", "2026-08", "2026-09")
DAMAGED = f"{HISTORY_FILE}.damaged-1"
NOBODY = 65534


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A directory with three months."""
    with open_history(tmp_path) as history:
        for period in PERIODS:
            history.remember(month_of(period, tmp_path))
    return tmp_path


def periods(history: History) -> list[str]:
    return [month.period for month in history.months]


def is_true(history: History, out: Path) -> bool:
    """Whether all that it tells is what was kept, or is not told at all."""
    past = history.past("2026-10")
    truth = {period: month_of(period, out) for period in PERIODS}
    if past is None:
        return True
    for month in past.months:
        kept = truth[month.period]
        if (month.segments, month.n_customers, month.columns) != (kept.segments, kept.n_customers, kept.columns):
            return False
    return not len(past.last.keys) or past.last.keys.tobytes() == truth[past.last.period].keys.tobytes()


def damage_whole(content: bytes) -> Iterator[bytes]:
    """Another text, nothing at all, a header of noughts, a middle of noughts, cut-off ends."""
    middle = len(content) // 2
    yield b"<!doctype html><title>Sign in</title>"
    yield b""
    yield bytes(100) + content[100:]
    yield content[:4096] + bytes(8192) + content[4096 + 8192 :]
    yield from (content[:length] for length in (1, 100, 4096, middle, len(content) - 4096, len(content) - 1))


def test_a_damaged_file_is_set_aside(out: Path) -> None:
    """Each damage is said, the file is kept to the byte, and the month is remembered in a new one."""
    place = out / HISTORY_FILE
    whole = place.read_bytes()
    for damaged in damage_whole(whole):
        place.write_bytes(damaged)
        with open_history(out) as history:
            assert DAMAGED in history.trouble and (out / DAMAGED).read_bytes() == damaged
            assert history.can_remember and history.past("2026-10") is None
            assert history.remember(month_of("2026-10", out)).revision == 1
        with open_history(out) as history:
            assert (history.trouble, periods(history)) == ("", ["2026-10"])
        for kept in out.glob("*.damaged-*"):
            kept.unlink()


def test_a_second_damaged_file_does_not_replace_the_first(out: Path) -> None:
    """Each is kept under a number of its own, with the files that SQLite had beside it."""
    for number, content in enumerate((b"one", b"two"), start=1):
        (out / HISTORY_FILE).write_bytes(content)
        (out / f"{HISTORY_FILE}-wal").write_bytes(content * 2)
        open_history(out).close()
        assert (out / f"{HISTORY_FILE}.damaged-{number}").read_bytes() == content
        assert (out / f"{HISTORY_FILE}.damaged-{number}-wal").read_bytes() == content * 2
    assert not (out / HISTORY_FILE).exists()


def flip(place: Path, offset: int) -> None:
    content = bytearray(place.read_bytes())
    content[offset] ^= 0x11
    place.write_bytes(content)


@pytest.mark.parametrize(("first", "step"), [(0, 97), pytest.param(3, 7, marks=pytest.mark.slow)])
def test_a_flipped_byte_is_never_believed(
    first: int, step: int, out: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Wherever it lies nothing is raised, all that is told is true, and the file is there to the byte."""
    for offset in range(first, (out / HISTORY_FILE).stat().st_size, step):
        copy = tmp_path_factory.mktemp("flipped")
        for name in (HISTORY_FILE, KEY_FILE):
            shutil.copy(out / name, copy)
        flip(copy / HISTORY_FILE, offset)
        flipped = (copy / HISTORY_FILE).read_bytes()
        with open_history(copy) as history:
            assert is_true(history, copy), offset
            assert history.trouble or periods(history) == list(PERIODS), offset
        kept = copy / (DAMAGED if (copy / DAMAGED).exists() else HISTORY_FILE)
        assert kept.read_bytes()[100:] == flipped[100:], offset
        shutil.rmtree(copy)


def test_damaged_customers_do_not_cost_the_months(out: Path) -> None:
    """Where only a month's keys are damaged its segments are still known, and it is said."""
    key = month_of("2026-09", out).keys[0].tobytes()
    flip(out / HISTORY_FILE, (out / HISTORY_FILE).read_bytes().rindex(key))
    with open_history(out) as history:
        found = [history.month(period) for period in PERIODS]
        lost = [month.period for month in found if month and not len(month.keys)]
        assert len(lost) == 1 and periods(history) == list(PERIODS)
        assert f"customers of {lost[0]} in the history are damaged" in history.trouble


def test_a_newer_history_is_left_alone(out: Path) -> None:
    """It is neither read nor written nor set aside, and the run goes on without it."""
    with closing(sqlite3.connect(out / HISTORY_FILE)) as connection:
        connection.execute(f"PRAGMA user_version = {len(schema.MIGRATIONS) + 1}")
    before = (out / HISTORY_FILE).read_bytes()
    with open_history(out) as history:
        assert "newer reportgen" in history.trouble and not history.can_remember
        assert history.past("2026-10") is None
        assert history.remember(month_of("2026-10", out)).revision == 1
    assert (out / HISTORY_FILE).read_bytes() == before
    assert sorted(path.name for path in out.iterdir()) == [KEY_FILE, HISTORY_FILE]


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    """A SQLite file of that name that no run made."""
    with closing(sqlite3.connect(tmp_path / HISTORY_FILE)) as connection:
        connection.execute("CREATE TABLE month (a)")
    before = (tmp_path / HISTORY_FILE).read_bytes()
    with open_history(tmp_path) as history:
        assert "was not made by reportgen" in history.trouble and not history.can_remember
    assert (tmp_path / HISTORY_FILE).read_bytes() == before


@pytest.mark.parametrize(("lock", "n_read"), [("IMMEDIATE", 3), ("EXCLUSIVE", 3)])
def test_a_locked_history_is_read(lock: str, n_read: int, out: Path) -> None:
    """While another program writes, the months are read, and this one is not kept; said within two seconds."""
    with closing(sqlite3.connect(out / HISTORY_FILE, isolation_level=None)) as other:
        other.execute(f"BEGIN {lock}")
        with open_history(out) as history:
            assert "another program holds it" in history.trouble and not history.can_remember
            assert len(history.months) == n_read
            history.remember(month_of("2026-10", out))
    with open_history(out) as history:
        assert (history.trouble, periods(history)) == ("", list(PERIODS))


def test_a_history_held_alone_is_not_waited_for(out: Path) -> None:
    """A program that lets nobody read either: the run goes on without the months, and the file stays."""
    before = (out / HISTORY_FILE).read_bytes()
    with closing(sqlite3.connect(out / HISTORY_FILE, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        with open_history(out) as history:
            assert "held by another program" in history.trouble and not history.can_remember
        other.execute("ROLLBACK")
    assert (out / HISTORY_FILE).read_bytes() == before
    assert not (out / DAMAGED).exists()


READ_AS_NOBODY = """
import os, sys
from pathlib import Path
from reportgen.history.store import open_history
os.setgroups([]); os.setgid(65534); os.setuid(65534)
with open_history(Path(sys.argv[1])) as history:
    past = history.past("2026-10")
    kept = history.remember(past.last)
    print(len(past.months), history.can_remember, history.trouble)
"""


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="gives up the rights of root")
@pytest.mark.parametrize("mode", [0o555, 0o777])
def test_a_read_only_history_is_read(mode: int, out: Path) -> None:
    """In a folder that may or may not be written: the months are known, and it is said that this one is not kept."""
    for folder in (out, *out.parents[:3]):
        folder.chmod(folder.stat().st_mode | 0o055)  # adds rights alone: one of them may be everybody's
    for path in out.iterdir():
        path.chmod(0o444)
    out.chmod(mode)
    before = (out / HISTORY_FILE).read_bytes()
    outcome = subprocess.run([sys.executable, "-c", READ_AS_NOBODY, out], capture_output=True, text=True, check=True)
    assert outcome.stdout.startswith("3 False This month is not kept in the history"), outcome.stdout
    assert (out / HISTORY_FILE).read_bytes() == before


def test_a_folder_in_its_place_is_said(tmp_path: Path) -> None:
    """It is left as it is."""
    (tmp_path / HISTORY_FILE).mkdir()
    with open_history(tmp_path) as history:
        assert history.trouble and not history.can_remember
    assert (tmp_path / HISTORY_FILE).is_dir()


def test_a_full_disk_keeps_the_months_before(out: Path) -> None:
    """The month that does not fit is not kept, not even in part, and it is said."""
    with open_history(out) as history:
        history._connected().execute("PRAGMA max_page_count = 1")
        keys = np.frombuffer(np.random.default_rng(0).bytes(16 * 5_000), dtype="V16")
        big = month_of("2026-10", keys=keys, identities=np.ones(5_000, np.int32))
        history.remember(big)
        assert "2026-10 could not be kept" in history.trouble and not history.can_remember
    with open_history(out) as history:
        assert (history.trouble, periods(history)) == ("", list(PERIODS))


WRITE_LITTLE = """
import resource, sys
sys.path.insert(0, sys.argv[2])
from pathlib import Path
from history_months import month_of
from reportgen.history.store import open_history
out, most = Path(sys.argv[1]), int(sys.argv[3])
resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
with open_history(out) as history:
    history.remember(month_of("2026-10", out))
    print(history.trouble)
"""


@pytest.mark.parametrize("most", [0, 100, 5000, 20000])
@pytest.mark.parametrize("is_new", [True, False])
def test_a_disk_that_fills_up_anywhere_leaves_all_or_nothing(
    most: int, is_new: bool, out: Path, tmp_path: Path
) -> None:
    """However few bytes fit: no fault leaves the run, the months before are whole, the next start needs no hand."""
    if is_new:
        (out / HISTORY_FILE).unlink()
    arguments = [sys.executable, "-c", WRITE_LITTLE, out, str(Path(__file__).parents[1]), str(most)]
    outcome = subprocess.run(arguments, capture_output=True, text=True, check=False)
    assert outcome.returncode == 0, outcome.stderr
    expected = [] if is_new else list(PERIODS)
    with open_history(out) as history:
        assert not history.trouble
        assert periods(history) in (expected, [*expected, "2026-10"])
        assert ("2026-10" in periods(history)) == (not outcome.stdout.strip())
        assert history.remember(month_of("2026-10", out)).revision == 1


def test_a_fault_at_any_statement_rolls_back(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A month whose customers cannot be written is not kept without them."""
    monkeypatch.setattr(store, "ADD_CUSTOMERS", "INSERT INTO no_such_table VALUES (?, ?, ?, ?)")
    with open_history(out) as history:
        history.remember(month_of("2026-10", out))
        assert "could not be kept" in history.trouble
    monkeypatch.undo()
    with open_history(out) as history:
        assert (history.trouble, periods(history)) == ("", list(PERIODS))


def test_a_log_without_its_file_is_not_taken_over(out: Path) -> None:
    """What SQLite left beside a history that is gone does not get into the new one."""
    connection = sqlite3.connect(out / HISTORY_FILE)
    connection.execute("UPDATE month SET period = '1999-01' WHERE period = '2026-07'")
    connection.commit()
    log = (out / f"{HISTORY_FILE}-wal").read_bytes()
    connection.close()
    (out / HISTORY_FILE).unlink()
    (out / f"{HISTORY_FILE}-wal").write_bytes(log)
    with open_history(out) as history:
        history.remember(month_of("2026-10", out))
    with read_history(out) as history:
        assert (history.trouble, periods(history)) == ("", ["2026-10"])


def test_customers_and_identities_belong_together(out: Path) -> None:
    """The identity of each key is the one that was kept with it."""
    with open_history(out) as history:
        for period, revision in itertools.product(PERIODS, (None, 1)):
            assert as_plain(history.month(period, revision))[3] == month_of(period, out).identities.tolist()
