"""Looks at a column: counts over all records, patterns on a bounded sample of them."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import narwhals as nw

from reportgen.engine.base import Engine
from reportgen.engine.ranks import middle_of
from reportgen.engine.shortcuts import count_distinct
from reportgen.engine.text_bare_dates import bare_days
from reportgen.engine.text_dates import (
    COMPACT,
    EPOCH,
    JULIAN,
    MONTH,
    SERIAL,
    looks_like_date,
    may_be_counted,
    read_date,
)
from reportgen.engine.text_marks import without_hidden
from reportgen.engine.text_missing import MISSING_AMONG_NUMBERS, NEVER, is_missing_word
from reportgen.engine.text_number_forms import number_forms
from reportgen.engine.text_units import CURRENCY_SIGNS
from reportgen.engine.text_year_months import LONGEST, SHORTEST, are_short_years, first_of_month, is_quarter
from reportgen.records.table import LINE_COLUMN, RawTable
from reportgen.roles._numbers import look_at_digits, read_columns, unit_of_most
from reportgen.roles._rising import counts_rows, rises
from reportgen.roles.contents import PERSONAL_LOOKS, may_identify

LOOK_ROWS = 5_000
"""Records whose patterns are read: a share is then known to 1.4 points (95 %, worst case)."""
LOOK_CELLS, FEWEST_LOOKED = 400_000, 100
"""Cells whose patterns are read in all: of a very wide table fewer records, but never fewer than a hundred."""
SHOWN_LEVELS = 30
"""Distinct values kept by name; a category with more is described by their number."""
STAMP_TIME = 8
"""Where the time starts in `20141013T000000`."""
MIXED_DATES = 0.1
"""Share of written dates from which numbers in a column may be dates that lost their format."""
LOOK_CHARACTERS = 200
"""Characters of a cell that are looked at; nothing that decides a role is longer."""

PLUS_OR_MINUS = frozenset("+-–—")
"""Marks of a column that answers by them."""
_DIGITS = re.compile(r"^[0-9]+(?:\.0*)?$")
_AMOUNT = re.compile(
    r"^\W{0,3}[0-9](?:[0-9,'’_ ]*\.|[0-9.'’_ ]*,)[0-9]{1,2}(?![0-9.,])[^0-9]{0,12}$"
    rf"|^.{{0,12}}[{CURRENCY_SIGNS}].{{0,20}}[0-9]|[0-9].{{0,20}}[{CURRENCY_SIGNS}]"
)
"""Digits with decimals, or beside a currency's sign: an amount, however it is written."""
_AMOUNT_SIGN = re.compile(f"[.,{CURRENCY_SIGNS}]")
"""Without one of these a text is none; ids are told so in a tenth of the time."""
UNREAD_SHARE = 0.5
"""Share of cells that look like amounts and cannot be read from which the column is no id."""


@dataclass(frozen=True, slots=True)
class ColumnFacts:
    """What was seen of one column; shares are of the known cells looked at, 0..1."""

    n_rows: int
    """Records in the table."""
    n_distinct: int
    """Distinct known values over all records."""
    n_looked: int
    """Records looked at."""
    n_known: int
    """Known cells among them."""
    numbers: float
    wholes: float
    """Whole numbers."""
    digits: float
    """Digits alone, or with `.0` behind: what an id of numbers is written in."""
    unread: str
    """A cell like most others, if those are amounts in a way of writing that is not known; else empty."""
    dates: float
    compact_dates: float
    """Eight digits that may be a day: `20120904`."""
    bare_dates: float
    """Six digits that may be a day with a year of two, or eight with the year last: `260802`, `02082026`."""
    months: float
    """Six digits that may be a year and a month: `202511`."""
    written_months: float
    """Texts that name a month and its year: `2025-01`, `Jan 25`."""
    quarters: float
    """The same of a quarter: `Q1 2025`."""
    serial_dates: float
    """Numbers that a spreadsheet may mean as a day: `41156`."""
    epoch_dates: float
    """Seconds since 1970, or thousandths or millionths of them: `1346716800`."""
    looks: Mapping[str, float]
    """Of cells that look like what identifies a person, by the names of `PERSONAL_LOOKS`."""
    leading_zeros: float
    """Digits that start with a needless 0: `00123`."""
    spaced: float
    """Text of two words and more."""
    length: float
    """Mean length, characters."""
    same_length: bool
    minimum: float
    """Of the numbers; NaN without any."""
    maximum: float
    median: float
    within_one: float
    """Share of the numbers in 0..1."""
    counts_rows: bool
    """Whole numbers that grow by one from record to record."""
    rises: bool
    """Whole numbers each above the one before, with fewer left out than stand there."""
    unit: str
    """What stands beside most numbers: `€`, `%`, `kg`, or empty."""
    levels: Mapping[str, int]
    """Up to SHOWN_LEVELS most frequent values with their counts, trimmed."""
    has_missing_words: bool = False
    """Whether a word for a missing value stands in it, and not only blanks."""

    @property
    def apart_share(self) -> float:
        """Distinct values over the records that have one, 0..1; how many have is told from those looked at."""
        n_with = self.n_rows * self.n_known / self.n_looked if self.n_looked else 0.0
        return min(1.0, self.n_distinct / n_with) if n_with else 0.0

    @property
    def distinct_share(self) -> float:
        """Distinct values over records, 0..1."""
        return self.n_distinct / self.n_rows if self.n_rows else 0.0


def look_at(
    table: RawTable,
    names: Sequence[str],
    own_words: Iterable[str],
    engine: Engine,
    decimal: str = "auto",
) -> tuple[dict[str, ColumnFacts], dict[str, list[str | None]]]:
    """The facts of the columns of these names, and the cells looked at (missing words as None) for comparing columns.

    `own_words` mean missing beside the usual ones.
    """
    own = frozenset(word.strip().lower() for word in own_words)
    frame = nw.from_native(table.frame).lazy()
    counts = frame.select(
        nw.len().alias(LINE_COLUMN),
        *(nw.col(name).null_count().alias(f"m{i}") for i, name in enumerate(names)),
    ).collect()
    seen = counts.rows(named=True)[0]
    n_rows = int(seen[LINE_COLUMN])
    n_looked = min(LOOK_ROWS, max(FEWEST_LOOKED, LOOK_CELLS // max(1, len(names))))
    step = max(1, math.ceil(n_rows / n_looked))
    sample = frame.filter(nw.col(LINE_COLUMN) % step == 0) if step > 1 else frame
    arrays = engine.to_arrays(sample.sort(LINE_COLUMN).collect().to_native(), [*names, LINE_COLUMN])
    lines = [int(line) for line in arrays[LINE_COLUMN]]
    # The engine counts all cells while patterns are read from those that were taken out.
    with ThreadPoolExecutor(1) as pool:
        counting = pool.submit(count_distinct, frame, names)
        texts = set[Any]().union(*(arrays[name] for name in names))
        known_as = {text: _known(text, own) for text in texts}
        cells = {name: _as_read(arrays[name], [known_as[cell] for cell in arrays[name]]) for name in names}
        counted = {name: Counter(cell for cell in cells[name] if cell is not None) for name in names}
        numbers = read_columns({name: look_at_digits(texts) for name, texts in counted.items()}, decimal)
        facts = {name: _facts(cells[name], counted[name], lines, n_rows, numbers[name]) for name in names}
    distinct = counting.result()
    for i, name in enumerate(names):
        words = {cell for cell, known in zip(arrays[name], cells[name], strict=True) if cell and known is None}
        n_distinct = max(len(counted[name]), distinct[name] - (int(seen[f"m{i}"]) > 0) - len(words))
        facts[name] = replace(facts[name], n_distinct=n_distinct, has_missing_words=any(map(str.strip, words)))
    return facts, cells


def _as_read(cells: Iterable[Any], known: list[str | None]) -> list[str | None]:
    """The known cells, `4/5` and `5+` as numbers; a dash is no word for a missing value where all others are a plus."""
    texts = {cell for cell in known if cell is not None}
    if forms := number_forms(texts):
        return [cell if cell is None else forms.get(cell, cell) for cell in known]
    if texts != {"+"}:
        return known
    signs = [cell.strip() if isinstance(cell, str) else None for cell in cells]
    return [cell if cell in PLUS_OR_MINUS else None for cell in signs]


def _known(cell: Any, own_words: frozenset[str]) -> str | None:
    """The trimmed cell, None where it is missing or a word for missing."""
    if not isinstance(cell, str):
        return None
    text = without_hidden(cell[:LOOK_CHARACTERS])
    return None if is_missing_word(text) or text.lower() in own_words else text


def _facts(
    cells: Sequence[str | None],
    counted: Counter[str],
    lines: Sequence[int],
    n_rows: int,
    values: Mapping[str, float],
) -> ColumnFacts:
    """What the cells looked at say; `n_distinct` is of them alone."""
    n_known = counted.total()
    n_typed = sum(n for text, n in counted.items() if text.lower() not in MISSING_AMONG_NUMBERS)
    finite = {text: value for text, value in values.items() if math.isfinite(value)}
    share = partial(_share, counted, n_typed)
    days, digits = _dates(counted, values), [text for text in values if may_be_counted(text)]
    odd = [*filter(may_identify, counted)]
    return ColumnFacts(
        n_rows=n_rows,
        n_distinct=len(counted),
        n_looked=len(cells),
        n_known=n_known,
        numbers=share(values),
        wholes=share([text for text, value in finite.items() if value.is_integer()]),
        digits=share([text for text in counted if _DIGITS.match(text)]),
        unread=_unread_amount(counted, {*values, *days}),
        dates=_share(counted, n_typed - sum(n for text, n in counted.items() if text.lower() in NEVER), days),
        compact_dates=share(_compact(counted, digits)),
        bare_dates=share(bare_days(digits, counted)),
        months=share([text for text in digits if read_date(text, MONTH)]),
        written_months=share(_months(counted)),
        quarters=share([text for text in counted if is_quarter(text)]),
        serial_dates=share([text for text in digits if read_date(text, SERIAL) or read_date(text, JULIAN)]),
        epoch_dates=share([text for text in counted if may_be_counted(text) and read_date(text, EPOCH)]),
        looks={name: share([text for text in odd if is_one(text)]) for name, is_one in PERSONAL_LOOKS.items()},
        leading_zeros=share([text for text in values if text[:1] == "0" and text.isdigit() and len(text) > 1]),
        spaced=share([text for text in counted if " " in text]),
        length=sum(len(text) * n for text, n in counted.items()) / n_known if n_known else 0.0,
        same_length=len({len(text) for text in counted}) == 1,
        minimum=min(finite.values(), default=math.nan),
        maximum=max(finite.values(), default=math.nan),
        median=middle_of((value, counted[text]) for text, value in finite.items()),
        within_one=_within_one(counted, values),
        counts_rows=counts_rows(cells, lines),
        rises=rises(cells, lines),
        unit=unit_of_most(counted, values),
        levels=dict(sorted(counted.items(), key=lambda entry: (-entry[1], entry[0]))[:SHOWN_LEVELS]),
    )


def _share(counted: Counter[str], n: int, texts: Iterable[str]) -> float:
    """Cells of those texts among `n`, 0..1."""
    return sum(counted[text] for text in texts) / n if n else 0.0


def _dates(counted: Counter[str], values: Mapping[str, float]) -> list[str]:
    """Texts that are dates; digits beside written dates are dates too, as spreadsheets leave them."""
    days = [text for text in counted if text not in values and looks_like_date(text)]
    if sum(counted[text] for text in days) < MIXED_DATES * counted.total():
        return days
    return days + [text for text in values if any(read_date(text, order) for order in (COMPACT, SERIAL, EPOCH))]


def _compact(counted: Counter[str], digits: Sequence[str]) -> list[str]:
    """Texts that are days without signs between, with a time behind or not."""
    stamps = (text for text in counted if text[STAMP_TIME : STAMP_TIME + 1] == "T")
    return [text for text in (*digits, *stamps) if read_date(text, COMPACT)]


def _months(counted: Counter[str]) -> list[str]:
    """Texts that name a month and its year, and are no six digits; none where the years may be days."""
    texts = [text for text in counted if SHORTEST <= len(text) <= LONGEST and not text.isdecimal()]
    found = [text for text in texts if not is_quarter(text) and first_of_month(text)]
    return found if are_short_years(found) else []


def _within_one(counted: Counter[str], values: Mapping[str, float]) -> float:
    """Share of the numbers from 0 to 1."""
    n_numbers = sum(counted[text] for text in values)
    return sum(counted[text] for text, value in values.items() if 0 <= value <= 1) / max(1, n_numbers)


def _unread_amount(counted: Counter[str], read: Collection[str]) -> str:
    """The most frequent text that looks like an amount and is none, if most cells are of such texts."""
    odd = {
        text: n
        for text, n in counted.items()
        if text not in read and _AMOUNT_SIGN.search(text) and _AMOUNT.search(text)
    }
    if sum(odd.values()) < UNREAD_SHARE * counted.total():
        return ""
    return min(odd, key=lambda text: (-odd[text], text), default="")
