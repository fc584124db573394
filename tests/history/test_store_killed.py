"""A process that is killed while it writes leaves every month whole or not there, and the next start needs no hand."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from history_months import IDS, month_of, some_periods

from reportgen.history.store import open_history
from reportgen.records.places import HISTORY_FILE, KEY_FILE

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kills")
MOST_MONTHS, LONGEST_SECONDS = 4, 0.02
"""A kill falls behind so many months, and so long after: while the next one is written, often while the first is."""
KILLS_A_FILE = 10
"""Then a new one is begun, for its making is to be hit too."""

WRITE = """
import sys
sys.path.insert(0, sys.argv[2])
from pathlib import Path
from history_months import month_of, some_periods
from reportgen.history.store import open_history, read_history
out = Path(sys.argv[1])
with read_history(out) as history:
    rest = some_periods()[len(history.months):]
sys.stdin.readline()
print("ready", flush=True)
for period in rest:
    with open_history(out) as history:
        history.remember(month_of(period, out))
    print(period, flush=True)
"""


def kill_while_writing(out: Path, n_months: int, seconds: float) -> None:
    """A process that keeps month after month, killed so many seconds after so many of them."""
    command = [sys.executable, "-c", WRITE, str(out), str(Path(__file__).parents[1])]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as writer:
        assert writer.stdin and writer.stdout
        writer.stdin.write(b"begin\n")
        writer.stdin.flush()
        for _ in range(n_months + 1):
            assert writer.stdout.readline()
        time.sleep(seconds)
        writer.kill()


def check_whole_months(out: Path, n_before: int) -> int:
    """How many months are kept: without a gap, each once and with all its customers, in a file that is whole."""
    with open_history(out) as history:
        assert (history.trouble, history.can_remember) == ("", True)
        kept = [month.period for month in history.months]
        assert kept == some_periods()[: len(kept)] and len(kept) >= n_before
        for period in kept[n_before:]:
            month = history.month(period)
            assert month and month.revision == 1 and len(month.keys) == len(IDS)
    if (out / HISTORY_FILE).exists():
        with closing(sqlite3.connect(out / HISTORY_FILE)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    return len(kept)


@pytest.mark.parametrize("n_kills", [20, pytest.param(200, marks=pytest.mark.slow)])
def test_a_killed_writer_leaves_whole_months(n_kills: int, tmp_path: Path) -> None:
    """After each kill the months kept are the first ones, each whole; no file is set aside."""
    draw, n_kept = random.Random(n_kills), 0
    for kill in range(n_kills):
        out = tmp_path / str(kill // KILLS_A_FILE)
        out.mkdir(exist_ok=True)
        n_kept = n_kept if kill % KILLS_A_FILE else 0
        kill_while_writing(out, draw.randint(0, MOST_MONTHS), draw.uniform(0, LONGEST_SECONDS))
        n_kept = check_whole_months(out, n_kept)
        assert not list(out.glob("*.damaged-*"))
    assert n_kept > KILLS_A_FILE


def test_a_kill_while_the_file_is_made_leaves_no_empty_history(tmp_path: Path) -> None:
    """What was begun lies under another name, and the next start makes the file as if nothing had been."""
    (tmp_path / ".history-new").write_bytes(b"begun")
    (tmp_path / ".history-new-journal").write_bytes(b"begun")
    with open_history(tmp_path) as history:
        history.remember(month_of("2026-10", tmp_path))
        assert not history.trouble
    assert sorted(path.name for path in tmp_path.iterdir()) == [KEY_FILE, HISTORY_FILE]
