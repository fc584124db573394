"""`reportgen email resolve`: a person's word on a message that was refused, or of which nobody knows."""

from __future__ import annotations

from pathlib import Path

import click

from reportgen.cli._mail import now
from reportgen.cli._options import out_option


@click.command("resolve")
@click.argument("message_id", metavar="MESSAGE-ID")
@out_option
@click.option("--resend", "how", flag_value="resend", help="It did not arrive: queue it, with the same Message-ID.")
@click.option("--mark-sent", "how", flag_value="sent", help="It did arrive: never send it again.")
def command(message_id: str, out: Path, how: str | None) -> None:
    """Decide on MESSAGE-ID, whose state is unknown or refused."""
    from reportgen.mailing import decide

    if how is None:
        raise click.UsageError("say --resend or --mark-sent.")
    message = decide(out, message_id, was_sent=how == "sent", now=now())
    click.echo(f"{message.state}: {message.recipient}")
    if how == "resend":
        click.echo("Send it with: reportgen email flush")
