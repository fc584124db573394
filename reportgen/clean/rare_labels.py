"""Pools the rare labels of a category with very many: the frequent ones keep their name, the rest are `other`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import narwhals as nw

from reportgen import language, wording
from reportgen.clean._look import Counts, aggregate, count_values
from reportgen.clean.base import Plan, Step, Work
from reportgen.records.table import CleaningNote, Column, Role

NAME = "rare_labels"
OTHER = "other"
FEWEST_NAMED = 0.1
"""Share of the known cells that the kept labels must hold; with less, nearly everybody would be `other`."""


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of one category."""

    frequent: Counts
    """The most frequent, up to the number that keep their name."""
    n_labels: int
    n_known: int


@dataclass(frozen=True, slots=True)
class Decision:
    """Header name → labels that stay, the columns that leave, and the log."""

    kept: Mapping[str, tuple[str, ...]]
    columns: tuple[Column, ...]
    notes: tuple[CleaningNote, ...]


def look(work: Work) -> dict[str, Labels]:
    """Header name → labels, of every category with more than keep their name."""
    most = work.plan.settings.clean.rare_labels.most_labels
    names = [column.name for column in work.plan.of_kind("category")]
    named = {name: nw.when(nw.col(name) != OTHER).then(nw.col(name)) for name in names}
    distinct = aggregate(work.frame, {name: label.n_unique() for name, label in named.items()})
    without = aggregate(work.frame, {name: label.null_count() for name, label in named.items()})
    known = aggregate(work.frame, {name: nw.col(name).count() for name in names})
    many = {name: int(distinct[name]) - (without[name] > 0) for name in names}
    return {
        name: Labels(count_values(work.frame, named[name], most), n_labels, int(known[name]))
        for name, n_labels in many.items()
        if n_labels > most
    }


def decide(facts: dict[str, Labels], plan: Plan) -> Decision:
    kept, columns, notes = {}, [], []
    for name, labels in facts.items():
        n_named = sum(n for _, n in labels.frequent)
        before = wording.plural(labels.n_labels, "label")
        if n_named < FEWEST_NAMED * labels.n_known:
            share = wording.format_share(n_named / labels.n_known)
            reason = language.text(
                "{before}; the {n} most frequent hold only {share} of the records",
                before=before,
                n=len(labels.frequent),
                share=share,
            )
            columns.append(replace(plan.column(name), role=Role.TEXT, kind="text", reason=reason))
            notes.append(CleaningNote(NAME, name, plan.n_rows, before, language.text("left out"), reason))
            continue
        kept[name] = tuple(label for label, _ in labels.frequent)
        n_pooled = labels.n_known - n_named
        after = language.text("the {n} most frequent, and '{rest}'", n=len(labels.frequent), rest=OTHER)
        reason = language.text(
            "{labels} pooled", labels=wording.plural(labels.n_labels - len(labels.frequent), "rare label")
        )
        notes.append(CleaningNote(NAME, name, n_pooled, before, after, reason))
    return Decision(kept, tuple(columns), tuple(notes))


def apply(work: Work, decision: Decision) -> Work:
    pooled = {
        name: nw.when(nw.col(name).is_in(list(labels)) | nw.col(name).is_null())
        .then(nw.col(name))
        .otherwise(nw.lit(OTHER))
        for name, labels in decision.kept.items()
    }
    return work.rewrite(pooled).with_columns(decision.columns).with_notes(decision.notes)


STEP: Step[dict[str, Labels], Decision] = Step(NAME, look, decide, apply)
