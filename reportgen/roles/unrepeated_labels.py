"""Refuses a table whose customers stand in the first record of their group alone, as pivot tables leave them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from reportgen import wording
from reportgen.errors import ReportgenError
from reportgen.records.table import Column, Role
from reportgen.roles.subject import FEW_ROWS, Subject
from reportgen.settings_file import toml_value

MOST_NAMED = 0.6
"""Share of records with a customer from which the others may lack it by accident."""
FEWEST_GROUPS = 5
"""Customers that make a habit of it."""


LINE_ITEM, FEWEST_ITEM_COLUMNS = "lineitem", 2
"""Shopify writes what an order is on the first of its lines alone, but for its name."""


def refuse_unrepeated(
    columns: Sequence[Column],
    subjects: Mapping[str, Subject],
    cells: Mapping[str, Sequence[str | None]],
    chosen: Collection[str],
    *,
    is_printed: bool = True,
) -> None:
    """Raises ReportgenError (RG-012) where a column that names customers is blank below each and no other one does.

    `cells`: of the records that were looked at; told only where these are all. `chosen`: columns that settings name.
    `is_printed`: False where no pivot table may have left the blanks, but records have no id (RG-009).
    """
    if sum(name.casefold().startswith(LINE_ITEM) for name in subjects) >= FEWEST_ITEM_COLUMNS:
        return
    once = {name for name, subject in subjects.items() if name not in chosen and _stands_once(subject, cells[name])}
    ids = [column.name for column in columns if column.role is Role.ID and column.name not in once]
    if any(name not in subjects or _may_be_customers(subjects[name]) for name in ids):
        return
    for name, subject in subjects.items():
        if name in once and (_names_customers(subject) or (subject.says("id") and not ids)):
            raise _question(subject, is_printed=is_printed)


def _question(subject: Subject, *, is_printed: bool) -> ReportgenError:
    facts, name = subject.facts, subject.header.name
    found = (
        f"The column {wording.scrub(name)} names a customer in {wording.format_count(facts.n_known)} of "
        f"{wording.plural(facts.n_rows, 'record')} and is"
    )
    left_out = f"leave the column out: ignore = {toml_value((name,))} under [columns]."
    if is_printed:
        how = "Repeat them (in a pivot table: report layout, repeat all item labels), or "
        return ReportgenError("RG-012", f"{found} blank below each: labels are not repeated.", how + left_out)
    how = 'Name the column that names every customer: id_column = "..." under [input], or '
    return ReportgenError("RG-009", f"{found} empty in the others.", how + left_out)


def _names_customers(subject: Subject) -> bool:
    return bool(subject.says("customer") or subject.numbers("customer"))


def _may_be_customers(subject: Subject) -> bool:
    """Whether its header names customers, or nothing but an id."""
    return _names_customers(subject) or subject.header.words == (subject.says("id"),)


def _stands_once(subject: Subject, cells: Sequence[str | None]) -> bool:
    """Whether the first record has a value, most others have none and no value comes twice."""
    facts = subject.facts
    known = [cell for cell in cells if cell is not None]
    is_habit = FEWEST_GROUPS <= len(known) <= MOST_NAMED * len(cells) and len(cells) >= FEW_ROWS
    return facts.n_looked == facts.n_rows and is_habit and cells[0] is not None and len(set(known)) == len(known)
