"""Fits the records of a delimited text to its columns; what does not fit is repaired or set aside, and listed."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from itertools import compress
from operator import not_

from reportgen.collection import collection_paused
from reportgen.ingest._account import Account
from reportgen.ingest._copies import copies_said, find_copies
from reportgen.ingest._decode import DAMAGE, REPLACEMENT
from reportgen.ingest._dittos import fill_dittos
from reportgen.ingest._head import Head
from reportgen.ingest._header import misfit_header
from reportgen.ingest._headers_below import is_other_header, line_of, settle_headers
from reportgen.ingest._loose_words import join_words
from reportgen.ingest._page_heads import shapes_of, without_page_heads
from reportgen.ingest._parse import Dialect, has_loose_quote, is_blank, lines_of, parse
from reportgen.ingest._records import (
    HEADER_AGAIN,
    OTHER_TABLE,
    Body,
    Misfit,
    SecondTable,
    head_again,
    is_comment,
    is_record,
    note_empty,
)
from reportgen.ingest._repair import hides_delimiter
from reportgen.ingest._shifted_rows import set_shifted_aside
from reportgen.ingest._subtotals import may_be_subtotal
from reportgen.ingest._tables import is_wordy, starts_table
from reportgen.ingest._tidy import columns_of
from reportgen.ingest._trailing import drops_ends, ending_early
from reportgen.ingest._wrapped_lines import is_wrapped, without_wrapping
from reportgen.wording import format_count, plural

TABLE_AGAIN = "the whole table again"


def read_body(text: str, dialect: Dialect, head: Head, n_lines_before: int) -> Body:
    """Every record below the header.

    `n_lines_before`: lines of the file before `text`. Raises ReportgenError (RG-005, 012, 022).
    """
    lines = lines_of(text, dialect)
    above, lines = shapes_of(lines[: head.data_line]), lines[head.data_line :]
    # The collector would scan millions of small lists again and again, none of them in a cycle.
    with collection_paused():
        return _Fitter(lines, dialect, head, n_lines_before + head.data_line).run(above)


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
        self.has_loose_quotes = has_loose_quote(lines, dialect)
        self.rows: list[list[str]] = []
        self.records: list[int] = []
        self.starts: list[int] = []
        self.account = Account()
        self.notes: list[str] = []
        self.fixes: list[str] = []
        self.second: SecondTable | None = None
        self.misfits: list[Misfit] = []
        named = [at for at in range(self.width) if at not in head.names.nameless]
        self.least_width = named[-1] + 1 if named else self.width
        self.n_comments = self.n_empty = 0

    def run(self, above: frozenset[str]) -> Body:
        """`above`: how the lines above the records are written, see `shapes_of`."""
        record = 0
        after_gap = False
        for position, row in enumerate(self.parsed.rows):
            if is_blank(row):
                self.n_empty += len(row) > 1
                after_gap = True
                continue
            if is_comment(row):
                self.n_comments += 1
                continue
            record += 1
            self.starts.append(self._line(position))
            self._take(record, position, row, after_gap)
            after_gap = after_gap and sum(map(bool, row)) == 1  # a title between a gap and the table below it
        self.account.n_records = record
        self.misfits = without_page_heads(self.misfits, above, self.account)
        self._find_second_table()
        self._settle_headers()
        self._set_copies_aside()
        self._fill_ends()
        self._check_header()
        self._settle_below()
        self._settle_misfits()
        set_shifted_aside(self.account, self.rows, self.records, self.width, lambda n: self.starts[n - 1])
        self._note_skipped()
        self.fixes += fill_dittos(self.rows, self.records, self.head.names.names, self.head.profile.worded)
        columns = columns_of(self.rows, self.width)
        return Body(columns, self.records, self.account, self.notes, self.fixes, self.second, self.starts)

    def _take(self, record: int, position: int, row: list[str], after_gap: bool) -> None:
        row = self._read_through(record, position, row)
        if position in self.parsed.damaged:
            is_quoted = not self.dialect.gutters
            self._misfit(
                record, position, row, "its quotes do not pair up" if is_quoted else "text runs across columns"
            )
        elif again := head_again(row, self.head.header):
            self.account.set_aside(record, again, self._raw(position))
        elif len(row) != self.width and not self._is_evenable(row):
            self._take_misfit(record, position, row)
        elif self.has_loose_quotes and hides_delimiter(
            self._raw(position), row, self.dialect.delimiter, self.dialect.quote
        ):
            self._misfit(record, position, row, "a delimiter is missing before a quote")
        else:
            if after_gap and self.second is None and is_other_header(row, self.head.header, self.head.profile):
                self.second = SecondTable(record, position, self._at(position), row)
            self._use(record, position, row)

    def _read_through(self, record: int, position: int, row: list[str]) -> list[str]:
        """The record's fields; those inside of it where the whole line stands in quotes."""
        if len(row) != 1 or self.width == 1 or not is_wrapped(line := self._raw(position)):
            return row
        inside = parse([without_wrapping(line)], self.dialect).rows
        if len(inside) != 1 or len(inside[0]) != self.width:
            return row
        self.account.repaired(record, "the whole line stood in quotes", line)
        return inside[0]

    def _take_misfit(self, record: int, position: int, row: list[str]) -> None:
        joined = join_words(row, self.head.profile, self.dialect.delimiter)
        if not joined:
            reason = f"{plural(len(row), 'field')} where the header has {format_count(self.width)}"
            return self._misfit(record, position, row, reason)
        self.account.repaired(record, "words without quotes joined to one field", self._raw(position))
        return self._use(record, position, joined)

    def _use(self, record: int, position: int, row: list[str]) -> None:
        surplus = len(row) - self.width
        if surplus:
            change = f"{plural(abs(surplus), 'empty field')} {'cut' if surplus > 0 else 'added'} at its end"
            self.account.repaired(record, change, self._raw(position))
            row = [*row[: self.width], *[""] * -surplus]
        if position in self.parsed.repaired:
            is_open = any(cell.startswith(self.dialect.quote) for cell in row)
            reason = "a quote that never closes read as text" if is_open else "a stray quote read as text"
            self.account.repaired(record, reason, self._raw(position))
        self.rows.append(self._without_damage(record, row, self._raw(position)) if self.has_damage else row)
        self.records.append(record)

    def _without_damage(self, record: int, row: list[str], sample: str) -> list[str]:
        if not any(DAMAGE in cell for cell in row):
            return row
        self.account.repaired(record, f"bytes that are no text shown as {REPLACEMENT}", sample)
        return [cell.replace(DAMAGE, REPLACEMENT) for cell in row]

    def _is_evenable(self, row: list[str]) -> bool:
        """Whether only empty fields at the end are too many, or only nameless ones missing, and the rest is in place.

        A field too many at the start moves every cell by one: then words stand where numbers belong.
        """
        words, numbers = self.head.profile.votes(row)
        is_surplus_empty = len(row) > self.width and not any(row[self.width :])
        return (self.least_width <= len(row) < self.width or is_surplus_empty) and not words and numbers > 0

    def _misfit(self, record: int, position: int, row: list[str], reason: str) -> None:
        self.misfits.append(Misfit(record, position, self._line(position), row, reason, self._raw(position)))

    def _at(self, position: int) -> int:
        return self.head.data_line + self.parsed.starts[position]

    def _line(self, position: int) -> int:
        return self.n_lines_before + self.parsed.starts[position] + 1

    def _raw(self, position: int) -> str:
        return "".join(self.lines[self.parsed.starts[position] : self.parsed.ends[position]])

    def _find_second_table(self) -> None:
        """Sets the records of a second table aside: it is one of other columns, or the same ones below a gap."""
        first_wordy = next((misfit for misfit in self.misfits if self.rows and is_wordy(misfit.row)), None)
        if first_wordy and (self.second is None or first_wordy.record < self.second.record):
            position = first_wordy.position
            if first_wordy.record > self.records[0] and starts_table(first_wordy.row, self.parsed.rows[position + 1 :]):
                self.second = SecondTable(first_wordy.record, position, self._at(position), first_wordy.row)
        if self.second is None:
            return
        start = self.second.record
        n_kept = bisect_left(self.records, start)
        del self.rows[n_kept:], self.records[n_kept:]
        self.misfits = [misfit for misfit in self.misfits if misfit.record < start]
        self.account.forget_from(start)
        positions = range(self.second.position, len(self.parsed.rows))
        for record, position in enumerate((at for at in positions if is_record(self.parsed.rows[at])), start=start):
            self.account.set_aside(record, OTHER_TABLE, self._raw(position))

    def _settle_headers(self) -> None:
        """Headers below the first one, in another order or way of writing. Raises ReportgenError (RG-007)."""
        header, profile, place_of = self.head.header, self.head.profile, line_of(self.starts)
        settle_headers(self.account, self.rows, self.records, header=header, profile=profile, place_of=place_of)

    def _set_copies_aside(self) -> None:
        """Records below a repeated header that stand above it too, where the table was written twice."""
        again = [entry.line for entry in self.account.entries if entry.reason == HEADER_AGAIN]
        starts = [bisect_left(self.records, line) for line in again]
        copies = find_copies(self.rows, starts)
        if not copies:
            return
        records = {self.records[at] for at in copies}
        self.account.entries = [entry for entry in self.account.entries if entry.line not in records]
        for at in copies:
            self.account.set_aside(self.records[at], TABLE_AGAIN, self.dialect.delimiter.join(self.rows[at]))
        self.fixes.append(copies_said(len(starts) + 1, len(copies), len(self.rows) - starts[0] - len(copies)))
        self._keep([record not in records for record in self.records])

    def _fill_ends(self) -> None:
        """Takes the records that lack nothing but empty fields at their end, where a program left such out."""
        are_short = ending_early([misfit.row for misfit in self.misfits], self.rows, self.head.profile)
        short = list(compress(self.misfits, are_short))
        if not drops_ends([misfit.row for misfit in short], self.rows):
            return
        for misfit in short:
            misfit.row = self._without_damage(misfit.record, misfit.row, misfit.sample)
            n_missing = self.width - len(misfit.row)
            self._add(misfit)
            self.account.repaired(misfit.record, f"{plural(n_missing, 'empty field')} added at its end", misfit.sample)
        self._sort()
        self.misfits = list(compress(self.misfits, map(not_, are_short)))
        self.fixes.append(f"{plural(len(short), 'record')} ended before the last columns, taken as empty there.")

    def _add(self, misfit: Misfit) -> None:
        """Takes a record that is too short, empty at its end."""
        self.rows.append([*misfit.row, *[""] * (self.width - len(misfit.row))])
        self.records.append(misfit.record)

    def _keep(self, are_kept: list[bool]) -> None:
        self.rows, self.records = list(compress(self.rows, are_kept)), list(compress(self.records, are_kept))

    def _sort(self) -> None:
        order = sorted(range(len(self.records)), key=self.records.__getitem__)
        self.rows = [self.rows[at] for at in order]
        self.records = [self.records[at] for at in order]

    def _check_header(self) -> None:
        """Refuses a header that fits no more than half of the rows."""
        widths = Counter(len(misfit.row) for misfit in self.misfits)
        width, n_misfits = max(widths.items(), key=lambda item: item[1], default=(0, 0))
        if width > 1 and n_misfits > len(self.rows) and self.head.header:
            raise misfit_header(self.width, width)

    def _settle_below(self) -> None:
        """Totals and notes at the end are no customers: set aside, without counting as unreadable."""
        self._set_totals_aside()
        self._note_cut()
        last = self.records[-1] if self.records else 0
        is_note = [misfit.record > last and len(misfit.row) == 1 for misfit in self.misfits]
        for misfit in compress(self.misfits, is_note):
            self.account.set_aside(misfit.record, "a note below the table", misfit.sample)
        self.misfits = [misfit for misfit, is_one in zip(self.misfits, is_note, strict=True) if not is_one]

    def _set_totals_aside(self) -> None:
        """Totals and subtotals; rows that are too short are tried with the others and stay misfits if not."""
        short = {m.record: m for m in self.misfits if len(m.row) < self.width and may_be_subtotal(m.row)}
        for misfit in short.values():
            self._add(misfit)
        if short:
            self._sort()
        self.account.set_below_aside(self.rows, self.records, self.head.profile, self.dialect.delimiter)
        left = short.keys() & set(self.records)
        self.misfits = [misfit for misfit in self.misfits if misfit.record not in short or misfit.record in left]
        if left:
            self._keep([record not in left for record in self.records])
        self.notes, self.fixes = self.notes + self.account.notes, self.fixes + self.account.fixes

    def _settle_misfits(self) -> None:
        for misfit in self.misfits:
            self.account.set_aside_misfit(misfit.record, misfit.reason, misfit.sample, misfit.line)

    def _note_cut(self) -> None:
        """Says that the last line is cut off if it is a misfit, has no end and is no sentence."""
        last = self.misfits[-1] if self.misfits else None
        is_open = last and last.record == self.account.n_records and not self.lines[-1].endswith(("\r", "\n"))
        if last and is_open and not (len(last.row) == 1 and " " in last.row[0].strip()):
            self.notes.append("The last line is cut off: the file may be incomplete.")

    def _note_skipped(self) -> None:
        if self.n_comments:
            self.fixes.append(f"{plural(self.n_comments, 'comment line')} left out (they start with #).")
        if self.n_empty:
            self.notes.append(note_empty(self.n_empty))
