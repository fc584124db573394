"""Reads the sheets of a workbook and decides which one holds the customers, or asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from reportgen.config import InputSettings
from reportgen.errors import ReportgenError
from reportgen.ingest._answer import note_mended, read_answer
from reportgen.ingest._cells import is_typed
from reportgen.ingest._child import run_in_child
from reportgen.ingest._gate_xlsx import SheetFacts
from reportgen.ingest._header import MAX_ABOVE
from reportgen.ingest._read_twice import mend_rows
from reportgen.ingest._turned import STACKED, TURNED, lies_on_side, stacked, turned
from reportgen.ingest.base import Snapshot
from reportgen.wording import format_count, join_words, plural, scrub

SHOWN = 40
"""Characters of a sheet's first row that a question shows."""
SIMILAR = 0.8
"""A sheet that holds this share of the largest one's cells may be meant as well: then a setting must decide."""
SAME_NAMES = 0.8
"""Share of the column names of both from which another sheet is the same table of other records: a month, a region."""
LEAST_NAMES, LEAST_RECORDS = 3, 2
"""Names and rows below them that make a table."""
LEAST_LISTED, MOST_ONCE = 20, 0.5
"""Customers that a list of them has, and up to which share of its rows another sheet names a customer but once."""


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    name: str
    is_visible: bool
    rows: list[list[str]]
    """Rows with a cell in them; an empty cell is ''."""
    numbers: list[int]
    """1-based sheet row of each."""
    facts: SheetFacts
    text_numbers: list[tuple[int, list[list[int]]]]
    """See `_workbook.parse_sheets`."""
    n_merged: int
    """Cells that got the value of the merged cell that they are a part of."""
    n_shown: list[list[Any]]
    """See `_workbook.parse_sheets`."""

    @property
    def n_filled(self) -> int:
        return sum(sum(map(bool, row)) for row in self.rows)

    def place_of(self, data: int) -> Callable[[int], str]:
        """`row 7` of a record, where the first one stands at position `data`."""
        return lambda record: f"row {format_count(self.numbers[data + record - 1])}"


def sheets_of(snapshot: Snapshot) -> tuple[list[Sheet], tuple[str, ...]]:
    """The worksheets, in the workbook's order, and notes. Raises what `parse_sheets` and the child raise."""
    answer = read_answer(run_in_child("reportgen.ingest._workbook:parse_sheets", snapshot.data, snapshot.kind))
    rows = iter(answer.rows)
    sheets = []
    for listed in answer.facts["sheets"]:
        numbered = list(islice(rows, listed["n_rows"]))
        numbers = [int(row[0] or 0) for row in numbered]
        cells = [[cell or "" for cell in row[1:]] for row in numbered]
        facts = SheetFacts(**listed["facts"])
        found = (listed[key] for key in ("text_numbers", "n_merged", "n_shown"))
        sheets.append(Sheet(listed["name"], listed["is_visible"], cells, numbers, facts, *found))
    notes = [*answer.facts["notes"], *([note_mended(len(answer.mended))] if answer.mended else [])]
    return sheets, tuple(notes)


def set_upright(sheet: Sheet) -> tuple[Sheet, list[str]]:
    """The sheet with a row for each customer and its text put right, and what to say of that."""
    twice = mend_rows(sheet.rows)
    rows, said = [list[str]()], ""
    if lies_on_side(sheet.rows):
        rows, said = turned(sheet.rows), TURNED
    elif found := stacked(sheet.rows):
        rows, said = found, STACKED
    if said:
        sheet = replace(sheet, rows=rows, numbers=list(range(1, len(rows) + 1)), text_numbers=[], n_shown=[])
    return sheet, [fix for fix in (twice, said) if fix]


def chosen_sheet(sheets: list[Sheet], settings: InputSettings) -> tuple[Sheet, list[str], list[str]]:
    """The sheet to read, notes on the others, what was guessed. Raises ReportgenError (RG-002, RG-007, RG-063)."""
    if settings.sheet:
        return *_wanted_sheet(sheets, settings.sheet), []
    filled = [sheet for sheet in sheets if sheet.rows]
    if not filled:
        raise ReportgenError("RG-002", "the workbook holds empty sheets only.", "Check the filter of the export.")
    candidates = [sheet for sheet in filled if sheet.is_visible] or filled
    first, *others = sorted(candidates, key=lambda sheet: -sheet.n_filled)
    if others and others[0].n_filled >= SIMILAR * first.n_filled:
        if settings.when_unsure == "guess":
            names = join_words([scrub(sheet.name) for sheet in filled if sheet is not first])
            return first, [], [f"Sheet {scrub(first.name)} was taken, the one with the most cells; left out: {names}."]
        raise _which_sheet(first, candidates)
    notes = [] if first.is_visible else [f"Sheet {scrub(first.name)} is hidden in the workbook."]
    if left_out := [scrub(sheet.name) for sheet in filled if sheet is not first]:
        notes.append(
            f"Sheet {scrub(first.name)} was read, the one with the most cells; left out: {join_words(left_out)}."
        )
    return first, notes, []


def _wanted_sheet(sheets: Sequence[Sheet], wanted: str) -> tuple[Sheet, list[str]]:
    """The sheet that the settings name, and a note on the others. Raises ReportgenError (RG-002, RG-063)."""
    sheet = next((sheet for sheet in sheets if sheet.name.strip().casefold() == wanted.strip().casefold()), None)
    if sheet is None:
        names = join_words([scrub(sheet.name) for sheet in sheets])
        raise ReportgenError(
            "RG-063", f"there is no sheet named {scrub(wanted)}.", f"Set sheet under [input] to one of: {names}."
        )
    if not sheet.rows:
        raise ReportgenError("RG-002", f"sheet {scrub(sheet.name)} is empty.", "Choose another sheet.")
    rest = [f"{scrub(other.name)} ({plural(len(other.rows), 'row')})" for other in sheets if other is not sheet]
    return sheet, [f"Sheet {scrub(sheet.name)} was read; left out: {join_words(rest)}."] if rest else []


def _which_sheet(first: Sheet, candidates: Sequence[Sheet]) -> ReportgenError:
    """What to ask where others are about as large as the largest."""
    if alike := _parts_of_one(first, candidates):
        return _in_parts([scrub(sheet.name) for sheet in alike])
    similar = [sheet for sheet in candidates if sheet.n_filled >= SIMILAR * first.n_filled]
    return ReportgenError(
        "RG-007",
        f"{join_words([_described(sheet) for sheet in similar])} are sheets of about the same size.",
        f'Say which one holds the customers: sheet = "{scrub(first.name)}" under [input], for example.',
    )


def _described(sheet: Sheet) -> str:
    return f"{scrub(sheet.name)} ({plural(len(sheet.rows), 'row')}, first {scrub(', '.join(sheet.rows[0]), SHOWN)})"


def refuse_parted(sheets: Sequence[Sheet], read: Sheet, header: Sequence[str], settings: InputSettings) -> list[str]:
    """What is guessed where another visible sheet goes on with the table, or lists its customers.

    `header`: names of the columns of the sheet that was read. Raises ReportgenError (RG-007).
    """
    if settings.sheet or not header:
        return []
    others = [sheet for sheet in sheets if sheet is not read and sheet.is_visible and len(sheet.rows) > LEAST_RECORDS]
    names = _names(header)
    alike = [sheet for sheet in others if any(_are_same(names, row) for row in sheet.rows[:MAX_ABOVE])]
    same = [sheet for sheet in alike if not _is_taken_from(sheet, read, names)]
    lists = [sheet for sheet in others if sheet not in alike and _lists_customers(sheet, read, header)]
    if not same and not lists:
        return []
    found = [scrub(sheet.name) for sheet in same or lists]
    if settings.when_unsure == "guess":
        return [f"Sheet {scrub(read.name)} was taken alone, although {join_words(found)} may belong to it."]
    if same:
        raise _in_parts([scrub(read.name), *found])
    raise ReportgenError(
        "RG-007",
        f"the largest sheet, {scrub(read.name)}, names customers again and again, and {join_words(found)} lists each"
        " of them once.",
        f'Say which one to read: sheet = "{scrub(read.name)}" or sheet = "{found[0]}" under [input].',
    )


def _parts_of_one(first: Sheet, candidates: Sequence[Sheet]) -> list[Sheet]:
    """The sheets with the columns of the largest, as far as a row at its top names some; empty for it alone."""
    tops = (names for row in first.rows[:MAX_ABOVE] if len(names := _names(row)) >= LEAST_NAMES)
    names = next((names for names in tops if not any(map(is_typed, names))), frozenset[str]())
    alike = [sheet for sheet in candidates if any(_are_same(names, row) for row in sheet.rows[:MAX_ABOVE])]
    return sorted(alike, key=candidates.index) if len(alike) > 1 else []


def _in_parts(names: Sequence[str]) -> ReportgenError:
    return ReportgenError(
        "RG-007",
        f"the table has parts in {plural(len(names), 'sheet')}: {join_words(names)} have the same columns.",
        f'Copy their rows into one sheet; or read one alone: sheet = "{names[0]}" under [input].',
    )


def _is_taken_from(sheet: Sheet, read: Sheet, names: frozenset[str]) -> bool:
    """Whether each record of a sheet stands in the one that was read, too, as far as they share columns: a filter,
    or what a pivot table shows in detail."""
    (head, records), (whole_head, whole) = _parted(sheet, names), _parted(read, names)
    shared = sorted(head.keys() & whole_head.keys())
    all_records = {tuple(_cell(row, whole_head[name]) for name in shared) for row in whole}
    return all(tuple(_cell(row, head[name]) for name in shared) in all_records for row in records)


def _parted(sheet: Sheet, names: frozenset[str]) -> tuple[dict[str, int], list[list[str]]]:
    """(column name → place, rows below) of the row that has those names; of the first row where none has."""
    at = next((at for at, row in enumerate(sheet.rows[:MAX_ABOVE]) if _are_same(names, row)), 0)
    head = {cell.strip().casefold(): place for place, cell in enumerate(sheet.rows[at]) if cell.strip()}
    return head, sheet.rows[at + 1 :]


def _cell(row: Sequence[str], place: int) -> str:
    return row[place].strip() if place < len(row) else ""


def _names(row: Sequence[str]) -> frozenset[str]:
    return frozenset(cell.strip().casefold() for cell in row if cell.strip())


def _are_same(names: frozenset[str], row: Sequence[str]) -> bool:
    others = _names(row)
    n_same = len(names & others)
    return n_same >= LEAST_NAMES and n_same >= SAME_NAMES * len(names | others)


def _lists_customers(sheet: Sheet, read: Sheet, header: Sequence[str]) -> bool:
    """Whether the sheet holds once what a column of the same name repeats in the sheet that was read."""
    names = [name.strip().casefold() for name in header]
    for position, row in enumerate(sheet.rows[:MAX_ABOVE]):
        for at, name in enumerate(cell.strip().casefold() for cell in row):
            if name and name in names and _is_list_of(list(_below(sheet, position, at)), read, names.index(name)):
                return True
    return False


def _is_list_of(listed: list[str], read: Sheet, column: int) -> bool:
    keys = set(listed)
    if len(keys) < LEAST_LISTED or len(keys) < len(listed):
        return False
    named = [cell for cell in _below(read, -1, column) if cell in keys]
    return 2 * len(named) >= len(read.rows) and len(set(named)) <= MOST_ONCE * len(named)


def _below(sheet: Sheet, position: int, column: int) -> Iterator[str]:
    cells = (row[column] for row in islice(sheet.rows, position + 1, None))
    return (cell for cell in cells if cell)
