"""Writes 0 for the blank cells of a pivot table, which leaves out what nobody bought: its total proves them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import groupby
from operator import add

import narwhals as nw

from reportgen import language
from reportgen.clean._look import aggregate
from reportgen.clean.base import Plan, Step, Work
from reportgen.records.table import CleaningNote, Role

NAME = "blanks_in_sums"
SUMMED_ROLES = frozenset({Role.MONEY, Role.COUNT, Role.MEASURE})
"""A blank among answers is an answer that is missing, whatever their sum says."""
LEAST_PARTS, MOST_PARTS = 2, 60
"""Columns that a total adds up: of months, those of five years."""
LEAST_BLANK = 0.05
"""Share of blank cells among those that are added up: where zeros are left out they are many."""
TOTALS = frozenset(
    (
        *("grand total", "gesamtergebnis", "total général", "total general", "totale complessivo", "total geral"),
        *("eindtotaal", "suma końcowa", "totalsumma", "общий итог", "总计", "総計"),
    )
)
"""What spreadsheets write above the totals of a pivot table: any other sum counts a blank as 0, whatever it means."""
TOLERANCE = 0.006
"""Of each amount: they are rounded to cents."""
MOST_LOOKED_AT = 20
"""Totals whose columns add up over all records, and are then looked at record by record."""


@dataclass(frozen=True, slots=True)
class Sum:
    """A column that is the sum of adjacent others in every record."""

    total: str
    blank: Mapping[str, int]
    """Header name of each part with blank cells → how many of them the total counts as 0."""


def look(work: Work) -> tuple[Sum, ...]:
    runs = list(runs_of(work.plan))
    blank = aggregate(work.frame, {name: nw.col(name).null_count() for run in runs for name in run})
    runs = [run for run in runs if any(blank[name] for name in run)]
    sums = aggregate(work.frame, {name: nw.col(name).sum() for run in runs for name in run})
    n_rows = work.plan.n_rows
    likely = [
        (total, parts)
        for run in runs
        for total, parts in sums_in(run)
        if sum(blank[part] for part in parts) >= LEAST_BLANK * len(parts) * n_rows
        and abs(sum(sums[part] or 0.0 for part in parts) - (sums[total] or 0.0)) <= tolerance(parts) * n_rows
    ]
    likely = sorted(likely, key=lambda found: -len(found[1]))[:MOST_LOOKED_AT]
    zeros = aggregate(work.frame, {part: (nw.col(part) == 0).sum() for _, parts in likely for part in parts})
    likely = [(total, parts) for total, parts in likely if not any(zeros[part] for part in parts)]
    gaps = aggregate(work.frame, {str(at): gap(total, parts).max() for at, (total, parts) in enumerate(likely)})
    proved = [found for at, found in enumerate(likely) if gaps[str(at)] <= tolerance(found[1])]
    return tuple(
        Sum(total, count_blank(work, total, [part for part in parts if blank[part]])) for total, parts in proved
    )


def runs_of(plan: Plan) -> Iterator[list[str]]:
    """Header names of columns of amounts that stand beside each other."""
    summed = {column.name for column in plan.of_kind("number") if column.role in SUMMED_ROLES and not column.is_derived}
    for is_summed, columns in groupby(plan.columns, lambda column: column.name in summed):
        run = [column.name for column in columns]
        if is_summed and len(run) > LEAST_PARTS:
            yield run


def sums_in(run: Sequence[str]) -> Iterator[tuple[str, Sequence[str]]]:
    """(total, parts) for each total of a pivot table and the columns right before or right behind it."""
    for at, total in enumerate(run):
        if " ".join(total.casefold().split()) not in TOTALS:
            continue
        for n in range(LEAST_PARTS, MOST_PARTS + 1):
            if n <= at:
                yield total, run[at - n : at]
            if at + n < len(run):
                yield total, run[at + 1 : at + 1 + n]


def tolerance(parts: Sequence[str]) -> float:
    return TOLERANCE * (len(parts) + 1)


def gap(total: str, parts: Sequence[str]) -> nw.Expr:
    """How far the total is from the sum; a total that is blank belongs to blank parts alone."""
    return (reduce(add, (nw.col(part).fill_null(0.0) for part in parts)) - nw.col(total).fill_null(0.0)).abs()


def count_blank(work: Work, total: str, parts: Sequence[str]) -> dict[str, int]:
    counts = aggregate(work.frame, {part: is_nought(part, total).sum() for part in parts})
    return {part: int(n) for part, n in counts.items() if n}


def is_nought(part: str, total: str) -> nw.Expr:
    return nw.col(part).is_null() & ~nw.col(total).is_null()


Decision = Mapping[str, tuple[str, CleaningNote]]
"""Header name of a part → that of its total, and the log."""


def decide(facts: tuple[Sum, ...], plan: Plan) -> Decision:
    decision: dict[str, tuple[str, CleaningNote]] = {}
    for found in facts:
        label = plan.column(found.total).label
        why = language.text(
            "{total} is the sum of the filled cells in every record, and none of them is 0", total=label
        )
        for part, n in found.blank.items():
            note = CleaningNote(NAME, part, n, language.text("blank"), "0", why, is_fix=True)
            decision.setdefault(part, (found.total, note))
    return decision


def apply(work: Work, decision: Decision) -> Work:
    filled = {
        part: nw.when(is_nought(part, total)).then(nw.lit(0.0)).otherwise(nw.col(part))
        for part, (total, _) in decision.items()
    }
    return work.rewrite(filled).with_notes(note for _, note in decision.values())


STEP: Step[tuple[Sum, ...], Decision] = Step(NAME, look, decide, apply)
