"""Options and arguments that several commands share, and the progress line."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


class GivenPath(click.Path):
    """A path; an empty one, as an unset variable gives it, is refused and not taken for the current folder."""

    def __init__(self, *, allow_dash: bool = False, dir_okay: bool = True) -> None:
        super().__init__(path_type=Path, allow_dash=allow_dash, dir_okay=dir_okay)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value == "":
            self.fail("it is empty.", param, ctx)
        return super().convert(value, param, ctx)


export_argument: Decorator = click.argument("export", type=GivenPath())
config_option: Decorator = click.option(
    "--config",
    type=GivenPath(dir_okay=False),
    help="Settings file; default: reportgen.toml beside the export or here, if there is one.",
)
out_option: Decorator = click.option(
    "--out", type=GivenPath(), default=Path("output"), show_default=True, help="Where runs are kept."
)
json_option: Decorator = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")


def find_config(given: Path | None, export: Path) -> Path | None:
    """The settings file to use: the one given, else reportgen.toml beside the export or in the current folder."""
    if given is not None:
        return given
    beside = (export.parent / "reportgen.toml", Path("reportgen.toml"))
    return next((path for path in beside if path.is_file()), None)


def progress_line() -> Callable[[str], None]:
    """Shows the stage at work on one line of a terminal's stderr; silent elsewhere."""
    if not sys.stderr.isatty():
        return lambda _stage: None

    def show(stage: str) -> None:
        click.echo(f"\r\x1b[K{stage}…" if stage else "\r\x1b[K", nl=False, err=True)

    return show
