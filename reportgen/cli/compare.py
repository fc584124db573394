"""`reportgen compare`: two remembered months beside each other."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reportgen.cli._options import json_option, out_option
from reportgen.cli.inspect import aligned
from reportgen.errors import ReportgenError

if TYPE_CHECKING:
    from reportgen.history.store import History
    from reportgen.records.history import Month, Movement, SegmentChange

EPILOG = """\b
Examples:
  reportgen compare 2026-09 2026-10
  reportgen compare 2025-10 2026-10 --out /srv/reports --json
  reportgen compare 2026-10.1 2026-10.2"""

LABEL = re.compile(r"(\d{4}-\d{2})(?:\.(\d{1,9}))?", re.ASCII)
NONE = "–"


@click.command("compare", epilog=EPILOG)
@click.argument("before")
@click.argument("now")
@out_option
@json_option
def command(before: str, now: str, out: Path, as_json: bool) -> None:
    """Show what has changed from the month BEFORE to the month NOW: segments by identity, customers who moved.

    A month is its newest revision, or the one behind the point: 2026-10.1. Writes nothing.
    """
    from reportgen.history.movement import by_size
    from reportgen.history.stage import change_segments
    from reportgen.history.store import read_history
    from reportgen.records.history import Past

    with read_history(out) as history:
        then, today = find_month(history, before, out), find_month(history, now, out)
        trouble = history.trouble
    movement = follow(then, today)
    changes = change_segments(Past((then,)), today, by_size(today), movement)
    if as_json:
        data = comparison_as_data(then, today, changes, movement) | {"trouble": trouble or None}
        click.echo(json.dumps(data, indent=2, ensure_ascii=False))
        return
    if trouble:
        click.echo(f"note: {trouble}", err=True)
    click.echo(comparison_as_text(then, today, changes, movement))


def find_month(history: History, label: str, out: Path) -> Month:
    """Raises ReportgenError (RG-083, RG-085)."""
    named = LABEL.fullmatch(label)
    month = history.month(named[1], int(named[2]) if named[2] else None) if named else None
    if month:
        return month
    if history.trouble and not history.months:
        raise ReportgenError("RG-083", history.trouble, "A run sets a damaged history aside and begins a new one.")
    raise ReportgenError(
        "RG-085", f"{label!r} is not remembered in {out}.", f"See the months with: reportgen history --out {out}"
    )


def follow(before: Month, now: Month) -> Movement | None:
    """The customers of both months; None where they cannot be followed."""
    from reportgen.history.movement import follow_customers

    return follow_customers(before, now, (0.0, 0.0)) if before.key_mark == now.key_mark else None


def comparison_as_data(
    before: Month, now: Month, changes: tuple[SegmentChange, ...], movement: Movement | None
) -> dict[str, Any]:
    """What `--json` prints."""
    return {
        "before": {"period": before.period, "revision": before.revision, "n_customers": before.n_customers},
        "now": {"period": now.period, "revision": now.revision, "n_customers": now.n_customers},
        "customers": movement
        and {
            "stayed": movement.n_stayed,
            "moved": movement.n_moved,
            "new": movement.n_new,
            "lost": movement.n_lost,
        },
        "segments": [change_as_data(change, is_followed=movement is not None) for change in changes],
    }


def change_as_data(change: SegmentChange, *, is_followed: bool) -> dict[str, Any]:
    data: dict[str, Any] = {"identity": change.identity, "name": change.name, "fate": change.fate}
    names = ("n_before", "n_now", "share_before", "share_now", "value_share_before", "value_share_now")
    data |= {name: getattr(change, name) for name in names}
    flows = ("stayed", "came", "went", "joined", "lost")
    return data | {"customers": {name: getattr(change, name) for name in flows} if is_followed else None}


def comparison_as_text(before: Month, now: Month, changes: tuple[SegmentChange, ...], movement: Movement | None) -> str:
    from reportgen.wording import format_count

    counts = [format_count(month.n_customers) for month in (before, now)]
    lines = [f"{before.label} → {now.label}: {counts[0]} → {counts[1]} customers", followed_line(movement)]
    head = ("segment", "customers", "share", "value", "stayed", "came", "went", "joined", "lost", "")
    rows = [change_as_row(change, is_followed=movement is not None) for change in changes]
    return "\n".join([*lines, "", *aligned([head, *rows])])


def followed_line(movement: Movement | None) -> str:
    from reportgen.wording import format_count

    if movement is None:
        return "Customers cannot be followed from one to the other."
    counts = (movement.n_stayed, movement.n_moved, movement.n_new, movement.n_lost)
    stayed, moved, new, lost = (format_count(n or 0) for n in counts)
    return f"{stayed} stayed in their segment, {moved} moved to another, {new} are new, {lost} are gone"


def change_as_row(change: SegmentChange, *, is_followed: bool) -> tuple[str, ...]:
    from reportgen.wording import format_count, scrub

    flows = (change.stayed, change.came, change.went, change.joined, change.lost)
    told = {"new": "new", "retired": "retired", "empty": "no customer now"}.get(change.fate, "")
    if change.name_before not in ("", change.name):
        told = f"was {scrub(change.name_before)}"
    return (
        scrub(change.name),
        f"{format_count(change.n_before or 0)} → {format_count(change.n_now or 0)}",
        f"{share_as_text(change.share_before)} → {share_as_text(change.share_now)}",
        f"{share_as_text(change.value_share_before)} → {share_as_text(change.value_share_now)}",
        *(format_count(flow) if is_followed and flow is not None else NONE for flow in flows),
        told,
    )


def share_as_text(share: float | None) -> str:
    from reportgen.wording import format_share

    return NONE if share is None else format_share(share)
