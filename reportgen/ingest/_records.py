"""The records of a delimited text: those taken, the account of all, and what is a record at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from reportgen.ingest._account import Account
from reportgen.ingest._layout import Profile, Row
from reportgen.ingest._parse import Dialect, is_blank, is_ruler, parse
from reportgen.ingest._tidy import Cells
from reportgen.records.table import SetAside
from reportgen.wording import plural

OTHER_TABLE = "in another table"
HEADER_AGAIN = "the header again"
RULER_AGAIN = "a line drawn below the header"


@dataclass(frozen=True, slots=True)
class SecondTable:
    record: int
    """The record that is its header."""
    position: int
    """The same among all rows, blank ones included."""
    line: int
    """0-based line, counted from the first of the text."""
    header: Row


@dataclass(slots=True)
class Misfit:
    """A record that does not fit the columns."""

    record: int
    position: int
    """Among all rows, blank ones included."""
    line: int
    row: list[str]
    reason: str
    sample: str


@dataclass(frozen=True, slots=True, eq=False)
class Body:
    """The records taken, and the account of all."""

    columns: list[Cells]
    records: Sequence[int]
    account: Account
    notes: list[str]
    fixes: list[str] = field(default_factory=list)
    second: SecondTable | None = None
    """Where another table starts, if one does; its records are set aside."""
    lines: Sequence[int] = ()
    """1-based line of the file on which each record starts, those set aside included."""


def note_empty(n_rows: int) -> str:
    return f"{plural(n_rows, 'row')} without any value left out."


def all_aside(lines: list[str], dialect: Dialect, profile: Profile) -> tuple[list[SetAside], list[int]]:
    """Every record of the lines, set aside as one of a table that is not read, and the 0-based line of each."""
    account = Account()
    parsed = parse(lines, dialect, profile)
    spans = [span for row, *span in zip(parsed.rows, parsed.starts, parsed.ends, strict=True) if is_record(row)]
    for number, (start, end) in enumerate(spans, start=1):
        account.set_aside(number, OTHER_TABLE, "".join(lines[start:end]))
    return account.entries, [start for start, _ in spans]


def is_record(row: Row) -> bool:
    return not is_blank(row) and not is_comment(row)


def is_comment(row: Row) -> bool:
    return len(row) == 1 and row[0].startswith("#")


def head_again(row: Row, header: Row) -> str:
    """Why the row is the header once more or the line drawn below it, as programs print them for each page; or empty.

    Blanks around the names and empty fields behind them make no other row.
    """
    if header and row[0].strip() == header[0].strip() and _bare(row) == _bare(header):
        return HEADER_AGAIN
    return RULER_AGAIN if row[0].startswith(("--", "==")) and is_ruler(row) else ""


def _bare(row: Row) -> list[str]:
    names = [name.strip() for name in row]
    while names and not names[-1]:
        names.pop()
    return names
