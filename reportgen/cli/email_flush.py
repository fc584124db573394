"""`reportgen email flush`: sends what waits, also after a reboot."""

from __future__ import annotations

from pathlib import Path

import click

from reportgen.cli._mail import (
    config_option,
    refuse_unsettled,
    send_until_settled,
    send_waiting,
    settings_here,
    wait_option,
)
from reportgen.cli._options import out_option


@click.command("flush")
@out_option
@config_option
@wait_option
def command(out: Path, config: Path | None, is_waiting: bool) -> None:
    """Send what waits in --out and is due; what was stopped in the middle is settled first."""
    settings = settings_here(config)
    ended = send_waiting(out, settings)
    if is_waiting:
        ended = send_until_settled(out, settings, ended)
    if not ended:
        click.echo("Nothing is due.")
    refuse_unsettled(ended)
