"""Reads workbooks: .xlsx, .xlsm, .xls and .ods, one sheet, every cell as text."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import islice

from reportgen.config import InputSettings
from reportgen.errors import ReportgenError
from reportgen.ingest._account import Account
from reportgen.ingest._answer import note_mended, read_answer
from reportgen.ingest._child import run_in_child
from reportgen.ingest._gate_xlsx import SheetFacts
from reportgen.ingest._head import note_above, too_many_columns
from reportgen.ingest._header import find_header, stated_header
from reportgen.ingest._kinds import ODS, XLS, XLSX
from reportgen.ingest._layout import Profile, looks_like_header, profile_of
from reportgen.ingest._limits import MAX_COLUMNS
from reportgen.ingest._names import Names, header_names
from reportgen.ingest._tidy import columns_of, drop_nameless
from reportgen.ingest.base import Reading, Snapshot
from reportgen.records.table import Places
from reportgen.wording import join_words, plural, scrub

SHOWN = 40
"""Characters of a sheet's first row that a question shows."""
SIMILAR = 0.8
"""A sheet that holds this share of the largest one's cells may be meant as well: then a setting must decide."""


@dataclass(frozen=True, slots=True, eq=False)
class _Sheet:
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

    @property
    def n_filled(self) -> int:
        return sum(sum(map(bool, row)) for row in self.rows)


class WorkbookReader:
    """See `reportgen.ingest.base.Reader`."""

    kinds = frozenset({XLSX, XLS, ODS})

    def read(self, snapshot: Snapshot, settings: InputSettings) -> Reading:
        sheets, notes = _sheets(snapshot)
        sheet, choice, fixes = _chosen(sheets, settings)
        width = len(sheet.rows[0])
        if width > MAX_COLUMNS:
            raise too_many_columns(width)
        gaps = frozenset(at for at, number in enumerate(sheet.numbers[1:]) if number - sheet.numbers[at] > 1)
        profile = profile_of(sheet.rows if settings.header else [[], *sheet.rows], width)
        header = None
        if settings.header:
            is_stated = settings.header is True
            header = stated_header(sheet.rows, profile) if is_stated else find_header(sheet.rows, profile, gaps)
        data = header.data if header else 0
        names = header_names(sheet.rows[header.first : data] if header else [], width)
        account, records, rows = _records(sheet, data, profile, gaps)
        columns, cells, column_notes = drop_nameless(columns_of(rows, width), names)
        above = note_above(sheet.rows[: header.first], "header") if header else ()
        return Reading(
            columns=columns,
            cells=cells,
            records=records,
            set_aside=account.sorted_entries(),
            n_records=account.n_records,
            places=Places("row", sheet.numbers[data:]),
            header_line=sheet.numbers[header.last] if header else 0,
            format=snapshot.kind,
            sheet=scrub(sheet.name),
            notes=(*choice, *notes, *_cell_notes(sheet), *account.notes),
            fixes=(*fixes, *above, *names.notes, *column_notes),
            text_numbers=_text_numbers(sheet, names, [data + record - 1 for record in records]),
        )


def _sheets(snapshot: Snapshot) -> tuple[list[_Sheet], tuple[str, ...]]:
    """The worksheets, in the workbook's order, and notes. Raises what `parse_sheets` and the child raise."""
    answer = read_answer(run_in_child("reportgen.ingest._workbook:parse_sheets", snapshot.data, snapshot.kind))
    rows = iter(answer.rows)
    sheets = []
    for listed in answer.facts["sheets"]:
        numbered = list(islice(rows, listed["n_rows"]))
        numbers = [int(row[0] or 0) for row in numbered]
        cells = [[cell or "" for cell in row[1:]] for row in numbered]
        facts = SheetFacts(**listed["facts"])
        found = (listed[key] for key in ("text_numbers", "n_merged"))
        sheets.append(_Sheet(listed["name"], listed["is_visible"], cells, numbers, facts, *found))
    notes = [*answer.facts["notes"], *([note_mended(len(answer.mended))] if answer.mended else [])]
    return sheets, tuple(notes)


def _chosen(sheets: list[_Sheet], settings: InputSettings) -> tuple[_Sheet, list[str], list[str]]:
    """The sheet to read, notes on the others, what was guessed. Raises ReportgenError (RG-002, RG-007, RG-063)."""
    if wanted := settings.sheet:
        sheet = next((sheet for sheet in sheets if sheet.name.strip().casefold() == wanted.strip().casefold()), None)
        if sheet is None:
            names = join_words([scrub(sheet.name) for sheet in sheets])
            raise ReportgenError(
                "RG-063", f"there is no sheet named {scrub(wanted)}.", f"Set sheet under [input] to one of: {names}."
            )
        if not sheet.rows:
            raise ReportgenError("RG-002", f"sheet {scrub(sheet.name)} is empty.", "Choose another sheet.")
        return sheet, [], []
    filled = [sheet for sheet in sheets if sheet.rows]
    if not filled:
        raise ReportgenError("RG-002", "the workbook holds empty sheets only.", "Check the filter of the export.")
    candidates = [sheet for sheet in filled if sheet.is_visible] or filled
    first, *others = sorted(candidates, key=lambda sheet: -sheet.n_filled)
    if others and others[0].n_filled >= SIMILAR * first.n_filled:
        if settings.when_unsure == "guess":
            names = join_words([scrub(sheet.name) for sheet in filled if sheet is not first])
            return first, [], [f"Sheet {scrub(first.name)} was taken, the one with the most cells; left out: {names}."]
        similar = [sheet for sheet in candidates if sheet.n_filled >= SIMILAR * first.n_filled]
        raise ReportgenError(
            "RG-007",
            f"{join_words([_described(sheet) for sheet in similar])} are sheets of about the same size.",
            f'Say which one holds the customers: sheet = "{scrub(first.name)}" under [input], for example.',
        )
    notes = [] if first.is_visible else [f"Sheet {scrub(first.name)} is hidden in the workbook."]
    if left_out := [scrub(sheet.name) for sheet in filled if sheet is not first]:
        notes.append(
            f"Sheet {scrub(first.name)} was read, the one with the most cells; left out: {join_words(left_out)}."
        )
    return first, notes, []


def _described(sheet: _Sheet) -> str:
    return f"{scrub(sheet.name)} ({plural(len(sheet.rows), 'row')}, first {scrub(', '.join(sheet.rows[0]), SHOWN)})"


def _records(
    sheet: _Sheet, data: int, profile: Profile, gaps: frozenset[int]
) -> tuple[Account, list[int], list[list[str]]]:
    """Account, record numbers and cells of the rows from position `data` on. Raises ReportgenError (RG-007)."""
    account = Account()
    records: list[int] = []
    rows: list[list[str]] = []
    header = sheet.rows[data - 1] if data else []
    for position in range(data, len(sheet.rows)):
        row = sheet.rows[position]
        account.n_records += 1
        if row == header:
            account.set_aside(account.n_records, "the header again", ", ".join(row))
        elif position - 1 in gaps and position > data and looks_like_header(row, profile):
            raise ReportgenError(
                "RG-007",
                f"two tables are in sheet {scrub(sheet.name)}: a second one starts in row {sheet.numbers[position]}.",
                "Move the table of customers to a sheet of its own.",
            )
        else:
            records.append(account.n_records)
            rows.append(row)
    account.set_below_aside(rows, records, profile, ", ")
    return account, records, rows


def _text_numbers(sheet: _Sheet, names: Names, positions: list[int]) -> dict[str, int]:
    """Name → cells of text that show a number, in the rows at these rising positions."""
    counts = {
        names.names[at]: sum(bisect_left(positions, behind) - bisect_left(positions, first) for first, behind in runs)
        for at, runs in sheet.text_numbers
        if at < len(names.names)
    }
    return {name: n for name, n in counts.items() if n}


def _cell_notes(sheet: _Sheet) -> list[str]:
    found = sheet.facts
    said = (
        (sheet.n_merged, "cell", "below a merged one read with its value"),
        (found.n_errors, "cell", "with an error such as #N/A read as empty"),
        (found.n_without_result, "formula", "without a stored result read as empty"),
        (found.n_hidden_rows, "hidden row", "read like the others"),
        (found.n_hidden_columns, "run of hidden columns", "read like the others"),
    )
    return [f"{plural(n, noun)} {what}." for n, noun, what in said if n]


READER = WorkbookReader()
