"""Tells what stands around a table in JSON: names of columns in an array of their own, further pages of an answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from reportgen.ingest._cells import is_typed

NAME_KEYS = ("name", "field", "key", "id", "label", "title")
"""Keys under which an object that describes a column says its name."""
LEAST_KNOWN = 0.8
"""Share of a table's keys that an array must name to be its description."""
_MORE = frozenset(("has_more", "hasmore", "hasnextpage", "has_next_page", "has_next", "hasnext", "more"))
_NEXT = frozenset(
    (
        *("next", "nextpage", "next_page", "nextlink", "next_link", "@odata.nextlink", "odata.nextlink", "__next"),
        *("nextrecordsurl", "next_cursor", "nextcursor", "nextpagetoken", "next_page_token", "next_url"),
    )
)
_AROUND = frozenset(
    ("paging", "pagination", "page_info", "pageinfo", "links", "_links", "meta", "cursor", "page", "response_metadata")
)
"""Keys of objects that tell of pages."""
_PAGE = ("page", "currentpage", "pagenumber")
_PAGES = ("totalpages", "lastpage", "pagecount", "numpages")
"""Without their underscores."""
_NONE = frozenset(("", "0", "false", "none", "null", "-1"))


def column_names(described: Any) -> list[str]:
    """The names that an array holds, as texts or as objects that describe columns; none if it holds anything else."""
    if not isinstance(described, list) or not described:
        return []
    names = [cell if isinstance(cell, str) else _name_in(cell) for cell in described]
    return names if all(names) and len(set(names)) == len(names) else []


def _name_in(cell: Any) -> str:
    found = (cell.get(key) for key in NAME_KEYS) if isinstance(cell, dict) else ()
    return next((name for name in found if name and isinstance(name, str)), "")


def are_rows(value: Any) -> bool:
    """Whether it is an array of arrays."""
    return isinstance(value, list) and bool(value) and all(isinstance(row, list) for row in value)


def names_of_rows(rows: Sequence[Any]) -> list[str]:
    """The first row if it names the columns: words alone, over a number or a date in the second; else nothing."""
    names = column_names(rows[0]) if len(rows) > 1 else []
    cells = [cell for cell in rows[1] if isinstance(cell, str)] if names and isinstance(rows[1], list) else []
    return names if any(map(is_typed, cells)) and not any(map(is_typed, names)) else []


def describes(names: Sequence[str], keys: Sequence[str]) -> bool:
    """Whether an array with these names describes the columns of a table with these keys."""
    known = set(names) & set(keys)
    return len(set(names)) == len(names) > 0 and len(known) >= LEAST_KNOWN * max(len(keys), len(names))


def says_more(around: Mapping[str, Any]) -> str:
    """What the object around the records says of further pages, as in `"has_more": true`; empty if nothing."""
    for key, value in around.items():
        low = key.casefold()
        if low in _MORE and value is True:
            return f'"{key}": true'
        if low == "done" and value is False:
            return f'"{key}": false'
        if low in _NEXT and _is_told(value):
            return f'"{key}"'
        if low in _AROUND and isinstance(value, dict) and (said := says_more(value)):
            return said
    bare = {key.casefold().replace("_", ""): value for key, value in around.items()}
    at, last = (_number_in(bare, keys) for keys in (_PAGE, _PAGES))
    return f"page {at} of {last}" if 0 < at < last else ""


def _number_in(around: Mapping[str, Any], keys: Sequence[str]) -> int:
    """The whole number under the first of the keys that has one; numbers are texts here. 0 without any."""
    found = (around.get(key) for key in keys)
    return next((int(value) for value in found if isinstance(value, str) and value.isdecimal()), 0)


def _is_told(value: Any) -> bool:
    if isinstance(value, str):
        return value.strip().casefold() not in _NONE
    return value is not None and bool(value)
