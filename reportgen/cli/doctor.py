"""`reportgen doctor`: what this machine lacks, and the exact command that mends it."""

from __future__ import annotations

import json
from pathlib import Path

import click

from reportgen.cli._options import json_option, out_option

EPILOG = """\b
Examples:
  reportgen doctor
  reportgen doctor --out /srv/reports --json"""


@click.command("doctor", epilog=EPILOG)
@out_option
@json_option
def command(out: Path, as_json: bool) -> int:
    """Check Python, the libraries, Pango, fonts and the right to write. Exit code 1 if something needed is missing."""
    from reportgen.doctor import examine

    findings = examine(out)
    if as_json:
        rows = [
            {"check": f.check, "ok": f.ok, "needed": f.is_needed, "found": f.found, "mend": f.mend} for f in findings
        ]
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
    else:
        for finding in findings:
            word = "ok" if finding.ok else "MISSING" if finding.is_needed else "warning"
            click.echo(f"{word:7}  {finding.check}: {finding.found}")
            if not finding.ok:
                click.echo(f"         mend it with: {finding.mend}")
    return 0 if all(finding.ok or not finding.is_needed for finding in findings) else 1
