"""Finds what stands at a path such as `evidence.scores[3].silhouette`, over record fields and positions alone."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np

_PATH = re.compile(r"[A-Za-z]\w*(?:\.[A-Za-z]\w*|\[\d{1,9}\])*", re.ASCII)
_STEP = re.compile(r"\[(\d+)\]|(\w+)")


class RecomputeError(ValueError):
    """A recompute record that cannot be followed; the sentence says why."""


def value_at(root: object, path: str) -> Any:
    """What stands at `path` under `root`: fields of records, positions of tuples and arrays, nothing else.

    Raises RecomputeError.
    """
    if not _PATH.fullmatch(path):
        raise RecomputeError(f"{path!r} is not a path")
    value: Any = root
    for position, name in _STEP.findall(path):
        value = field_of(value, name, path) if name else entry_of(value, int(position), path)
    return value


def field_of(record: object, name: str, path: str) -> Any:
    if not is_dataclass(record) or name not in {field.name for field in fields(record)}:
        raise RecomputeError(f"{path!r} leads nowhere: there is no field {name}")
    return getattr(record, name)


def entry_of(entries: object, position: int, path: str) -> Any:
    if not isinstance(entries, (tuple, np.ndarray)) or position >= len(entries):
        raise RecomputeError(f"{path!r} leads nowhere: there is no entry {position}")
    return entries[position]


def number_at(root: object, path: str) -> float:
    """The number at `path`. Raises RecomputeError."""
    return as_number(value_at(root, path), path)


def entries_at(root: object, path: str) -> tuple[Any, ...]:
    """The entries at `path`. Raises RecomputeError."""
    entries = value_at(root, path)
    if not isinstance(entries, tuple):
        raise RecomputeError(f"no list stands at {path!r}")
    return entries


def as_number(value: object, path: str) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float, np.integer, np.floating)):
        raise RecomputeError(f"no number stands at {path!r}")
    return float(value)
