"""`reportgen schedule`: what makes this machine run the month by itself."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reportgen.cli._options import GivenPath, GivenSource, config_option, find_config, out_option
from reportgen.errors import ReportgenError

if TYPE_CHECKING:
    from reportgen.records.source import Source

EPILOG = """\b
Examples:
  reportgen schedule "exports/customers_*.csv" | sh
  reportgen schedule "exports/customers_*.csv" --kind cron --day 2 --hour 5
  reportgen schedule "exports/customers_*.csv" --kind github --out output
  reportgen schedule "exports/customers_*.csv" -- --strict --formats html,email

Quote the pattern, so that months that come later fit too."""

KINDS = ("systemd", "cron", "windows", "github")
LAST_DAY = 28
"""Every month has it."""


@click.command("schedule", epilog=EPILOG)
@click.argument("export", type=GivenSource(), metavar="PATTERN")
@click.argument("options", nargs=-1, type=click.UNPROCESSED, metavar="[-- OPTION…]")
@click.option(
    "--kind", type=click.Choice(KINDS), help="What is to start the run; default: systemd, on Windows its own scheduler."
)
@click.option("--day", type=click.IntRange(1, LAST_DAY), default=1, show_default=True, help="Day of the month.")
@click.option("--hour", type=click.IntRange(0, 23), default=6, show_default=True, help="Hour of that day.")
@click.option("--log", type=GivenPath(dir_okay=False), help="File for the log of the runs, as in run --log.")
@config_option
@out_option
def command(
    export: Source,
    options: tuple[str, ...],
    *,
    kind: str | None,
    day: int,
    hour: int,
    log: Path | None,
    config: Path | None,
    out: Path,
) -> None:
    """Print a schedule that runs the exports of PATTERN every month; installs nothing.

    Months that are done are nothing to do, so each run makes up for what was missed. Options behind -- go to each run.
    """
    from reportgen.config import load_settings
    from reportgen.deliver.schedule import SCHEDULES, Job

    if export.is_standard_input:
        raise click.BadParameter("a schedule reads no standard input.", param_hint="PATTERN")
    kind = kind or ("windows" if os.name == "nt" else "systemd")
    settings = find_config(config, export)
    load_settings(settings)
    place = relative if kind == "github" else absolute
    given = {"--config": settings, "--log": log}
    job = Job(
        python=sys.executable,
        folder=str(Path.cwd()),
        export=place(export.path) if export.path else export.shown_url,
        is_pattern=export.path is not None and not export.path.exists(),
        out=place(out),
        options=(*(part for name, path in given.items() if path for part in (name, place(path))), *options),
        day=day,
        hour=hour,
    )
    for text in (job.python, job.folder, job.export, *job.arguments):
        refuse_unwritable(text, kind)
    click.echo(SCHEDULES[kind](job), nl=False)


def absolute(path: Path) -> str:
    return os.path.abspath(path)  # noqa: PTH100 - resolve() would follow links that may lead elsewhere next month


def relative(path: Path) -> str:
    """The path inside the current folder. Raises ReportgenError (RG-063)."""
    inside = os.path.relpath(path)
    if inside.startswith(".."):
        raise ReportgenError(
            "RG-063",
            f"{path} does not lie in this folder, so a workflow of its repository cannot reach it.",
            "Call schedule in the repository's own folder, with paths inside it.",
        )
    return inside


def refuse_unwritable(text: str, kind: str) -> None:
    """Raises ReportgenError (RG-063) for what would end a line of the schedule or begin an expression in it."""
    if not text.isprintable() or (kind == "github" and "${{" in text):
        raise ReportgenError("RG-063", f"{text!r} cannot stand in a schedule.", "Rename it, without signs of control.")
