"""Writes quarantine.csv: every record that was repaired or set aside, each with its reason."""

from __future__ import annotations

from reportgen.records.study import Document, Facts
from reportgen.render._csv import csv_bytes

COLUMNS = ("record", "place", "action", "reason", "sample")


def render_quarantine_csv(facts: Facts) -> Document:
    """One line a record, by its number in the source (header excluded); the header alone if there is none.

    `place` is where a person finds it: `line 17` of a text, the line on which it starts, `row 17` of a sheet,
    `record 17` of a source that has neither.
    """
    rows = [(entry.line, entry.place, entry.action, entry.reason, entry.sample) for entry in facts.set_aside]
    return Document("quarantine.csv", csv_bytes(COLUMNS, rows))
