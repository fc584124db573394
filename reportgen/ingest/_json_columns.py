"""Builds records of JSON that holds no array of objects: arrays of cells, columns, objects by their keys."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import islice
from typing import Any

from reportgen.errors import ReportgenError
from reportgen.ingest._json_records import Records
from reportgen.ingest._json_tables import names_of_rows
from reportgen.wording import format_count, scrub

SHOWN_KEYS = 5
_ERROR_KEYS = frozenset(("error", "errors", "exception", "fault"))
AS_ARRAY = "Export the customers as an array of objects, one a customer, or as CSV."


def of_rows_alone(rows: Iterable[Any], first: list[Any]) -> Records:
    """Arrays of cells, the first of which names the columns if it can; `first`: the first two."""
    if names := names_of_rows(first):
        return of_rows(names, islice(rows, 1, None))
    records = Records()
    for row in rows:
        is_row = isinstance(row, list)
        records.add({f"column {at}": cell for at, cell in enumerate(row, start=1)} if is_row else row)
    return records


def of_columns(columns: dict[str, Any]) -> Records:
    """An object of arrays of one length, of objects with the same keys, or {"columns": […], "data": [[…], …]}."""
    values = list(columns.values())
    if isinstance(columns.get("columns"), list) and isinstance(columns.get("data"), list):
        names = [str(name) for name in columns["columns"]]
        return of_rows(names, columns["data"])
    if len(values) > 1 and all(isinstance(value, list) for value in values):
        lengths = {key: len(value) for key, value in columns.items()}
        if len(set(lengths.values())) > 1:
            first, second = min(lengths, key=lambda key: lengths[key]), max(lengths, key=lambda key: lengths[key])
            raise ReportgenError(
                "RG-012",
                f"the columns differ in length: {scrub(first)} holds {format_count(lengths[first])} values,"
                f" {scrub(second)} {format_count(lengths[second])}.",
                AS_ARRAY,
            )
        return of_rows(list(columns), zip(*values, strict=True))
    if len(values) > 1 and all(isinstance(value, dict) and value for value in values):
        return _of_keyed(columns)
    if len(values) == 1 and _holds_objects(values[0]):
        return of_columns(values[0])
    keys = ", ".join(scrub(key) for key in list(columns)[:SHOWN_KEYS])
    what = "an error message" if _ERROR_KEYS & {key.casefold() for key in columns} else "one object without records"
    raise ReportgenError("RG-005", f"the JSON is {what}; its keys: {keys or 'none'}.", AS_ARRAY)


def _holds_objects(value: Any) -> bool:
    return isinstance(value, dict) and bool(value) and all(isinstance(inner, dict | list) for inner in value.values())


def _of_keyed(outer: dict[str, Any]) -> Records:
    """Objects in an object: a column each if their own keys count records (0, 1, 2 …), a record each if not."""
    keys = list(dict.fromkeys(key for inner in outer.values() for key in inner))
    if all(key.isdigit() for key in keys):
        return of_rows(list(outer), ([column.get(key) for column in outer.values()] for key in keys))
    counts = [str(at) for at in range(len(outer) + 1)]
    is_told = list(outer) in (counts[:-1], counts[1:]) or _is_held(outer)
    records = Records()
    for key, inner in outer.items():
        records.add(inner if is_told or "key" in inner else {"key": key, **inner})
    return records


def _is_held(outer: dict[str, Any]) -> bool:
    """Whether each object holds its own key as a value."""
    first = next(iter(outer.values()))
    return any(all(inner.get(name) == key for key, inner in outer.items()) for name in first)


def of_rows(names: list[str], rows: Any) -> Records:
    if len(set(names)) < len(names):
        raise ReportgenError("RG-036", "the list of column names holds one twice.", "Give each column its own name.")
    records = Records()
    for row in rows:
        cells = list(row) if isinstance(row, list | tuple) else [row]
        if len(cells) == len(names):
            records.add(dict(zip(names, cells, strict=True)))
        else:
            records.n_records += 1
            records.misfit(f"{len(cells)} values for {len(names)} columns", json.dumps(cells, default=str), 0)
    return records
