"""Writes a commented reportgen.toml: every setting with what it means, and the columns as they were found."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from reportgen.config import Settings
from reportgen.records.table import Column

HEADER = """# Settings of reportgen. Every line that starts with # is a default: remove the # to change it.
# Passwords do not belong in this file.
"""


def settings_as_toml(settings: Settings, columns: Iterable[Column], features: Iterable[str]) -> str:
    """The file's text: defaults commented out, what differs from them and the roles and features found written in."""
    parts = [HEADER]
    for section, field in Settings.model_fields.items():
        assert isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel)
        parts.append(f"\n[{section}]\n")
        if section == "columns":
            parts.append(found_columns(columns, features))
        else:
            values, fields = getattr(settings, section), field.annotation.model_fields
            parts.extend(setting_line(name, info, getattr(values, name)) for name, info in fields.items())
    return "".join(parts)


def setting_line(name: str, info: FieldInfo, value: Any) -> str:
    """The setting with what it means; commented out where it has its default."""
    comment = f"# {' '.join(info.description.split())}\n" if info.description else ""
    return f"{comment}{'# ' if value == info.default else ''}{name} = {toml_value(value)}\n"


def found_columns(columns: Iterable[Column], features: Iterable[str]) -> str:
    lines = [
        "# Columns that shape the segments; the others describe them.",
        f"features = {toml_value(tuple(features))}",
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
    """A default as TOML; TOML's basic strings, numbers, booleans and arrays are JSON's."""
    if isinstance(value, dict):
        return "{}"
    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)
