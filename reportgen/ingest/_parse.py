"""Splits delimited text into records, strictly; where the quoting is broken it loses one line, not the rest."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from reportgen.errors import ReportgenError
from reportgen.ingest._layout import Profile, Row
from reportgen.ingest._limits import MAX_CELL
from reportgen.ingest._repair import split_damaged
from reportgen.wording import format_count

MAX_SPAN = 200
"""Lines that an unreadable record may run over before its opening quote counts as a stray one."""
MAX_JOINED = 20
"""Lines that a repair may join: comments in exports rarely run longer."""
RESCAN_FACTOR = 10
"""Lines that may be read again, in multiples of the file's: past it the quoting is noise and reading would not end."""
ESCAPED_QUOTE, ESCAPED_DELIMITER = "\0", "\udcfe"
"""Stand for a quote and a delimiter behind a backslash while the text is split; decoding leaves neither in it."""

BLANKS = " \t\u00a0"
"""What a field may hold that is empty; the last one is the blank that does not break."""

_LINE = re.compile(r"[^\r\n]*+(?:\r\n?|\n)|[^\r\n]+")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How the fields of a delimited text are told apart."""

    delimiter: str
    quote: str = '"'
    escaped: bool = False
    """Quotes inside a quoted field stand behind a backslash, instead of being doubled."""
    spaced: bool = False
    """Each delimiter is followed by a space that is no part of the field."""
    gutters: tuple[tuple[int, int], ...] = ()
    """First position and the one behind the last of the blank strips between columns of fixed width, if that parts
    the fields."""
    ruled: bool = False
    """Lines of dashes are drawn between the rows, and fields are padded with blanks."""

    def reader(self, lines: Iterator[str]) -> Iterator[list[str]]:
        return csv.reader(
            lines, delimiter=self.delimiter, quotechar=self.quote, skipinitialspace=self.spaced, strict=True
        )


@dataclass(slots=True)
class Parsed:
    """Records in order; a blank line is a record without fields."""

    rows: list[list[str]] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    """0-based line on which each record starts."""
    ends: list[int] = field(default_factory=list)
    """0-based line behind each record."""
    damaged: set[int] = field(default_factory=set)
    """Positions of records whose fields cannot be told apart: one line, as one field."""
    repaired: set[int] = field(default_factory=set)
    """Positions of records with a stray quote, split so that they fit the width."""

    def add(self, row: list[str], start: int, end: int) -> None:
        self.rows.append(row)
        self.starts.append(start)
        self.ends.append(end)


def is_blank(row: Row) -> bool:
    """Whether the record holds nothing: no field, or only blanks in them, those that do not break included."""
    if row and row[0] and not row[0].isspace():
        return False
    return not any(cell.strip(BLANKS) for cell in row) or (len(row) == 1 and row[0].isspace())


def is_ruler(row: Row) -> bool:
    """Whether the record is a line drawn with dashes, as databases put below a header."""
    drawn = "".join("".join(row).split())
    return len(drawn) > 1 and not drawn.strip("-=+|:") and ("--" in drawn or "==" in drawn)


def _cut(lines: list[str], dialect: Dialect) -> Parsed:
    """Records of fixed width, one a line."""
    parsed = Parsed()
    for number, line in enumerate(lines):
        line = line.rstrip("\r\n")
        fields = [] if not line.strip() or is_ruler([line]) else cut_line(line, dialect.gutters)
        if fields is None:
            parsed.damaged.add(len(parsed.rows))
            fields = [line]
        parsed.add(fields, number, number + 1)
    return parsed


def cut_line(line: str, gutters: tuple[tuple[int, int], ...]) -> list[str] | None:
    """The line's fields, trimmed; None if text runs right across a gutter, into it from both sides or only inside."""
    fields, start = [], 0
    for first, behind in gutters:
        gap = line[first:behind].ljust(behind - first)
        left, _, rest = gap.partition(" ")
        right = rest.lstrip()
        if len(left) == len(gap) or " " in right or (left and right):
            return None
        fields.append(line[start : first + len(left)].strip())
        start = behind - len(right)
    return [*fields, line[start:].strip()]


def has_loose_quote(lines: list[str], dialect: Dialect) -> bool:
    """Whether a quote stands inside a word, where no sound field has one: `5"wide`, or a delimiter is missing."""
    if dialect.gutters or dialect.escaped:
        return False
    quote, apart = re.escape(dialect.quote), re.escape(dialect.delimiter + dialect.quote)
    loose = re.compile(rf"[^{apart}\s]{quote}[^{apart}\s]")
    return any(dialect.quote in line and loose.search(line) for line in lines)


@contextmanager
def cell_limit() -> Iterator[None]:
    """Sets the csv module's limit for the whole process while it is open, and puts the old one back."""
    before = csv.field_size_limit(MAX_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def lines_of(text: str, dialect: Dialect) -> list[str]:
    """The physical lines with their ends (LF, CR or CRLF), backslash escapes put into the form that `parse` reads."""
    if dialect.escaped:
        text = text.replace("\\\\", "\0\0").replace(f"\\{dialect.quote}", ESCAPED_QUOTE)
        text = text.replace(f"\\{dialect.delimiter}", ESCAPED_DELIMITER).replace("\0\0", "\\")
    return list(io.StringIO(text, newline=""))


def iter_lines(text: str) -> Iterator[str]:
    """The same lines of a text without escapes, one by one: a few lines of a large text cost no copy of it."""
    return (found[0] for found in _LINE.finditer(text))


def parse(
    lines: list[str], dialect: Dialect, profile: Profile | None = None, is_cut: bool = False, n_lines_before: int = 0
) -> Parsed:
    """All records of the lines.

    Given the table's `profile`, records with stray quotes are repaired where that makes them fit, and only there.
    `is_cut`: the lines are a sample, a record left open at its end is dropped. `n_lines_before`: lines of the file
    above these, for messages. Raises ReportgenError (RG-005, RG-022).
    """
    if dialect.gutters:
        return _cut(lines, dialect)
    with cell_limit():
        parsed = _Parser(lines, dialect, profile, is_cut, n_lines_before).run()
    if dialect.ruled:
        parsed.rows = [[] if is_ruler(row) else [cell.strip() for cell in row] for row in parsed.rows]
    if dialect.escaped:
        meant = {ord(ESCAPED_QUOTE): dialect.quote, ord(ESCAPED_DELIMITER): dialect.delimiter}
        parsed.rows = [[cell.translate(meant) for cell in row] for row in parsed.rows]
    return parsed


class _Cursor:
    """Hands out lines from a place that can be set back."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.at = 0

    def __iter__(self) -> _Cursor:
        return self

    def __next__(self) -> str:
        if self.at >= len(self.lines):
            raise StopIteration
        self.at += 1
        return self.lines[self.at - 1]


class _Parser:
    """One pass over the lines; see `parse`."""

    def __init__(
        self, lines: list[str], dialect: Dialect, profile: Profile | None, is_cut: bool, n_lines_before: int
    ) -> None:
        self.lines = lines
        self.n_lines_before = n_lines_before
        self.dialect = dialect
        self.profile = profile
        self.width = profile.width if profile else 0
        self.is_cut = is_cut
        self.parsed = Parsed()
        self.cursor = _Cursor(lines)
        self.rescans_left = RESCAN_FACTOR * len(lines) + MAX_SPAN

    def run(self) -> Parsed:
        reader = self.dialect.reader(self.cursor)
        while True:
            start = self.cursor.at
            try:
                row = next(reader)
            except StopIteration:
                return self.parsed
            except csv.Error as fault:
                if self._is_cut_off(start, fault):
                    return self.parsed
                self._recover(start, too_long="field limit" in str(fault))
            else:
                if self.profile and self.cursor.at > start + 1 and self._has_swallowed(row, start, self.profile):
                    self._recover(start, too_long=False)
                else:
                    self.parsed.add(row, start, self.cursor.at)

    def _is_cut_off(self, start: int, fault: csv.Error) -> bool:
        at_end = self.cursor.at >= len(self.lines) and "unexpected end" in str(fault)
        return self.is_cut and at_end and len(self.lines) - start <= MAX_SPAN

    def _has_swallowed(self, row: list[str], start: int, profile: Profile) -> bool:
        """Whether one of the record's further lines is a whole record by itself: then two stray quotes paired up.

        If the record fits the width all the same, it must be a line in its middle, with numbers where they belong:
        the last line of a sound record holds the fields behind the quoted one.
        """
        is_misfit = len(row) != self.width
        last = self.cursor.at if is_misfit else self.cursor.at - 1
        for number in range(start + 1, min(last, start + MAX_JOINED)):
            fields = self._alone(self.lines[number])
            words, numbers = profile.votes(fields)
            if len(fields) == self.width and (is_misfit or (numbers and not words)):
                return True
        return False

    def _fits(self, line: str) -> bool:
        return len(self._alone(line)) == self.width

    def _alone(self, line: str) -> list[str]:
        """The fields of a line that is a record by itself, or none."""
        try:
            return next(self.dialect.reader(iter([line])), [])
        except csv.Error:
            return []

    def _recover(self, start: int, too_long: bool) -> None:
        """Takes one line, or the few lines that a repair joins, and goes on behind."""
        self.rescans_left -= self.cursor.at - start
        line = format_count(self.n_lines_before + start + 1)
        if self.rescans_left < 0:
            raise ReportgenError("RG-005", f"quotes open and never close, from line {line} on.", "Export it again.")
        is_giant = too_long and len(self.lines[start]) > MAX_CELL
        fields, n_lines = self._repair(start) if self.profile and not is_giant else (None, 1)
        if fields is None and too_long and self.profile:
            raise ReportgenError(
                "RG-022",
                f"the cell that starts on line {line} is longer than {format_count(MAX_CELL)}"
                " characters, or its quote never closes.",
                "Leave that column out of the export.",
            )
        position = len(self.parsed.rows)
        (self.parsed.damaged if fields is None else self.parsed.repaired).add(position)
        self.cursor.at = start + n_lines
        self.parsed.add([self.lines[start].rstrip("\r\n")] if fields is None else fields, start, self.cursor.at)

    def _repair(self, start: int) -> tuple[list[str] | None, int]:
        text = ""
        for n_lines in range(1, MAX_JOINED + 1):
            number = start + n_lines - 1
            if number >= len(self.lines) or (n_lines > 1 and self._fits(self.lines[number])):
                break
            text += self.lines[number]
            if fields := split_damaged(text.rstrip("\r\n"), self.dialect.delimiter, self.dialect.quote, self.width):
                return fields, n_lines
        return None, 1
