"""`reportgen run`: from an export to a published run directory."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reportgen.cli._mail import Mailed, Post, wait_option
from reportgen.cli._options import (
    GivenPath,
    exports_argument,
    joined,
    json_option,
    out_option,
    progress_line,
    reading_options,
    settings_for,
    together_option,
)
from reportgen.cli._unattended import log_result, open_log, tell_monitors
from reportgen.collection import loading
from reportgen.errors import ALERT
from reportgen.language import languages
from reportgen.parallel import Crew

if TYPE_CHECKING:
    from reportgen.config import Settings
    from reportgen.deliver.run_log import RunLog
    from reportgen.records.source import Source
    from reportgen.records.study import RunResult

EPILOG = """\b
Examples:
  reportgen run customers.csv
  reportgen run customers.xlsx --period 2026-10 --out reports
  reportgen run customers.csv --features "Annual Income (k$),Spending Score (1-100)" --k 5
  reportgen run exports/customers_2026-*.csv --out reports
  reportgen run --together exports/orders_2026-*.csv
  reportgen run customers.csv --formats html --json
  reportgen run "postgresql://shop@db.example/shop" --query "SELECT * FROM customers"
  zcat customers.csv.gz | reportgen run - --period 2026-10"""


def split_names(_ctx: click.Context, _param: click.Parameter, value: str | None) -> tuple[str, ...] | None:
    """`a,b` as a tuple; None if not given. Raises BadParameter for a list of nothing, as an unset variable gives it."""
    if value is None:
        return None
    names = tuple(name.strip() for name in value.split(",") if name.strip())
    if not names:
        raise click.BadParameter("it names nothing. Name one at least, or leave the option out.")
    return names


def split_formats(ctx: click.Context, param: click.Parameter, value: str | None) -> tuple[str, ...] | None:
    """The formats, each once. Raises BadParameter for one that does not exist."""
    if value is None:
        return None
    from reportgen.report_settings import OUTPUT_FORMATS
    from reportgen.wording import join_words

    names = split_names(ctx, param, value)
    unknown = [name for name in names or () if name not in OUTPUT_FORMATS]
    if unknown:
        raise click.BadParameter(f"{unknown[0]!r} is not a format. There are {join_words(OUTPUT_FORMATS)}.")
    return tuple(dict.fromkeys(names)) if names else None


def parse_k(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | int | None:
    if value is None or value == "auto":
        return value
    if value.isdecimal() and int(value) >= 2:
        return int(value)
    raise click.BadParameter(f"{value!r} is neither auto nor a whole number from 2 on.")


def run_options(command: Any) -> Any:
    """The options that `run` and `demo` share."""
    for option in (
        json_option,
        click.option(
            "--formats", callback=split_formats, metavar="pdf,html,email", help="Which reports to write; default: all."
        ),
        click.option(
            "--language", type=click.Choice(languages()), help="Language of the report; default: en, or the settings'."
        ),
        click.option("--seed", type=click.IntRange(0, 2**32 - 1), help="Seed of everything random; default 0."),
        click.option(
            "--features", callback=split_names, metavar="A,B", help="Columns that shape the segments; default: found."
        ),
        click.option("--k", callback=parse_k, metavar="auto|N", help="Number of segments; default: auto."),
        click.option(
            "--period",
            metavar="YYYY-MM",
            help="Month of the report; default: in the file's name, of the newest order, or today's.",
        ),
        click.option(
            "--refit",
            "is_refit",
            is_flag=True,
            help="Find the segments anew, not those known from before.",
        ),
        click.option(
            "--fail-on-alert",
            is_flag=True,
            help=f"End with code {ALERT} if the export is not like the month before; the report is made.",
        ),
        click.option("--log", type=GivenPath(dir_okay=False), help="Add a line of JSON for each stage to this file."),
        out_option,
    ):
        command = option(command)
    return reading_options(command)


@click.command("run", epilog=EPILOG)
@exports_argument
@together_option
@click.option("--send", "is_sent", is_flag=True, help="Mail each month that is made for the first time.")
@click.option("--resend", "is_again", is_flag=True, help="Mail also a new revision of a month that was made before.")
@wait_option
@run_options
def command(exports: tuple[Source, ...], is_together: bool, **options: Any) -> None:
    """Read EXPORT, find its segments and publish the report, the e-mail and the segment list.

    EXPORT is a file (CSV, TSV or fixed width, Excel, Parquet, JSON, SQLite, also packed), - for standard input, or a
    database's address with --query. Several files are months of one series: one report each, the oldest month first;
    or, with --together, one table of order lines.
    """
    execute(joined(exports, is_together), **options)


def execute(
    exports: tuple[Source, ...],
    *,
    out: Path,
    as_json: bool,
    fail_on_alert: bool,
    log: Path | None,
    is_waiting: bool = False,
    **options: Any,
) -> None:
    """A run for each export while nobody else works in `out`, then what was published."""
    from reportgen.deliver.lock import exclusive

    mailed = Mailed()
    # The lock before anything is loaded: a second start is to know at once. The helpers before the settings and the
    # pipeline are imported, so that the imports overlap.
    with open_log(log) as record, exclusive(out), Crew() as crew:
        results = run_each(exports, out, record, mailed, crew=crew, is_told=not as_json, **options)
    if as_json:
        data = [result_as_data(result) for result in results]
        click.echo(json.dumps(data if len(exports) > 1 else data[0], indent=2, ensure_ascii=False))
    if is_waiting:
        mailed.wait(out)
    mailed.refuse_unsettled(is_answered=as_json)
    if fail_on_alert and any(result.n_alerts for result in results):
        raise SystemExit(ALERT)


def run_each(
    exports: tuple[Source, ...],
    out: Path,
    record: RunLog,
    mailed: Mailed,
    *,
    crew: Crew,
    is_told: bool,
    period: str | None,
    k: str | int | None,
    features: tuple[str, ...] | None,
    seed: int | None,
    formats: tuple[str, ...] | None,
    language: str | None,
    is_refit: bool,
    is_sent: bool = False,
    is_again: bool = False,
    **reading: Any,
) -> list[RunResult]:
    """Settings from file and flags, then the runs, the oldest month first; `is_told`: each is printed as it ends."""
    with loading():
        from reportgen.periods import in_order, named_month
        from reportgen.pipeline import run

    settings: dict[Source, Settings] = {
        export: settings_for(export, **reading)
        .with_overrides("segments", k=k, seed=seed)
        .with_overrides("columns", features=features)
        .with_overrides("report", formats=formats, language=language)
        for export in exports
    }
    posts = {export: Post(out, each, is_wanted=is_sent, is_again=is_again) for export, each in settings.items()}
    show = progress_line()
    results = []
    for month, export in in_order(exports, period, date.today()):
        is_open = len(exports) == 1 and period is None and named_month(export) is None
        record.say("run", export.name if is_open else f"{export.name} for {month}")
        announce = record.alongside(show)
        try:
            with posts[export].watching(month):
                how: dict[str, Any] = {"announce": announce, "is_refit": is_refit, "wish": posts[export].wish}
                result = run(export, out, month, settings[export], crew=crew, is_period_open=is_open, **how)
        finally:
            announce("")
        log_result(record, result)
        results.append(result)
        if is_told:
            click.echo(result_as_text(result))
        posts[export].deliver(result, record.say, mailed)
    tell_monitors(settings.values(), record)
    return results


def result_as_text(result: RunResult) -> str:
    if result.is_repeat:
        return f"{result.headline}\n\n  {result.directory}"
    lines = [result.headline, *(f"  note: {note}" for note in result.notes), ""]
    lines += [f"  {result.directory / name}" for name in result.documents]
    return "\n".join(lines)


def result_as_data(result: RunResult) -> dict[str, Any]:
    """What `--json` prints of one run."""
    return {
        "directory": str(result.directory),
        "verdict": result.verdict,
        "k": result.k,
        "headline": result.headline,
        "n_customers": result.n_customers,
        "documents": list(result.documents),
        "notes": list(result.notes),
        "n_alerts": result.n_alerts,
        "is_repeat": result.is_repeat,
        "seconds": {stage: round(seconds, 3) for stage, seconds in result.seconds.items()},
    }
