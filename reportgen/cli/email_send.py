"""`reportgen email send`: the messages of a run, to those who have not got them."""

from __future__ import annotations

from pathlib import Path

import click

from reportgen.cli._mail import (
    chosen_run,
    config_option,
    now,
    refuse_unsettled,
    run_argument,
    send_waiting,
    settings_here,
)
from reportgen.cli._options import out_option
from reportgen.errors import ReportgenError


@click.command("send")
@run_argument
@out_option
@config_option
@click.option("--to", "people", multiple=True, metavar="ADDRESS", help="Send to this address instead; may be repeated.")
@click.option("--dry-run", is_flag=True, help="Check everything and say who would get what; send nothing.")
@click.option("--again", "is_again", is_flag=True, help="Also to those who have got it, as a new message.")
def command(
    run: Path | None, out: Path, config: Path | None, *, people: tuple[str, ...], dry_run: bool, is_again: bool
) -> None:
    """Send the e-mail of RUN (default: the newest in --out), a message for each recipient."""
    from reportgen.mail_plan import addresses_of, batch_of, check_ways, copies_for
    from reportgen.mailing import queue_run, read_files

    settings, chosen = settings_here(config), chosen_run(run, out)
    refuse_changed(chosen)
    files = read_files(chosen)
    addresses = copies_for(people, settings.email) if people else addresses_of(settings.email, files)
    if dry_run:
        for message in batch_of(addresses, files, chosen.name, 0, now()).messages:
            click.echo(f"  {message.role} by {message.channel}: {message.recipient} <{message.message_id}>")
    check_ways(settings)
    if dry_run:
        return
    new = queue_run(chosen, addresses, now(), is_again=is_again)
    if not new:
        click.echo("Everybody has a message of this run already; --again sends a new one.")
    ended = send_waiting(chosen.parent, settings)
    refuse_unsettled(ended)


def refuse_changed(run: Path) -> None:
    """Raises ReportgenError (RG-081, RG-096) for a run whose files are not those of its manifest."""
    from reportgen.verify.manifest import check_manifest

    broken = [check for check in check_manifest(run) if not check.ok]
    if broken:
        raise ReportgenError(
            "RG-096", f"{run} is not as it was published: {broken[0].name} {broken[0].sentence}.", "Make it again."
        )
