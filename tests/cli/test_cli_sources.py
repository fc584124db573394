"""Where exports come from: several files, standard input; and the options that decide how they are read."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from runs import reportgen

HEADER = "CustomerID,Age,Annual Income (k$),Spending Score (1-100)\n"
ROWS = "".join(f"{i},{20 + i},{15 + i * 7 % 90},{1 + i * 13 % 99}\n" for i in range(40))


@pytest.fixture
def months(tmp_path: Path) -> list[Path]:
    """The customers of two months."""
    paths = [tmp_path / f"customers_2026-{month}.csv" for month in ("10", "09")]
    for path in paths:
        path.write_text(HEADER + ROWS, encoding="utf-8")
    return paths


def piped(text: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "reportgen", *arguments]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=False, timeout=120)


def test_several_files_are_months_of_one_series(months: list[Path], tmp_path: Path) -> None:
    """One report each, the oldest month first, whatever the order on the command line."""
    outcome = reportgen("run", *months, "--out", tmp_path / "out", "--formats", "html", "--json")
    assert outcome.returncode == 0, outcome.stderr
    answer = json.loads(outcome.stdout)
    assert [Path(run["directory"]).name for run in answer] == ["2026-09", "2026-10"]
    assert (tmp_path / "out" / "latest").resolve().name == "2026-10"


def test_two_exports_of_one_month_are_refused(months: list[Path], tmp_path: Path) -> None:
    """Before anything is read: --period names one month for both."""
    outcome = reportgen("run", *months, "--period", "2026-10", "--out", tmp_path / "out")
    assert (outcome.returncode, "RG-063" in outcome.stderr) == (78, True)
    assert not (tmp_path / "out").exists()


def test_standard_input_is_an_export_like_any_other(tmp_path: Path) -> None:
    """`-` reads what is piped in; verify then asks for a copy of it."""
    outcome = piped(HEADER + ROWS, "run", "-", "--out", str(tmp_path), "--period", "2026-10", "--formats", "html")
    assert outcome.returncode == 0, outcome.stderr
    assert json.loads((tmp_path / "2026-10" / "source.json").read_text()) == {"path": None}
    refused = reportgen("verify", tmp_path / "2026-10")
    assert (refused.returncode, "standard input" in refused.stderr) == (66, True)
    copy = tmp_path / "copy.csv"
    copy.write_text(HEADER + ROWS, encoding="utf-8")
    assert reportgen("verify", tmp_path / "2026-10", "--source", copy).returncode == 0


def test_empty_standard_input_is_said() -> None:
    """Nothing piped in is an empty export."""
    outcome = piped("", "inspect", "-")
    assert (outcome.returncode, "standard input is empty" in outcome.stderr) == (65, True)


def test_strict_refuses_what_would_be_repaired(tmp_path: Path) -> None:
    """A duplicate record is set aside, and --strict then ends with 4 and names it; nothing is published."""
    export = tmp_path / "customers.csv"
    export.write_text(HEADER + ROWS + ROWS.splitlines()[0] + "\n", encoding="utf-8")
    assert reportgen("inspect", export).returncode == 0
    outcome = reportgen("run", export, "--strict", "--out", tmp_path / "out")
    assert (outcome.returncode, "RG-014" in outcome.stderr) == (4, True)
    assert "line 42, exact duplicate of line 2" in outcome.stderr
    assert list((tmp_path / "out").glob("2*")) == []


def test_strict_takes_a_clean_export(months: list[Path]) -> None:
    """What needs no repair is read as without --strict."""
    assert reportgen("inspect", months[0], "--strict").returncode == 0


def test_any_setting_can_be_given_on_the_command_line(tmp_path: Path) -> None:
    """`--set input.header=false` reads a file without a header; a wrong one is said in a sentence."""
    export = tmp_path / "customers.csv"
    export.write_text(ROWS, encoding="utf-8")
    outcome = reportgen("inspect", export, "--set", "input.header=false", "--json")
    assert json.loads(outcome.stdout)["records"]["physical"] == 40
    assert reportgen("inspect", export, "--set", "input.nothing=1").returncode == 78
    assert reportgen("inspect", export, "--set", "nothing.at=all").returncode == 78
    assert reportgen("inspect", export, "--set", "header").returncode == 2


def test_init_keeps_the_settings_it_was_given(tmp_path: Path) -> None:
    """A setting that reading needed is written into the file, so that the next run needs no option."""
    export, config = tmp_path / "customers.csv", tmp_path / "reportgen.toml"
    export.write_text(ROWS, encoding="utf-8")
    assert reportgen("init", export, "--to", config, "--set", "input.header=false").returncode == 0
    assert "\nheader = false\n" in config.read_text(encoding="utf-8")
    assert reportgen("inspect", export).returncode == 0


def test_inspect_shows_an_export_that_cannot_be_used(tmp_path: Path) -> None:
    """Order lines are read and their columns understood; why they are no customers is said with its exit code."""
    export = tmp_path / "orders.csv"
    export.write_text(HEADER + ROWS + ROWS.replace(",2", ",3"), encoding="utf-8")
    outcome = reportgen("inspect", export)
    assert (outcome.returncode, "RG-009" in outcome.stderr) == (65, True)
    assert "Annual Income (k$)" in outcome.stdout
    told = reportgen("inspect", export, "--json")
    answer = json.loads(told.stdout)
    assert (told.returncode, answer["refused"]["code"], len(answer["columns"])) == (65, "RG-009", 4)
