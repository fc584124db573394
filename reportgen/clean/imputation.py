"""Fills in what is missing as the settings say and flags every such cell; off, it only counts what is missing.

A label that is not known stays so unless the settings want the most frequent one: it is no level, and the shares of a
category are those of its known labels.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import narwhals as nw

from reportgen import language, wording
from reportgen.clean._look import NULL_KEY, aggregate, count_values, show_cell
from reportgen.clean._neighbours import values_of_neighbours
from reportgen.clean.base import Plan, Step, Work
from reportgen.engine.shortcuts import every_nth, middle_values
from reportgen.records.table import IMPUTED_PREFIX, LINE_COLUMN, CleaningNote, ColumnQuality, Role

NAME = "imputation"
SHOWN_ROWS = 500
"""Rows of the missing-values picture: more than a page has lines."""
ROW = "__row__"
HIDDEN_ROLES = frozenset({Role.PERSONAL, Role.IGNORED})
"""Columns of which no page says anything."""


@dataclass(frozen=True, slots=True)
class Gaps:
    """What is missing."""

    missing: Mapping[str, int]
    """Header name → missing cells, for every shown column."""
    typical: Mapping[str, float]
    """Header name → median or mode of the known values; a median is whole where all values are whole."""
    labels: Mapping[str, str]
    """Header name → what missing labels become; empty where they stay unknown."""
    rows: tuple[tuple[bool, ...], ...]
    """Up to SHOWN_ROWS evenly spaced rows × shown columns: missing or not."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What to fill in where, and the log."""

    numbers: Mapping[str, float]
    labels: Mapping[str, str]
    by_neighbours: bool
    """Whether the numbers come from the customers most alike, `numbers` being for whoever has no neighbour."""
    missing: Mapping[str, int]
    rows: tuple[tuple[bool, ...], ...]
    notes: tuple[CleaningNote, ...]


def shown_columns(plan: Plan) -> list[str]:
    return [column.name for column in plan.columns if column.role not in HIDDEN_ROLES]


def look(work: Work) -> Gaps:
    names, chosen = shown_columns(work.plan), work.plan.settings.clean.imputation
    missing = aggregate(work.frame, {name: nw.col(name).null_count() for name in names})
    numbers = [column.name for column in work.plan.of_kind("number")]
    labels = {}
    if chosen.categories == "mode":
        gaps = [column.name for column in work.plan.of_kind("category") if missing[column.name]]
        labels = {name: count_values(work.frame, nw.col(name), 1)[0][0] for name in gaps}
    return Gaps(
        missing={name: int(missing[name]) for name in names},
        typical=modes(work, numbers) if chosen.method == "mode" else medians(work, numbers),
        labels=labels,
        rows=missing_rows(work, names),
    )


def medians(work: Work, names: list[str]) -> dict[str, float]:
    """Header name → median, whole where all values are whole."""
    fraction = aggregate(work.frame, {name: (nw.col(name) - nw.col(name).floor()).max() for name in names})
    found = middle_values(work.frame, names)
    return {name: float(round(found[name])) if fraction[name] == 0 else float(found[name]) for name in names}


def modes(work: Work, names: list[str]) -> dict[str, float]:
    """Header name → the most frequent value, the smallest of equals."""
    found = {}
    for name in names:
        known = work.frame.select(name).filter(~nw.col(name).is_null())
        counted = known.group_by(name).agg(nw.len().alias(NULL_KEY))
        found[name] = float(counted.sort(NULL_KEY, name, descending=[True, False]).head(1).collect().rows()[0][0])
    return found


def missing_rows(work: Work, names: list[str]) -> tuple[tuple[bool, ...], ...]:
    """Missing or not, for evenly spaced rows in source order."""
    if not names:
        return ()
    step = -(-work.plan.n_rows // SHOWN_ROWS)
    flags = [nw.col(name).is_null().alias(name) for name in names]
    marked, lines = work.frame.select(LINE_COLUMN, *flags), every_nth(work.frame, LINE_COLUMN, step)
    if lines is None:
        spaced = marked.with_row_index(ROW, order_by=LINE_COLUMN).filter(nw.col(ROW) % step == 0)
    else:
        spaced = marked.filter(nw.col(LINE_COLUMN).is_in(lines))
    picked = spaced.sort(LINE_COLUMN).select(*names).collect()
    return tuple(tuple(bool(flag) for flag in row) for row in picked.rows())


def decide(facts: Gaps, plan: Plan) -> Decision:
    chosen = plan.settings.clean.imputation
    numbers = {name: value for name, value in facts.typical.items() if facts.missing[name]}
    what = language.text("the most frequent value") if chosen.method == "mode" else language.text("the median")
    by_neighbours = chosen.method == "knn"
    notes = []
    for name, value in numbers.items():
        shown = show_cell(value, plan.column(name))
        if by_neighbours:
            shown, what = (
                language.text("each its own"),
                language.text("the mean of the {neighbours} customers most alike", neighbours=chosen.neighbours),
            )
        notes.append(_note(name, facts, plan, shown, what))
    most_frequent = language.text("the most frequent label")
    notes += [_note(name, facts, plan, f"'{label}'", most_frequent) for name, label in facts.labels.items()]
    return Decision(numbers, facts.labels, by_neighbours, facts.missing, facts.rows, tuple(notes))


def _note(name: str, facts: Gaps, plan: Plan, value: str, what: str) -> CleaningNote:
    n = facts.missing[name]
    before = language.text(
        "missing in {cells} ({share})", cells=wording.plural(n, "cell"), share=wording.format_share(n / plan.n_rows)
    )
    return CleaningNote(NAME, name, n, before, value, language.text("{what}; every such cell is flagged", what=what))


def apply(work: Work, decision: Decision) -> Work:
    plan = work.plan
    flagged = [column.name for column in plan.used() if column.kind in ("number", "category")]
    flags = {IMPUTED_PREFIX + name: nw.col(name).is_null() for name in flagged}
    values: Mapping[str, nw.Expr] = {}
    if decision.by_neighbours:
        values = values_of_neighbours(work, list(decision.numbers))
    numbers = {name: values.get(name, nw.col(name)).fill_null(typical) for name, typical in decision.numbers.items()}
    labels = {name: nw.col(name).fill_null(label) for name, label in decision.labels.items()}
    filled = numbers | labels
    seen = {entry.name: entry for entry in work.quality}
    quality = tuple(
        replace(
            seen.get(name, ColumnQuality(name, 0, 0, 0, 0, None, None)),
            n_missing=decision.missing[name],
            n_imputed=decision.missing[name] if name in filled else 0,
        )
        for name in shown_columns(plan)
    )
    done = work.rewrite(flags).rewrite(filled).with_notes(decision.notes)
    return replace(done, quality=quality, missing_rows=decision.rows)


def when_off(work: Work) -> Work:
    """The pages still say what is missing; nothing is filled in."""
    facts = look(work)
    flagged = [column.name for column in work.plan.used() if column.kind in ("number", "category")]
    counted = apply(work, Decision({}, {}, False, facts.missing, facts.rows, ()))
    return counted.rewrite({IMPUTED_PREFIX + name: nw.lit(value=False) for name in flagged})


STEP: Step[Gaps, Decision] = Step(NAME, look, decide, apply, when_off)
