"""The commands that read the history: what is remembered, and two months beside each other."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from history_months import month_of
from runs import reportgen

from reportgen.history.store import open_history
from reportgen.records.places import HISTORY_FILE, KEY_FILE


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


def test_compare_follows_customers_and_segments(out: Path) -> None:
    """The sums agree: who stayed, moved, is new or gone adds up to both months, by segment too."""
    answer = json.loads(reportgen("compare", "2026-09", "2026-10", "--out", out, "--json").stdout)
    customers = answer["customers"]
    assert (answer["before"]["revision"], answer["now"]["revision"], answer["trouble"]) == (1, 2, None)
    assert customers["stayed"] + customers["moved"] == 60 and (customers["new"], customers["lost"]) == (0, 0)
    assert sum(segment["customers"]["stayed"] for segment in answer["segments"]) == customers["stayed"]
    assert sum(segment["customers"]["came"] for segment in answer["segments"]) == customers["moved"]
    assert [segment["fate"] for segment in answer["segments"]] == ["kept"] * 3


def test_compare_reads_as_text(out: Path) -> None:
    """A line for the customers, a line a segment; a revision can be named."""
    outcome = reportgen("compare", "2026-10.1", "2026-10.2", "--out", out)
    first, second, _, head, *lines = outcome.stdout.splitlines()
    assert first == "2026-10.1 → 2026-10.2: 60 → 60 customers"
    assert "stayed in their segment" in second and head.startswith("segment ")
    assert len(lines) == 3 and all("33% → 33%" in line for line in lines)


def test_segments_that_are_new_retired_or_renamed_are_told(tmp_path: Path) -> None:
    """And months whose customers have no key are compared without them."""
    first, second = month_of("2026-09"), month_of("2026-10")
    born = replace(second.segments[0], identity=9, name="Newcomers")
    renamed = replace(second.segments[1], name="Others")
    with open_history(tmp_path) as history:
        history.remember(replace(first, model=None))
        history.remember(replace(second, segments=(born, renamed, second.segments[2]), model=None))
    lines = reportgen("compare", "2026-09", "2026-10", "--out", tmp_path).stdout.splitlines()
    assert lines[1] == "Customers cannot be followed from one to the other."
    ends = {line.split("  ")[0]: line.rsplit("  ", 1)[-1] for line in lines[4:]}
    assert ends["Newcomers"] == "new" and ends["Others"] == "was Group é 2" and ends["Group é 1"] == "retired"


@pytest.mark.parametrize("label", ["2026-08", "2026-10.3", "october", "2026-10.x"])
def test_a_month_that_is_not_remembered_is_refused(label: str, out: Path) -> None:
    """Exit code 66 with the command that lists the months."""
    outcome = reportgen("compare", "2026-09", label, "--out", out)
    assert (outcome.returncode, "reportgen history --out" in outcome.stderr) == (66, True)


def test_months_under_two_secrets_are_not_followed(out: Path) -> None:
    """Where the secret was lost in between, nobody is taken for lost or new."""
    (out / KEY_FILE).unlink()
    with open_history(out) as history:
        history.remember(month_of("2026-11", out))
    answer = json.loads(reportgen("compare", "2026-10", "2026-11", "--out", out, "--json").stdout)
    assert answer["customers"] is None and answer["segments"][0]["customers"] is None
