"""Cleans the table in ordered steps; every change is noted, every record that leaves is listed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import narwhals as nw

from reportgen import wording
from reportgen.clean import (
    accounting_zeros,
    answers,
    blank_marks,
    blanks_in_sums,
    column_budget,
    constant_columns,
    dates,
    duplicate_columns,
    exact_duplicates,
    hidden_characters,
    impossible_values,
    imputation,
    label_variants,
    missing_ids,
    missing_measures,
    missing_words,
    mixed_units,
    near_duplicates,
    number_forms,
    numbers,
    outliers,
    rare_labels,
    repeated_ids,
    stand_in_numbers,
    whole_ids,
)
from reportgen.clean.base import NO_DOUBT, Doubt, Plan, Step, Work, is_shown
from reportgen.config import Settings
from reportgen.engine.base import Engine
from reportgen.errors import ReportgenError
from reportgen.records.table import (
    FEWEST_CUSTOMERS,
    IMPUTED_PREFIX,
    LINE_COLUMN,
    CleanTable,
    Column,
    RawTable,
    Role,
    SetAside,
    TypedTable,
)

STEPS: tuple[Step[Any, Any], ...] = (
    column_budget.STEP,
    hidden_characters.STEP,
    accounting_zeros.STEP,
    missing_words.STEP,
    blank_marks.STEP,
    whole_ids.STEP,
    exact_duplicates.STEP,
    missing_ids.STEP,
    near_duplicates.STEP,
    dates.STEP,
    answers.STEP,
    mixed_units.STEP,
    number_forms.STEP,
    numbers.STEP,
    label_variants.STEP,
    repeated_ids.STEP,
    blanks_in_sums.STEP,
    stand_in_numbers.STEP,
    impossible_values.STEP,
    constant_columns.STEP,
    duplicate_columns.STEP,
    rare_labels.STEP,
    missing_measures.STEP,
    outliers.STEP,
    imputation.STEP,
)
"""Text first, then types, then rows, then values: each step may rely on those before it."""
LINE_STEPS: tuple[Step[Any, Any], ...] = (
    column_budget.STEP,
    hidden_characters.STEP,
    accounting_zeros.STEP,
    missing_words.STEP,
    blank_marks.STEP,
    whole_ids.STEP,
    exact_duplicates.STEP,
    dates.STEP,
    answers.STEP,
    mixed_units.STEP,
    number_forms.STEP,
    numbers.STEP,
    label_variants.STEP,
)
"""Those for order lines, before they become customers."""
KEPT_AFTER = frozenset({label_variants.STEP.name, repeated_ids.STEP.name, missing_measures.STEP.name})
"""Where every value has its type, and where rows may have left: each look after them would else compute all steps
before it anew on an engine that computes late."""
CUSTOMER_STEPS = tuple(step for step in STEPS if step not in (*LINE_STEPS, missing_ids.STEP, repeated_ids.STEP))
"""Those for the customers that order lines became: typed, each with an id of its own."""

MOST_NAMED = 3
"""Records set aside, and records repaired, that a refusal names."""
TEXT_FORMATS = frozenset({"csv", "fixed width"})
"""Where numbers are text like everything else."""
SAMPLE_CHARACTERS = 80
SAMPLE_CELL = 30
"""Characters of one cell in a sample, so that a long text does not hide the others."""


def clean_table(
    table: RawTable,
    columns: tuple[Column, ...],
    settings: Settings,
    engine: Engine,
    doubt: Doubt = NO_DOUBT,
    *,
    id_column: str | None = None,
) -> CleanTable:
    """The table typed, one row a customer, with notes; what was set aside by line.

    `doubt`: why records whose ids repeat were not taken for order lines. `id_column`: what names the customers, empty
    for nothing; None: the column that roles are most sure of.
    Raises ReportgenError: RG-003 too few customers, RG-007 two readings, RG-009 ids repeat, RG-011 all equal.
    """
    work = start(table, columns, settings, doubt)
    if id_column is not None:
        work = replace(work, plan=replace(work.plan, id_column=id_column))
    work = run_steps(STEPS, work, engine, table.set_aside)
    return finish(work, table, engine)


def type_lines(
    table: RawTable, columns: tuple[Column, ...], id_column: str, settings: Settings, engine: Engine
) -> TypedTable:
    """Order lines with their values typed; nothing is filled in. Raises ReportgenError (RG-007 two readings)."""
    work = start(table, columns, settings)
    work = replace(work, plan=replace(work.plan, id_column=id_column))
    for step in LINE_STEPS:
        work = step.run(work)
    names = [column.name for column in columns]
    frame = engine.keep(work.frame.select(*names, LINE_COLUMN).to_native())
    return TypedTable(frame, work.plan.columns, id_column, work.plan.n_rows, work.notes, work.set_aside)


def clean_customers(customers: TypedTable, table: RawTable, settings: Settings, engine: Engine) -> CleanTable:
    """The customers that the lines of `table` became, cleaned as others are. Raises ReportgenError (RG-003, RG-011)."""
    plan = Plan(customers.columns, customers.id_column, customers.n_rows, settings, places=table.places)
    frame = nw.from_native(customers.frame).lazy()
    work = Work(frame, plan, customers.notes, customers.set_aside)
    cleaned = finish(run_steps(CUSTOMER_STEPS, work, engine, table.set_aside), table, engine)
    return replace(cleaned, orders=customers.orders, shaping=customers.shaping)


def run_steps(steps: Sequence[Step[Any, Any]], work: Work, engine: Engine, read_aside: Sequence[SetAside] = ()) -> Work:
    """The table after the steps. `read_aside`: what reading set aside or repaired before.

    Raises ReportgenError, RG-003 where too few customers are left.
    """
    if work.plan.n_rows < FEWEST_CUSTOMERS:
        raise too_few(work, read_aside)
    n_kept = 0
    for step in steps:
        work = step.run(work)
        if step.name in KEPT_AFTER and work.plan.n_rows != n_kept:
            n_kept = work.plan.n_rows
            work = replace(work, frame=nw.from_native(engine.keep(work.frame.to_native())).lazy())
        if work.plan.n_rows < FEWEST_CUSTOMERS:
            raise too_few(work, read_aside)
    return work


def start(table: RawTable, columns: tuple[Column, ...], settings: Settings, doubt: Doubt = NO_DOUBT) -> Work:
    """The table before the first step."""
    frame = nw.from_native(table.frame).lazy()
    n_rows = int(frame.select(nw.len()).collect().item())
    is_typed = table.report.format not in TEXT_FORMATS
    places, text_numbers = table.places, table.text_numbers
    id_column = id_column_of(columns)
    return Work(frame, Plan(columns, id_column, n_rows, settings, is_typed, places, text_numbers, doubt, table.shown))


def id_column_of(columns: tuple[Column, ...]) -> str:
    """The id column that roles are most sure of (the first of equals), or empty."""
    ids = [column for column in columns if column.role is Role.ID]
    return max(ids, key=lambda column: column.confidence).name if ids else ""


def too_few(work: Work, read_aside: Sequence[SetAside]) -> ReportgenError:
    """Names the first records set aside or repaired in reading: without that there might be customers enough."""
    aside = [entry for entry in (*read_aside, *work.set_aside) if entry.action == "set aside"]
    repaired = [entry for entry in read_aside if entry.action == "repaired"]
    told = [
        f"{wording.plural(len(entries), 'record')} had to be {action} ({_named(entries, work)})"
        for entries, action in ((aside, "set aside"), (repaired, "repaired"))
        if entries
    ]
    lost = f" after {' and '.join(told)}" if told else ""
    return ReportgenError(
        "RG-003",
        f"The export holds {wording.plural(work.plan.n_rows, 'customer')}{lost}; segments need at least "
        f"{FEWEST_CUSTOMERS}.",
        "Export more customers, or a longer period.",
    )


def _named(entries: Sequence[SetAside], work: Work) -> str:
    told = [f"{work.plan.places.of(entry.line)}: {entry.reason}" for entry in entries[:MOST_NAMED]]
    return "; ".join([*told, "…"] if len(entries) > MOST_NAMED else told)


def finish(work: Work, table: RawTable, engine: Engine) -> CleanTable:
    """The record of the cleaned table: rows in source order, source columns, line numbers, flags."""
    names = [column.name for column in work.plan.columns]
    flags = [name for name in work.frame.collect_schema().names() if name.startswith(IMPUTED_PREFIX)]
    return CleanTable(
        frame=engine.keep(work.frame.select(*names, LINE_COLUMN, *flags).to_native()),
        columns=work.plan.columns,
        id_column=work.plan.id_column,
        n_customers=work.plan.n_rows,
        notes=work.notes,
        set_aside=with_samples(work, table, engine),
        quality=work.quality,
        missing_rows=work.missing_rows,
        near_duplicates=work.near_duplicates,
    )


def with_samples(work: Work, table: RawTable, engine: Engine) -> tuple[SetAside, ...]:
    """What was set aside or repaired, by line, with place and start of the record; no column that may hold a name."""
    if not work.set_aside:
        return ()
    names = [column.name for column in work.plan.columns if is_shown(column) and column.name in table.columns]
    lines = sorted({entry.line for entry in work.set_aside})
    source = nw.from_native(table.frame).lazy().filter(nw.col(LINE_COLUMN).is_in(lines)).sort(LINE_COLUMN).collect()
    cells = engine.to_arrays(source.to_native(), [*names, LINE_COLUMN])
    samples = {
        int(line): wording.scrub(
            ", ".join(str(cells[name][i] if cells[name][i] is not None else "")[:SAMPLE_CELL] for name in names),
            SAMPLE_CHARACTERS,
        )
        for i, line in enumerate(cells[LINE_COLUMN])
    }
    entries = sorted(work.set_aside, key=lambda entry: (entry.line, entry.action, entry.reason))
    return tuple(replace(entry, sample=samples[entry.line], place=table.places.of(entry.line)) for entry in entries)
