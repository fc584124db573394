"""The contract of a reader: which contents it reads and what it hands back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from reportgen.config import InputSettings
from reportgen.records.table import Places, SetAside
from reportgen.registry import Registry


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """The export's bytes, read once."""

    name: str
    """Base name, scrubbed."""
    data: bytes
    sha256: str
    """Hex digest of the file's bytes, which are `data` unless the table was packed."""
    n_bytes: int
    """Size of the file."""
    kind: str
    """What the bytes are, by their content: see `reportgen.ingest._kinds`."""
    container: str = ""
    """What `data` was unpacked from: see `reportgen.records.table.ReadReport`."""
    notes: tuple[str, ...] = ()
    fixes: tuple[str, ...] = ()
    """What is to be said of the unpacking: see `Reading`."""


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What a reader found; the stage turns it into a RawTable."""

    columns: tuple[str, ...]
    """Header names in file order, unique, trimmed."""
    cells: tuple[Sequence[str | None], ...]
    """One sequence a column, n records taken each; an empty cell is None."""
    records: Sequence[int]
    """Record number of each record taken, 1-based, rising, header excluded."""
    set_aside: tuple[SetAside, ...]
    """Every record repaired or set aside, in order."""
    n_records: int
    """Data records in the source, those set aside included."""
    places: Places
    """Where each of them stands in the source."""
    header_line: int
    """1-based line or sheet row of the header; 0 if there is none."""
    format: str
    encoding: str = "-"
    delimiter: str = "-"
    quote: str = ""
    sheet: str = ""
    notes: tuple[str, ...] = ()
    """What is worth knowing, one sentence each."""
    fixes: tuple[str, ...] = ()
    """What had to be mended in the file as a whole, one sentence each: strict runs refuse it."""
    text_numbers: Mapping[str, int] = field(default_factory=dict)
    """See `reportgen.records.table.RawTable`."""
    shown: frozenset[str] = frozenset()
    """The same."""
    paths: tuple[Path, ...] = ()
    """Parquet files, one behind the other, that hold `columns` (and others) and LINE_COLUMN; then `cells` are empty."""
    frame: Any = None
    """The engine's own table of `columns` and LINE_COLUMN, where the engine has read it; then `cells` are empty."""


class Reader(Protocol):
    """Reads the exports of some kinds; a public module of this folder offers one as `READER`."""

    kinds: frozenset[str]
    """The kinds of `reportgen.ingest._kinds` that it reads; no two readers share one."""

    def read(self, snapshot: Snapshot, settings: InputSettings) -> Reading:
        """The table in the snapshot, every cell as text.

        Raises ReportgenError; its sentence starts with what was found, the stage puts the file's name before it.
        """
        ...


READERS: Registry[Reader] = Registry("reportgen.ingest", "READER")
