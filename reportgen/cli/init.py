"""`reportgen init`: a commented reportgen.toml for an export."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from reportgen.cli._options import GivenPath, export_argument, reading_options, settings_for
from reportgen.errors import ReportgenError
from reportgen.records.source import Source

EPILOG = """\b
Examples:
  reportgen init customers.csv
  reportgen init customers.csv --to settings/shop.toml
  reportgen init customers.csv --to -"""


@click.command("init", epilog=EPILOG)
@export_argument
@click.option(
    "--to",
    "target",
    type=GivenPath(allow_dash=True),
    default=Path("reportgen.toml"),
    show_default=True,
    help="File to write; - prints it.",
)
@click.option("--force", is_flag=True, help="Replace the file if it exists.")
@reading_options
def command(export: Source, target: Path, force: bool, **reading: Any) -> None:
    """Write the settings that fit EXPORT: the columns as found, and every other setting with its default."""
    from reportgen.pipeline import look
    from reportgen.settings_file import settings_as_toml, settings_found

    settings = settings_for(export, finds_config=False, **reading)
    seen = look(export, settings)
    settings, columns = settings_found(settings, seen.table)
    text = settings_as_toml(settings, columns, seen.features.names)
    if str(target) == "-":
        click.echo(text, nl=False)
        return
    try:
        with target.open("w" if force else "x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise ReportgenError(
            "RG-071", f"{target} exists already.", "Replace it with --force, or write elsewhere with --to."
        ) from None
    except OSError as fault:
        raise ReportgenError("RG-071", f"{target} cannot be written: {fault.strerror}.") from None
    click.echo(f"Wrote {target}. Use it with: reportgen run {export.path or export.shown_url or '-'} --config {target}")
