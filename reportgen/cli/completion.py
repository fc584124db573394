"""`reportgen completion`: the script that teaches a shell to complete reportgen's commands."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

EPILOG = """\b
Examples:
  reportgen completion bash >> ~/.bashrc
  reportgen completion zsh >> ~/.zshrc
  reportgen completion fish > ~/.config/fish/completions/reportgen.fish"""


@click.command("completion", epilog=EPILOG)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print the completion script for SHELL."""
    completion = get_completion_class(shell)
    assert completion is not None, f"click knows no {shell}"
    click.echo(completion(ctx.find_root().command, {}, "reportgen", "_REPORTGEN_COMPLETE").source())
