"""What a user is told whose columns cannot shape segments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from reportgen import wording
from reportgen.errors import ReportgenError
from reportgen.features.categories import level_texts
from reportgen.features.choice import Arrays
from reportgen.records.table import CleanTable, Column, Role

SILENT_ROLES = frozenset({Role.ID, Role.PERSONAL, Role.TEXT, Role.EMPTY})
"""Columns that say who a customer is, not how customers differ."""


def refuse_unusable(given: Sequence[Column], arrays: Arrays, labelled: Mapping[str, npt.NDArray[Any]]) -> None:
    for column in given:
        if column.name not in arrays and column.name not in labelled:
            raise ReportgenError(
                "RG-063",
                f"The column {column.name!r} cannot shape segments: it holds {kind_in_words(column)}.",
                "Name columns that hold numbers or categories, or leave --features out.",
            )
        values = labelled.get(column.name, arrays.get(column.name, np.empty(0)))
        if len(set(level_texts(values)) - {None}) < 2:
            raise ReportgenError(
                "RG-063",
                f"The column {column.name!r} cannot shape segments: all customers have the same value.",
                "Leave it out of the features.",
            )
    if all(column.name in labelled for column in given):
        raise ReportgenError(
            "RG-063",
            "Categories alone cannot shape segments: they would only be counted.",
            "Name at least one column of numbers among the features.",
        )


def kind_in_words(column: Column) -> str:
    return {"date": "dates", "category": "categories", "text": "text"}.get(column.kind, "something else")


def no_feature(table: CleanTable, unfit: Mapping[str, str]) -> ReportgenError:
    telling = [column for column in table.columns if column.role not in SILENT_ROLES]
    if telling and all(column.role is Role.CONSTANT for column in telling):
        return ReportgenError(
            "RG-011",
            f"All {wording.plural(table.n_customers, 'customer')} are the same in every column.",
            "Nothing tells them apart: check that the export holds each customer's own figures.",
        )
    seen = wording.join_words(
        [f"{wording.scrub(c.name, 40)} ({unfit.get(c.name) or c.role.value})" for c in table.columns][:12]
    )
    return ReportgenError(
        "RG-010",
        f"No column can shape segments. Found: {seen}.",
        "Segments need money, counts, scores or other measures; say what a column is under [columns.roles].",
    )
