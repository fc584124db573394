"""inspect, init, doctor, completion and help, and what --json says when it cannot answer."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from runs import SAMPLE, reportgen

from reportgen.cli.main import COMMANDS, cli
from reportgen.doctor import PANGO_COMMANDS

HEADER = "CustomerID,Age,Annual Income (k$),Spending Score (1-100)\n"


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """Forty customers."""
    path = tmp_path / "customers.csv"
    rows = "".join(f"{i},{20 + i},{15 + i * 7 % 90},{1 + i * 13 % 99}\n" for i in range(40))
    path.write_text(HEADER + rows, encoding="utf-8")
    return path


def test_inspect_tells_every_column_and_writes_nothing(export: Path) -> None:
    """Each header stands in the answer with its role; the folder is as before."""
    outcome = reportgen("inspect", export, "--json", cwd=export.parent)
    answer = json.loads(outcome.stdout)
    assert [column["name"] for column in answer["columns"]] == HEADER.strip().split(",")
    assert (answer["id_column"], answer["customers"]) == ("CustomerID", 40)
    assert list(export.parent.iterdir()) == [export]


def test_inspect_reads_as_text(export: Path) -> None:
    """Without --json a person reads a line a column."""
    outcome = reportgen("inspect", export)
    assert outcome.returncode == 0
    assert "Annual Income (k$)" in outcome.stdout


def test_init_writes_settings_that_change_nothing(export: Path) -> None:
    """What init wrote is accepted, and inspect then finds the same roles, features and records as without it."""
    before = json.loads(reportgen("inspect", export, "--json").stdout)
    config = export.parent / "written.toml"
    assert reportgen("init", export, "--to", config).returncode == 0
    after = json.loads(reportgen("inspect", export, "--config", config, "--json").stdout)
    told = ("name", "role", "shapes_segments", "missing")
    assert [[c[key] for key in told] for c in after["columns"]] == [[c[key] for key in told] for c in before["columns"]]
    assert after["records"] == before["records"]


def test_init_replaces_no_file_unasked(export: Path) -> None:
    """An existing file is kept; --force replaces it; --to - prints."""
    config = export.parent / "reportgen.toml"
    config.write_text("mine", encoding="utf-8")
    refused = reportgen("init", export, "--to", config)
    assert (refused.returncode, config.read_text(encoding="utf-8")) == (73, "mine")
    assert "--force" in refused.stderr
    assert reportgen("init", export, "--to", config, "--force").returncode == 0
    assert reportgen("init", export, "--to", "-").stdout == config.read_text(encoding="utf-8")


def test_doctor_answers_in_json(tmp_path: Path) -> None:
    """Each finding names what was checked; one that fails names what mends it and sets the exit code."""
    outcome = reportgen("doctor", "--json", "--out", tmp_path)
    findings = json.loads(outcome.stdout)
    assert outcome.returncode == int(not all(finding["ok"] for finding in findings))
    assert all(finding["ok"] or finding["mend"] for finding in findings)
    assert {"Python", "Output"} <= {finding["check"] for finding in findings}


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script(shell: str) -> None:
    """The script of each shell asks reportgen for completions."""
    outcome = reportgen("completion", shell)
    assert outcome.returncode == 0
    assert "_REPORTGEN_COMPLETE" in outcome.stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_help_shows_examples(name: str) -> None:
    """Every command's help ends with commands to copy."""
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    text = command.get_help(click.Context(command, info_name=name))
    assert f"reportgen {name}" in text.partition("Examples:")[2]


REFUSALS = {
    "a missing export": (["inspect", "nowhere.csv"], "RG-051", 66),
    "a missing run": (["verify", "nowhere"], "RG-081", 66),
    "a wrong period": (["run", str(SAMPLE), "--period", "october"], "RG-063", 78),
    "a number of segments out of range": (["run", str(SAMPLE), "--k", "50"], "RG-060", 78),
    "an unknown format": (["run", str(SAMPLE), "--formats", "docx"], None, 2),
    "formats of an unset variable": (["run", str(SAMPLE), "--formats", ""], None, 2),
    "features of an unset variable": (["run", str(SAMPLE), "--features", ""], None, 2),
    "a directory of an unset variable": (["run", str(SAMPLE), "--out", ""], None, 2),
    "an unknown option": (["inspect", str(SAMPLE), "--colour"], None, 2),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_with_json_a_refusal_is_json_too(case: str, tmp_path: Path) -> None:
    """stdout holds one error object, stderr the sentence, and nothing is written."""
    arguments, code, exit_code = REFUSALS[case]
    outcome = reportgen(*arguments, "--json", cwd=tmp_path)
    error = json.loads(outcome.stdout)["error"]
    assert set(error) == {"code", "sentence", "hint", "exit_code"}
    assert (error["code"], error["exit_code"], outcome.returncode) == (code, exit_code, exit_code)
    assert error["sentence"] in outcome.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_setting_out_of_range_is_told_with_its_value() -> None:
    """--k 50 is answered with the value, the limit and where the options are."""
    outcome = reportgen("run", SAMPLE, "--k", "50")
    assert "segments.k is 50: should be 'auto' or should be less than or equal to 30" in outcome.stderr
    assert "reportgen run --help" in outcome.stderr


@pytest.mark.parametrize(
    ("name", "text"), [("deep", "a=" + "[" * 3000 + "]" * 3000), ("key", '[email]\napi_key = "x"')]
)
def test_settings_that_were_a_traceback_or_a_leak(name: str, text: str, export: Path) -> None:
    """Deep nesting is refused in a sentence; an API key is refused as a secret and not repeated."""
    config = export.parent / f"{name}.toml"
    config.write_text(text, encoding="utf-8")
    outcome = reportgen("inspect", export, "--config", config)
    assert outcome.returncode == 78
    assert "Traceback" not in outcome.stderr
    assert '"x"' not in outcome.stderr


def test_settings_with_a_byte_order_mark_are_read(export: Path) -> None:
    """Windows editors put one."""
    config = export.parent / "bom.toml"
    config.write_text("\ufeff[clean.label_variants]\non = false\n", encoding="utf-8")
    assert reportgen("inspect", export, "--config", config).returncode == 0


@pytest.mark.skipif(os.name != "posix" or not Path("/dev/full").exists(), reason="needs the device /dev/full")
def test_a_full_or_closed_stdout_is_no_traceback(export: Path) -> None:
    """A full disk behind stdout is exit code 74; a closed stdout is nobody's fault."""
    command = f'"{sys.executable}" -m reportgen inspect "{export}"'
    for redirection, exit_code in ((">/dev/full", 74), (">&-", 0)):
        outcome = subprocess.run(["sh", "-c", f"{command} {redirection}"], capture_output=True, text=True, check=False)
        assert (outcome.returncode, "Traceback" in outcome.stderr) == (exit_code, False), outcome.stderr


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_refused_and_not_waited_for(export: Path) -> None:
    """A FIFO as export or as settings file is said at once."""
    pipe = export.parent / "pipe"
    os.mkfifo(pipe)
    assert reportgen("inspect", pipe).returncode == 66
    assert reportgen("inspect", export, "--config", pipe).returncode == 78


def test_pango_is_mended_by_the_manager_that_is_here() -> None:
    """Each package manager has its own command."""
    assert all(manager in command for manager, command in PANGO_COMMANDS.items())
