"""What the data cannot say: derived from the roles that no column has."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen import wording
from reportgen.language import text
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
        if Role.MONEY in roles:
            yield text("No single column is what a customer spends: what a segment is worth is not known.")
        else:
            yield text("No column is known to be money: what a segment is worth is not known.")
    elif facts.column(value).role is Role.SCORE:
        label = in_sentence(facts.column(value))
        yield text("A score is not money: a share of {label} is not a share of revenue.", label=label)
    if Role.DATE not in roles and facts.orders is None:
        yield text("There are no dates: nothing about trends, loyalty or churn.")
    if not _mentions(columns, ORDER_WORDS):
        yield text("Orders are not in the export: how often customers buy is not known.")
    if not (any(column.contact for column in columns) or _mentions(columns, CHANNEL_WORDS)):
        yield text("There is no contact data: how to reach a segment is not known, and no channel is named.")
    yield text("One export at one moment: differences between segments are not causes.")


def _mentions(columns: list[Column], words: frozenset[str]) -> bool:
    return any(words & {*header_words(column.name), *header_words(column.label)} for column in columns)


def write_collect(facts: Facts) -> str:
    """What to collect before the next try, where no segments were found."""
    columns = [column for column in facts.columns if column.role not in OUTSIDE]
    roles = {column.role for column in columns}
    wishes = []
    if Role.MONEY not in roles:
        wishes.append(text("what customers spend"))
    if not _mentions(columns, ORDER_WORDS):
        wishes.append(text("how often customers buy"))
    if Role.DATE not in roles and facts.orders is None:
        wishes.append(text("when they last bought"))
    if not _mentions(columns, CHANNEL_WORDS):
        wishes.append(text("through which channel they come"))
    behaviour = wording.join_words(wishes) if wishes else text("behaviour beyond the columns used here")
    return text("To find segments, collect {behaviour}.", behaviour=behaviour)
