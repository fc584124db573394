"""Records of the table itself: what was read, what each column means, what cleaning did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal

from reportgen.language import text_in
from reportgen.records.orders import OrderLines

LINE_COLUMN = "__line__"
"""Frame column with the physical record number in the source, 1-based, header excluded; never shown, never dropped."""

FEWEST_CUSTOMERS = 20
"""Two segments of ten customers each, the smallest that is not a handful of persons."""
IMPUTED_PREFIX = "__imputed__"
"""Frame columns `__imputed__<name>`: bool, True where the cell of `<name>` was filled in by cleaning."""


@dataclass(frozen=True, slots=True)
class SetAside:
    """One physical record that was repaired or set aside; a line of quarantine.csv."""

    line: int
    """Physical record number in the source, 1-based, header excluded."""
    action: str
    """`repaired` or `set aside`."""
    reason: str
    """Short clause in the reader's words: `exact duplicate of line 17`."""
    sample: str
    """The first 80 characters of the record, scrubbed of control characters."""
    place: str = ""
    """Where a person finds it in the source: see `Places.of`. Filled in once the whole source is read."""


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Where the records of a source start, as a person counts who opens it."""

    unit: str = "record"
    """`line` of a text, `row` of a sheet, or `record` where a source has neither."""
    numbers: Sequence[int] = ()
    """1-based line or row by record, the first record's first; empty where the record number itself is the place."""

    def of(self, record: int) -> str:
        """The place as one word and one number: `line 17`. `record` is 1-based."""
        number = int(self.numbers[record - 1]) if len(self.numbers) else record
        return text_in("place", f"{self.unit} {{n}}", n=number)


@dataclass(frozen=True, slots=True)
class ReadReport:
    """How the source was read. n_physical = n_used + n_repaired + n_set_aside, always."""

    file_name: str
    """Base name of the source, scrubbed; never its directory."""
    sha256: str
    """Hex digest of the source's bytes."""
    n_bytes: int
    """Size of the source, bytes."""
    format: str
    """`csv`, `fixed width`, `xlsx`, `xls`, `ods`, `parquet`, `json`, `json lines`, `sqlite` or a database's name."""
    encoding: str
    """Python codec name, or `-` for workbooks."""
    delimiter: str
    """One character, or `-` for workbooks."""
    quote: str
    """One character, or empty if none was seen."""
    sheet: str
    """Sheet name, or empty."""
    header_line: int
    """1-based physical line (or sheet row) of the header; 0 if the file has none."""
    n_physical: int
    """Data records in the source."""
    n_used: int
    """Records taken as they are."""
    n_repaired: int
    """Records taken after a repair; each has a SetAside entry."""
    n_set_aside: int
    """Records not taken; each has a SetAside entry."""
    notes: tuple[str, ...]
    """What a reader of the data page should know, one sentence each."""
    fixes: tuple[str, ...] = ()
    """What had to be mended in the file as a whole, one sentence each: strict runs refuse it."""
    container: str = ""
    """What the table was unpacked from, as in `gzip` or `zip, customers.csv`; empty if it was not packed."""


@dataclass(frozen=True, slots=True, eq=False)
class RawTable:
    """ingest → roles, clean: everything as text, nothing lost."""

    frame: Any
    """Engine handle (n records × columns + LINE_COLUMN); every column but LINE_COLUMN is text or null."""
    columns: tuple[str, ...]
    """Header names in file order, unique, trimmed; LINE_COLUMN not among them."""
    report: ReadReport
    set_aside: tuple[SetAside, ...]
    """Records repaired or set aside while reading."""
    places: Places
    """Where each record stands, those set aside included."""
    text_numbers: Mapping[str, int] = field(default_factory=dict)
    """Header name → cells that a workbook stores as text although they show a plain number."""
    shown: frozenset[str] = frozenset()
    """Header names of a workbook's columns whose numbers are written as their formats show them: `29%` for 0.29."""


class Role(StrEnum):
    """What a column means. The first group can shape segments, the second describes, the third is kept out."""

    MONEY = "money"
    COUNT = "count"
    SCORE = "score"
    MEASURE = "measure"

    AGE = "age"
    BIRTH = "birth year"
    CATEGORY = "category"
    FLAG = "flag"
    CODE = "code"
    DATE = "date"

    ID = "id"
    PERSONAL = "personal"
    TEXT = "free text"
    CONSTANT = "constant"
    EMPTY = "empty"
    IGNORED = "left out"


SHAPING_ROLES = frozenset({Role.MONEY, Role.COUNT, Role.SCORE, Role.MEASURE})
DESCRIBING_ROLES = frozenset({Role.AGE, Role.BIRTH, Role.CATEGORY, Role.FLAG, Role.CODE, Role.DATE})
NUMERIC_ROLES = SHAPING_ROLES | {Role.AGE, Role.BIRTH}


Contact = Literal["e-mail", "telephone", "post"]
"""Ways in which a customer can be reached."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its header taken apart, its role and why."""

    name: str
    """The header as in the source; the key of the frame's column."""
    label: str
    """The reader's name, unit and range taken off: `Annual income`, `Spending score`."""
    unit: str
    """`k$`, `€`, `years`, `%` … or empty; how to print it is reportgen.wording's business."""
    scale: tuple[float, float] | None
    """Declared range, as in `Spending Score (1-100)`; None if none is declared."""
    role: Role
    reason: str
    """Why this role, one clause: `header says income; 64 distinct amounts`."""
    confidence: float
    """0..1; 1 where the settings decided."""
    kind: str
    """Storage after typing: `number`, `date`, `category` or `text`."""
    tells_person: bool = False
    """Whether it holds given or full names: they tell persons of one household apart."""
    contact: Contact | None = None
    """The way in which its content reaches a customer, or None."""
    is_derived: bool = False
    """Whether it was computed from order lines: its far values are no slips of the pen."""


@dataclass(frozen=True, slots=True)
class CleaningNote:
    """What one cleaning step did to one column (or to the rows); a line of cleaning_log.csv."""

    step: str
    """File name of the step."""
    column: str
    """Header name, or empty when the step works on whole rows."""
    n_rows: int
    """Rows touched."""
    before: str
    """What stood there, short: `male, M , Male` or `'?' in 60 cells`."""
    after: str
    """What stands there now, short: `Male`."""
    reason: str
    """Why, one clause."""
    is_fix: bool = False
    """Whether the export had to be mended to be read: strict runs refuse it."""


@dataclass(frozen=True, slots=True)
class ColumnQuality:
    """One column before and after cleaning, for the data page."""

    name: str
    n_missing: int
    """Missing cells before imputation, among the rows kept."""
    n_imputed: int
    """Cells that were filled in."""
    n_outliers: int
    """Cells beyond 1.5 interquartile ranges from the quartiles (Tukey 1977), before capping.

    0 for non-numbers, and where the quartiles are equal: the fences then say nothing.
    """
    n_capped: int
    """Outlying cells that were capped."""
    box_before: tuple[float, float, float, float, float] | None
    """min, q25, median, q75, max before capping; None for non-numbers."""
    box_after: tuple[float, float, float, float, float] | None
    """The same after."""
    tails: tuple[float, float] | None = None
    """5th and 95th percentile before capping: the ends that reports show, for a minimum is a customer's value."""


@dataclass(frozen=True, slots=True, eq=False)
class TypedTable:
    """clean → orders: order lines, typed; orders → clean: one row a customer, the rest of cleaning to come."""

    frame: Any
    """Engine handle: n_rows × columns + LINE_COLUMN (of a customer: that of the first line)."""
    columns: tuple[Column, ...]
    id_column: str
    n_rows: int
    notes: tuple[CleaningNote, ...]
    set_aside: tuple[SetAside, ...]
    """`sample` is still empty."""
    orders: OrderLines | None = None
    """None until lines have become customers."""
    shaping: tuple[str, ...] = ()
    """Header names that shape the segments unless the settings name others; empty: roles decide."""


@dataclass(frozen=True, slots=True, eq=False)
class CleanTable:
    """clean → features: typed, one row a customer."""

    frame: Any
    """Engine handle: n_customers rows in source order; columns as in `columns`, LINE_COLUMN, `__imputed__*`."""
    columns: tuple[Column, ...]
    """In file order; every source column is here, dropped ones with the role that says why."""
    id_column: str
    """Header name of the customer id, or empty: then the physical record number is the id."""
    n_customers: int
    notes: tuple[CleaningNote, ...]
    """In the order of the steps."""
    set_aside: tuple[SetAside, ...]
    """Records repaired or set aside by cleaning (imputation and capping are not repairs of a record)."""
    quality: tuple[ColumnQuality, ...]
    missing_rows: tuple[tuple[bool, ...], ...] = field(default=())
    """Missing (True) or not, before imputation: up to 500 evenly spaced rows × the columns of `quality`, in order."""
    near_duplicates: tuple[tuple[int, int, float], ...] = ()
    """(line, line, similarity 0..1) of records proposed as one person under two ids, most similar first."""
    orders: OrderLines | None = None
    """How order lines became these customers; None where the export has one row a customer."""
    shaping: tuple[str, ...] = ()
    """See TypedTable."""

    def column(self, name: str) -> Column:
        """The column of that header name. Raises KeyError."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)
