"""Tells an order's total that is repeated in each of its lines, so that it counts once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import narwhals as nw

from reportgen import language
from reportgen.orders.base import AMOUNT, Fate, Finding, Lines
from reportgen.records.orders import Part

NAME = "order_totals"
FEWEST_ORDERS = 10
"""Orders of several lines that must agree: two lines of one price are no rule."""
SAME_SHARE = 0.95
"""Share of the orders of several lines in which all amounts are equal, from which they are the order's."""


def find(lines: Lines) -> Iterator[Finding]:
    """Amounts of lines differ within an order; those of orders do not."""
    order, amount = lines.name(Part.ORDER), lines.name(Part.AMOUNT)
    if not order or not amount:
        return
    counted = [count_several(part, order) for part in lines.parts_by(order, AMOUNT)]
    n_several, n_same = (sum(numbers) for numbers in zip(*counted, strict=True))
    if n_several >= FEWEST_ORDERS and n_same >= SAME_SHARE * n_several:
        shown, why = (
            language.text("one amount in all lines of an order"),
            language.text("an order's total in each of its lines would count again"),
        )
        yield Finding(NAME, amount, ~nw.col(order).is_null(), Fate.ONCE, language.text("the order's total"), shown, why)


def count_several(frame: nw.LazyFrame[Any], order: str) -> tuple[int, int]:
    """Orders of several lines, and how many of them have one amount."""
    by_order = frame.filter(~nw.col(order).is_null()).group_by(order)
    counts = by_order.agg(nw.len().alias("__n__"), nw.col(AMOUNT).n_unique().alias("__values__"))
    several = counts.filter(nw.col("__n__") > 1)
    asked = several.select(nw.len().alias("n"), (nw.col("__values__") == 1).sum().alias("same"))
    n_several, n_same = asked.collect().row(0)
    return int(n_several), int(n_same or 0)
