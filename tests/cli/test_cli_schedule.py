"""`reportgen schedule` prints what starts the month by itself, for the settings at hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from runs import reportgen

KINDS = {
    "systemd": "OnCalendar=*-*-02 05:00:00",
    "cron": "0 5 2 * * ",
    "windows": "<Day>2</Day>",
    "github": '"0 5 2 * *"',
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Exports and their settings."""
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports" / "reportgen.toml").write_text("[segments]\nseed = 1\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_the_day_the_paths_and_the_options(kind: str, folder: Path) -> None:
    """Day and hour, the settings file that a run would find, the log and the options behind --; paths are absolute."""
    asked = ["exports/m_*.csv", "--kind", kind, "--day", "2", "--hour", "5", "--log", "run.log", "--", "--strict"]
    outcome = reportgen("schedule", *asked, cwd=folder)
    assert outcome.returncode == 0, outcome.stderr
    beginning = "" if kind == "github" else f"{folder}/"
    assert KINDS[kind] in outcome.stdout
    for part in ("exports/m_*.csv", "--out {}output", "--config {}exports/reportgen.toml", "--log {}run.log --strict"):
        assert part.format(beginning) in outcome.stdout


def test_a_database_is_named_without_its_password(folder: Path) -> None:
    """The address keeps the user alone, and the query goes behind --."""
    asked = ["postgresql://shop:pass@db.example/shop", "--kind", "cron", "--", "--query", "SELECT * FROM c"]
    outcome = reportgen("schedule", *asked, cwd=folder)
    assert "postgresql://shop@db.example/shop --out" in outcome.stdout and "'SELECT * FROM c'" in outcome.stdout
    assert ":pass" not in outcome.stdout


@pytest.mark.parametrize(
    ("asked", "exit_code"),
    [
        (["../elsewhere/*.csv", "--kind", "github"], 78),
        (["a\nb*.csv"], 78),
        (["${{ secrets }}.csv", "--kind", "github"], 78),
        (["m.csv", "--config", "none.toml"], 78),
        (["m.csv", "--day", "31"], 2),
        (["-"], 2),
    ],
)
def test_what_cannot_be_scheduled_is_refused(asked: list[str], exit_code: int, folder: Path) -> None:
    """Nothing is printed that a scheduler could take."""
    outcome = reportgen("schedule", *asked, cwd=folder)
    assert (outcome.returncode, outcome.stdout) == (exit_code, "")
