"""Refuses an export that had to be repaired, where the settings ask for it."""

from __future__ import annotations

from reportgen.errors import ReportgenError
from reportgen.records.table import CleanTable, RawTable, SetAside
from reportgen.wording import join_words, plural, scrub

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
