"""Proposes records that may be one person under two ids; merges none, and shows record numbers, never names."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

import narwhals as nw

from reportgen import language, wording
from reportgen.clean._likeness import Field, alike, field_of
from reportgen.clean._look import aggregate
from reportgen.clean.base import Plan, Step, Work
from reportgen.engine.text_missing import is_missing_word
from reportgen.records.table import LINE_COLUMN, CleaningNote, Column, Role

NAME = "near_duplicates"
COMPARED_ROLES = frozenset({Role.PERSONAL, Role.BIRTH, Role.CODE, Role.CATEGORY, Role.TEXT})
"""What a person keeps from one record to the next; money and counts may differ, or agree by chance."""
LONGEST = 40
"""Mean characters past which a column is prose, not a field of a form."""
SHARED = r"@.*$|[\W_]+"
"""What says nothing of a person: the domain of an e-mail address, dots, hyphens and spaces."""
SHOWN_PAIRS = 3

Pairs = tuple[tuple[int, int, float], ...]
"""(line, line, similarity 0..1), most similar first."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What is proposed, and the log."""

    pairs: Pairs
    notes: tuple[CleaningNote, ...]


def look(work: Work) -> Pairs:
    """Pairs of records that look like one person; none where no column says who a customer is."""
    texts = {name for name, kind in work.frame.collect_schema().items() if kind == nw.String}
    names = [column.name for column in compared(work, texts)]
    if not any(work.plan.column(name).role is Role.PERSONAL for name in names):
        return ()
    key = work.plan.id_column
    tidy = [
        nw.col(name).str.to_lowercase().str.replace_all(SHARED, " ").alias(name) if name in texts else nw.col(name)
        for name in names
    ]
    ids = [nw.col(key).alias(key)] if key else []
    rows = work.frame.select(LINE_COLUMN, *ids, *tidy).sort(LINE_COLUMN).collect()
    lines = rows[LINE_COLUMN].to_list()
    owners = rows[key].to_list() if key else lines
    fields = [known_field(work.plan.column(name), rows[name].to_list()) for name in names]
    found = alike(fields, work.plan.settings.clean.near_duplicates.least_similarity)
    return tuple((int(lines[a]), int(lines[b]), round(s, 3)) for a, b, s in found if owners[a] != owners[b])


def compared(work: Work, texts: Collection[str]) -> list[Column]:
    """The columns in which persons are compared; of `texts` the short ones, years of birth in any case."""
    columns = [column for column in work.plan.columns if column.role in COMPARED_ROLES]
    measured = [column.name for column in columns if column.name in texts]
    length = aggregate(work.frame, {name: nw.col(name).str.len_chars().mean() for name in measured})
    return [column for column in columns if (length.get(column.name) or 0) <= LONGEST]


def known_field(column: Column, cells: list[object]) -> Field:
    texts = [(wording.level_text(cell) or "").strip() for cell in cells]
    words = {text for text in set(texts) if is_missing_word(text)}
    known = ["" if text in words else text for text in texts]
    return field_of(
        known, tells_person=column.tells_person or column.role is Role.BIRTH, may_swap=column.role is Role.PERSONAL
    )


def decide(facts: Pairs, plan: Plan) -> Decision:  # noqa: ARG001 - every step decides on facts and plan
    if not facts:
        return Decision((), ())
    shown = [language.text("{a} and {b}", a=a, b=b) for a, b, _ in facts[:SHOWN_PAIRS]]
    before = language.text(
        "{pairs} of records look like one person under two ids", pairs=wording.plural(len(facts), "pair")
    )
    rest = len(facts) - len(shown)
    after = language.text("proposed, not merged: records {pairs}", pairs="; ".join(shown)) + (
        language.text("; {n} more", n=wording.format_count(rest)) if rest else ""
    )
    reason = language.text("nearly the same personal data; only the owner of the data can tell")
    n_records = len({line for a, b, _ in facts for line in (a, b)})
    return Decision(facts, (CleaningNote(NAME, "", n_records, before, after, reason),))


def apply(work: Work, decision: Decision) -> Work:
    return replace(work, near_duplicates=decision.pairs).with_notes(decision.notes)


STEP: Step[Pairs, Decision] = Step(NAME, look, decide, apply)
