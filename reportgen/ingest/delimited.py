"""Reads delimited text: CSV, TSV and their kin, whatever the delimiter, quotes, line ends and encoding."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count, islice

from reportgen.config import InputSettings
from reportgen.errors import ReportgenError
from reportgen.ingest._body import read_body
from reportgen.ingest._bulk import BULK_FROM, read_bulk
from reportgen.ingest._cut_amounts import explained
from reportgen.ingest._decode import decode
from reportgen.ingest._dialect import Sample, find_dialect, is_spaced
from reportgen.ingest._doubts import Doubts, doubts_of
from reportgen.ingest._formula_texts import plain_texts
from reportgen.ingest._head import Head, read_head
from reportgen.ingest._kinds import TEXT
from reportgen.ingest._odd_signs import with_one_sign
from reportgen.ingest._parse import Dialect, iter_lines
from reportgen.ingest._read_twice import mend_text
from reportgen.ingest._records import Body, all_aside
from reportgen.ingest._tables import no_such_table, two_tables
from reportgen.ingest._tidy import drop_nameless
from reportgen.ingest._turned import turn_text
from reportgen.ingest._upright import lay_flat
from reportgen.ingest._wrapped_lines import unwrap_lines
from reportgen.ingest.base import Reading, Snapshot
from reportgen.records.table import Places, SetAside
from reportgen.wording import format_count

_SEPARATOR_LINE = re.compile(r'\ufeff?"?sep=(.)"?(?:\r\n|\r|\n)', re.IGNORECASE)
"""Excel's own way to name the delimiter, as the first line."""


class DelimitedReader:
    """See `reportgen.ingest.base.Reader`."""

    kinds = frozenset({TEXT})

    def read(self, snapshot: Snapshot, settings: InputSettings) -> Reading:
        doubts = doubts_of(settings)
        decoded = decode(snapshot.data, settings.encoding, doubts)
        text, twice = mend_text(decoded.text)
        text, stated, said = plain_lines(text)
        sign = ""
        if not (settings.delimiter or stated):
            text, sign, found = with_one_sign(text)
            said += [found] if found else []
        fixes = [*decoded.fixes, *twice, *said]
        try:
            table = _read_table(text, settings.delimiter or stated, settings, doubts, 1 if stated else 0)
            table.body.account.check_share(settings.max_set_aside)
        except ReportgenError as fault:
            raise explained(fault, text) from None
        head, dialect = table.head, table.dialect
        names, cells, column_fixes = drop_nameless(table.body.columns, head.names)
        is_mended = dialect.spaced and not is_spaced(next(iter_lines(text)), dialect.delimiter)
        fixes += ["Blanks between a delimiter and a quote left out."] * is_mended
        is_quoted = dialect.quote in text and not dialect.gutters
        return Reading(
            columns=(*names, *head.surplus),
            cells=(*cells, *([None] * len(table.records) for _ in head.surplus)),
            records=table.records,
            set_aside=table.entries,
            n_records=table.n_records,
            places=Places("line", table.lines),
            header_line=head.header_line + 1 + table.n_lines_before if head.header else 0,
            format="fixed width" if dialect.gutters else "csv",
            encoding=decoded.encoding,
            delimiter="-" if dialect.gutters else sign or dialect.delimiter,
            quote=dialect.quote if is_quoted else "",
            notes=(*decoded.notes, *table.body.notes),
            fixes=(*fixes, *doubts.fixes, *head.fixes, *column_fixes, *table.body.fixes),
        )


def plain_lines(text: str) -> tuple[str, str, list[str]]:
    """(the table's lines, the delimiter that the first line names or nothing, what to say of both)."""
    text, flat = lay_flat(text)
    text, said = unwrap_lines(text)
    text, formulas = plain_texts(text)
    text, turned = turn_text(text)
    fixes = [fix for fix in (flat, said, formulas, turned) if fix]
    if not (stated := _SEPARATOR_LINE.match(text)):
        return text, "", fixes
    return text[stated.end() :], stated[1], [*fixes, f"The first line names the delimiter: {stated[0].strip()}."]


@dataclass(frozen=True, slots=True, eq=False)
class _Table:
    """The table that is meant, and the records of those above it."""

    dialect: Dialect
    head: Head
    body: Body
    n_lines_before: int
    above: tuple[SetAside, ...]
    """Records of the tables above, all set aside."""
    lines_above: tuple[int, ...]
    """1-based line of each of them."""

    @property
    def records(self) -> Sequence[int]:
        return [number + len(self.above) for number in self.body.records] if self.above else self.body.records

    @property
    def entries(self) -> tuple[SetAside, ...]:
        own = self.body.account.sorted_entries()
        return (*self.above, *(replace(entry, line=entry.line + len(self.above)) for entry in own))

    @property
    def lines(self) -> Sequence[int]:
        return [*self.lines_above, *self.body.lines] if self.above else self.body.lines

    @property
    def n_records(self) -> int:
        return self.body.account.n_records + len(self.above)


def _read_table(text: str, delimiter: str, settings: InputSettings, doubts: Doubts, n_lines: int) -> _Table:
    """The table that the settings name, or the only one. Raises ReportgenError (RG-007, RG-063, and of its parts)."""
    above: list[SetAside] = []
    lines_above: list[int] = []
    for number in count(1):
        sample = find_dialect(text, delimiter, doubts)
        head = read_head(sample, settings.header, doubts)
        body = _body_of(text, sample, head, n_lines)
        second = body.second
        if second is None or settings.table in (0, number):
            break
        lines = list(iter_lines(text))
        entries, starts = all_aside(lines[head.data_line : second.line], sample.dialect, head.profile)
        lines_above += [n_lines + head.data_line + start + 1 for start in starts]
        above += [replace(entry, line=entry.line + len(above)) for entry in entries]
        n_lines += second.line
        text = "".join(lines[second.line :])
    if second and not settings.table:
        line = n_lines + second.line + 1
        question = two_tables(head.names.names, second.header, line)
        doubts.settle(question, f"Another table starts on line {format_count(line)}; the first one was read.")
    if settings.table > number:
        raise no_such_table(settings.table, number)
    return _Table(sample.dialect, head, body, n_lines, tuple(above), tuple(lines_above))


def _body_of(text: str, sample: Sample, head: Head, n_lines_before: int) -> Body:
    """The records below the header: the fast way where it is proved to lose nothing."""
    if len(text) >= BULK_FROM:
        n_characters = sum(map(len, islice(iter_lines(text), head.data_line)))
        if body := read_bulk(text, n_characters, sample.dialect, head, n_lines_before):
            return body
    return read_body(text, sample.dialect, head, n_lines_before)


READER = DelimitedReader()
