"""`reportgen email`: the messages of finished runs."""

from __future__ import annotations

import click

from reportgen.cli._lazy import LazyGroup

LINES = {
    "preview": "Write the messages of a run as files, and say who would get them.",
    "send": "Send the messages of a run to those who have not got them.",
    "flush": "Send what waits.",
    "resolve": "Decide on a message of which nobody knows whether it was accepted.",
    "outbox": "List the messages and how far they have come.",
}
"""One module `email_<name>` of this folder each."""

EPILOG = """\b
Examples:
  reportgen email preview
  reportgen email send output/2026-10 --to me@example.org
  reportgen email flush
  reportgen email resolve 5f0c…@example.org --mark-sent"""


@click.command("email", cls=LazyGroup, lines=LINES, prefix="email_", epilog=EPILOG)
def command() -> None:
    """Look at the e-mail of a run, send it, settle what did not go through."""
