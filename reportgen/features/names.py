"""Finds the columns that a setting names, the way a person writes them."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from reportgen.errors import ReportgenError
from reportgen.records.table import Column
from reportgen.wording import join_words


def find_column(name: str, columns: Sequence[Column], setting: str) -> Column:
    """The column of that header name; failing that, by header or label without case, spaces and punctuation.

    Raises ReportgenError (RG-062) with the closest names.
    """
    for column in columns:
        if column.name == name:
            return column
    wanted = bare(name)
    found = [column for column in columns if wanted in {bare(column.name), bare(column.label)}]
    if len(found) == 1:
        return found[0]
    close = difflib.get_close_matches(name, [column.name for column in columns], n=3, cutoff=0.5)
    known = close or [column.name for column in columns]
    raise ReportgenError(
        "RG-062",
        f"{setting} names the column {name!r}, which the export does not have.",
        f"{'Did you mean' if close else 'Its columns are'} {join_words(known, 'or' if close else 'and')}"
        f"{'?' if close else '.'}",
    )


def bare(name: str) -> str:
    return "".join(character for character in name.casefold() if character.isalnum())
