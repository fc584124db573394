"""Writes near_duplicates.csv: records that may be one person under two ids, for a person to decide."""

from __future__ import annotations

from reportgen.records.study import Document, Facts
from reportgen.render._csv import csv_bytes

COLUMNS = ("record", "other_record", "similarity")


def render_near_duplicates_csv(facts: Facts) -> Document:
    """One line a pair, the most similar first, by record numbers in the source; similarity 0 to 1."""
    return Document("near_duplicates.csv", csv_bytes(COLUMNS, facts.near_duplicates))
