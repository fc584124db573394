"""Finds the table in a JSON text: an array of objects, a record a line, or columns; runs in the limited child."""

from __future__ import annotations

import re
from itertools import chain, islice
from typing import Any

from reportgen.errors import ReportgenError
from reportgen.ingest._json_choice import one_of, refuse_page
from reportgen.ingest._json_columns import AS_ARRAY, of_columns, of_rows, of_rows_alone
from reportgen.ingest._json_decode import decoded
from reportgen.ingest._json_records import SAMPLE_LINES, Records
from reportgen.ingest._json_relaxed import relaxed
from reportgen.ingest._json_tables import are_rows, column_names, describes, says_more, total_in
from reportgen.ingest._json_walker import Walker
from reportgen.wording import format_count, scrub

MAX_LEVELS = 3
"""Objects around the array of records that are opened: {"response": {"data": […]}} is two."""
_ACTIONS = frozenset(("index", "create"))
_MAY_BE_MENDED = frozenset({"RG-005", "RG-032"})
_NO_TABLE = frozenset({"RG-005", "RG-012"})
_DUMP = re.compile(r'\s*\[\s*\{\s*"type"\s*:\s*"header"')


def parse_json(data: bytes, encoding: str, wanted: str, when_unsure: str) -> bytes:
    """The records for `_answer.read_answer`: rows with the record's number in front; the facts: see `Records.answer`.

    `wanted`: key of the array to read. Raises ReportgenError (RG-005, 007, 012, 021, 022, 031, 032, 035, 036, 063).
    """
    text, encoding, fixes = decoded(data, encoding)
    try:
        return _parsed(text, encoding, (wanted, when_unsure), fixes)
    except ReportgenError as fault:
        mended, said = relaxed(text) if fault.code in _MAY_BE_MENDED else (text, [])
        if not said:
            raise
        return _parsed(mended, encoding, (wanted, when_unsure), [*fixes, *said])


def _parsed(text: str, encoding: str, setting: tuple[str, str], fixes: list[str]) -> bytes:
    """The answer on a text that is JSON. `setting`: see `parse_json`; `fixes`: what was mended so far."""
    (wanted, when_unsure), notes, fixes = setting, list[str](), [*fixes]
    lines = text.split("\n")
    if _is_one_a_line(lines):
        records = _of_lines(lines, wanted)
        refuse_page(records, when_unsure, fixes)
        return records.answer("json" if records.n_pages or wanted else "json lines", encoding, notes, fixes)
    del lines
    walker = Walker(text, wanted=wanted)
    if _DUMP.match(text):
        records = _of_dump(walker, wanted, when_unsure, (notes, fixes))
    elif walker.skip() == "[":
        records = _of_array(walker)
        refuse_page(records, when_unsure, fixes)
    else:
        records = _of_object_or_sequence(walker, wanted, when_unsure, (notes, fixes))
    if walker.skip():
        raise walker.damaged("more text follows behind the end of the JSON")
    if records.n_records and not records.n_rows:
        raise ReportgenError("RG-005", "the JSON array holds no objects, but single values.", AS_ARRAY)
    return records.answer("json", encoding, notes, fixes)


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


def _of_lines(lines: list[str], wanted: str) -> Records:
    """A record a line; a line that is broken is set aside, the others are read."""
    records, named = Records(wanted=wanted), dict[str, Any]()
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
    elements = walker.elements()
    first = list(islice(elements, 2))
    records = Records(wanted=walker.wanted)
    if are_rows(first) and not _are_pages(first):
        return of_rows_alone(chain(first, elements), first)
    for element in chain(first, elements):
        records.add({"data": element} if isinstance(element, list) else element)
    return records


def _are_pages(rows: list[Any]) -> bool:
    """Whether arrays hold objects alone: pages of records, one behind the other."""
    return all(isinstance(cell, dict) for row in rows for cell in row)


def _of_object_or_sequence(walker: Walker, wanted: str, when_unsure: str, said: tuple[list[str], list[str]]) -> Records:
    """The table in an object; where more objects follow, each is a record. `said`: notes and fixes, added to."""
    start, fault, records = walker.at, None, None
    try:
        records = _of_object(walker, wanted, when_unsure, said)
    except ReportgenError as one:
        if one.code not in _NO_TABLE:
            raise
        fault = one
    at = walker.at
    if _skip_comma(walker) != "{":
        walker.at = at
        if fault or records is None:
            raise fault or walker.damaged("no table")
        return records
    walker.at, found = start, Records(wanted=walker.wanted)
    said[0].clear()
    while _skip_comma(walker) == "{":
        found.add(walker.value())
    if not found.n_pages:
        said[1].append("The objects stand one behind the other, not in an array; each was read as a record.")
    refuse_page(found, when_unsure, said[1])
    return found


def _skip_comma(walker: Walker) -> str:
    if walker.skip() == ",":
        walker.at += 1
    return walker.skip()


def _of_object(walker: Walker, wanted: str, when_unsure: str, said: tuple[list[str], list[str]]) -> Records:
    """The table in an object: the array of objects under one of its keys, or one array a column.

    `said`: notes and fixes, added to.
    """
    found = _streamed(walker)
    arrays = {path: records for path, records in found.items() if isinstance(records, Records)}
    others = {path: value for path, value in found.items() if path not in arrays}
    rows = [path for path, value in others.items() if are_rows(value)]
    more = says_more(others)
    if len(rows) == 1 and not wanted:
        names = _names_for(others, arrays, len(others[rows[0]][0]))
        if names or not arrays:
            cells = others[rows[0]]
            arrays = {rows[0]: of_rows(names, cells) if names else of_rows_alone(iter(cells), cells[:2])}
    if not arrays:
        return of_columns(others)
    n_records = sum(records.n_records for records in arrays.values())
    total = total_in(others, n_records)
    for records in arrays.values():
        records.more = records.more or more or (f"{format_count(total)} in all" if total > n_records else "")
    return one_of(_without_descriptions(arrays), list(found), (wanted, when_unsure), said)


def _names_for(others: dict[str, Any], arrays: dict[str, Records], width: int) -> list[str]:
    """The names of columns that another array holds, as many as a row has cells."""
    found = [*(column_names(value) for value in others.values()), *(records.described for records in arrays.values())]
    return next((names for names in found if len(names) == width), [])


def _without_descriptions(arrays: dict[str, Records]) -> dict[str, Records]:
    """The arrays without those that describe the columns of another one."""
    keys = {path: list(dict.fromkeys(key for key, *_ in records.positions)) for path, records in arrays.items()}
    return {
        path: records
        for path, records in arrays.items()
        if len(records.described) != records.n_records
        or not any(describes(records.described, keys[other]) for other in keys if other != path)
    }


def _of_dump(walker: Walker, wanted: str, when_unsure: str, said: tuple[list[str], list[str]]) -> Records:
    """The table in a dump of phpMyAdmin: objects that say what they are, tables with their records under `data`."""
    arrays = {}
    for element in walker.elements():
        if isinstance(element, dict) and element.get("type") == "table" and isinstance(element.get("data"), list):
            arrays[str(element.get("name"))] = records = Records()
            for record in element["data"]:
                records.add(record)
    if not arrays:
        raise ReportgenError("RG-005", "the dump of the database holds no table with its records.", AS_ARRAY)
    return one_of(arrays, list(arrays), (wanted, when_unsure), said)


def _streamed(walker: Walker) -> dict[str, Any]:
    """The object's values by key; arrays of objects as Records, those of inner objects too, by dotted key."""
    found: dict[str, Any] = {}
    walker.take("{")
    while walker.skip() == '"':
        key = walker.value()
        walker.take(":")
        if key in found:
            raise ReportgenError("RG-036", f"an object names the key {scrub(key)} twice, {walker.place()}.", AS_ARRAY)
        if walker.skip() == "[" and Walker(walker.text, walker.at + 1).skip() == "{":
            found[key] = _streamed_array(walker)
        else:
            value = walker.value()
            found |= _arrays_inside(key, value, walker.wanted, MAX_LEVELS) or {key: value}
        if walker.skip() != ",":
            break
        walker.at += 1
        if walker.skip() != '"':
            raise walker.damaged("a key is expected")
    walker.take("}")
    return found


def _streamed_array(walker: Walker) -> Any:
    """The records of the array that starts here; what are rows of cells, as BigQuery writes them, as they are."""
    start, elements = walker.at, walker.elements()
    first = list(islice(elements, 2))
    if are_rows(first):
        return [*first, *elements]
    walker.at = start
    return _of_array(walker)


def _arrays_inside(path: str, value: Any, wanted: str, n_levels: int) -> dict[str, Any]:
    """Path → the records, or the rows of cells, in a value."""
    if are_rows(value):
        return {path: value}
    if isinstance(value, list) and value and all(isinstance(element, dict) for element in value):
        records = Records(wanted=wanted)
        for element in value:
            records.add(element)
        return {path: records}
    found: dict[str, Any] = {}
    if isinstance(value, dict) and n_levels:
        for key, inner in value.items():
            found |= _arrays_inside(f"{path}.{key}", inner, wanted, n_levels - 1)
        inner = [records for records in found.values() if isinstance(records, Records)]
        n_records = sum(records.n_records for records in inner)
        more, total = says_more(value), total_in(value, n_records)
        for records in inner:
            records.more = records.more or more or (f"{format_count(total)} in all" if total > n_records else "")
    return found
