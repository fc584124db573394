"""What holds for every cleaning step, whatever it does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import narwhals as nw
import pytest
from raw_tables import DEFAULTS, ENGINE, cells, cleaned, raw_table_of, settings_of

from reportgen import clean
from reportgen.clean.base import Step, Work
from reportgen.clean.stage import STEPS, start
from reportgen.errors import ReportgenError
from reportgen.features.stage import build_features
from reportgen.records.table import LINE_COLUMN, RawTable
from reportgen.roles.stage import assign_roles

N = 400
NAMES = [step.name for step in STEPS]
SETTINGS = settings_of(clean={"column_budget": {"most_columns": 24}})
FIRST = ["Bel", "Cor", "Dun", "Fal", "Gim", "Hor", "Jas", "Kev", "Lom", "Mir", "Nob", "Pix", "Qua", "Rut", "Sol", "Tev"]
FIRST += ["Ulf", "Vam", "Wes", "Zed"]
LAST = ["abel", "bourne", "croft", "dale", "ender", "field", "gate", "hill", "iver", "kirk", "land", "mont", "nard"]
LAST += ["over", "pool", "quist", "rode"]
ONLY_SAY = {"column_budget", "near_duplicates"}
"""Columns past the budget were never looked at; near duplicates are proposed."""
RUN_ONCE = {"numbers", "imputation"}
"""They change the type of a column, or flag what they filled."""


def messy() -> RawTable:
    """A table that gives every step something to do."""
    ids = [f"C{i:04d}" for i in range(N)]
    ids[7], ids[9], ids[11], ids[12] = ids[8], None, ids[10], ids[10]  # type: ignore[call-overload]
    gender = ["Male", "male ", "F", "Female"] * (N // 4)
    income = [f"€1,{i:03d}.50" for i in range(N)]
    visits = [str(i % 17) for i in range(N)]
    days = ["999" if i % 20 == 0 else str(i % 30) for i in range(N)]
    age = [str(20 + i % 50) for i in range(N)]
    birth = [f"{i % 28 + 1:02d}.03.{1950 + i % 50}" for i in range(N)]
    gender[1] = "male\u200b"
    columns: dict[str, list[Any]] = {
        "Customer ID": ids,
        "Account ID": [f"{70_000 + i}.0" for i in range(N)],
        "Gender": gender,
        "Income": income,
        "Visits": visits,
        "Days": days,
        "Age": age,
        "Date of birth": birth,
        "Plan": ["a" if i % 5 == 0 else None for i in range(N)],
        "Level": ["1 ", "1"] * (N // 2),
        "Given name": [f"{FIRST[i % 20]}{FIRST[i // 20]}" for i in range(N)],
        "Family name": [f"{FIRST[i * 7 % 20]}{LAST[i * 3 % 17]}" for i in range(N)],
        "Street": [f"{LAST[i * 5 % 17]} street {i}" for i in range(N)],
        "Visits again": visits,
        "City": [f"{FIRST[i % 13]}ton {'abcdefg'[i % 7]}" for i in range(N)],
        "Newsletter": ["x" if i % 3 == 0 else None for i in range(N)],
        "I buy often": [("Never", "Rarely", "Often", "Always")[i % 4] for i in range(N)],
        "I pay late": [("Often", "Sometimes", "Rarely")[i % 3] for i in range(N)],
        "Claims amount": [(" -   ", "(120.00)", "80.00")[i % 3] for i in range(N)],
        "Call length": [("0:18:00", "1:20:30", "26:00:00")[i % 3] for i in range(N)],
        "Children": [("0", "1", "2", "3+")[i % 4] for i in range(N)],
        "Spent at home": [f"{i % 7 + 1}.50" if i % 4 else None for i in range(N)],
        "Spent abroad": [f"{i % 5 + 2}.25" if i % 3 else None for i in range(N)],
        "Grand Total": [f"{(i % 7 + 1.5) * (i % 4 > 0) + (i % 5 + 2.25) * (i % 3 > 0)}" for i in range(N)],
        "Too many": [str(i % 11) for i in range(N)],
    }
    income[3], income[4], age[5], visits[6], visits[13] = "soon", "€9,999,999.00", "400", "?", None  # type: ignore[call-overload]
    for values in columns.values():
        values[8], values[12] = values[7], values[10]
    for name in ("Family name", "Street", "Date of birth"):
        columns[name][31] = columns[name][30]
    columns["Given name"][31] = columns["Given name"][30] + "a"
    for name in ("Income", "Visits", "Days", "I buy often", "I pay late", "Claims amount", "Call length", "Children"):
        columns[name][20] = None
    for name in ("Spent at home", "Spent abroad", "Grand Total"):
        columns[name][20] = None
    return raw_table_of(columns)


def works() -> Iterator[tuple[Step[Any, Any], Work, Work]]:
    """(step, table before it, table after it), in order."""
    table = messy()
    work = start(table, assign_roles(table, SETTINGS, ENGINE), SETTINGS)
    for step in STEPS:
        after = step.run(work)
        yield step, work, after
        work = after


RUNS = {step.name: (step, before, after) for step, before, after in works()}


def rows(work: Work) -> list[Any]:
    frame = work.frame.sort(LINE_COLUMN).collect()
    return [repr(row) for row in frame.rows()]


def test_every_file_is_a_step_in_the_order() -> None:
    """A public file of the folder that is not in STEPS would be forgotten work."""
    files = {path.stem for path in Path(clean.__file__).parent.glob("[!_]*.py")} - {"base", "stage"}
    assert files == set(NAMES)
    assert len(NAMES) == len(set(NAMES))


@pytest.mark.parametrize("name", NAMES)
def test_a_step_does_what_it_says(name: str) -> None:
    """On the messy table every step finds something and notes it under its own name."""
    _, before, after = RUNS[name]
    assert {note.step for note in after.notes[len(before.notes) :]} <= {name}
    assert len(after.notes) > len(before.notes)
    assert name in ONLY_SAY or rows(after) != rows(before) or after.plan != before.plan


@pytest.mark.parametrize("name", NAMES)
def test_a_step_changes_nothing_it_was_given(name: str) -> None:
    """The table before is the same after the step ran again."""
    step, before, _ = RUNS[name]
    seen = rows(before)
    step.run(before)
    assert rows(before) == seen


@pytest.mark.parametrize("name", NAMES)
def test_a_step_gives_the_same_twice(name: str) -> None:
    """Same table, same result, notes included."""
    step, before, after = RUNS[name]
    again = step.run(before)
    assert (rows(again), again.notes, again.set_aside) == (rows(after), after.notes, after.set_aside)


@pytest.mark.parametrize("name", NAMES)
def test_rows_in_another_order_are_cleaned_alike(name: str) -> None:
    """No step relies on the order of the rows."""
    step, before, after = RUNS[name]
    turned = Work(before.frame.sort(LINE_COLUMN, descending=True), before.plan, quality=before.quality)
    assert rows(step.run(turned)) == rows(after)


@pytest.mark.parametrize("name", [name for name in NAMES if name not in RUN_ONCE])
def test_a_step_repeated_finds_nothing_more(name: str) -> None:
    """What is clean stays as it is."""
    step, _, after = RUNS[name]
    assert rows(step.run(after)) == rows(after)


@pytest.mark.parametrize("name", NAMES)
def test_records_leave_only_into_the_list(name: str) -> None:
    """Rows before = rows after + newly set aside, and the count is right."""
    _, before, after = RUNS[name]
    added = after.set_aside[len(before.set_aside) :]
    n_gone = sum(entry.action == "set aside" for entry in added)
    assert before.plan.n_rows == after.plan.n_rows + n_gone
    assert after.plan.n_rows == after.frame.select(nw.len()).collect().item()


@pytest.mark.parametrize("name", NAMES)
def test_notes_are_complete(name: str) -> None:
    """Each note says what stood there, what stands there now and why, short enough for a table."""
    _, before, after = RUNS[name]
    for note in after.notes[len(before.notes) :]:
        assert note.before and note.after and note.reason
        assert max(len(note.before), len(note.after), len(note.reason)) <= 260
        assert note.column == "" or note.column in {column.name for column in before.plan.columns}


@pytest.mark.parametrize("name", NAMES)
def test_a_step_switched_off_changes_no_cell(name: str) -> None:
    """With `on = false` in its section a step leaves every record and cell as it was, and the log says it is off."""
    step, before, _ = RUNS[name]
    settings = settings_of(clean={name: {"on": False}})
    after = step.run(replace(before, plan=replace(before.plan, settings=settings)))
    names = [column.name for column in before.plan.columns]
    assert [repr(row) for row in after.frame.select(names).collect().rows()] == [
        repr(row) for row in before.frame.select(names).collect().rows()
    ]
    assert (after.set_aside, after.near_duplicates) == (before.set_aside, before.near_duplicates)
    assert [(note.step, note.reason) for note in after.notes[len(before.notes) :]] == [
        (name, "the step is switched off")
    ]


@pytest.mark.parametrize("name", NAMES)
def test_the_rest_works_without_a_step(name: str) -> None:
    """Whichever step is off, the others end with every record accounted for, or with a user's mistake."""
    table = messy()
    try:
        clean_now = cleaned(table, settings_of(clean={name: {"on": False}}))
        build_features(clean_now, DEFAULTS, ENGINE)
    except ReportgenError:
        return
    assert clean_now.n_customers + sum(entry.action == "set aside" for entry in clean_now.set_aside) == N


@pytest.mark.parametrize("name", NAMES)
def test_ids_are_never_touched(name: str) -> None:
    """The ids of the records that stay are the ids of the source."""
    _, before, after = RUNS[name]
    left = {row[0]: row[1] for row in after.frame.select(LINE_COLUMN, "Customer ID").collect().rows()}
    stood = {row[0]: row[1] for row in before.frame.select(LINE_COLUMN, "Customer ID").collect().rows()}
    assert left == {line: stood[line] for line in left}


def test_the_whole_of_it_accounts_for_every_record() -> None:
    """Customers plus records set aside are the records of the table."""
    table = cleaned(messy())
    assert table.n_customers + sum(entry.action == "set aside" for entry in table.set_aside) == N
    assert len(cells(table, "Income")) == table.n_customers
