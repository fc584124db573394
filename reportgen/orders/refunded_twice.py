"""Tells a refund that is written twice: as the status of the purchase, and as a line below zero of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import narwhals as nw

from reportgen import language
from reportgen.orders import statuses
from reportgen.orders._status_words import RETURNED
from reportgen.orders.base import AMOUNT, TWICE, Fate, Finding, Lines, plain, to_money
from reportgen.records.orders import Part

NAME = "refunded_twice"
IS_STATUS, IS_LINE, GOODS, SIZE = "__is_status__", "__is_line__", "__goods__", "__size__"
NEITHER, LINE, STATUS = 0, 1, statuses.BY_LINE
"""Values of TWICE: which of the two is not counted."""


def mark(lines: Lines) -> Lines:
    """The lines with TWICE. Lines of one customer, goods and size belong together; the fewer of the two kinds go."""
    told = [found for found in lines.told if RETURNED in found.meant]
    unmarked = replace(lines, frame=lines.frame.with_columns(nw.lit(NEITHER).alias(TWICE)))
    if not told or lines.rules.returns == "drop":
        return unmarked
    says = nw.any_horizontal(*(found.where(RETURNED) for found in told), ignore_nulls=True)
    is_status, is_line = says & (nw.col(AMOUNT) > 0), nw.col(AMOUNT) < 0
    if not all(int(lines.frame.filter(where).select(nw.len()).collect().item()) for where in (is_status, is_line)):
        return unmarked
    key, product = lines.name(Part.CUSTOMER), lines.name(Part.PRODUCT) or lines.name(Part.DESCRIPTION)
    ours = [key, GOODS, SIZE]
    frame = lines.frame.with_columns(
        as_count(is_status).alias(IS_STATUS),
        as_count(is_line).alias(IS_LINE),
        (plain(product).fill_null("") if product else nw.lit("")).alias(GOODS),
        to_money(nw.col(AMOUNT).abs()).alias(SIZE),
    )
    sums = (nw.col(IS_STATUS).sum().alias("__statuses__"), nw.col(IS_LINE).sum().alias("__lines__"))
    counts = frame.group_by(*ours).agg(*sums)
    both = counts.filter((nw.col("__statuses__") > 0) & (nw.col("__lines__") > 0) & ~nw.col(key).is_null())
    n_statuses, n_lines = nw.col("__statuses__").fill_null(0), nw.col("__lines__").fill_null(0)
    is_line_again = (nw.col(IS_LINE) == 1) & (n_statuses > 0) & (n_lines <= n_statuses)
    is_status_again = (nw.col(IS_STATUS) == 1) & (n_lines > n_statuses)
    again = nw.when(is_status_again).then(nw.lit(STATUS)).otherwise(nw.lit(NEITHER))
    twice = nw.when(is_line_again).then(nw.lit(LINE)).otherwise(again)
    marked = frame.join(both, on=ours, how="left").with_columns(twice.alias(TWICE))
    return replace(lines, frame=marked.drop(IS_STATUS, IS_LINE, GOODS, SIZE, "__statuses__", "__lines__"))


def as_count(where: nw.Expr) -> nw.Expr:
    counted: nw.Expr = nw.when(where).then(nw.lit(1)).otherwise(nw.lit(0))
    return counted


def find(lines: Lines) -> Iterator[Finding]:
    name = lines.name(Part.AMOUNT) or lines.name(Part.PRICE)
    reason, why = (
        language.text("a refund that the status of its purchase tells already"),
        language.text("same customer, same goods, same amount: it is taken off once"),
    )
    yield Finding(NAME, name, nw.col(TWICE) == LINE, Fate.SET_ASIDE, reason, reason, why)
