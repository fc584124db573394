"""Three months of the sample data, run as a person runs them: what is kept, what is said, what is done twice."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from runs import ROOT, hashes, read_segments, read_study, reportgen

from reportgen.errors import ALERT

MONTHS = ("2026-08", "2026-09", "2026-10")
EXPORTS = [ROOT / "sample_data" / f"customers_{month}.csv" for month in MONTHS]
QUICKLY = ("--formats", "html")


def run(out: Path, *arguments: str | Path) -> list[dict[str, Any]]:
    outcome = reportgen("run", *arguments, "--out", out, *QUICKLY, "--json")
    assert outcome.returncode == 0, outcome.stderr
    told = json.loads(outcome.stdout)
    return told if isinstance(told, list) else [told]


@pytest.fixture(scope="module")
def series(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("months")
    run(out, *EXPORTS)
    return out


@pytest.fixture
def out(series: Path, tmp_path: Path) -> Path:
    """A copy of the three months to run more in."""
    return Path(shutil.copytree(series, tmp_path / "out", symlinks=True))


def known(run_directory: Path) -> dict[int, tuple[str, str]]:
    """Identity → (name, colour)."""
    return {s["identity"]: (s["name"], s["color"]) for s in read_study(run_directory)["segments"]}


def test_names_and_colours_stay(series: Path) -> None:
    """The same identities with the same names and colours in every month, in segments.csv too."""
    first, *later = [known(series / month) for month in MONTHS]
    assert len(first) > 3
    assert later == [first, first]
    names = {int(row["segment_id"]): row["segment"] for row in read_segments(series / "2026-10")}
    assert names == {identity: name for identity, (name, _) in first.items()}


def test_the_customers_add_up(series: Path) -> None:
    """Stayed, moved, new and lost customers are exactly those of the two exports, counted from segments.csv."""
    before, now = ({row["customer_id"]: row["segment_id"] for row in read_segments(series / m)} for m in MONTHS[1:])
    shared = before.keys() & now.keys()
    told = read_study(series / "2026-10")["change"]["movement"]
    assert told["n_shared"] == len(shared)
    assert told["n_stayed"] == sum(before[key] == now[key] for key in shared)
    assert (told["n_new"], told["n_lost"]) == (len(now) - len(shared), len(before) - len(shared))


def test_a_later_month_can_be_verified(series: Path) -> None:
    """Every sentence of the third month recomputes, what moved included."""
    outcome = reportgen("verify", series / "2026-10")
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


def test_the_same_export_again_is_nothing_to_do(out: Path) -> None:
    """Byte for byte the same directory, no second entry in the history, and it is said."""
    before = hashes(out / "2026-10")
    (told,) = run(out, EXPORTS[2])
    listed = json.loads(reportgen("history", "--out", out, "--json").stdout)
    assert told["is_repeat"]
    assert hashes(out / "2026-10") == before
    assert len(listed["months"] if isinstance(listed, dict) else listed) == 3


def test_a_changed_export_is_a_new_revision(out: Path, tmp_path: Path) -> None:
    """The month is made anew and the one before is kept."""
    changed = tmp_path / EXPORTS[2].name
    changed.write_text("\n".join(EXPORTS[2].read_text(encoding="utf-8").splitlines()[:-1]) + "\n", encoding="utf-8")
    (told,) = run(out, changed)
    assert not told["is_repeat"]
    assert any(entry.name.startswith("2026-10-") for entry in (out / ".revisions").iterdir())


def test_a_refit_keeps_names_and_colours(out: Path) -> None:
    """Segments found anew from the same customers are recognised as the old ones."""
    before = known(out / "2026-10")
    (told,) = run(out, EXPORTS[2], "--refit")
    study = read_study(out / "2026-10")
    assert (told["is_repeat"], study["change"]["mode"]) == (False, "refitted")
    assert known(out / "2026-10") == before


def test_last_months_file_again_is_an_alert(out: Path, tmp_path: Path) -> None:
    """September's export handed in as October's: said, an exit code of its own where asked, refused where strict."""
    stale = tmp_path / "customers_2026-11.csv"
    shutil.copy(EXPORTS[2], stale)
    refused = reportgen("run", stale, "--out", out, *QUICKLY, "--strict")
    assert (refused.returncode, (out / "2026-11").exists()) == (4, False)
    outcome = reportgen("run", stale, "--out", out, *QUICKLY, "--fail-on-alert")
    assert outcome.returncode == ALERT, outcome.stderr
    assert "same file" in [alert["kind"] for alert in read_study(out / "2026-11")["change"]["alerts"]]


def test_a_persons_name_survives_the_next_month(out: Path, tmp_path: Path) -> None:
    """A name in the settings, by the segment's lasting number, is on the report."""
    settings = tmp_path / "reportgen.toml"
    settings.write_text('[personas.names]\n3 = "Regulars"\n[personas.notes]\n3 = "Ask Anna first."\n', encoding="utf-8")
    run(out, EXPORTS[2], "--config", settings)
    assert known(out / "2026-10")[3][0] == "Regulars"
    assert "Ask Anna first." in (out / "2026-10" / "report.html").read_text(encoding="utf-8")


def test_a_damaged_history_is_no_reason_for_no_report(out: Path) -> None:
    """The file is set aside, the report is made as a first month, and both say so."""
    (out / "history.sqlite3").write_bytes(b"no database at all" * 100)
    (told,) = run(out, EXPORTS[2])
    assert any("damaged" in note for note in told["notes"])
    assert read_study(out / "2026-10")["change"] is None
    assert any(entry.name.startswith("history.sqlite3.damaged") for entry in out.iterdir())


def test_an_action_is_read_back(out: Path, tmp_path: Path) -> None:
    """October draws test and control groups from one segment; November's report says what became of them."""
    settings = tmp_path / "reportgen.toml"
    settings.write_text("[experiment]\nsegments = [2]\n", encoding="utf-8")
    run(out, EXPORTS[2], "--config", settings)
    with (out / "2026-10" / "groups.csv").open(encoding="utf-8", newline="") as file:
        groups = {row["customer_id"]: row["group"] for row in csv.DictReader(file)}
    members = {row["customer_id"] for row in read_segments(out / "2026-10") if row["segment_id"] == "2"}
    assert groups.keys() == members
    assert abs(sum(2 * (group == "test") - 1 for group in groups.values())) <= 1
    november = tmp_path / "customers_2026-11.csv"
    shutil.copy(EXPORTS[1], november)
    run(out, november)
    told = {claim["id"]: claim["text"] for claim in read_study(out / "2026-11")["claims"]}
    assert "nineteen times in twenty" in told["answer.trials"]
    assert reportgen("verify", out / "2026-11").returncode == 0
