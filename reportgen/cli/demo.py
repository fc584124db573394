"""`reportgen demo`: the whole job on the bundled sample data."""

from __future__ import annotations

from typing import Any

import click

from reportgen.cli.run import execute, run_options
from reportgen.records.source import source_of

EPILOG = """\b
Examples:
  reportgen demo
  reportgen demo --out /tmp/demo --formats html"""


@click.command("demo", epilog=EPILOG)
@run_options
def command(**options: Any) -> None:
    """Write the report for the newest month of the sample data that ships with reportgen."""
    from reportgen.resources import find_resource

    months = sorted(find_resource("sample_data").glob("customers_*.csv"))
    execute((source_of(months[-1]),), **options)
