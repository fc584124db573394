"""The README's reference says what the code does."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from pictures import FOLDER, LARGEST, recorded
from runs import SAMPLE

from reportgen.cli.main import COMMANDS
from reportgen.errors import EXIT_CODES, FAULTS
from reportgen.render.segment_list import COLUMNS

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


def table(name: str) -> list[str]:
    """The lines of a generated table, without its head."""
    match = re.search(rf"<!-- {name} -->\n(.*?)<!-- /{name} -->", README, re.DOTALL)
    assert match, f"the README has no table of {name}"
    return match[1].strip().splitlines()[2:]


def test_the_exit_codes_are_documented() -> None:
    """Every exit code stands in the README with its meaning."""
    assert table("exit codes") == [f"| {code} | {meaning} |" for code, meaning in EXIT_CODES.items()]


def test_the_error_codes_are_documented() -> None:
    """Every error code stands in the README with its meaning and exit code."""
    rows = [f"| {code} | {fault.meaning} | {fault.exit_code} |" for code, fault in sorted(FAULTS.items())]
    assert table("error codes") == rows


def test_the_pictures_are_there_and_small() -> None:
    """Every picture that the README shows exists, all are shown, and together they weigh no more than 300 kB."""
    shown = re.findall(r"\(\.github/pictures/([\w-]+\.webp)\)", README)
    files = sorted(FOLDER.glob("*.webp"))
    assert sorted(shown) == [file.name for file in files]
    assert sum(file.stat().st_size for file in files) <= LARGEST


def test_the_pictures_say_what_they_were_taken_from() -> None:
    """`make pictures CHECK=--check` compares these hashes with a run; without them nobody could."""
    assert set(recorded()) == {"study.json", "report.html", "email.html"}


def test_every_command_is_documented() -> None:
    """The README's table names each command."""
    assert all(f"| `reportgen {command}" in README for command in COMMANDS)


@pytest.mark.slow
def test_monthly_mail_is_set_up_by_the_commands_of_the_readme(tmp_path: Path) -> None:
    """Fewer than ten, run as they stand: two people have the mail, the tester a copy, the schedule is printed."""
    block = re.search(r"<!-- monthly mail -->\n(.*?)<!-- /monthly mail -->", README, re.DOTALL)
    assert block
    commands = textwrap.dedent(block[1]).replace("\\\n", "").strip().splitlines()
    assert len(commands) < 10
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    script = "\n".join(["set -e", *commands[1:], "kill $!"]).replace("8025", port)
    script = script.replace("received.txt &", "received.txt & sleep 3")
    shutil.copy(SAMPLE, tmp_path / "customers_2026-10.csv")
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    environment = os.environ | {"PATH": path, "PYTHONUNBUFFERED": "1"}
    outcome = subprocess.run(
        ["sh", "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert outcome.returncode == 0, outcome.stderr
    received = (tmp_path / "received.txt").read_text(encoding="utf-8", errors="replace")
    people = sorted(re.findall(r"^To: (.*)@example.org$", received, re.MULTILINE))
    assert people == ["ann", "boss", "me"]
    assert "systemctl" in outcome.stdout


def test_the_columns_of_the_segment_list_are_documented() -> None:
    """The README names the columns of segments.csv, in order."""
    assert f"`segments.csv` (`{', '.join(COLUMNS)}`" in README
