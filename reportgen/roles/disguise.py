"""Hides who it was in the samples of records that reading repaired or set aside."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from reportgen.records.table import Column, RawTable, Role


def disguised(table: RawTable, columns: Iterable[Column]) -> RawTable:
    """The table; where a column names or reaches persons, samples show how a record is written, not what it says.

    Its fields may have moved, so none can be told to be harmless. The line tells where the record stands.
    """
    if not any(column.role is Role.PERSONAL for column in columns):
        return table
    aside = (replace(entry, sample="".join(map(_shape_of, entry.sample))) for entry in table.set_aside)
    return replace(table, set_aside=tuple(aside))


def _shape_of(character: str) -> str:
    """`Ann;12-03` becomes `Xxx;99-99`."""
    if character.isalpha():
        return "X" if character.isupper() else "x"
    return "9" if character.isnumeric() else character
