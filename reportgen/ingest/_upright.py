"""Lays records flat that stand upright, one field a line, as psql (`\\x`), MySQL (`\\G`) and SQLite print them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count, islice

from reportgen.ingest._parse import iter_lines
from reportgen.wording import plural

SEEN_LINES = 40
"""Lines among which the first record starts."""
LEAST_RECORDS = 2


@dataclass(frozen=True, slots=True)
class _Program:
    """How a program writes records."""

    start: re.Pattern[str]
    """The line that opens a record."""
    field: re.Pattern[str]
    """A line with a name and a value."""
    further: re.Pattern[str]
    """A line that goes on with the value above it."""
    breaks: str = ""
    """What stands behind a value that goes on in the next line."""


PROGRAMS = (
    _Program(
        re.compile(r"^[-─]\[ RECORD [0-9]+ \]"),
        re.compile(r"^(\S[^|│]*?)\s*[|│] ?(.*)$"),
        re.compile(r"^\s+[|│] ?(.*)$"),
        breaks="+",
    ),
    _Program(
        re.compile(r"^\*{10,} [0-9]+\. row \*{10,}$"), re.compile(r"^\s*([^:\s][^:]*): ?(.*)$"), re.compile(r"^(.*)$")
    ),
    _Program(re.compile(r"^\s*$"), re.compile(r"^\s*(\S[^=]*?) = ?(.*)$"), re.compile(r"^(.*)$")),
    _Program(re.compile(r"^\s*$"), re.compile(r"^\s*([^:\s][^:]{0,40}?)\s*:(?: (.*))?$"), re.compile(r"^(.*)$")),
)
"""psql, MySQL, SQLite, and people; the last two part records by a blank line."""
_BLANK = PROGRAMS[-2:]
_FOOT = re.compile(r"^\s*(?:\(?[0-9]+ rows?(?: in set.*)?\)?|Time: .*)$")
MOST_LEFT = 5
"""Lines that are no part of a record, above and below them; with more it is another kind of text."""


def lay_flat(text: str) -> tuple[str, str]:
    """(the text with one line a record and a header, what to say of it); the text as it is and nothing otherwise."""
    first = [line.rstrip("\r\n") for line in islice(iter_lines(text), SEEN_LINES)]
    program = next((one for one in PROGRAMS if _is_written_by(first, one)), None)
    records, n_left = _records_of(text, program) if program else ([], 0)
    if len(records) < LEAST_RECORDS or n_left > MOST_LEFT:
        return text, ""
    names = list(dict.fromkeys(name for record in records for name in record))
    if program in _BLANK and any(list(record) != names for record in records):
        return text, ""
    flat = io.StringIO()
    writer = csv.writer(flat, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([record.get(name, "") for name in names] for record in records)
    said = f"{plural(len(records), 'record')} stood upright, one field a line, now one a line; lines are counted so"
    return flat.getvalue(), f"{said}; {plural(n_left, 'line')} beside them left out." if n_left else f"{said}."


def _is_written_by(lines: list[str], program: _Program) -> bool:
    """Whether the first record is so, with two fields at least; SQLite opens it with a field."""
    filled = [line for line in lines if line.strip()]
    if program in _BLANK:
        block = lines[: next((at for at, line in enumerate(lines) if not line.strip()), 0)]
        return len(block) > 1 and all(map(program.field.match, filled))
    is_open = bool(filled) and bool(program.start.match(filled[0]))
    return is_open and len(filled) > 2 and all(program.field.match(line) for line in filled[1:3])


def _records_of(text: str, program: _Program) -> tuple[list[dict[str, str]], int]:
    """(name → value of each record, lines that are no part of any)."""
    records: list[dict[str, str]] = [{}]
    name, n_left = "", 0
    for line in iter_lines(text):
        line = line.rstrip("\r\n")
        if program.start.match(line):
            records += [{}] if records[-1] else []
            name = ""
        elif found := program.field.match(line):
            name = _unique(found[1], records[-1])
            records[-1][name] = found[2] or ""
        elif name and not _FOOT.match(line) and (more := program.further.match(line)):
            value = records[-1][name].rstrip()
            records[-1][name] = f"{value.removesuffix(program.breaks).rstrip()}\n{more[1]}"
        else:
            n_left += bool(line.strip())
    return [record for record in records if record], n_left


def _unique(name: str, record: Mapping[str, str]) -> str:
    """The name, numbered where the record has it already."""
    numbered = (f"{name} ({number})" for number in count(2))
    return name if name not in record else next(one for one in numbered if one not in record)
