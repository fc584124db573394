"""Fits the records of a delimited text to its columns; what does not fit is repaired or set aside, and listed."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import compress

from reportgen.errors import ReportgenError
from reportgen.ingest._account import Account
from reportgen.ingest._cells import is_typed
from reportgen.ingest._decode import DAMAGE, REPLACEMENT
from reportgen.ingest._head import Head
from reportgen.ingest._layout import looks_like_header, misfit_header
from reportgen.ingest._parse import Dialect, is_blank, lines_of, parse
from reportgen.ingest._tidy import Cells, columns_of
from reportgen.wording import format_count, plural

SECOND_TABLE, MOST = 3, 0.5
"""Records of one other width below a record of words that make it a second table's header, and their share there."""


@dataclass(frozen=True, slots=True, eq=False)
class Body:
    """The records taken, and the account of all."""

    columns: list[Cells]
    records: Sequence[int]
    account: Account
    notes: list[str]


@dataclass(slots=True)
class _Misfit:
    record: int
    position: int
    line: int
    row: list[str]
    reason: str
    sample: str


def read_body(text: str, dialect: Dialect, head: Head, n_lines_before: int) -> Body:
    """Every record below the header.

    `n_lines_before`: lines of the file before `text`. Raises ReportgenError (RG-005, 007, 012, 022).
    """
    lines = lines_of(text, dialect)[head.data_line :]
    with _collector_paused():
        return _Fitter(lines, dialect, head, n_lines_before + head.data_line).run()


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Stops the process's cycle collector: it would scan millions of small lists again and again, none in a cycle."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


class _Fitter:
    """One pass over the records; see `read_body`."""

    def __init__(self, lines: list[str], dialect: Dialect, head: Head, n_lines_before: int) -> None:
        self.lines = lines
        self.dialect = dialect
        self.head = head
        self.n_lines_before = n_lines_before
        self.width = head.profile.width
        self.parsed = parse(lines, dialect, head.profile, n_lines_before=n_lines_before)
        self.has_damage = any(DAMAGE in line for line in lines)
        self.rows: list[list[str]] = []
        self.records: list[int] = []
        self.account = Account()
        self.notes: list[str] = []
        self.misfits: list[_Misfit] = []
        named = [at for at in range(self.width) if at not in head.names.nameless]
        self.least_width = named[-1] + 1 if named else self.width
        self.n_comments = 0
        self.n_empty = 0

    def run(self) -> Body:
        record = 0
        after_gap = False
        for position, row in enumerate(self.parsed.rows):
            if is_blank(row):
                self.n_empty += len(row) > 1
                after_gap = True
                continue
            if len(row) == 1 and row[0].startswith("#"):
                self.n_comments += 1
                continue
            record += 1
            self._take(record, position, row, after_gap)
            after_gap = False
        self.account.n_records = record
        self._check_tables()
        self._settle_below()
        self._settle_misfits()
        self._note_skipped()
        return Body(columns_of(self.rows, self.width), self.records, self.account, self.notes)

    def _take(self, record: int, position: int, row: list[str], after_gap: bool) -> None:
        if position in self.parsed.damaged:
            self._misfit(record, position, row, "its quotes do not pair up")
        elif len(row) != self.width and not self._is_evenable(row):
            fields = plural(len(row), "field")
            self._misfit(record, position, row, f"{fields} where the header has {format_count(self.width)}")
        elif row == self.head.header:
            self.account.set_aside(record, "the header again", self._raw(position))
        elif after_gap and looks_like_header(row, self.head.profile):
            raise two_tables(self._line(position))
        else:
            self._use(record, position, row)

    def _use(self, record: int, position: int, row: list[str]) -> None:
        surplus = len(row) - self.width
        if surplus:
            change = f"{plural(abs(surplus), 'empty field')} {'cut' if surplus > 0 else 'added'} at its end"
            self.account.repaired(record, change, self._raw(position))
            row = [*row[: self.width], *[""] * -surplus]
        if position in self.parsed.repaired:
            self.account.repaired(record, "a stray quote read as text", self._raw(position))
        if self.has_damage and any(DAMAGE in cell for cell in row):
            row = [cell.replace(DAMAGE, REPLACEMENT) for cell in row]
            self.account.repaired(record, f"bytes that are no text shown as {REPLACEMENT}", self._raw(position))
        self.rows.append(row)
        self.records.append(record)

    def _is_evenable(self, row: list[str]) -> bool:
        """Whether only empty fields at the end are too many, or only nameless ones missing, and the rest is in place.

        A field too many at the start moves every cell by one: then words stand where numbers belong.
        """
        words, numbers = self.head.profile.votes(row)
        is_surplus_empty = len(row) > self.width and not any(row[self.width :])
        return (self.least_width <= len(row) < self.width or is_surplus_empty) and not words and numbers > 0

    def _misfit(self, record: int, position: int, row: list[str], reason: str) -> None:
        self.misfits.append(_Misfit(record, position, self._line(position), row, reason, self._raw(position)))

    def _line(self, position: int) -> int:
        return self.n_lines_before + self.parsed.starts[position] + 1

    def _raw(self, position: int) -> str:
        return "".join(self.lines[self.parsed.starts[position] : self.parsed.ends[position]])

    def _check_tables(self) -> None:
        """Refuses a second table below the first, and a header that fits no more than half of the rows."""
        for misfit in self.misfits:
            if self.rows and misfit.record > self.records[0] and is_wordy(misfit.row):
                below = [row for row in self.parsed.rows[misfit.position + 1 :] if any(row)]
                n_alike = sum(len(row) == len(misfit.row) for row in below)
                if n_alike >= SECOND_TABLE and n_alike > MOST * len(below):
                    raise two_tables(misfit.line)
                break
        widths = Counter(len(misfit.row) for misfit in self.misfits)
        width, n_misfits = max(widths.items(), key=lambda item: item[1], default=(0, 0))
        if width > 1 and n_misfits > len(self.rows) and self.head.header:
            raise misfit_header(self.width, width)

    def _settle_below(self) -> None:
        """Totals and notes at the end are no customers: set aside, without counting as unreadable."""
        self.account.set_below_aside(self.rows, self.records, self.head.profile, self.dialect.delimiter)
        last = self.records[-1] if self.records else 0
        is_note = [misfit.record > last and len(misfit.row) == 1 for misfit in self.misfits]
        for misfit in compress(self.misfits, is_note):
            self.account.set_aside(misfit.record, "a note below the table", misfit.sample)
        self.misfits = [misfit for misfit, is_one in zip(self.misfits, is_note, strict=True) if not is_one]

    def _settle_misfits(self) -> None:
        for misfit in self.misfits:
            self.account.set_aside_misfit(misfit.record, misfit.reason, misfit.sample, misfit.line)
        if (
            self.misfits
            and self.misfits[-1].record == self.account.n_records
            and not self.lines[-1].endswith(("\r", "\n"))
        ):
            self.notes.append("The last line is cut off: the file may be incomplete.")

    def _note_skipped(self) -> None:
        if self.n_comments:
            self.notes.append(f"{plural(self.n_comments, 'comment line')} left out (they start with #).")
        if self.n_empty:
            self.notes.append(note_empty(self.n_empty))


def note_empty(n_rows: int) -> str:
    return f"{plural(n_rows, 'row')} without any value left out."


def is_wordy(row: list[str]) -> bool:
    """Whether the row may be a header: two words at least and no number."""
    return sum(map(bool, row)) > 1 and not any(map(is_typed, row))


def two_tables(line: int) -> ReportgenError:
    return ReportgenError(
        "RG-007",
        f"two tables are in one file: a second one starts on line {format_count(line)}.",
        "Save the table of customers in a file of its own.",
    )
