"""Finds the table in a JSON text: an array of objects, a record a line, or columns; runs in the limited child."""

from __future__ import annotations

import json
import re
from typing import Any

from reportgen.errors import ReportgenError
from reportgen.ingest._json_records import SAMPLE_LINES, Records, Walker
from reportgen.wording import format_count, join_words, plural, scrub

MAX_LEVELS = 3
"""Objects around the array of records that are opened: {"response": {"data": […]}} is two."""
SHOWN_KEYS = 5
_ERROR_KEYS = frozenset(("error", "errors", "exception", "fault"))
_ACTIONS = frozenset(("index", "create"))
_DUMP = re.compile(r'\s*\[\s*\{\s*"type"\s*:\s*"header"')
_AS_ARRAY = "Export the customers as an array of objects, one a customer, or as CSV."


def parse_json(data: bytes, encoding: str, wanted: str, when_unsure: str) -> bytes:
    """The records for `_answer.read_answer`: rows with the record's number in front; the facts: see `Records.answer`.

    `wanted`: key of the array to read. Raises ReportgenError (RG-005, 007, 012, 021, 022, 031, 032, 035, 036, 063).
    """
    text, encoding, fixes = _decoded(data, encoding)
    notes: list[str] = []
    lines = text.split("\n")
    if _is_one_a_line(lines):
        return _of_lines(lines).answer("json lines", encoding, notes, fixes)
    del lines
    walker = Walker(text)
    if _DUMP.match(text):
        records = _of_dump(walker, wanted, when_unsure, (notes, fixes))
    elif walker.skip() == "[":
        records = _of_array(walker)
    else:
        records = _of_object(walker, wanted, when_unsure, (notes, fixes))
    if walker.skip():
        raise walker.damaged("more text follows behind the end of the JSON")
    if records.n_records and not records.n_rows:
        raise ReportgenError("RG-005", "the JSON array holds no objects, but single values.", _AS_ARRAY)
    return records.answer("json", encoding, notes, fixes)


def _decoded(data: bytes, stated: str) -> tuple[str, str, list[str]]:
    """Text, encoding and what was mended: by standard JSON is UTF-8, -16 or -32 (RFC 8259, 8.1; RFC 4627, 3)."""
    encoding = stated or json.detect_encoding(data)
    try:
        return data.decode(encoding).removeprefix("\ufeff"), encoding, []
    except LookupError:
        raise ReportgenError(
            "RG-063", f"there is no encoding named {scrub(stated)}.", "Name it as in utf-8 or cp1252."
        ) from None
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace").removeprefix("\ufeff")
    n_damaged = text.count("\ufffd")
    return text, encoding, [f"{plural(n_damaged, 'place')} held bytes that are no {encoding} text, shown as \ufffd."]


def _is_one_a_line(lines: list[str]) -> bool:
    filled = [line for line in lines[: 2 * SAMPLE_LINES] if line.strip()][:SAMPLE_LINES]
    n_whole = sum(line.lstrip().startswith("{") and _is_whole(line) for line in filled)
    return len(filled) > 1 and 2 * n_whole >= len(filled)


def _is_whole(line: str) -> bool:
    walker = Walker(line)
    try:
        walker.value()
    except ReportgenError as fault:
        return fault.code != "RG-032"
    return not walker.skip()


def _of_lines(lines: list[str]) -> Records:
    """A record a line; a line that is broken is set aside, the others are read."""
    records, named = Records(), dict[str, Any]()
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            records.blank_lines.append(number)
            continue
        walker = Walker(line)
        try:
            record = walker.value()
            if walker.skip():
                raise walker.damaged("more text follows")
        except ReportgenError as fault:
            if fault.code != "RG-032":
                raise ReportgenError(fault.code, f"line {format_count(number)}: {fault.sentence}", fault.hint) from None
            records.n_records += 1
            records.misfit("not a whole JSON object", line, number)
        else:
            if action := _action_of(record):
                records.blank_lines.append(number)
                named = action
                continue
            records.add({**named, **record} if isinstance(record, dict) else record, number)
            named = {}
    return records


def _action_of(record: Any) -> dict[str, Any]:
    """The id that a line of Elasticsearch's bulk format gives to the record on the next line; empty for a record."""
    if not isinstance(record, dict) or len(record) != 1:
        return {}
    action, target = next(iter(record.items()))
    if action not in _ACTIONS or not isinstance(target, dict) or "_id" not in target:
        return {}
    return {"_id": target["_id"]}


def _of_array(walker: Walker) -> Records:
    records = Records()
    for element in walker.elements():
        if isinstance(element, list):
            element = {f"column {at}": cell for at, cell in enumerate(element, start=1)}
        records.add(element)
    return records


def _of_object(walker: Walker, wanted: str, when_unsure: str, said: tuple[list[str], list[str]]) -> Records:
    """The table in an object: the array of objects under one of its keys, or one array a column.

    `said`: notes and fixes, added to.
    """
    found = _streamed(walker)
    arrays = {path: records for path, records in found.items() if isinstance(records, Records)}
    others = {path: value for path, value in found.items() if path not in arrays}
    if not arrays:
        return _of_columns(others)
    return _one_of(arrays, list(found), (wanted, when_unsure), said)


def _of_dump(walker: Walker, wanted: str, when_unsure: str, said: tuple[list[str], list[str]]) -> Records:
    """The table in a dump of phpMyAdmin: objects that say what they are, tables with their records under `data`."""
    arrays = {}
    for element in walker.elements():
        if isinstance(element, dict) and element.get("type") == "table" and isinstance(element.get("data"), list):
            arrays[str(element.get("name"))] = records = Records()
            for record in element["data"]:
                records.add(record)
    if not arrays:
        raise ReportgenError("RG-005", "the dump of the database holds no table with its records.", _AS_ARRAY)
    return _one_of(arrays, list(arrays), (wanted, when_unsure), said)


def _one_of(
    arrays: dict[str, Records], paths: list[str], setting: tuple[str, str], said: tuple[list[str], list[str]]
) -> Records:
    """The array that is wanted, or the only one; `paths`: of all that is there. `said`: notes and fixes, added to."""
    wanted, when_unsure = setting
    path = _chosen(arrays, wanted, when_unsure)
    is_guess = len(arrays) > 1 and not wanted
    left_out = [scrub(other) for other in paths if other != path]
    if left_out:
        listed = ", ".join(left_out[:SHOWN_KEYS]) + (", …" if len(left_out) > SHOWN_KEYS else "")
        said[is_guess].append(f"The records under {scrub(path)} were read; left out: {listed}.")
    return arrays[path]


def _streamed(walker: Walker) -> dict[str, Any]:
    """The object's values by key; arrays of objects as Records, those of inner objects too, by dotted key."""
    found: dict[str, Any] = {}
    walker.take("{")
    while walker.skip() == '"':
        key = walker.value()
        walker.take(":")
        if key in found:
            raise ReportgenError("RG-036", f"an object names the key {scrub(key)} twice, {walker.place()}.", _AS_ARRAY)
        if walker.skip() == "[" and Walker(walker.text, walker.at + 1).skip() == "{":
            found[key] = _of_array(walker)
        else:
            value = walker.value()
            found |= _arrays_inside(key, value, MAX_LEVELS) or {key: value}
        if walker.skip() != ",":
            break
        walker.at += 1
        if walker.skip() != '"':
            raise walker.damaged("a key is expected")
    walker.take("}")
    return found


def _arrays_inside(path: str, value: Any, n_levels: int) -> dict[str, Records]:
    if isinstance(value, list) and value and all(isinstance(element, dict) for element in value):
        records = Records()
        for element in value:
            records.add(element)
        return {path: records}
    found: dict[str, Records] = {}
    if isinstance(value, dict) and n_levels:
        for key, inner in value.items():
            found |= _arrays_inside(f"{path}.{key}", inner, n_levels - 1)
    return found


def _chosen(arrays: dict[str, Records], wanted: str, when_unsure: str) -> str:
    if wanted:
        path = next((path for path in arrays if path.casefold() == wanted.strip().casefold()), "")
        if not path:
            names = join_words([scrub(path) for path in arrays])
            raise ReportgenError(
                "RG-063", f"there are no records under {scrub(wanted)}.", f"Set sheet under [input] to one of: {names}."
            )
        return path
    largest = max(arrays, key=lambda path: arrays[path].n_records)
    if len(arrays) == 1:
        return largest
    if when_unsure != "guess":
        said = join_words([f"{scrub(path)} ({format_count(found.n_records)})" for path, found in arrays.items()])
        raise ReportgenError(
            "RG-007",
            f"the JSON holds several arrays of records: {said}.",
            f'Say which one holds the customers: sheet = "{scrub(largest)}" under [input], for example.',
        )
    return largest


def _of_columns(columns: dict[str, Any]) -> Records:
    """An object of arrays of one length, of objects with the same keys, or {"columns": […], "data": [[…], …]}."""
    values = list(columns.values())
    if isinstance(columns.get("columns"), list) and isinstance(columns.get("data"), list):
        names = [str(name) for name in columns["columns"]]
        return _of_rows(names, columns["data"])
    if len(values) > 1 and all(isinstance(value, list) for value in values):
        lengths = {key: len(value) for key, value in columns.items()}
        if len(set(lengths.values())) > 1:
            first, second = min(lengths, key=lambda key: lengths[key]), max(lengths, key=lambda key: lengths[key])
            raise ReportgenError(
                "RG-012",
                f"the columns differ in length: {scrub(first)} holds {format_count(lengths[first])} values,"
                f" {scrub(second)} {format_count(lengths[second])}.",
                _AS_ARRAY,
            )
        return _of_rows(list(columns), zip(*values, strict=True))
    if len(values) > 1 and all(isinstance(value, dict) and value for value in values):
        return _of_keyed(columns)
    keys = ", ".join(scrub(key) for key in list(columns)[:SHOWN_KEYS])
    what = "an error message" if _ERROR_KEYS & {key.casefold() for key in columns} else "one object without records"
    raise ReportgenError("RG-005", f"the JSON is {what}; its keys: {keys or 'none'}.", _AS_ARRAY)


def _of_keyed(outer: dict[str, Any]) -> Records:
    """Objects in an object: a column each if their own keys count records (0, 1, 2 …), a record each if not."""
    keys = list(dict.fromkeys(key for inner in outer.values() for key in inner))
    if all(key.isdigit() for key in keys):
        return _of_rows(list(outer), ([column.get(key) for column in outer.values()] for key in keys))
    records = Records()
    for key, inner in outer.items():
        records.add({"key": key, **inner} if "key" not in inner else inner)
    return records


def _of_rows(names: list[str], rows: Any) -> Records:
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
