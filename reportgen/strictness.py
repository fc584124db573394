"""Refuses an export that had to be repaired or is not like the month before, where the settings ask for it."""

from __future__ import annotations

from reportgen.config import Settings
from reportgen.errors import ReportgenError
from reportgen.records.history import Change
from reportgen.records.table import CleanTable, RawTable, SetAside
from reportgen.wording import format_count, join_words, plural, scrub

SHOWN_RECORDS = 3
"""Records that the refusal names; `inspect` lists all."""


def refuse_repairs(raw: RawTable, table: CleanTable) -> None:
    """Raises ReportgenError (RG-014) if the file was mended, or a record repaired or set aside, in reading or cleaning.

    What later stages expect of every export is no repair: numbers and dates read as such, missing cells filled in and
    flagged, outliers capped.
    """
    entries = sorted(raw.set_aside + table.set_aside, key=lambda entry: entry.line)
    mended = [f"{scrub(note.column)}: {note.reason}." for note in table.notes if note.is_fix]
    fixes = [*raw.report.fixes, *mended]
    if not entries and not fixes:
        return
    said = fixes + _records(entries, table.orders.n_unlisted if table.orders else 0)
    raise ReportgenError(
        "RG-014",
        f"{raw.report.file_name} needs repairs, and strict refuses them: {' '.join(said)}",
        f"See all of them with: reportgen inspect {raw.report.file_name}. Mend the export, or run without --strict.",
    )


def _records(entries: list[SetAside], n_unlisted: int) -> list[str]:
    """One sentence on the records, or none; `n_unlisted`: further ones that were set aside."""
    if not entries:
        return []
    n_repaired = sum(entry.action == "repaired" for entry in entries)
    counts = [(n_repaired, "repaired"), (len(entries) - n_repaired + n_unlisted, "set aside")]
    told = join_words([f"{plural(n, 'record')} {action}" for n, action in counts if n])
    first = "; ".join(f"{entry.place}, {entry.reason}" for entry in entries[:SHOWN_RECORDS])
    return [f"{told} ({first}{'; …' if len(entries) > SHOWN_RECORDS else ''})."]


ALERTS = {
    "same file": "it is the file of the month before",
    "old data": "its newest date lies before the month that it is for",
    "later data": "its newest date lies after the month that it is for",
    "row count": "it has {now} records, the month before had {before}",
    "column gone": "the column {column} is gone",
    "column new": "the column {column} is new",
    "column kind": "the column {column} holds another kind of values",
    "missing values": "the column {column} has far more missing values",
    "unseen levels": "the column {column} holds levels never seen before",
    "drift": "the column {column} is spread differently",
    "no structure": "its customers show no segments any more",
}
"""`Alert.kind` → what is wrong with the export, one clause."""


def refuse_alerts(change: Change | None, settings: Settings) -> None:
    """Raises ReportgenError (RG-015) if the settings are strict and the export is not like the month before."""
    if change is None or not settings.input.strict or not change.alerts:
        return
    clauses = [
        ALERTS[alert.kind].format(
            column=repr(scrub(alert.column, 40)), before=format_count(alert.before), now=format_count(alert.now)
        )
        for alert in change.alerts
    ]
    raise ReportgenError(
        "RG-015",
        f"The export is not like {change.since}: {join_words(clauses)}.",
        "Look at the export; run without --strict to have the report all the same.",
    )
