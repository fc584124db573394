"""Schedules that run as they are, whatever the paths are called."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path
from subprocess import list2cmdline
from xml.etree import ElementTree

import pytest

from reportgen.deliver.schedule import Job, cron, github, quote_pattern, systemd, windows

TELL = f"#!{sys.executable}\nimport json, os, sys\nprint(json.dumps([os.getcwd(), *sys.argv[1:]]))\n"
NASTY = (
    "plain",
    "two words",
    "it's",
    'a "b"',
    "100%",
    "%h",
    "$HOME",
    "$(id)",
    "`id`",
    "a\\b",
    "a;b",
    "#a",
    "Größe",
    "-a",
    "{job}",
)
posix = pytest.mark.skipif(sys.platform == "win32", reason="starts a POSIX shell")


def job_in(folder: Path) -> Job:
    """A job whose interpreter tells how it was called; two months and another file lie in its folder."""
    folder.mkdir()
    for name in ("m_2026-09.csv", "m_2026-10.csv", "other.csv"):
        (folder / name).touch()
    python = folder / "python"
    python.write_text(TELL, encoding="utf-8")
    python.chmod(0o700)
    options = ("--set", "input.dates=day first", "--log", str(folder / "log"))
    return Job(str(python), str(folder), str(folder / "m_*[0-9].csv"), True, str(folder / "out"), options, 3, 5)


def expected(job: Job) -> list[str]:
    months = [str(Path(job.folder, f"m_2026-{month}.csv")) for month in ("09", "10")]
    return [job.folder, "-m", "reportgen", "run", *months, *job.arguments]


def told_by(command: list[str]) -> list[str]:
    outcome = subprocess.run(command, capture_output=True, text=True, check=True, cwd="/")
    told: list[str] = json.loads(outcome.stdout)
    return told


@posix
@pytest.mark.parametrize("name", NASTY)
def test_cron_starts_the_run(name: str, tmp_path: Path) -> None:
    """The line, as cron takes it apart, runs both months in the folder with every option."""
    job = job_in(tmp_path / name)
    minute, hour, day, *any_time, command = cron(job).splitlines()[1].split(" ", 5)
    assert (minute, hour, day, any_time) == ("0", "5", "3", ["*", "*"])
    assert not re.search(r"(?<!\\)%", command)
    assert told_by(["/bin/sh", "-c", command.replace(r"\%", "%")]) == expected(job)


@posix
@pytest.mark.parametrize("name", NASTY)
def test_systemd_starts_the_run(name: str, tmp_path: Path) -> None:
    """The service's command, as systemd takes it apart, does the same; the script is one that sh reads."""
    job = job_in(tmp_path / name)
    script = systemd(job)
    subprocess.run(["/bin/sh", "-n"], input=script, text=True, check=True)
    line = next(line for line in script.splitlines() if line.startswith("ExecStart=")).removeprefix("ExecStart=")
    assert not re.search(r"(?<![%])%(%%)*(?!%)", line) and not re.search(r"(?<![$])\$(\$\$)*(?!\$)", line)
    assert told_by([part.replace("%%", "%").replace("$$", "$") for part in shlex.split(line)]) == expected(job)
    assert "OnCalendar=*-*-03 05:00:00\nPersistent=true\n" in script


@posix
def test_the_script_writes_both_units(tmp_path: Path) -> None:
    """Run with a systemctl that only listens, it leaves a service and a timer for this user."""
    tools = tmp_path / "tools"
    tools.mkdir()
    for tool in ("systemctl", "loginctl"):
        (tools / tool).write_text(f'#!/bin/sh\necho "{tool} $*" >> "{tmp_path}/said"\n', encoding="utf-8")
        (tools / tool).chmod(0o700)
    environment = {"PATH": f"{tools}:/usr/bin:/bin", "XDG_CONFIG_HOME": str(tmp_path / "config")}
    subprocess.run(["/bin/sh"], input=systemd(job_in(tmp_path / "job")), text=True, check=True, env=environment)
    units = tmp_path / "config" / "systemd" / "user"
    assert sorted(path.name for path in units.iterdir()) == ["reportgen.service", "reportgen.timer"]
    assert "enable --now reportgen.timer" in (tmp_path / "said").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [*NASTY, "a<b>&c"])
def test_windows_task_is_xml_with_the_command(name: str) -> None:
    """Command, arguments and folder come back from the XML, quoted as Windows wants them; no month is left out."""
    job = Job(f"C:\\{name}\\python.exe", f"C:\\{name}", f"C:\\{name}\\m_*.csv", True, f"C:\\{name}\\out", (), 28, 23)
    task = ElementTree.fromstring(windows(job))
    space = {"t": "http://schemas.microsoft.com/windows/2004/02/mit/task"}
    exec_ = task.find("t:Actions/t:Exec", space)
    assert exec_ is not None
    assert exec_.findtext("t:Command", namespaces=space) == job.python
    arguments = ["-m", "reportgen", "run", job.export, "--out", job.out]
    assert exec_.findtext("t:Arguments", namespaces=space) == list2cmdline(arguments)
    assert len(task.findall("t:Triggers/t:CalendarTrigger/t:ScheduleByMonth/t:Months/*", space)) == 12


def test_github_workflow_keeps_the_months(tmp_path: Path) -> None:
    """It runs on the day, brings the history back before, and keeps all but the link that leads to a month."""
    job = Job("/python", "/repo", "exports/my m_*.csv", True, "out put", ("--strict",), 3, 5)
    text = github(job)
    assert '- cron: "0 5 3 * *"' in text
    assert "reportgen run 'exports/my m_'*.csv --out 'out put' --strict\n" in text
    assert "--dir 'out put'" in text and "!out put/latest\n" in text
    assert "${{ github.token }}" in text and "{{{" not in text


@posix
@pytest.mark.parametrize("pattern", ["a*", "a?c", "[0-9]", "[!x]", "a[", "a]b[c", "[$(id)]", "'[*]'"])
def test_only_the_signs_of_a_pattern_are_left_to_the_shell(pattern: str, tmp_path: Path) -> None:
    """Where no file fits, the shell hands the pattern on as it was written."""
    outcome = subprocess.run(
        ["/bin/sh", "-c", f"printf %s {quote_pattern(pattern)}"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=True,
    )
    assert outcome.stdout == pattern
