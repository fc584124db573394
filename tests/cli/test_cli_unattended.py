"""A run that nobody watches: its log, its heartbeat, and silence where no terminal is."""

from __future__ import annotations

import json
import os
import resource
import sys
from pathlib import Path
from typing import Any

import pytest
from runs import SAMPLE, reportgen

from reportgen.deliver.lock import exclusive


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="ascii").splitlines()]


def test_a_run_leaves_a_log_and_a_heartbeat(tmp_path: Path) -> None:
    """Every stage with its seconds, then what was found; the time in the heartbeat's file; nothing on stderr."""
    asked = ["--formats", "email", "--log", tmp_path / "log", "--set", f"heartbeat.file={tmp_path / 'beat'}"]
    outcome = reportgen("run", SAMPLE, "--out", tmp_path / "out", *asked)
    assert (outcome.returncode, outcome.stderr) == (0, "")
    told = lines(tmp_path / "log")
    assert (told[0]["stage"], told[0]["message"]) == ("run", "customers_2026-10.csv for 2026-10")
    assert {"reading", "cleaning", "segmenting", "publishing"} <= {line["stage"] for line in told if line["seconds"]}
    assert told[-1]["stage"] == "done" and told[-1]["message"] == outcome.stdout.splitlines()[0]
    assert (tmp_path / "beat").read_text(encoding="ascii").endswith("Z\n")


def test_a_repeated_run_has_a_heartbeat_too(tmp_path: Path) -> None:
    """Nothing to do is well done; a monitor that is set makes no other run of it."""
    asked = ["run", SAMPLE, "--out", tmp_path / "out", "--formats", "email", "--set", "segments.n_bootstraps=20"]
    reportgen(*asked)
    outcome = reportgen(*asked, "--set", f"heartbeat.file={tmp_path / 'beat'}", "--log", tmp_path / "log")
    assert "nothing to do" in outcome.stdout and (tmp_path / "beat").exists()
    assert [line["stage"] for line in lines(tmp_path / "log")] == ["run", "reading", "cleaning", "done"]


def test_a_run_that_fails_has_no_heartbeat(tmp_path: Path) -> None:
    """Its code and sentence are the last line of the log; the exit code is that of the fault."""
    export = tmp_path / "empty.csv"
    export.touch()
    asked = ["--log", tmp_path / "log", "--set", f"heartbeat.file={tmp_path / 'beat'}"]
    outcome = reportgen("run", export, "--out", tmp_path / "out", *asked)
    assert outcome.returncode == 65 and not (tmp_path / "beat").exists()
    assert lines(tmp_path / "log")[-1]["stage"] == "fault"
    assert lines(tmp_path / "log")[-1]["message"].startswith("[RG-001] ")


def test_a_heartbeat_that_fails_costs_nothing(tmp_path: Path) -> None:
    """Exit code 0 and the report; a note on stderr and in the log says what did not go through."""
    settings = tmp_path / "reportgen.toml"
    settings.write_text('[heartbeat]\nurl = "http://127.0.0.1:1/secret"\n', encoding="utf-8")
    asked = ["--config", settings, "--formats", "email", "--log", tmp_path / "log", "--json"]
    outcome = reportgen("run", SAMPLE, "--out", tmp_path / "out", *asked)
    assert outcome.returncode == 0 and json.loads(outcome.stdout)["verdict"] == "segments"
    assert "heartbeat's address did not answer well" in outcome.stderr
    assert lines(tmp_path / "log")[-1]["stage"] == "heartbeat"
    published = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert not [path for path in published if b"127.0.0.1:1/secret" in path.read_bytes()]


def test_a_log_that_cannot_be_written_stops_the_run_before_it_begins(tmp_path: Path) -> None:
    """Exit code 73, and no run."""
    (tmp_path / "file").touch()
    outcome = reportgen("run", SAMPLE, "--out", tmp_path / "out", "--log", tmp_path / "file" / "log")
    assert (outcome.returncode, (tmp_path / "out").exists()) == (73, False)


@pytest.mark.skipif(sys.platform == "win32", reason="reads processor time")
def test_a_second_start_is_refused_before_it_loads_anything(tmp_path: Path) -> None:
    """Exit code 75 after less than half a second of work, with the holder in the sentence and in the log."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with exclusive(tmp_path):
        outcome = reportgen("run", SAMPLE, "--out", tmp_path, "--log", tmp_path / "log")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert (outcome.returncode, f"process {os.getpid()}, since 20" in outcome.stderr) == (75, True)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 0.5
    assert lines(tmp_path / "log")[0]["message"].startswith("[RG-073] Another run is at work")
