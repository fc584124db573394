"""Writes what makes a machine run reportgen once a month: systemd, cron, Windows and GitHub Actions.

Each runs every export that the pattern fits. Months that are done are nothing to do, so a month that was missed is
caught up by the next run, in order.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from dataclasses import dataclass
from subprocess import list2cmdline
from xml.sax.saxutils import escape

_SIGNS = re.compile(r"(\*|\?|\[[!^]?[\w.-]+\])")
"""What stands for other characters in a pattern, to a shell."""


MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

SYSTEMD_SCRIPT = """\
#!/bin/sh
# Installs a systemd service and its timer for this user: save it, read it, run it with sh.
# A month that the machine slept through is made up for (Persistent).
set -eu
units="${{XDG_CONFIG_HOME:-$HOME/.config}}/systemd/user"
mkdir -p "$units"
cat > "$units/reportgen.service" <<'END_OF_UNIT'
[Unit]
Description=reportgen: the customer segments of the month

[Service]
Type=oneshot
ExecStart=/bin/sh -c "{command}"
Nice=10
END_OF_UNIT
cat > "$units/reportgen.timer" <<'END_OF_UNIT'
[Unit]
Description=reportgen: every month

[Timer]
OnCalendar=*-*-{job.day:02d} {job.hour:02d}:00:00
Persistent=true

[Install]
WantedBy=timers.target
END_OF_UNIT
systemctl --user daemon-reload
systemctl --user enable --now reportgen.timer
loginctl enable-linger    # so that it runs while nobody is logged in
"""

WINDOWS_TASK = """\
<!-- Save as reportgen.xml, then in PowerShell:
     Register-ScheduledTask -TaskName reportgen -Xml (Get-Content -Raw reportgen.xml)
     A month that the machine slept through is made up for (StartWhenAvailable). -->
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>reportgen: the customer segments of the month</Description>
  </RegistrationInfo>
  <Triggers>
    <CalendarTrigger>
      <StartBoundary>2026-01-01T{job.hour:02d}:00:00</StartBoundary>
      <ScheduleByMonth>
        <DaysOfMonth><Day>{job.day}</Day></DaysOfMonth>
        <Months>{months}</Months>
      </ScheduleByMonth>
    </CalendarTrigger>
  </Triggers>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <StartWhenAvailable>true</StartWhenAvailable>
  </Settings>
  <Actions>
    <Exec>
      <Command>{python}</Command>
      <Arguments>{arguments}</Arguments>
      <WorkingDirectory>{folder}</WorkingDirectory>
    </Exec>
  </Actions>
</Task>
"""

GITHUB_WORKFLOW = """\
# Save as .github/workflows/reportgen.yml in the repository of the exports, which must be private: a run holds
# customers' ids. The hour is UTC.
name: customer segments
on:
  schedule:
    - cron: "0 {job.hour} {job.day} * *"
  workflow_dispatch:
permissions:
  actions: read
  contents: read
concurrency: reportgen
env:
  REPORTGEN: "."    # what pip installs: this repository, a wheel in it, or the address of yours
jobs:
  report:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      - name: Install
        run: |
          sudo apt-get update
          sudo apt-get install -y libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
          python -m pip install "$REPORTGEN"
      - name: Bring back the months before
        env:
          GH_TOKEN: ${{{{ github.token }}}}
        run: |
          last=$(gh run list --workflow "$GITHUB_WORKFLOW" --status success --limit 1 \\
            --json databaseId --jq '.[].databaseId')
          if [ -n "$last" ]; then gh run download "$last" --name reports --dir {folder}; fi
      - name: Run
        run: |
          {command}
      - name: Keep the months
        uses: actions/upload-artifact@v4
        with:
          name: reports
          path: |
            {out}
            !{out}/latest
            !{out}/latest/**
          retention-days: 90
"""


@dataclass(frozen=True, slots=True)
class Job:
    """A run that comes again every month."""

    python: str
    """Absolute path of the interpreter that has reportgen."""
    folder: str
    """Absolute path of the folder in which it runs."""
    export: str
    """Absolute path or address; `*`, `?` and `[0-9]` in a path stand for what fits."""
    is_pattern: bool
    out: str
    """Absolute path of the folder of the runs."""
    options: tuple[str, ...]
    """What follows on the command line."""
    day: int
    """Of the month, 1..28."""
    hour: int
    """0..23, in the machine's own time; in UTC for GitHub."""

    @property
    def arguments(self) -> tuple[str, ...]:
        """What follows the export."""
        return ("--out", self.out, *self.options)


def shell_command(job: Job) -> str:
    """The command line for a POSIX shell, in one line."""
    return f"cd {shlex.quote(job.folder)} && exec {shlex.quote(job.python)} -m {run_command(job)}"


def run_command(job: Job) -> str:
    """`reportgen run …` for a POSIX shell."""
    export = quote_pattern(job.export) if job.is_pattern else shlex.quote(job.export)
    return " ".join(["reportgen run", export, *map(shlex.quote, job.arguments)])


def quote_pattern(pattern: str) -> str:
    """The pattern quoted for a shell, except for the signs that it is to fill in."""
    parts = _SIGNS.split(pattern)
    return "".join(part if place % 2 else (part and shlex.quote(part)) for place, part in enumerate(parts))


def systemd(job: Job) -> str:
    """A script that installs a service and its timer for the user who runs it."""
    command = shell_command(job)
    for sign, written in (("\\", "\\\\"), ('"', '\\"'), ("%", "%%"), ("$", "$$")):
        command = command.replace(sign, written)
    return SYSTEMD_SCRIPT.format(command=command, job=job)


def cron(job: Job) -> str:
    """A line for `crontab -e`."""
    command = shell_command(job).replace("%", r"\%")  # cron takes a bare one for the end of the line
    return (
        "# Add this line with: crontab -e (cron mails what a run prints; the next run makes up for a missed month)\n"
        f"0 {job.hour} {job.day} * * {command}\n"
    )


def windows(job: Job) -> str:
    """A task for Windows' scheduler."""
    arguments = list2cmdline(["-m", "reportgen", "run", job.export, *job.arguments])
    months = "".join(f"<{month} />" for month in MONTHS)
    return WINDOWS_TASK.format(
        job=job, months=months, python=escape(job.python), arguments=escape(arguments), folder=escape(job.folder)
    )


def github(job: Job) -> str:
    """A workflow whose runs hand the history on to one another as an artifact."""
    return GITHUB_WORKFLOW.format(job=job, command=run_command(job), out=job.out, folder=shlex.quote(job.out))


SCHEDULES: dict[str, Callable[[Job], str]] = {"systemd": systemd, "cron": cron, "windows": windows, "github": github}
