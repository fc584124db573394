"""What the data cannot say follows from the columns that are not there."""

from __future__ import annotations

from persona_facts import column, facts, number, segment

from reportgen import wording
from reportgen.personas.limits import write_collect, write_limits
from reportgen.records.table import Column, Role

INCOME = column("Income")
JOINED = Column("Joined", "Joined", "", None, Role.DATE, "given", 1.0, "date")
CHANNEL = Column("Channel", "Channel", "", None, Role.CATEGORY, "given", 1.0, "category")
ORDERS, SCORE = column("Orders", Role.COUNT), column("Spending Score", Role.SCORE)


def limits(*columns: Column, value: str = "") -> str:
    only = segment(1, *(number(entry.name, 1.0) for entry in columns if entry.kind == "number"))
    return " ".join(write_limits(facts(columns, [only], value=value)))


def test_missing_roles_are_limits() -> None:
    """No money, no dates, no orders, no channel."""
    said = limits(column("Size", Role.MEASURE))
    assert "what a segment is worth is not known" in said
    assert "nothing about trends, loyalty or churn" in said
    assert "how often customers buy is not known" in said
    assert "no channel is named" in said


def test_columns_that_exist_are_no_limits() -> None:
    """Money, dates, orders and channel leave only the cross-section."""
    said = limits(INCOME, JOINED, CHANNEL, ORDERS, value="Income")
    assert said == "One export at one moment: differences between segments are not causes."


def test_a_score_is_not_money() -> None:
    """Where value is a score, its share is not a share of revenue."""
    assert "a share of spending score is not a share of revenue" in limits(INCOME, SCORE, value="Spending Score")


def test_a_column_without_values_lifts_no_limit() -> None:
    """An empty channel column tells no channel."""
    empty = Column("Channel", "Channel", "", None, Role.EMPTY, "given", 1.0, "text")
    assert "no channel is named" in limits(INCOME, empty)


def test_limits_print_no_number() -> None:
    """They are no claims."""
    assert not wording.numbers_in(limits(INCOME, SCORE, value="Spending Score"))


def test_what_to_collect_is_what_is_missing() -> None:
    """Asked for: what the export does not have."""
    made = facts((INCOME, ORDERS), [])
    assert write_collect(made) == (
        "To find segments, collect when they last bought and through which channel they come."
    )
    assert "beyond the columns used here" in write_collect(facts((INCOME, ORDERS, JOINED, CHANNEL), []))
