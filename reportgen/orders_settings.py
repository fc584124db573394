"""The section [orders] of the settings: what order lines are, and what becomes of lines that are no sale."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from reportgen.section import Section

Fate = Literal["set aside", "keep"]


class OrderColumns(Section):
    """Header names; empty: found by reportgen."""

    customer: str = ""
    """The customer's id."""
    date: str = ""
    """The day of the purchase."""
    order: str = ""
    """The order's or invoice's number; without one each day of a customer counts as one order."""
    amount: str = ""
    """What the line cost in all; without one quantity × price."""
    quantity: str = ""
    price: str = ""
    """Of one piece."""
    product: str = ""
    """The product's number."""
    description: str = ""
    """The product in words: tells postage and fees from goods."""
    status: str = ""
    """Says which orders were cancelled or refunded."""
    currency: str = ""
    """The currency of each line."""


class OrderSettings(Section):
    """How several order lines of a customer become one row."""

    mode: Literal["auto", "never", "always"] = "auto"
    """Whether records are order lines; auto: told from repeated customer ids beside a date and an amount."""
    columns: OrderColumns = OrderColumns()
    """Which column plays which part."""
    reference_date: Annotated[str, Field(pattern=r"^(\d{4}-\d{2}-\d{2})?$")] = ""
    """The day that recency is counted to, as in "2026-10-31"; empty: the last day in the export."""
    currency: str = ""
    """The currency to keep where the export has several; lines in others are set aside."""
    returns: Literal["net", "drop"] = "net"
    """Returned and cancelled lines are taken off the customer's spending, or set aside."""
    over_returned: Fate = "set aside"
    """Customers who returned more than they bought: purchases before the export, whose price is not known."""
    cancelled: Fate = "set aside"
    """Lines whose status says that the order never took place."""
    waiting: Fate = "set aside"
    """Lines whose status says that the order is not paid or not placed yet: pending, on hold, draft."""
    non_product: Fate = "set aside"
    """No goods: postage, fees, manual entries, discounts, samples, vouchers, deposits, tips, donations."""
    bad_debt: Fate = "set aside"
    """Book-keeping of debts that were written off."""
    zero_price: Fate = "set aside"
    """Lines of amount 0: gifts, samples and corrections."""
