"""Reads the first records of a delimited text: where the table starts, its columns and their names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from reportgen.errors import ReportgenError
from reportgen.ingest._below_names import name_rows
from reportgen.ingest._decode import DAMAGE, REPLACEMENT
from reportgen.ingest._dialect import DELIMITERS, Sample
from reportgen.ingest._doubts import Doubts
from reportgen.ingest._header import MAX_ABOVE, Header, find_header, stated_header
from reportgen.ingest._layout import Profile, Row, profile_of
from reportgen.ingest._limits import MAX_COLUMNS
from reportgen.ingest._names import Names, header_names
from reportgen.ingest._parse import Dialect, is_blank, is_ruler, parse
from reportgen.ingest._repair import split_damaged
from reportgen.ingest._row_names import ROW_NAME
from reportgen.ingest._side_by_side import two_on_a_line
from reportgen.ingest._tables import is_wordy
from reportgen.wording import format_count, plural, scrub

SHOWN_ABOVE = 2
"""Rows above the header that a note quotes."""


@dataclass(frozen=True, slots=True)
class Head:
    """What the first records told."""

    profile: Profile
    names: Names
    header: Row
    """The header's last row as it stands; empty if there is no header."""
    header_line: int
    """0-based line of the header's last row, -1 if there is none."""
    data_line: int
    """0-based line behind the header, or of the first record."""
    fixes: tuple[str, ...]
    surplus: tuple[str, ...] = ()
    """Names behind the last column that records have."""


def read_head(sample: Sample, stated: bool | Literal["auto"], doubts: Doubts) -> Head:
    """The table's start; `stated`: what the settings say of its header.

    Raises ReportgenError (RG-007, RG-012, RG-021)."""
    width = sample.width
    if width > MAX_COLUMNS:
        raise too_many_columns(width)
    rows, lines, gaps = _filled_rows(sample)
    unnamed: tuple[str, ...] = ()
    if stated and sample.lacks_row_name:
        rows[0] = [ROW_NAME, *rows[0]]
        unnamed = (f"The header lacks a name for the first column, which names or counts the rows: now {ROW_NAME}.",)
    profile = profile_of(rows if stated else [[], *rows], width)
    header = _find_header(rows, profile, gaps, doubts) if stated == "auto" else None
    if stated is True:
        header = stated_header(rows, profile)
    if header is None:
        first = next((at for at, row in enumerate(rows) if profile.fits(row)), 0)
        return Head(profile, header_names([], width), (), -1, lines[first][0], note_above(rows[:first], "table"))
    parts = [[cell.replace(DAMAGE, REPLACEMENT) for cell in row] for row in rows[header.first : header.last + 1]]
    parts = name_rows(parts)
    if question := two_on_a_line(parts):
        doubts.settle(question, "Columns that stand twice, side by side, were read as of one customer.")
    n_surplus = max(0, len(rows[header.last]) - width) if any(rows[header.last][width:]) else 0
    all_names = header_names(parts, width + n_surplus, rows[: header.first])
    nameless = frozenset(at for at in all_names.nameless if at < width)
    names = Names(all_names.names[:width], nameless, all_names.notes)
    header_line, data_line = lines[header.last]
    fixes = unnamed + note_above(rows[: header.first], "header") + names.notes
    return Head(profile, names, rows[header.last], header_line, data_line, fixes, all_names.names[width:])


def _find_header(rows: list[list[str]], profile: Profile, gaps: frozenset[int], doubts: Doubts) -> Header | None:
    """The header; None if it is settled that there is none. Raises ReportgenError (RG-007, RG-012)."""
    try:
        return find_header(rows, profile, gaps)
    except ReportgenError as question:
        first = next((at for at, row in enumerate(rows) if profile.fits(row)), len(rows))
        names: list[str] = []
        at = next((at for at in range(first) if (names := _mended(rows[at], profile.width))), None)
        if at is None:
            doubts.settle(question, "No header fits the columns; they are numbered from 1.")
            return None
        surplus = f"; {plural(len(names) - profile.width, 'column')} at the end without any cell"
        shown = scrub(", ".join(names), 60)
        doubts.settle(
            question,
            f"The header does not fit as it stands; read as {shown}{surplus if len(names) > profile.width else ''}.",
        )
        rows[at] = names
        return Header(at, at)


def _mended(row: Row, width: int) -> list[str]:
    """The header's names with surplus empty ones left out, or parted by another sign; empty if it cannot be one."""
    if filled := [name for name in row if name.strip()]:
        if len(row) > width and (len(filled) == width or (len(filled) == len(row) and is_wordy(row))):
            return filled
        if len(row) == 1 and width > 1:
            for sign in DELIMITERS:
                names = parse([row[0]], Dialect(sign), is_cut=True).rows
                if names and len(names[0]) == width and all(map(str.strip, names[0])):
                    return names[0]
    return []


def note_above(rows: list[list[str]], what: str) -> tuple[str, ...]:
    """A note on rows above the header or the table, or none."""
    if not rows:
        return ()
    shown = ", ".join(f"“{scrub(' '.join(filter(None, row)), 60)}”" for row in rows[:SHOWN_ABOVE])
    more = ", …" if len(rows) > SHOWN_ABOVE else ""
    return (f"{plural(len(rows), 'line')} above the {what} left out: {shown}{more}.",)


def too_many_columns(n_columns: int) -> ReportgenError:
    return ReportgenError(
        "RG-021",
        f"the table has {format_count(n_columns)} columns; at most {format_count(MAX_COLUMNS)} can be read.",
        "Export one row a customer and only the columns that matter.",
    )


def _filled_rows(sample: Sample) -> tuple[list[list[str]], list[tuple[int, int]], frozenset[int]]:
    """Rows that are not blank, the line each starts on and the one behind it, and positions followed by a blank row."""
    rows: list[list[str]] = []
    lines: list[tuple[int, int]] = []
    gaps = set()
    dialect, parsed = sample.dialect, sample.parsed
    for position, (row, *span) in enumerate(zip(parsed.rows, parsed.starts, parsed.ends, strict=True)):
        if is_blank(row):
            if rows:
                gaps.add(len(rows) - 1)
            continue
        if rows and len(rows) < MAX_ABOVE and is_ruler(row):
            lines[-1] = (lines[-1][0], span[1])
            continue
        if position in sample.parsed.damaged and len(rows) < MAX_ABOVE and not dialect.gutters:
            row = split_damaged(row[0], dialect.delimiter, dialect.quote, sample.width) or row
        rows.append(row)
        lines.append((span[0], span[1]))
    return rows, lines, frozenset(gaps)
