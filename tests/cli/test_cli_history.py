"""The commands that read the history: what is remembered, and two months beside each other."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from history_months import month_of
from runs import reportgen

from reportgen.history.store import open_history
from reportgen.records.history import HISTORY_FILE


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Two months, the second in two revisions."""
    with open_history(tmp_path) as history:
        for period, seed in (("2026-09", 0), ("2026-10", 0), ("2026-10", 1)):
            history.remember(month_of(period, tmp_path, seed))
    return tmp_path


def test_history_lists_every_revision(out: Path) -> None:
    """A line each, the oldest first, with what it was made from and with."""
    outcome = reportgen("history", "--out", out)
    head, *lines = outcome.stdout.splitlines()
    assert head.split()[:6] == ["period", "revision", "customers", "segments", "verdict", "source"]
    assert [line.split()[:6] for line in lines] == [
        ["2026-09", "1", "60", "3", "segments", "customers_2026-09.csv"],
        ["2026-10", "1", "60", "3", "segments", "customers_2026-10.csv"],
        ["2026-10", "2", "60", "3", "segments", "customers_2026-10.csv"],
    ]
    assert all(line.endswith("reportgen 0.1.0") for line in lines)


def test_history_answers_in_json(out: Path) -> None:
    """The segments by identity with their figures; no customer's key."""
    answer = json.loads(reportgen("history", "--out", out, "--json").stdout)
    assert answer["trouble"] is None
    assert [month["revision"] for month in answer["months"]] == [1, 1, 2]
    assert [segment["identity"] for segment in answer["months"][0]["segments"]] == [1, 2, 4]
    assert "keys" not in answer["months"][0]


def test_no_history_is_said(tmp_path: Path) -> None:
    """Nothing remembered is no fault, and nothing is written."""
    outcome = reportgen("history", "--out", tmp_path / "none")
    assert (outcome.returncode, "No month is remembered" in outcome.stdout) == (0, True)
    assert not list(tmp_path.iterdir())


def test_a_damaged_history_is_said_and_left(tmp_path: Path) -> None:
    """Exit code 65 with a sentence; a command that only reads moves nothing."""
    (tmp_path / HISTORY_FILE).write_text("no database", encoding="utf-8")
    outcome = reportgen("history", "--out", tmp_path, "--json")
    error = json.loads(outcome.stdout)["error"]
    assert (outcome.returncode, error["code"]) == (65, "RG-083")
    assert [path.name for path in tmp_path.iterdir()] == [HISTORY_FILE]
