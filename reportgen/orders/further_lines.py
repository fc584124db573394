"""Tells the further lines of an order whose total stands in its first line alone, as some shops export it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import narwhals as nw

from reportgen import language
from reportgen.orders.base import AMOUNT, Fate, Finding, Lines
from reportgen.orders.order_totals import FEWEST_ORDERS, SAME_SHARE
from reportgen.records.orders import Part

NAME = "further_lines"


def find(lines: Lines) -> Iterator[Finding]:
    """Their amounts are not missing: the order's holds them."""
    order, amount = lines.name(Part.ORDER), lines.name(Part.AMOUNT)
    if not order or not amount:
        return
    is_bare = nw.col(AMOUNT).is_null() & ~nw.col(order).is_null()
    if not int(lines.frame.filter(is_bare).select(nw.len()).collect().item()):
        return
    counted = [count_first_only(part, order) for part in lines.parts_by(order, AMOUNT)]
    n_several, n_first = (sum(numbers) for numbers in zip(*counted, strict=True))
    if n_several >= FEWEST_ORDERS and n_first >= SAME_SHARE * n_several:
        has_total = nw.col(AMOUNT).count().over(order) > 0
        reason, why = (
            language.text("a further line of its order"),
            language.text("the order's total stands in one line alone and counts there"),
        )
        yield Finding(NAME, amount, is_bare & has_total, Fate.SET_ASIDE, reason, reason, why)


def count_first_only(frame: nw.LazyFrame[Any], order: str) -> tuple[int, int]:
    """Orders of several lines, and how many of them have an amount in one line alone."""
    counts = (
        frame.filter(~nw.col(order).is_null())
        .group_by(order)
        .agg(nw.len().alias("__n__"), nw.col(AMOUNT).count().alias("__known__"))
        .filter(nw.col("__n__") > 1)
    )
    n_several, n_first = (
        counts.select(nw.len().alias("n"), (nw.col("__known__") == 1).sum().alias("first")).collect().row(0)
    )
    return int(n_several), int(n_first or 0)
