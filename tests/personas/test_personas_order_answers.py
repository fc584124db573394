"""What is said of order lines."""

from __future__ import annotations

from dataclasses import replace

from studies import mall_like_facts

from reportgen.personas.answers import answer_customers
from reportgen.personas.numbers import Numbers
from reportgen.personas.order_answers import answer_orders
from reportgen.records.orders import LinesAside, OrderLines

STORY = OrderLines((), 1_000, 900, 60, 40, (LinesAside("amount 0", 40),), 0, 300, "2026-01-02", "2026-10-31", 5e4, 1e3)


def numbers_of(story: OrderLines | None) -> Numbers:
    return Numbers(replace(mall_like_facts(), orders=story))


def test_lines_orders_and_the_day_are_told_as_claims() -> None:
    """Every number of the sentence, the day's too, says where it comes from."""
    claim = answer_orders(numbers_of(STORY), {})
    assert claim is not None
    assert claim.text.startswith(
        "Of 1,000 order lines, 900 are purchases and 60 returns, whose amounts are taken off; 40"
    )
    assert claim.text.endswith("days are counted to 2026-10-31.")
    assert [quantity.shown for quantity in claim.quantities][-3:] == ["2026", "10", "31"]


def test_a_table_of_customers_has_no_such_sentence() -> None:
    """Absent where the export has one row a customer."""
    assert answer_orders(numbers_of(None), {}) is None


def test_no_line_set_aside_is_said_in_a_word() -> None:
    """`no line was set aside`."""
    story = replace(STORY, n_set_aside=0, set_aside=(), n_purchases=940)
    assert answer_customers(numbers_of(story), {}).text.endswith("1,000 order lines; no line was set aside.")
    assert "40 lines were set aside, each for a stated reason" in answer_customers(numbers_of(STORY), {}).text
