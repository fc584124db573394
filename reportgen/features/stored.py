"""Whether the model of an earlier month can take the customers of this one."""

from __future__ import annotations

from reportgen import wording
from reportgen.config import Settings, resolve_column
from reportgen.records.history import Model
from reportgen.records.table import CleanTable, Role


def names_of(model: Model) -> tuple[str, ...]:
    """Header names of the columns that shape."""
    return (*(feature.name for feature in model.features), *(category.name for category in model.categories))


def why_unfit(model: Model, table: CleanTable, settings: Settings) -> str:
    """Why the stored model cannot take these customers, one clause; empty where it can. Raises ReportgenError."""
    labels = {column.name: column.label for column in table.columns}
    wanted = {resolve_column("columns.features", name, labels) for name in settings.columns.features}
    if wanted and wanted != set(names_of(model)):
        return "the settings name other columns"
    if settings.segments.k not in {"auto", len(model.identities)}:
        return "the settings ask for another number of segments"
    known = {column.name: column for column in table.columns}
    for name in names_of(model):
        if name not in known or name in settings.columns.ignore:
            return f"the column {wording.scrub(name, 40)} is missing"
        if known[name].role is Role.CONSTANT:
            return f"the column {wording.scrub(name, 40)} has one value only"
    for feature in model.features:
        if known[feature.name].kind != "number":
            return f"the column {wording.scrub(feature.name, 40)} holds no numbers"
    return ""
