"""The log of a run: JSON lines that nothing from an export can forge."""

from __future__ import annotations

import itertools
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from reportgen.deliver.run_log import MESSAGE_LIMIT, RunLog
from reportgen.errors import ReportgenError


def open_log(path: Path | None) -> RunLog:
    """Each reading of the clock is half a second later."""
    ticks = itertools.count(0, 0.5)
    return RunLog(path, lambda: datetime(2026, 11, 1, 6, tzinfo=UTC), lambda: next(ticks))


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().split(b"\n")[:-1]]


def test_each_stage_has_a_line_with_its_seconds(tmp_path: Path) -> None:
    """In order, announced to the terminal too."""
    shown: list[str] = []
    with open_log(tmp_path / "log") as log:
        for stage in ("Reading", "Cleaning", ""):
            log.alongside(shown.append)(stage)
    assert shown == ["Reading", "Cleaning", ""]
    assert [(line["stage"], line["seconds"]) for line in lines(tmp_path / "log")] == [
        ("reading", 0.5),
        ("cleaning", 0.5),
    ]
    assert {tuple(line) for line in lines(tmp_path / "log")} == {("time", "stage", "seconds", "message")}
    assert lines(tmp_path / "log")[0]["time"] == "2026-11-01T06:00:00Z"


def test_the_folder_of_the_log_is_made(tmp_path: Path) -> None:
    """The log may lie in the output directory of a first run."""
    with open_log(tmp_path / "out" / "log") as log:
        log.say("run")
    assert len(lines(tmp_path / "out" / "log")) == 1


@pytest.mark.parametrize("name", ['\n{"time": "forged"}', "\x1b[2J", "\r\n", "\u2028", "\udcff", "é" * 500, "\x00"])
def test_a_hostile_name_stays_in_its_line(name: str, tmp_path: Path) -> None:
    """One line of ASCII, no control character once decoded, at most 200 characters."""
    with open_log(tmp_path / "log") as log:
        log.say("run", f"customers{name}.csv")
    (line,) = lines(tmp_path / "log")
    assert (tmp_path / "log").read_bytes().isascii()
    assert line["message"].isprintable() and len(line["message"]) <= MESSAGE_LIMIT


def test_what_ends_a_run_is_in_the_log(tmp_path: Path) -> None:
    """The code and the sentence, after the stage in which it happened; a second run adds to the file."""
    for fault, said in (
        (ReportgenError("RG-001", "It is empty."), "[RG-001] It is empty."),
        (KeyboardInterrupt(), "KeyboardInterrupt"),
    ):
        with pytest.raises(type(fault)), open_log(tmp_path / "log") as log:
            log.stage("Reading")
            raise fault
        assert [line["stage"] for line in lines(tmp_path / "log")][-2:] == ["reading", "fault"]
        assert lines(tmp_path / "log")[-1]["message"] == said
    assert len(lines(tmp_path / "log")) == 4


def test_a_log_that_cannot_be_written_is_said_before_the_run(tmp_path: Path) -> None:
    """Exit code 73; without a path nothing is written."""
    with pytest.raises(ReportgenError, match="cannot be written") as refusal:
        open_log(tmp_path)
    assert refusal.value.exit_code == 73
    with open_log(None) as log:
        log.say("run", "nothing")
