"""Writes cleaning_log.csv: what each cleaning step did, column by column."""

from __future__ import annotations

from reportgen.records.study import Document, Facts
from reportgen.render._csv import csv_bytes

COLUMNS = ("order", "step", "column", "n_rows", "before", "after", "reason")


def render_cleaning_csv(facts: Facts) -> Document:
    """One line a note, in the order of the steps; `column` is empty where a step worked on whole rows."""
    rows = [
        (order, note.step, note.column, note.n_rows, note.before, note.after, note.reason)
        for order, note in enumerate(facts.notes, start=1)
    ]
    return Document("cleaning_log.csv", csv_bytes(COLUMNS, rows))
