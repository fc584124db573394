"""`reportgen email preview`: the messages as files, before anybody gets them."""

from __future__ import annotations

from pathlib import Path

import click

from reportgen.cli._mail import chosen_run, config_option, now, run_argument, settings_here
from reportgen.cli._options import GivenPath, out_option


@click.command("preview")
@run_argument
@out_option
@config_option
@click.option(
    "--write", "folder", type=GivenPath(), default=Path("email_preview"), show_default=True, help="Where to write them."
)
@click.option("--open", "is_opened", is_flag=True, help="Open the pages in the browser.")
def command(run: Path | None, out: Path, config: Path | None, folder: Path, is_opened: bool) -> None:
    """Write each message of RUN (default: the newest) as .eml and as a page; print size, attachments and recipients."""
    from reportgen.mail_preview import preview

    chosen = chosen_run(run, out)
    for shown in preview(chosen, settings_here(config).email, now()):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{shown.role}.eml").write_bytes(shown.content)
        page = folder / f"{shown.role}.html"
        page.write_text(shown.page, encoding="utf-8")
        click.echo(f"{shown.role}: {shown.subject}")
        click.echo(f"  to: {', '.join(shown.recipients) or 'nobody yet'}")
        click.echo(f"  {len(shown.content):,} bytes, HTML {shown.n_html_bytes:,} bytes")
        click.echo(f"  attached: {', '.join(shown.attached) or 'nothing'}")
        click.echo(f"  check: {'; '.join(shown.faults) or 'nothing wrong'}")
        click.echo(f"  {folder / f'{shown.role}.eml'}\n  {page}")
        if is_opened:
            click.launch(str(page.resolve()))
