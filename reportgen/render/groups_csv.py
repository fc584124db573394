"""Writes groups.csv: who is in the test group of an action, and who is left alone to compare with."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.engine.base import Engine
from reportgen.records.study import Document, Study
from reportgen.records.table import CleanTable
from reportgen.render._csv import csv_line, disarm, encode, quote
from reportgen.render._placed import placed_customers
from reportgen.render.segment_list import id_cells

COLUMNS = ("customer_id", "segment_id", "segment", "group")
GROUPS = ("", "test", "control")
"""By the number of `history.groups`; the first is none."""


def render_groups_csv(table: CleanTable, study: Study, groups: Sequence[int], engine: Engine) -> Document:
    """One line a customer in a group, in source order; `groups`: one number a customer."""
    number = study.facts.identity
    names = {persona.segment: quote(disarm(persona.name)) for persona in study.personas}
    placed = (
        (cell, segment)
        for some in placed_customers(table, study, engine)
        for cell, segment in zip(id_cells(some.ids).to_pylist(), some.labels.tolist(), strict=True)
    )
    lines = [
        f'{cell},{number(segment)},{names[segment]},"{GROUPS[group]}"\n'
        for (cell, segment), group in zip(placed, groups, strict=True)
        if group
    ]
    return Document("groups.csv", encode("".join([csv_line(COLUMNS), *lines])))
