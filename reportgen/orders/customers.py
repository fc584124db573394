"""Adds up the lines of each customer: one row with recency, frequency, monetary value and what goes with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw

from reportgen.engine.base import Engine
from reportgen.engine.text_units import CURRENCY_CODES
from reportgen.language import text
from reportgen.orders._parts import held
from reportgen.orders.base import DAY, MONEY_DECIMALS, Lines, to_money
from reportgen.orders.fates import BACK, BOUGHT, NET
from reportgen.records import orders
from reportgen.records.orders import Part
from reportgen.records.table import LINE_COLUMN, Column, Role

PER_CENT = 100.0
LINES, FIRST, LAST = "__lines__", "__first__", "__last__"


@dataclass(frozen=True, slots=True)
class Derived:
    """A column that order lines give."""

    label: str
    role: Role
    unit: str
    reason: str
    shapes: bool = False


RECENCY = Derived(orders.RECENCY, Role.MEASURE, "days", "from the customer's last purchase to the reference date", True)
ORDERS = Derived(orders.FREQUENCY, Role.COUNT, "", "distinct orders", True)
SPENDING = Derived(orders.MONETARY, Role.MONEY, "", "amounts of all lines added up", True)
BASKET = Derived(orders.BASKET, Role.MONEY, "", "spending over orders")
TENURE = Derived(orders.TENURE, Role.MEASURE, "days", "from the customer's first purchase to the reference date")
RETURNS = Derived(orders.RETURNS, Role.MEASURE, "%", "lines that went back, of all lines of the customer")
PRODUCTS = Derived(orders.RANGE, Role.COUNT, "", "distinct products bought")


def derived_columns(lines: Lines, *, has_returns: bool) -> dict[Derived, Column]:
    """The columns that these lines give, each with a header name that no source column has."""
    given = [RECENCY, ORDERS, SPENDING, BASKET, TENURE]
    given += [RETURNS] if has_returns else []
    given += [PRODUCTS] if product_of(lines) else []
    taken = {column.name for column in lines.orders.columns}
    return {derived: as_column(derived, taken, lines) for derived in given}


def as_column(derived: Derived, taken: set[str], lines: Lines) -> Column:
    name, label = derived.label, text(derived.label)
    if name in taken:
        name, label = f"{name} (of order lines)", text("{label} (of order lines)", label=label)
    unit = currency_of(lines) if derived.role is Role.MONEY else derived.unit
    reason = text(derived.reason)
    if derived is ORDERS and not lines.name(Part.ORDER):
        reason = text("days with a purchase, for no column numbers the orders")
    if derived is SPENDING and lines.rules.returns == "net":
        reason = text("amounts of all lines added up, returns taken off")
    return Column(name, label, unit, None, derived.role, reason, 1.0, "number", is_derived=True)


def currency_of(lines: Lines) -> str:
    """The unit of the amounts, else the one currency that a column names, else empty."""
    name = lines.name(Part.AMOUNT) or lines.name(Part.PRICE)
    unit = next(column.unit for column in lines.orders.columns if column.name == name)
    code = lines.name(Part.CURRENCY)
    if unit or not code:
        return unit
    known = lines.frame.select(nw.col(code).max()).collect().item()
    said = lines.rules.currency or (known.strip() if isinstance(known, str) else "")
    return CURRENCY_CODES.get(said.upper(), said.upper())


def product_of(lines: Lines) -> str:
    """The column that tells products apart, or empty."""
    return lines.name(Part.PRODUCT) or lines.name(Part.DESCRIPTION)


def add_up(
    used: nw.LazyFrame[Any], lines: Lines, columns: Mapping[Derived, Column], reference: int, engine: Engine
) -> nw.LazyFrame[Any]:
    """One row a customer: its id, LINE_COLUMN of its first line, the derived columns."""
    # One sum after the other: together they would need the memory of all.
    key, order, product = lines.name(Part.CUSTOMER), lines.name(Part.ORDER) or DAY, product_of(lines)
    bought = used.filter(nw.col(BOUGHT) == 1)
    of_purchases = held(bought.group_by(key).agg(nw.col(DAY).min().alias(FIRST), nw.col(DAY).max().alias(LAST)), engine)
    for part, name in distinct_of(order, product).items():
        # Pairs first: one customer's orders need not be held together.
        pairs = held(bought.select(key, name).unique(), engine)
        n_values = held(pairs.group_by(key).agg(nw.len().alias(f"__n_{part}__")), engine)
        of_purchases = held(of_purchases.join(n_values, on=key, how="left"), engine)
    of_lines = held(
        used.group_by(key).agg(nw.col(LINE_COLUMN).min(), nw.len().alias(LINES), nw.col(BACK).sum(), nw.col(NET).sum()),
        engine,
    )
    spending = to_money(nw.col(NET))
    values = {
        RECENCY: reference - nw.col(LAST),
        ORDERS: nw.col("__n_order__"),
        SPENDING: spending,
        BASKET: to_money(spending / nw.col("__n_order__")),
        TENURE: reference - nw.col(FIRST),
        RETURNS: PER_CENT * nw.col(BACK) / nw.col(LINES),
        PRODUCTS: nw.col("__n_product__") if product else nw.lit(0),
    }
    cells = [values[derived].cast(nw.Float64).alias(column.name) for derived, column in columns.items()]
    return of_lines.join(of_purchases, on=key, how="inner").select(key, LINE_COLUMN, *cells)


def distinct_of(order: str, product: str) -> dict[str, str]:
    return {"order": order, **({"product": product} if product else {})}


def total_of(used: nw.LazyFrame[Any], name: str) -> float:
    """Of all lines."""
    return round(float(used.select(nw.col(name).sum()).collect().item() or 0.0), MONEY_DECIMALS)


def names_of(columns: Mapping[Derived, Column]) -> Sequence[str]:
    """The columns that shape the segments."""
    return [column.name for derived, column in columns.items() if derived.shapes]
