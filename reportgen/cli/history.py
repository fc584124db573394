"""`reportgen history`: the months that are remembered, a line each."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reportgen.cli._options import json_option, out_option
from reportgen.cli.inspect import aligned

if TYPE_CHECKING:
    from reportgen.records.history import Month

EPILOG = """\b
Examples:
  reportgen history
  reportgen history --out /srv/reports --json"""


@click.command("history", epilog=EPILOG)
@out_option
@json_option
def command(out: Path, as_json: bool) -> None:
    """List the months that runs in --out have left behind, every revision, the oldest first. Writes nothing."""
    from reportgen.errors import ReportgenError
    from reportgen.history.store import read_history

    with read_history(out) as history:
        months, trouble = history.months, history.trouble
    if trouble and not months:
        raise ReportgenError("RG-083", trouble, "A run sets a damaged history aside and begins a new one.")
    if as_json:
        data = {"months": [month_as_data(month) for month in months], "trouble": trouble or None}
        click.echo(json.dumps(data, indent=2, ensure_ascii=False))
        return
    if trouble:
        click.echo(f"note: {trouble}", err=True)
    if not months:
        click.echo(f"No month is remembered in {out}. Each run remembers one: reportgen run EXPORT --out {out}")
        return
    head = ("period", "revision", "customers", "segments", "verdict", "source", "made with")
    click.echo("\n".join(aligned([head, *map(month_as_row, months)])))


def month_as_row(month: Month) -> tuple[str, ...]:
    from reportgen.wording import format_count, scrub

    counts = (str(month.revision), format_count(month.n_customers), str(len(month.segments)))
    verdict = month.verdict.replace("_", " ")
    return (month.period, *counts, verdict, scrub(month.source_name), scrub(month.software))


def month_as_data(month: Month) -> dict[str, Any]:
    """What `--json` prints of a month."""
    return {
        "period": month.period,
        "revision": month.revision,
        "verdict": month.verdict,
        "n_records": month.n_records,
        "n_customers": month.n_customers,
        "value_total": month.value_total,
        "source": month.source_name,
        "source_sha256": month.source_sha256,
        "settings_digest": month.settings_digest,
        "software": month.software,
        "model_fitted": month.model.fitted if month.model else None,
        "compared_with": month.based_on or None,
        "segments": [
            {
                "identity": segment.identity,
                "name": segment.name,
                "n_customers": segment.n_customers,
                "share": segment.share,
                "value_share": segment.value_share,
                "born": segment.born,
                "named": segment.named,
            }
            for segment in month.segments
        ],
    }
