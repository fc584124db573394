"""Refuses what was read and is no table."""

from __future__ import annotations

from reportgen.errors import ReportgenError
from reportgen.ingest.base import Reading
from reportgen.wording import format_count


def check_reading(reading: Reading) -> None:
    """Refuses a table without rows or with a single column. Raises ReportgenError (RG-002, RG-004)."""
    if len(reading.columns) < 2:
        raise ReportgenError(
            "RG-004",
            f"the table has only one column, {reading.columns[0]}." if reading.columns else "the table has no column.",
            "Export the customers with what they bought, spent or answered, one column each.",
        )
    if not len(reading.records):
        raise ReportgenError(
            "RG-002",
            f"there is a header of {format_count(len(reading.columns))} columns, but no data row.",
            "Check the filter of the export.",
        )
