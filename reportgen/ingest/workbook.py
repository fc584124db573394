"""Reads workbooks: .xlsx, .xlsm, .xls and .ods, one sheet, every cell as text."""

from __future__ import annotations

from bisect import bisect_left

from reportgen.config import InputSettings
from reportgen.errors import ReportgenError
from reportgen.ingest._account import SOME, Account
from reportgen.ingest._below_names import name_rows
from reportgen.ingest._day_zero import empty_day_zero
from reportgen.ingest._dittos import fill_dittos
from reportgen.ingest._head import note_above, too_many_columns
from reportgen.ingest._header import Header, find_header, stated_header
from reportgen.ingest._headers_below import is_other_header, settle_headers
from reportgen.ingest._kinds import ODS, XLS, XLSX
from reportgen.ingest._layout import Profile, profile_of
from reportgen.ingest._limits import MAX_COLUMNS
from reportgen.ingest._names import Names, header_names
from reportgen.ingest._page_heads import shapes_of, take_page_heads
from reportgen.ingest._records import HEADER_AGAIN
from reportgen.ingest._sheets import Sheet, chosen_sheet, refuse_parted, set_upright, sheets_of
from reportgen.ingest._shifted_rows import set_shifted_aside
from reportgen.ingest._side_by_side import refuse_side_by_side, two_on_a_line
from reportgen.ingest._tidy import columns_of, drop_nameless
from reportgen.ingest.base import Reading, Snapshot
from reportgen.records.table import Places
from reportgen.wording import plural, scrub

SHOWN_AS = {"%": "as per cents", "currency": "with their currencies", "digits": "with all their digits"}
"""Kind of number format → what it adds to the number."""


class WorkbookReader:
    """See `reportgen.ingest.base.Reader`."""

    kinds = frozenset({XLSX, XLS, ODS})

    def read(self, snapshot: Snapshot, settings: InputSettings) -> Reading:
        sheets, notes = sheets_of(snapshot)
        sheet, choice, guessed = chosen_sheet(sheets, settings)
        sheet, mended = set_upright(sheet)
        width = len(sheet.rows[0])
        if width > MAX_COLUMNS:
            raise too_many_columns(width)
        gaps = frozenset(at for at, number in enumerate(sheet.numbers[1:]) if number - sheet.numbers[at] > 1)
        profile = profile_of(sheet.rows if settings.header else [[], *sheet.rows], width)
        header = _header_of(sheet, profile, gaps, settings)
        data = header.data if header else 0
        names = _names_of(sheet, header, width, settings)
        fixes = guessed or refuse_parted(sheets, sheet, sheet.rows[header.last] if header else (), settings)
        account, records, rows = _records(sheet, header, profile, gaps)
        account.check_share(settings.max_set_aside)
        _refuse_uncomputed(sheet, account.n_records, settings)
        fixes = [*fixes, *fill_dittos(rows, records, names.names, profile.worded)]
        zeros = empty_day_zero(rows, names.names)
        refuse_side_by_side(rows, names, settings)
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
            notes=(*choice, *notes, *_cell_notes(sheet), *_shown_notes(sheet, names), *zeros, *account.notes),
            fixes=(*mended, *fixes, *above, *names.notes, *column_notes, *account.fixes),
            shown=frozenset(names.names[at] for at, _, _ in sheet.n_shown if at < len(names.names)),
            text_numbers=_text_numbers(sheet, names, [data + record - 1 for record in records]),
        )


def _names_of(sheet: Sheet, header: Header | None, width: int, settings: InputSettings) -> Names:
    """Raises ReportgenError (RG-007) where the columns stand twice, side by side."""
    if not header:
        return header_names([], width)
    parts = name_rows(sheet.rows[header.first : header.data])
    if (question := two_on_a_line(parts)) and settings.when_unsure != "guess":
        raise question
    return header_names(parts, width, sheet.rows[: header.first])


def _header_of(sheet: Sheet, profile: Profile, gaps: frozenset[int], settings: InputSettings) -> Header | None:
    """Raises what `find_header` and `stated_header` raise."""
    if not settings.header:
        return None
    return stated_header(sheet.rows, profile) if settings.header is True else find_header(sheet.rows, profile, gaps)


def _refuse_uncomputed(sheet: Sheet, n_records: int, settings: InputSettings) -> None:
    """Raises ReportgenError (RG-007) where more formulas lack their result than records may be unreadable."""
    n = sheet.facts.n_without_result
    if settings.when_unsure == "guess" or n <= max(SOME, settings.max_set_aside * n_records):
        return
    raise ReportgenError(
        "RG-007",
        f"{plural(n, 'formula')} in sheet {scrub(sheet.name)} were never computed: what stands there is not known.",
        "Open the workbook in a spreadsheet program and save it there; --guess takes these cells for empty.",
    )


def _records(
    sheet: Sheet, head: Header | None, profile: Profile, gaps: frozenset[int]
) -> tuple[Account, list[int], list[list[str]]]:
    """Account, record numbers and cells of the rows below the header. Raises ReportgenError (RG-007)."""
    data = head.data if head else 0
    account = Account()
    records: list[int] = []
    rows: list[list[str]] = []
    header = sheet.rows[head.last] if head else []
    for position in range(data, len(sheet.rows)):
        row = sheet.rows[position]
        account.n_records += 1
        if row == header:
            account.set_aside(account.n_records, HEADER_AGAIN, ", ".join(row))
        elif position - 1 in gaps and position > data and is_other_header(row, header, profile):
            raise ReportgenError(
                "RG-007",
                f"two tables are in sheet {scrub(sheet.name)}: a second one starts in row {sheet.numbers[position]}.",
                "Move the table of customers to a sheet of its own.",
            )
        else:
            records.append(account.n_records)
            rows.append(row)
    settle_headers(account, rows, records, header=header, profile=profile, place_of=sheet.place_of(data))
    lines = (" ".join(filter(None, row)) for row in sheet.rows[: head.first if head else 0])
    take_page_heads(rows, records, shapes_of(lines), account)
    account.set_below_aside(rows, records, profile, ", ")
    set_shifted_aside(account, rows, records, profile.width, lambda record: sheet.numbers[data + record - 1])
    return account, records, rows


def _text_numbers(sheet: Sheet, names: Names, positions: list[int]) -> dict[str, int]:
    """Name → cells of text that show a number, in the rows at these rising positions."""
    counts = {
        names.names[at]: sum(bisect_left(positions, behind) - bisect_left(positions, first) for first, behind in runs)
        for at, runs in sheet.text_numbers
        if at < len(names.names)
    }
    return {name: n for name, n in counts.items() if n}


def _cell_notes(sheet: Sheet) -> list[str]:
    found = sheet.facts
    said = (
        (sheet.n_merged, "cell", "cells", "below a merged one read with its value"),
        (found.n_errors, "cell", "cells", "with an error such as #N/A read as empty"),
        (found.n_without_result, "formula", "formulas", "without a stored result read as empty"),
        (found.n_hidden_rows, "hidden row", "hidden rows", "read like the others"),
        (found.n_hidden_columns, "run of hidden columns", "runs of hidden columns", "read like the others"),
    )
    return [f"{plural(n, one, many)} {what}." for n, one, many, what in said if n]


def _shown_notes(sheet: Sheet, names: Names) -> list[str]:
    """What of a column is read as its number format shows it."""
    return [
        f"{plural(n, 'cell')} in {scrub(names.names[at])} read as the sheet shows them, {SHOWN_AS[kind]}."
        for at, kind, n in sheet.n_shown
        if at < len(names.names)
    ]


READER = WorkbookReader()
