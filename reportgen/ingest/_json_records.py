"""Parses JSON into records, one at a time; runs in the limited child."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from reportgen.engine.text_decimals import EITHER
from reportgen.errors import ReportgenError
from reportgen.ingest._answer import AnswerWriter, check_size
from reportgen.ingest._json_tables import changed_to, column_names, page_of, pairs_of, says_more
from reportgen.ingest._json_values import MISSING, NumberText, from_dotnet
from reportgen.wording import format_count

SAMPLE_LINES = 20
"""Lines that decide whether each line is a record of its own: at least half of them must be whole."""
MAX_DESCRIBED = 1_000
"""Records that may describe columns; more are customers."""
MAX_MISFITS = 100_000
"""Records set aside, each of which is listed; no share of any export that is worth a report."""
SAMPLE = 200
"""Characters of a record that travel with it when it is set aside."""
ENVELOPES = frozenset({"_source", "node", "attributes", "properties", "fields", "Item"})
"""Keys under which an answer wraps the record itself: what is in it is opened one level deeper."""
OPENED = 2
"""Levels of objects in a record whose values become columns."""
MOST_INNER = 200
"""Keys of an object deep in the records, or names of a list of pairs, that become columns."""
LEAST_COMMON = 0.1
"""Share of the records with such an object that hold one of its keys on average: fewer, and the keys are values
themselves, as names of persons, days or articles are, and none of them is shown."""
_OPEN = re.compile(EITHER)
_AGAIN = "Download or export it again."


def _opened(path: tuple[str, ...], value: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
    """(path, cell) of what is in an object; an object by keys that count or are ids is no level of its own."""
    value = pairs_of(value) or value
    n_levels = len(path) - (path[0] in ENVELOPES)
    is_named = len(path) == 1 or not any(map(str.isdigit, path[-1]))
    if not isinstance(value, dict) or n_levels >= OPENED + 1 or not is_named:
        yield path, value
        return
    for name, cell in value.items():
        yield from _opened((*path, name), cell)


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
    lists: dict[str, list[str]] = field(default_factory=dict)
    """Name of a list of records in a record → the keys of its first one."""
    n_open: Counter[int] = field(default_factory=Counter)
    """Column → cells of text like `1.234`."""
    n_false: Counter[int] = field(default_factory=Counter)
    n_true: Counter[int] = field(default_factory=Counter)
    n_pages: int = 0
    n_changes: int = 0
    wanted: str = ""
    """Name of a list of records in a record: each of them is read as a row beside what the record holds."""
    paired: set[tuple[str, ...]] = field(default_factory=set)
    """Paths to lists of pairs."""
    n_inner: Counter[tuple[str, ...]] = field(default_factory=Counter)
    """Path to an object deep in the records, or to a list of pairs → its different keys."""
    holders: dict[tuple[str, ...], tuple[int, int]] = field(default_factory=dict)
    """The same → records that have it, and the last of them."""
    n_laid_out: int = 0
    """Records of which that list was read."""
    described: list[str] = field(default_factory=list)
    """Names in the first records, if they describe columns: see `_json_tables.column_names`."""
    more: str = ""
    """See `_json_tables.says_more`."""
    blank_lines: list[int] = field(default_factory=list)
    """Lines between records that hold none, where each record is a line."""

    def add(self, element: Any, line: int = 0) -> None:
        """Takes one element of the array: a record, or a page of them with what an answer says around."""
        page = page_of(element)
        if page is None:
            self._add_each(element, line)
            return
        self.n_pages += 1
        self.more = says_more({key: value for key, value in element.items() if value is not page})
        for record in page:
            self._add_each(record, line)

    def _add_each(self, record: Any, line: int) -> None:
        """Takes one record, or each of the records in its list that is wanted, beside what it holds itself."""
        inner = record.get(self.wanted) if self.wanted and isinstance(record, dict) else None
        if not isinstance(inner, list):
            self._add_record(record, line)
            return
        self.n_laid_out += 1
        outer = {key: value for key, value in record.items() if key != self.wanted}
        for one in inner:
            self._add_record({**outer, self.wanted: one}, line)

    def _add_record(self, record: Any, line: int) -> None:
        """Takes one record; what is no object, or an empty one, is a misfit."""
        self.n_records += 1
        line = line or self.n_records
        state = changed_to(record) if isinstance(record, dict) else None
        self.n_changes += state is not None
        if state == {}:
            raise ReportgenError(
                "RG-007",
                f"record {format_count(self.n_records)} is a deletion among changes of a database: who is left does not"
                " stand in it.",
                "Export the table itself, as it stands now.",
            )
        record = state or record
        if not isinstance(record, dict) or not record:
            reason = "not an object" if not isinstance(record, dict) else "an object without keys"
            self.misfit(reason, json.dumps(record, default=str), line)
            return
        if len(self.described) == self.n_rows < MAX_DESCRIBED:
            self.described += column_names([record])
        row: list[str | None] = [None] * len(self.positions)
        for key, value in record.items():
            if isinstance(value, list) and pairs_of(value):
                self.paired.add((key,))
                self.lists.setdefault(key, list(value[0]))
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
            self._leave_out(".".join(path), cell)
            return
        if self._is_past_inner(path):
            self.left_out[".".join(path[:-1])] += 1
            return
        at = self.positions.setdefault(path, len(self.positions))
        if at >= len(row):
            check_size(0, 0, at + 1)
            row.extend([None] * (at + 1 - len(row)))
        self.n_present[at] += 1
        self.n_missing += cell is MISSING
        row[at] = self._text_of(cell, at)

    def _text_of(self, cell: Any, at: int) -> str | None:
        """What a value is written as; counts what columns are told by."""
        if isinstance(cell, bool):
            (self.n_true if cell else self.n_false)[at] += 1
            return "TRUE" if cell else "FALSE"
        if not isinstance(cell, str):
            return None
        self.n_open[at] += not isinstance(cell, NumberText) and bool(_OPEN.match(cell))
        return from_dotnet(cell) or None

    def _leave_out(self, name: str, cell: dict[str, Any] | list[Any]) -> None:
        self.left_out[name] += 1
        if name not in self.lists and isinstance(cell, list) and cell and isinstance(cell[0], dict):
            self.lists[name] = list(cell[0])

    def _is_past_inner(self, path: tuple[str, ...]) -> bool:
        """Whether the key is one too many of those inside its object; counts the records that hold such an object."""
        start = path[:-1]
        if not self._is_inner(path):
            return False
        if self.holders.get(start, (0, 0))[1] != self.n_records:
            self.holders[start] = (self.holders.get(start, (0, 0))[0] + 1, self.n_records)
        self.n_inner[start] += path not in self.positions
        return path not in self.positions and self.n_inner[start] > MOST_INNER

    def _is_inner(self, path: tuple[str, ...]) -> bool:
        return path[:-1] in self.paired or len(path) - (path[0] in ENVELOPES) > OPENED

    def _of_values(self) -> list[int]:
        """Columns whose names are values."""
        found = defaultdict[tuple[str, ...], list[int]](list)
        for path, at in self.positions.items():
            if self._is_inner(path):
                found[path[:-1]].append(at)
        rare: list[int] = []
        for start, places in found.items():
            n_common = LEAST_COMMON * len(places) * self.holders[start][0]
            if self.n_inner[start] > MOST_INNER or sum(self.n_present[at] for at in places) < n_common:
                rare += places
        return rare

    def answer(self, format_: str, encoding: str, notes: list[str], fixes: list[str]) -> bytes:
        """Raises ReportgenError (RG-031) where the missing keys would make a table of nothing."""
        check_size(self.n_rows * len(self.positions), self.writer.n_filled, len(self.positions))
        return self.writer.answer(
            names=[".".join(path) for path in self.positions],
            n_present=[self.n_present[at] for at in range(len(self.positions))],
            n_records=self.n_records,
            n_open=[self.n_open[at] for at in range(len(self.positions))],
            false_alone=sorted(at for at in self.n_false if not self.n_true[at]),
            of_values=self._of_values(),
            n_missing=self.n_missing,
            n_pages=self.n_pages,
            n_changes=self.n_changes,
            left_out=self.left_out,
            lists=self.lists,
            misfits=self.misfits,
            blank_lines=self.blank_lines,
            format=format_,
            encoding=encoding,
            notes=notes,
            fixes=fixes,
        )
