"""Writes a commented reportgen.toml: every setting with what it means, and the columns as they were found."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel

from reportgen.config import CATEGORY_WEIGHT, MOST_FEATURES, Settings
from reportgen.records.table import CleanTable, Column, Role
from reportgen.section import comments_of

HEADER = """# Settings of reportgen. Every line that starts with # is a default: remove the # to change it.
# Passwords do not belong in this file.
"""


def settings_as_toml(settings: Settings, columns: Iterable[Column], features: Iterable[str]) -> str:
    """The file's text: defaults commented out, what differs from them and the roles and features found written in."""
    parts = [HEADER]
    for section in Settings.model_fields:
        if section == "columns":
            parts += ["\n[columns]\n", found_columns(columns, features)]
        else:
            parts.append(section_of(section, getattr(settings, section)))
    return "".join(parts)


def settings_found(settings: Settings, table: CleanTable) -> tuple[Settings, tuple[Column, ...]]:
    """The settings with what was found of order lines, and the columns whose roles are worth writing down."""
    if table.orders is None:
        return settings, table.columns
    parts = {played.part.value: played.column for played in table.orders.parts}
    settings = settings.with_value(("orders", "columns"), parts)
    return settings, tuple(c for c in table.columns if c.role is not Role.IGNORED and not c.is_derived)


def section_of(section: str, values: BaseModel) -> str:
    """The section with its settings and what they mean, commented out where they have their default; then its parts."""
    parts, text, comments = [], f"\n[{section}]\n", comments_of(type(values))
    for name, info in type(values).model_fields.items():
        value, comment = getattr(values, name), f"# {comments[name]}\n" if name in comments else ""
        if isinstance(value, BaseModel):
            parts.append(comment + section_of(f"{section}.{name}", value).lstrip("\n"))
        else:
            is_default = value == info.get_default(call_default_factory=True)
            text += f"{comment}{'# ' if is_default else ''}{name} = {toml_value(value)}\n"
    return "\n".join([text, *parts])


def found_columns(columns: Iterable[Column], features: Iterable[str]) -> str:
    lines = [
        "# Columns that shape the segments; the others describe them.",
        f"features = {toml_value(tuple(features))}",
        "# The most columns that shape where none is named.",
        f"# most_features = {MOST_FEATURES}",
        "# What a category among them weighs beside a column of numbers, which weighs 1.",
        f"# category_weight = {CATEGORY_WEIGHT}",
        "# Columns that stay out of the report.",
        "# ignore = []",
        "# The column whose sum is a segment's value.",
        '# value = ""',
        "",
        "[columns.roles]",
        "# money, count, score, measure can shape segments; age, birth year, category, flag, code, date describe them;",
        "# id, personal, free text, constant, empty are kept out.",
    ]
    lines += [f"{json.dumps(c.name, ensure_ascii=False)} = {toml_value(c.role.value)}  # {c.reason}" for c in columns]
    return "\n".join(lines) + "\n"


def toml_value(value: Any) -> str:
    """A value as TOML; TOML's basic strings, numbers, booleans and arrays are JSON's."""
    if isinstance(value, dict):
        entries = [f"{toml_value(str(name))} = {toml_value(entry)}" for name, entry in value.items()]
        return f"{{ {', '.join(entries)} }}" if entries else "{}"
    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)
