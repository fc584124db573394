"""Tells what stands around a table in JSON: names of columns in an array of their own, further pages of an answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from reportgen.ingest._cells import is_typed

NAME_KEYS = ("name", "field", "key", "id", "label", "title")
"""Keys under which an object that describes a column says its name."""
VALUE_KEYS = frozenset(("value", "values", "val"))
LEAST_KNOWN = 0.8
"""Share of a table's keys that an array must name to be its description."""
_MORE = frozenset(("has_more", "hasmore", "hasnextpage", "has_next_page", "has_next", "hasnext", "more"))
_NEXT = frozenset(
    (
        *("next", "nextpage", "next_page", "nextlink", "next_link", "@odata.nextlink", "odata.nextlink", "__next"),
        *(
            "lastevaluatedkey",
            "nextrecordsurl",
            "next_cursor",
            "nextcursor",
            "nextpagetoken",
            "next_page_token",
            "next_url",
        ),
    )
)
_AROUND = frozenset(
    ("paging", "pagination", "page_info", "pageinfo", "links", "_links", "meta", "cursor", "page", "response_metadata")
)
"""Keys of objects that tell of pages."""
_PAGE = ("page", "currentpage", "pagenumber")
_PAGES = ("totalpages", "lastpage", "pagecount", "numpages", "pages")
"""Without their underscores."""
_NONE = frozenset(("", "0", "false", "none", "null", "-1"))
_LENGTHS = ("count", "size", "total", "length", "limit", "pagesize", "perpage")
"""Keys that count the records of a page where they are as many."""
_BESIDE = frozenset(
    (*_LENGTHS, "offset", "skip", "start", "took", "timedout", "requestid", "odatacontext", "odatacount")
)
"""Keys beside the records of a page, without their marks."""
_FINE = frozenset(("ok", "success", "succeeded", "true", "200", "0", "list", "2.0", "none", ""))
"""What an answer says of itself under `status`, `object` and the like; a record says something else there."""
_SAID = frozenset(
    ("code", "status", "success", "ok", "error", "errors", "message", "object", "kind", "jsonrpc", "version")
)
_TOTALS = ("totalcount", "totalsize", "totalrecords", "totalresults", "totalelements")
_LIMITS = ("limit", "perpage", "pagesize", "maxresults")
"""Beside one of these that is as large as the page, `total` counts records."""
JSON_API = frozenset(("data", "included"))
"""The records of an answer, and what they refer to (jsonapi.org/format, 5.1)."""
_CHANGE = frozenset(("before", "after", "op"))
_LOGGED = frozenset(("ts_ms", "source"))
"""Keys of a change record, as Debezium writes them from a database's log; an audit has the first ones, too."""


def column_names(described: Any) -> list[str]:
    """The names that an array holds, as texts or as objects that describe columns; none if it holds anything else."""
    if not isinstance(described, list) or not described:
        return []
    names = [cell if isinstance(cell, str) else _name_in(cell) for cell in described]
    return names if all(names) and len(set(names)) == len(names) else []


def _name_in(cell: Any) -> str:
    found = (cell.get(key) for key in NAME_KEYS) if isinstance(cell, dict) else ()
    return next((name for name in found if name and isinstance(name, str)), "")


def pairs_of(value: Any) -> dict[str, Any] | None:
    """The values by name of a list of objects that hold a name and its value each; None for anything else."""
    if not isinstance(value, list) or not all(isinstance(pair, dict) and len(pair) == 2 for pair in value):
        return None
    # Ids of payments beside their amounts name nothing.
    if any("id" in pair for pair in value):
        return None
    found = {_name_in(pair): next((cell for key, cell in pair.items() if key in VALUE_KEYS), None) for pair in value}
    are_told = all(found) and all(VALUE_KEYS & pair.keys() for pair in value) and len(found) == len(value) > 0
    return {name: _alone(cell) for name, cell in found.items()} if are_told else None


def _alone(value: Any) -> Any:
    return value[0] if isinstance(value, list) and len(value) == 1 else value


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
        if (low in _NEXT and _is_told(value)) or (low == "offset" and _is_cursor(value)):
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


def total_in(around: Mapping[str, Any], n_records: int) -> int:
    """How many records there are in all, as the object around so many of them says; 0 if it does not."""
    bare = {_bare(key.casefold()): value for key, value in around.items()}
    inner = [value for key, value in around.items() if key.casefold() in _AROUND and isinstance(value, dict)]
    found = [total_in(value, n_records) for value in inner]
    if isinstance(hits := bare.get("total"), dict):
        found.append(_number_in(hits, ("value",)))
    if _number_in(bare, _LIMITS) == n_records:
        found.append(_number_in(bare, ("total",)))
    return max(_number_in(bare, _TOTALS), *found, 0)


def page_of(value: Any) -> list[Any] | None:
    """The records of an object that holds a list of them and else only what tells of pages; None for another object."""
    lists = [inner for inner in value.values() if isinstance(inner, list)] if isinstance(value, dict) else []
    if len(lists) != 1 or not lists[0] or not all(isinstance(record, dict) for record in lists[0]):
        return None
    others = {key.casefold(): inner for key, inner in value.items() if not isinstance(inner, list)}
    are_around = [key for key in others if _tells_of_pages(key, others[key], len(lists[0]))]
    is_page = not others or bool(are_around)
    return lists[0] if is_page and all(key in are_around or _is_beside(key, others[key]) for key in others) else None


def _tells_of_pages(key: str, value: Any, n_records: int) -> bool:
    bare = _bare(key)
    is_length = bare in _LENGTHS and str(value) == str(n_records)
    return key in _AROUND | _MORE | _NEXT or bare in (*_PAGE, *_PAGES, *_TOTALS) or is_length


def _is_beside(key: str, value: Any) -> bool:
    return _bare(key) in _BESIDE or (_bare(key) in _SAID and str(value).casefold() in _FINE)


def changed_to(record: dict[str, Any]) -> dict[str, Any] | None:
    """The state behind a change, empty where it was deleted; None for a record that is no change."""
    change = record["payload"] if isinstance(record.get("payload"), dict) and "schema" in record else record
    is_log = change is not record or bool(_LOGGED & change.keys())
    if not is_log or not change.keys() >= _CHANGE or not isinstance(change["after"], dict | None):
        return None
    around = {key: cell for key, cell in change.items() if key not in _CHANGE and not isinstance(cell, dict | list)}
    return {**change["after"], **around} if change["after"] else {}


def _bare(key: str) -> str:
    return "".join(filter(str.isalnum, key))


def _is_cursor(value: Any) -> bool:
    """Whether it names a place in a list otherwise than by a number, as Airtable does."""
    return isinstance(value, str) and bool(value) and not value.isdecimal()


def _is_told(value: Any) -> bool:
    if isinstance(value, str):
        return value.strip().casefold() not in _NONE
    return value is not None and bool(value)
