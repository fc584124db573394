"""Writes canonical JSON: sorted keys, floats as Python's repr, short lists and objects on one line."""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Iterator, Mapping
from typing import Any

LINE_WIDTH = 110
"""Characters up to which a list or object stays on one line: a histogram's counts are one line, not thirty."""

INDENT = "  "


def plain(value: Any) -> Any:
    """Records, tuples and numpy numbers as plain JSON values; NaN and infinities as null: not known."""
    match value:
        case float():
            return float(value) if math.isfinite(value) else None
        case None | bool() | str() | int():
            return value
        case Mapping():
            return {str(key): plain(item) for key, item in value.items()}
        case tuple() | list():
            return [plain(item) for item in value]
        case _ if dataclasses.is_dataclass(value):
            return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
        case _:
            return plain(value.item() if getattr(value, "ndim", 1) == 0 else value.tolist())


def json_bytes(value: Any) -> bytes:
    """UTF-8 with a final line end; half of a surrogate pair stays an escape. Raises ValueError on NaN."""
    return ("".join(_lines(plain(value), "")) + "\n").encode("utf-8", "backslashreplace")


def _lines(value: Any, indent: str) -> Iterator[str]:
    short = json.dumps(value, sort_keys=True, ensure_ascii=False, allow_nan=False)
    if not isinstance(value, (dict, list)) or len(short) <= LINE_WIDTH - len(indent):
        yield short
        return
    deeper = indent + INDENT
    if isinstance(value, dict):
        start, end = "{", "}"
        items = [(f"{json.dumps(key, ensure_ascii=False)}: ", item) for key, item in sorted(value.items())]
    else:
        start, end = "[", "]"
        items = [("", item) for item in value]
    yield start
    for place, (key, item) in enumerate(items):
        yield f"{',' if place else ''}\n{deeper}{key}"
        yield from _lines(item, deeper)
    yield f"\n{indent}{end}"
