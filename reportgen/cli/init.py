"""`reportgen init`: a commented reportgen.toml for an export."""

from __future__ import annotations

from pathlib import Path

import click

from reportgen.cli._options import GivenPath, export_argument
from reportgen.errors import ReportgenError

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
def command(export: Path, target: Path, force: bool) -> None:
    """Write the settings that fit EXPORT: the columns as found, and every other setting with its default."""
    from reportgen.config import Settings
    from reportgen.pipeline import look
    from reportgen.settings_file import settings_as_toml

    seen = look(export, Settings())
    text = settings_as_toml(seen.table.columns, (feature.name for feature in seen.features.features))
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
    click.echo(f"Wrote {target}. Use it with: reportgen run {export} --config {target}")
