"""`reportgen verify`: recomputes a finished run."""

from __future__ import annotations

import json
from pathlib import Path

import click

from reportgen.cli._options import (
    GivenPath,
    GivenSource,
    config_option,
    engine_option,
    find_config,
    joined,
    json_option,
    progress_line,
)
from reportgen.records.source import Source

EPILOG = """\b
Examples:
  reportgen verify output/2026-10
  reportgen verify output/latest --source archive/customers_2026-10.csv --json
  reportgen verify output/2026-10 --source archive/orders_2026-09.csv --source archive/orders_2026-10.csv"""


@click.command("verify", epilog=EPILOG)
@click.argument("run", type=GivenPath())
@click.option(
    "--source",
    "sources",
    type=GivenSource(),
    multiple=True,
    help="The export, if it has moved since the run; once for each file of a run of several.",
)
@engine_option
@config_option
@json_option
def command(run: Path, sources: tuple[Source, ...], engine: str | None, config: Path | None, as_json: bool) -> int:
    """Check the hashes of RUN and recompute each of its claims from the export. Exit code 1 if one does not hold.

    Of a settings file only the section [engine] counts; all others are those of the run.
    """
    from reportgen.config import load_settings
    from reportgen.second_run import verify

    show = progress_line()
    try:
        source = next(iter(joined(sources, is_together=True)), None)
        settings = load_settings(find_config(config, source or Source("")))
        checks = verify(run, source, announce=show, use=settings.with_overrides("engine", use=engine).engine)
    finally:
        show("")
    faults = [check for check in checks if not check.ok]
    if as_json:
        rows = [{"check": check.name, "ok": check.ok, "sentence": check.sentence} for check in checks]
        click.echo(json.dumps({"ok": not faults, "checks": rows}, indent=2, ensure_ascii=False))
    else:
        for check in faults:
            click.echo(f"does not hold: {check.name}: {check.sentence}")
        held = f"{len(checks) - len(faults)} of {len(checks)} checks hold"
        click.echo(f"{run}: {held}." if faults else f"{run}: all {len(checks)} checks hold.")
    return 1 if faults else 0
