"""Parses JSON into records, one at a time; runs in the limited child."""

from __future__ import annotations

import datetime as dt
import json
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from reportgen.errors import ReportgenError
from reportgen.ingest._answer import AnswerWriter, check_size
from reportgen.ingest._json_tables import column_names
from reportgen.wording import format_count, scrub

MAX_DEPTH = 32
"""Levels of nesting; exports have two or three, and each one costs the parser a stack frame."""
SAMPLE_LINES = 20
"""Lines that decide whether each line is a record of its own: at least half of them must be whole."""
MAX_DESCRIBED = 1_000
"""Records that may describe columns; more are customers."""
MAX_MISFITS = 100_000
"""Records set aside, each of which is listed; no share of any export that is worth a report."""
SAMPLE = 200
"""Characters of a record that travel with it when it is set aside."""
TYPED = frozenset({"$oid", "$uuid", "$date", "$symbol", "$numberInt", "$numberLong", "$numberDouble", "$numberDecimal"})
"""Keys under which MongoDB's exports write one value with its type (Extended JSON 2): the value is the cell."""
DYNAMO = frozenset({"S", "N", "BOOL", "NULL"})
"""Keys under which DynamoDB writes one value with its type."""
ENVELOPES = frozenset({"_source", "node", "attributes", "properties", "fields", "Item"})
"""Keys under which an answer wraps the record itself: what is in it is opened one level deeper."""
NOT_FINITE = ("NaN", "Infinity", "-Infinity")
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_COUNTED = re.compile(r"-?[0-9]{1,13}")
"""Years 1653 to 2286; more digits are no time of a customer's."""
_DOTNET = re.compile(r"/Date\((-?[0-9]{1,14})([+-][0-9]{4})?\)/")
"""A time as ASP.NET and OData 2 write it: thousandths of a second since 1970, and the zone that shows it."""
_SPACE = re.compile(r"[ \t\r\n]*")
_AGAIN = "Download or export it again."
_MISSING = object()
"""NaN, Infinity and numbers beyond any float."""


class _RepeatedKey(Exception):  # noqa: N818 - carries the key, no fault of ours
    pass


def _object(pairs: list[tuple[str, Any]]) -> Any:
    if len(pairs) == 1 and pairs[0][0] in TYPED:
        return _typed(*pairs[0])
    if len(pairs) == 1 and pairs[0][0] in DYNAMO and not isinstance(pairs[0][1], dict | list):
        return None if pairs[0][0] == "NULL" else pairs[0][1]
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _RepeatedKey(next(key for key, n in Counter(key for key, _ in pairs).items() if n > 1))
    return found


def _typed(kind: str, value: Any) -> Any:
    """The cell of a value with its type: a time that is counted in thousandths of a second is written out."""
    if value in NOT_FINITE:
        return _MISSING
    if kind != "$date" or not isinstance(value, str) or not _COUNTED.fullmatch(value):
        return value
    return (EPOCH + dt.timedelta(milliseconds=int(value))).isoformat().replace("+00:00", "Z")


def _dotnet(text: str) -> str:
    """The time of `/Date(1564574400000+0200)/` written out; any other text as it is."""
    found = _DOTNET.fullmatch(text)
    if not found:
        return text
    zone = dt.datetime.strptime(found[2] or "+0000", "%z").tzinfo
    try:
        return (EPOCH + dt.timedelta(milliseconds=int(found[1]))).astimezone(zone).isoformat().replace("+00:00", "Z")
    except OverflowError:
        return text


def _float(text: str) -> object:
    return text if math.isfinite(float(text)) else _MISSING


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object, parse_float=_float, parse_int=str, parse_constant=lambda _: _MISSING
)
"""Numbers stay the text that they are, so that no digit is lost."""


@dataclass(slots=True)
class Walker:
    """Goes through the text value by value and knows where it is."""

    text: str
    at: int = 0

    def skip(self) -> str:
        """The next character that is no white space, unread; empty at the end."""
        match = _SPACE.match(self.text, self.at)
        self.at = match.end() if match else self.at
        return self.text[self.at : self.at + 1]

    def take(self, wanted: str) -> None:
        if self.skip() != wanted:
            raise self.damaged(f"`{wanted}` is expected")
        self.at += 1

    def value(self) -> Any:
        """The next value. Raises ReportgenError (RG-032, 035, 036)."""
        self.skip()
        try:
            found, self.at = _DECODER.raw_decode(self.text, self.at)
        except json.JSONDecodeError as fault:
            self.at = fault.pos
            raise self.damaged(fault.msg[:1].lower() + fault.msg[1:]) from None
        except _RepeatedKey as fault:
            raise ReportgenError(
                "RG-036",
                f"an object names the key {scrub(fault.args[0])} twice, {self.place()}.",
                "Give each value a key of its own.",
            ) from None
        except RecursionError:
            raise too_deep() from None
        check_depth(found)
        return found

    def elements(self) -> Iterator[Any]:
        """The elements of the array that starts here."""
        self.take("[")
        if self.skip() == "]":
            self.at += 1
            return
        while True:
            yield self.value()
            if self.skip() == "]":
                self.at += 1
                return
            self.take(",")

    def place(self) -> str:
        line = self.text.count("\n", 0, self.at) + 1
        return f"on line {format_count(line)}, at character {format_count(self.at + 1)} of the file"

    def damaged(self, what: str) -> ReportgenError:
        end = "the JSON breaks off" if not self.text[self.at :].strip() else "the JSON is broken"
        return ReportgenError("RG-032", f"{end} {self.place()}: {scrub(what)}.", _AGAIN)


def too_deep() -> ReportgenError:
    return ReportgenError(
        "RG-035",
        f"the JSON is nested more than {MAX_DEPTH} levels deep.",
        "Export the customers as a list of flat objects, or as CSV.",
    )


def check_depth(value: Any) -> None:
    """Raises ReportgenError (RG-035); works level by level, so that depth costs no stack."""
    level = [value]
    for _ in range(MAX_DEPTH + 1):
        level = [
            inner
            for outer in level
            if isinstance(outer, dict | list)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, dict | list)
        ]
        if not level:
            return
    raise too_deep()


def _opened(path: tuple[str, ...], value: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
    """(path, cell) of what is in an object, one level deep, of an envelope two."""
    if not isinstance(value, dict):
        yield path, value
        return
    for name, cell in value.items():
        if len(path) == 1 and path[0] in ENVELOPES and isinstance(cell, dict):
            yield from (((*path, name, inner), deepest) for inner, deepest in cell.items())
        else:
            yield (*path, name), cell


@dataclass(slots=True)
class Records:
    """The records of one array, written as rows whose columns grow with the keys."""

    writer: AnswerWriter = field(default_factory=AnswerWriter)
    positions: dict[tuple[str, ...], int] = field(default_factory=dict)
    """Key, and inner keys → column."""
    n_present: Counter[int] = field(default_factory=Counter)
    n_records: int = 0
    n_rows: int = 0
    n_missing: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    """Name → values that are nested too deeply for a cell."""
    misfits: list[tuple[int, str, str, int]] = field(default_factory=list)
    """Record, reason, sample, line; see `Account.set_aside_misfit`."""
    described: list[str] = field(default_factory=list)
    """Names in the first records, if they describe columns: see `_json_tables.column_names`."""
    more: str = ""
    """See `_json_tables.says_more`."""
    blank_lines: list[int] = field(default_factory=list)
    """Lines between records that hold none, where each record is a line."""

    def add(self, record: Any, line: int = 0) -> None:
        """Takes one element of the array; what is no object, or an empty one, is a misfit."""
        self.n_records += 1
        line = line or self.n_records
        if not isinstance(record, dict) or not record:
            reason = "not an object" if not isinstance(record, dict) else "an object without keys"
            self.misfit(reason, json.dumps(record, default=str), line)
            return
        if len(self.described) == self.n_rows < MAX_DESCRIBED:
            self.described += column_names([record])
        row: list[str | None] = [None] * len(self.positions)
        for key, value in record.items():
            for path, cell in _opened((key,), value):
                self._put(row, path, cell)
        self.writer.add([str(self.n_records), *row])
        self.n_rows += 1

    def misfit(self, reason: str, sample: str, line: int) -> None:
        """Sets the record aside. Raises ReportgenError (RG-013) where that is done to far too many."""
        if len(self.misfits) >= MAX_MISFITS:
            raise ReportgenError("RG-013", f"more than {format_count(MAX_MISFITS)} records are {reason}.", _AGAIN)
        self.misfits.append((self.n_records, reason, sample[:SAMPLE], line))

    def _put(self, row: list[str | None], path: tuple[str, ...], cell: Any) -> None:
        if isinstance(cell, dict | list):
            self.left_out[".".join(path)] += 1
            return
        at = self.positions.setdefault(path, len(self.positions))
        if at >= len(row):
            check_size(0, 0, at + 1)
            row.extend([None] * (at + 1 - len(row)))
        self.n_present[at] += 1
        self.n_missing += cell is _MISSING
        if isinstance(cell, bool):
            row[at] = "TRUE" if cell else "FALSE"
        elif isinstance(cell, str):
            row[at] = (_dotnet(cell) if cell.startswith("/Date(") else cell) or None

    def answer(self, format_: str, encoding: str, notes: list[str], fixes: list[str]) -> bytes:
        """Raises ReportgenError (RG-031) where the missing keys would make a table of nothing."""
        check_size(self.n_rows * len(self.positions), self.writer.n_filled, len(self.positions))
        return self.writer.answer(
            names=[".".join(path) for path in self.positions],
            n_present=[self.n_present[at] for at in range(len(self.positions))],
            n_records=self.n_records,
            n_missing=self.n_missing,
            left_out=self.left_out,
            misfits=self.misfits,
            blank_lines=self.blank_lines,
            format=format_,
            encoding=encoding,
            notes=notes,
            fixes=fixes,
        )
