"""What the data cannot say: derived from the roles that no column has."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen import wording
from reportgen.personas.numbers import in_sentence
from reportgen.records.study import Facts
from reportgen.records.table import Column, Role
from reportgen.wording import header_words

OUTSIDE = frozenset({Role.CONSTANT, Role.EMPTY, Role.TEXT})
"""Roles of columns that say nothing about customers."""

CHANNEL_WORDS = frozenset({"channel", "channels", "source", "medium", "newsletter", "contact", "email", "mail"})

ORDER_WORDS = frozenset({"orders", "order", "purchases", "purchase", "frequency", "visits", "transactions", "trx"})


def write_limits(facts: Facts) -> tuple[str, ...]:
    """One sentence a limit, without numbers."""
    return tuple(_limits(facts, [column for column in facts.columns if column.role not in OUTSIDE]))


def _limits(facts: Facts, columns: list[Column]) -> Iterator[str]:
    roles = {column.role for column in columns}
    value = facts.profile.value_column
    if not value:
        why = "No single column is what a customer spends" if Role.MONEY in roles else "No column is known to be money"
        yield f"{why}: what a segment is worth is not known."
    elif facts.column(value).role is Role.SCORE:
        label = in_sentence(facts.column(value))
        yield f"A score is not money: a share of {label} is not a share of revenue."
    if Role.DATE not in roles and facts.orders is None:
        yield "There are no dates: nothing about trends, loyalty or churn."
    if not _mentions(columns, ORDER_WORDS):
        yield "Orders are not in the export: how often customers buy is not known."
    if not (any(column.contact for column in columns) or _mentions(columns, CHANNEL_WORDS)):
        yield "There is no contact data: how to reach a segment is not known, and no channel is named."
    yield "One export at one moment: differences between segments are not causes."


def _mentions(columns: list[Column], words: frozenset[str]) -> bool:
    return any(words & {*header_words(column.name), *header_words(column.label)} for column in columns)


def write_collect(facts: Facts) -> str:
    """What to collect before the next try, where no segments were found."""
    columns = [column for column in facts.columns if column.role not in OUTSIDE]
    roles = {column.role for column in columns}
    wishes = []
    if Role.MONEY not in roles:
        wishes.append("what customers spend")
    if not _mentions(columns, ORDER_WORDS):
        wishes.append("how often customers buy")
    if Role.DATE not in roles and facts.orders is None:
        wishes.append("when they last bought")
    if not _mentions(columns, CHANNEL_WORDS):
        wishes.append("through which channel they come")
    behaviour = wording.join_words(wishes) if wishes else "behaviour beyond the columns used here"
    return f"To find segments, collect {behaviour}."
