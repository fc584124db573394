"""A group of commands, each a module that is imported when it is called."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any

import click


class LazyGroup(click.Group):
    """Imports a command's module only when that command is called."""

    def __init__(self, *arguments: Any, lines: Mapping[str, str], prefix: str = "", **options: Any) -> None:
        """`lines`: command → what help shows without importing it; its module is `prefix` and its name."""
        super().__init__(*arguments, **options)
        self._lines, self._prefix = lines, prefix

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(self._lines)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        if cmd_name not in self._lines:
            return None
        command: click.Command = importlib.import_module(f"reportgen.cli.{self._prefix}{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        with formatter.section("Commands"):
            formatter.write_dl(list(self._lines.items()))
