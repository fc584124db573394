"""Options and arguments that several commands share, and the progress line."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reportgen.cli._stopping import raise_if_asked
from reportgen.records.source import Source, source_of, together

if TYPE_CHECKING:
    from reportgen.config import Settings

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


class GivenPath(click.Path):
    """A path; an empty one, as an unset variable gives it, is refused and not taken for the current folder."""

    def __init__(self, *, allow_dash: bool = False, dir_okay: bool = True) -> None:
        super().__init__(path_type=Path, allow_dash=allow_dash, dir_okay=dir_okay)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value == "":
            self.fail("it is empty.", param, ctx)
        return super().convert(value, param, ctx)


class GivenSource(click.ParamType[Source]):
    """A file's path, `-` for standard input, or a database's address."""

    name = "export"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Source:
        if isinstance(value, str) and not value:
            self.fail("it is empty.", param, ctx)
        return source_of(value)


export_argument: Decorator = click.argument("export", type=GivenSource())
exports_argument: Decorator = click.argument("exports", type=GivenSource(), nargs=-1, required=True, metavar="EXPORT…")
config_option: Decorator = click.option(
    "--config",
    type=GivenPath(dir_okay=False),
    help="Settings file; default: reportgen.toml beside the export or here, if there is one.",
)
together_option: Decorator = click.option(
    "--together", "is_together", is_flag=True, help="Read several files as one table: the order lines of some months."
)
out_option: Decorator = click.option(
    "--out", type=GivenPath(), default=Path("output"), show_default=True, help="Where runs are kept."
)
json_option: Decorator = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")


engine_option: Decorator = click.option(
    "--engine",
    type=click.Choice(["auto", "memory", "duckdb", "spark"]),
    help="What works through the rows; default: auto, memory or for large tables DuckDB.",
)


def reading_options(command: Any) -> Any:
    """How the export is read: options of every command that reads one."""
    for option in (
        click.option(
            "--set",
            "assignments",
            multiple=True,
            metavar="SECTION.NAME=VALUE",
            help='Any setting of the settings file, as in --set input.header=false or --set "input.dates=day first".',
        ),
        click.option(
            "--guess", "when_unsure", flag_value="guess", help="Where two readings are possible, take the likelier."
        ),
        click.option("--strict", is_flag=True, default=None, help="Refuse an export that needs any repair."),
        click.option("--query", metavar="SELECT", help="For a database: the query whose rows are the customers."),
        engine_option,
        config_option,
    ):
        command = option(command)
    return command


def joined(exports: Sequence[Source], is_together: bool) -> tuple[Source, ...]:
    """The exports, as one where they are read together. Raises BadParameter for what is no file."""
    if not is_together or len(exports) < 2:
        return tuple(exports)
    if any(export.path is None for export in exports):
        raise click.BadParameter("only files can be read together.", param_hint="--together")
    return (together(exports),)


def settings_for(
    export: Source,
    *,
    config: Path | None,
    finds_config: bool = True,
    query: str | None = None,
    strict: bool | None = None,
    when_unsure: str | None = None,
    engine: str | None = None,
    assignments: Sequence[str] = (),
) -> Settings:
    """The settings of file and reading options; `--set` comes last.

    `finds_config`: whether a settings file is looked for where none is given. Raises ReportgenError (RG-060, RG-061).
    """
    from reportgen.config import load_settings

    settings = load_settings(find_config(config, export) if finds_config else config)
    settings = settings.with_overrides("input", query=query, strict=strict, when_unsure=when_unsure)
    settings = settings.with_overrides("engine", use=engine)
    for assignment in assignments:
        place, _, text = assignment.partition("=")
        section, *names = place.strip().split(".")
        if not names or "=" not in assignment:
            raise click.BadParameter(f"{assignment!r} is not of the form SECTION.NAME=VALUE.", param_hint="--set")
        settings = settings.with_value((section, *names), toml_value_of(text.strip()))
    return settings


def toml_value_of(text: str) -> Any:
    """The value as a settings file would hold it; what is no value there is taken as text: `day first`."""
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except (tomllib.TOMLDecodeError, RecursionError):
        return text


def find_config(given: Path | None, export: Source) -> Path | None:
    """The settings file to use: the one given, else reportgen.toml beside the export or in the current folder."""
    if given is not None:
        return given
    beside = [Path("reportgen.toml")]
    first = export.parts[0].path if export.parts else export.path
    if first is not None:
        beside.insert(0, first.parent / "reportgen.toml")
    return next((path for path in beside if path.is_file()), None)


def progress_line() -> Callable[[str], None]:
    """Shows the stage at work on one line of a terminal's stderr; silent elsewhere. Stops a run that was asked to."""
    is_shown = sys.stderr.isatty()

    def show(stage: str) -> None:
        if stage:
            raise_if_asked()
        if is_shown:
            click.echo(f"\r\x1b[K{stage}…" if stage else "\r\x1b[K", nl=False, err=True)

    return show
