"""A history that an older reportgen wrote is brought up to this one, whole or not at all."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from history_months import as_plain, month_of

from reportgen.history import schema
from reportgen.history._codec import SCALARS, STORED
from reportgen.history.store import open_history, read_history
from reportgen.records.places import HISTORY_FILE, KEY_FILE

OLD = Path(__file__).parent / "history_v1.sql"
"""A history of one month as version 1 wrote it: never changed, so that it stays readable."""
SECRET = bytes(range(32))
"""Under which its keys were made."""
NEXT = ("CREATE TABLE added (a TEXT)", "INSERT INTO added VALUES ('by the next version')")


def versions(out: Path) -> tuple[int, list[str]]:
    with closing(sqlite3.connect(out / HISTORY_FILE)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
        return schema.version_of(connection), [name for (name,) in tables]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A directory with the old history and its secret."""
    (tmp_path / KEY_FILE).write_bytes(SECRET)
    with closing(sqlite3.connect(tmp_path / HISTORY_FILE)) as connection:
        connection.executescript(OLD.read_text(encoding="utf-8"))
    return tmp_path


def test_the_first_version_is_still_read(out: Path) -> None:
    """Every field of the month, the customers too."""
    with open_history(out) as history:
        found = history.month("2026-09")
        assert not history.trouble and found
        expected = month_of(
            "2026-09", revision=1, keys=found.keys, identities=found.identities, key_mark=found.key_mark
        )
        assert as_plain(found) == as_plain(expected)
        assert len(found.keys) == len(found.identities) == 60
    assert versions(out)[0] == len(schema.MIGRATIONS)


def test_the_next_version_is_one_more_entry(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its tables are added to the months that are there, once."""
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, NEXT))
    monkeypatch.setattr("reportgen.history._file.MIGRATIONS", schema.MIGRATIONS)
    for _ in range(2):
        with open_history(out) as history:
            assert not history.trouble and len(history.months) == 1
            assert history._connected().execute("SELECT count(*) FROM added").fetchone() == (1,)
    assert versions(out) == (len(schema.MIGRATIONS), ["added", "customers", "letter", "message", "month"])


def test_a_migration_that_fails_leaves_the_file_as_it_was(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of it is done, the file is not set aside, and the fault is said."""
    before = versions(out)
    failing = (*schema.MIGRATIONS, (*NEXT, "INSERT INTO nowhere VALUES (1)"))
    for module in ("schema", "_file", "store"):
        monkeypatch.setattr(f"reportgen.history.{module}.MIGRATIONS", failing)
    with open_history(out) as history:
        assert "no such table: nowhere" in history.trouble and not history.can_remember
    assert versions(out) == before


def test_reading_brings_nothing_up(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A look at an older history leaves its version."""
    for module in ("schema", "_file", "store"):
        monkeypatch.setattr(f"reportgen.history.{module}.MIGRATIONS", (*schema.MIGRATIONS, NEXT))
    with read_history(out) as history:
        assert (len(history.months), history.trouble) == (1, "")
    assert versions(out)[0] == 1


def test_months_of_a_shape_that_nobody_knows_are_left_alone(out: Path) -> None:
    """A field too many in what is kept as JSON, under a seal that is right: not read, not set aside."""
    with open_history(out) as history:
        history.remember(month_of("2026-10"))
    from reportgen.history import _codec

    with closing(sqlite3.connect(out / HISTORY_FILE)) as connection:
        names = ", ".join(STORED)
        row = list(connection.execute(f"SELECT {names} FROM month WHERE period = '2026-10'").fetchone())
        row[len(SCALARS)] = '[{"colour": "red"}]'
        changed = (row[len(SCALARS)], _codec.seal_of(row))
        connection.execute("UPDATE month SET columns = ?, seal = ? WHERE period = '2026-10'", changed)
        connection.commit()
    with open_history(out) as history:
        assert "that this reportgen cannot read" in history.trouble and not history.can_remember
    assert (out / HISTORY_FILE).exists()
