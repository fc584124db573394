"""`reportgen email outbox`: the messages and how far they have come."""

from __future__ import annotations

import json
from pathlib import Path

import click

from reportgen.cli._mail import message_as_data
from reportgen.cli._options import json_option, out_option
from reportgen.cli.inspect import aligned


@click.command("outbox")
@out_option
@json_option
def command(out: Path, as_json: bool) -> None:
    """List every message of the runs in --out, the oldest first. Changes nothing."""
    from reportgen.history.outbox import read_outbox
    from reportgen.wording import scrub

    with read_outbox(out) as outbox:
        messages = outbox.messages()
    if as_json:
        data = {"messages": [message_as_data(message) for message in messages]}
        click.echo(json.dumps(data, indent=2, ensure_ascii=False))
        return
    if not messages:
        click.echo(f"No message was ever queued in {out}.")
        return
    rows = [(m.period, m.role, m.recipient, m.state, m.message_id, scrub(m.answer, 60)) for m in messages]
    click.echo("\n".join(aligned([("period", "role", "to", "state", "message", "answer"), *rows])))
