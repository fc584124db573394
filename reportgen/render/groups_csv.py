"""Writes groups.csv: who is in the test group of an action, and who is left alone to compare with."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.engine.base import Engine
from reportgen.records.study import Document, Study
from reportgen.records.table import CleanTable
from reportgen.render._csv import csv_line, disarm, encode, quote
from reportgen.render.segments_csv import customer_ids

COLUMNS = ("customer_id", "segment_id", "segment", "group")
GROUPS = ("", "test", "control")
"""By the number of `history.groups`; the first is none."""


def render_groups_csv(table: CleanTable, study: Study, groups: Sequence[int], engine: Engine) -> Document:
    """One line a customer in a group, in source order; `groups`: one number a customer."""
    number, labels = study.facts.identity, study.facts.segmentation.labels.tolist()
    names = {persona.segment: quote(disarm(persona.name)) for persona in study.personas}
    lines = [
        f'{key},{number(segment)},{names[segment]},"{GROUPS[group]}"\n'
        for key, segment, group in zip(customer_ids(table, engine), labels, groups, strict=True)
        if group
    ]
    return Document("groups.csv", encode("".join([csv_line(COLUMNS), *lines])))
