"""Makes an id that many records lack, or that comes again, a lesser key than one that names every record."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from reportgen import language
from reportgen.records.table import Column, Role
from reportgen.roles.facts import ColumnFacts
from reportgen.roles.identities import PLAIN_ID
from reportgen.roles.subject import LIKELY, UNIQUE_SHARE, Subject

MOST_WITHOUT_ID = 0.05
"""Share of records without an id up to which they are mistakes, and set aside."""
LESS_SURE = 0.01
"""By how much an id with gaps is a worse key than one without."""


def with_whole_id(
    columns: Sequence[Column], subjects: Mapping[str, Subject], chosen: Collection[str]
) -> Sequence[Column]:
    """The columns, the surest id less sure than another one that names every record. `chosen`: what settings name."""
    ids = [column for column in columns if column.role is Role.ID and column.name in subjects]
    best = max(ids, key=lambda column: column.confidence, default=None)
    if best is None or best.name in chosen:
        return columns
    facts = subjects[best.name].facts
    comes_again = best.confidence < PLAIN_ID and facts.n_distinct < facts.n_rows
    whole = [column.confidence for column in ids if _names_all(column, subjects[column.name])]
    if not whole or not (has_gaps(facts) or comes_again):
        return columns
    reason = best.reason
    if has_gaps(facts):
        reason = language.text("{reason}; many records have none", reason=reason)
    worse = replace(best, confidence=min(whole) - LESS_SURE, reason=reason)
    return [worse if column is best else column for column in columns]


def _names_all(column: Column, subject: Subject) -> bool:
    is_said = column.confidence >= LIKELY and bool(subject.id_word)
    return is_said and subject.facts.n_distinct == subject.facts.n_rows


def has_gaps(facts: ColumnFacts) -> bool:
    """Whether many records lack a value that is another one in each of the rest."""
    return facts.n_known < (1 - MOST_WITHOUT_ID) * facts.n_looked and facts.apart_share >= UNIQUE_SHARE
