"""The months are kept whole, in order, once each, and never with a customer's id."""

from __future__ import annotations

import dataclasses
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from history_months import IDS, as_plain, month_of

from reportgen.history._codec import STORED
from reportgen.history.store import customer_keys, open_history, read_history
from reportgen.records.history import Month
from reportgen.records.places import HISTORY_FILE, KEY_FILE


def remember(out: Path, *periods: str, seed: int = 0) -> None:
    with open_history(out) as history:
        for period in periods:
            history.remember(month_of(period, out, seed))
        assert not history.trouble


def test_a_month_comes_back_as_it_was_kept(tmp_path: Path) -> None:
    """Every field to the last bit, the keys and identities too."""
    with open_history(tmp_path) as history:
        kept = history.remember(month_of("2026-09", tmp_path))
    with open_history(tmp_path) as history:
        assert as_plain(history.month("2026-09")) == as_plain(kept)
        assert (history.trouble, history.can_remember, kept.revision) == ("", True, 1)


def test_every_field_of_a_month_is_kept() -> None:
    """A field that is added to the record is added to the table, by a migration."""
    assert {*STORED, "keys", "identities"} == {entry.name for entry in dataclasses.fields(Month)}


def test_odd_values_come_back(tmp_path: Path) -> None:
    """No value column, no model, no ids; numpy's numbers, minus nought and a file name that is no text."""
    odd = month_of(
        "2026-09", value_total=np.float64(-0.0), n_customers=np.int64(7), model=None, source_name="k\udcff.csv"
    )
    with open_history(tmp_path) as history:
        history.remember(odd)
        history.remember(month_of("2026-10", value_total=float("nan"), segments=(), verdict="no_segments"))
    with open_history(tmp_path) as history:
        first, second = history.month("2026-09"), history.month("2026-10")
        assert first and second and not history.trouble
        assert (first.value_total, first.n_customers, first.model, first.source_name) == (0.0, 7, None, "k?.csv")
        assert (second.value_total, second.segments, len(second.keys)) == (None, (), 0)


def test_the_past_is_every_month_before(tmp_path: Path) -> None:
    """By rising period however they were run, the newest revision of each, customers of the last alone."""
    remember(tmp_path, "2026-10", "2026-08", "2026-09")
    remember(tmp_path, "2026-09", seed=1)
    with open_history(tmp_path) as history:
        past = history.past("2026-10")
        assert past
        assert [(month.period, month.revision) for month in past.months] == [("2026-08", 1), ("2026-09", 2)]
        assert [len(month.keys) for month in past.months] == [0, len(IDS)]
        assert history.past("2026-08") is None


def test_the_same_run_again_adds_nothing(tmp_path: Path) -> None:
    """Same export, settings and software: the revision of the first time; anything else is one more."""
    remember(tmp_path, "2026-10", "2026-10")
    with open_history(tmp_path) as history:
        month = month_of("2026-10", tmp_path)
        same = history.same_run("2026-10", month.source_sha256, month.settings_digest, month.software)
        assert same and same.revision == 1
        assert history.same_run("2026-10", month.source_sha256, "other settings", month.software) is None
        assert history.remember(month_of("2026-10", tmp_path, settings_digest="other settings")).revision == 2
        assert history.remember(month).revision == 3
    with read_history(tmp_path) as history:
        assert [month.revision for month in history.months] == [1, 2, 3]
        first = history.month("2026-10", 1)
        assert first and len(first.keys) == len(IDS)


def test_nothing_is_made_before_something_is_kept(tmp_path: Path) -> None:
    """Looking at a history that is not there leaves no file, nor does a folder that is not there fail."""
    for out in (tmp_path, tmp_path / "none"):
        with open_history(out) as history:
            assert (history.past("2026-10"), history.month("2026-10"), history.trouble) == (None, None, "")
    assert not list(tmp_path.iterdir())


def test_one_file_for_its_owner_alone(tmp_path: Path) -> None:
    """After a run the history is one file and one secret, both of mode 0600, whatever the umask."""
    before = os.umask(0)
    try:
        remember(tmp_path, "2026-10")
    finally:
        os.umask(before)
    modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
    assert modes == {HISTORY_FILE: 0o600, KEY_FILE: 0o600}


def test_no_id_and_no_row_is_kept(tmp_path: Path) -> None:
    """Neither an id nor the secret stands anywhere in the file."""
    remember(tmp_path, "2026-10")
    content = (tmp_path / HISTORY_FILE).read_bytes()
    assert not [customer for customer in IDS if customer.encode() in content]
    assert (tmp_path / KEY_FILE).read_bytes() not in content


def test_the_file_waits_for_the_disk(tmp_path: Path) -> None:
    """Write-ahead log, full synchronisation, foreign keys: as the promise says."""
    remember(tmp_path, "2026-10")
    with open_history(tmp_path) as history:
        connection = history._connected()
        asked = [
            connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    assert asked == ["wal", 2, 1]


def test_a_closed_history_is_not_made_anew(tmp_path: Path) -> None:
    """After its `with` the file that is there is opened again, never replaced."""
    remember(tmp_path, "2026-09")
    with open_history(tmp_path) as history:
        pass
    found = history.month("2026-09")
    history.close()
    assert found and len(found.keys) == len(IDS)


def test_readers_see_whole_months_while_one_writes(tmp_path: Path) -> None:
    """A reader that began before a month was kept does not see it, and one that begins after does."""
    remember(tmp_path, "2026-08")
    with open_history(tmp_path) as writer, read_history(tmp_path) as before:
        writer.remember(month_of("2026-09", tmp_path))
        with read_history(tmp_path) as after, closing(sqlite3.connect(tmp_path / HISTORY_FILE)) as other:
            assert [len(history.months) for history in (before, after)] == [1, 2]
            assert other.execute("SELECT count(*) FROM month").fetchone() == (2,)
            assert not after.trouble


@pytest.mark.parametrize("name", ["a?mode=ro", "a%41#b", "it's é", "a&immutable=1"])
def test_a_folder_of_any_name_has_its_history(name: str, tmp_path: Path) -> None:
    """What SQLite would take for an option of its address is part of the name."""
    (tmp_path / name).mkdir()
    remember(tmp_path / name, "2026-10")
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert HISTORY_FILE in {path.name for path in (tmp_path / name).iterdir()}


def test_reading_keeps_nothing(tmp_path: Path) -> None:
    """What is opened for reading remembers no month."""
    remember(tmp_path, "2026-08")
    with read_history(tmp_path) as history:
        assert not history.can_remember
        history.remember(month_of("2026-09", tmp_path))
    with read_history(tmp_path) as history:
        assert [month.period for month in history.months] == ["2026-08"]


@pytest.mark.parametrize("n_ids", [0, 3])
def test_keys_are_the_same_for_the_same_id(n_ids: int, tmp_path: Path) -> None:
    """In the order of the ids, the same in every run."""
    first, again = customer_keys(tmp_path, IDS[:n_ids]), customer_keys(tmp_path, IDS[:n_ids][::-1])
    assert first.tolist() == again.tolist()[::-1]
    assert (first.dtype, len(set(first.tolist()))) == (np.dtype("V16"), n_ids)
