"""Records of order lines: which column plays which part, and what became of every line."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Part(StrEnum):
    """What a column of an export of order lines is for."""

    CUSTOMER = "customer"
    DATE = "date"
    ORDER = "order"
    AMOUNT = "amount"
    QUANTITY = "quantity"
    PRICE = "price"
    PRODUCT = "product"
    DESCRIPTION = "description"
    STATUS = "status"
    CURRENCY = "currency"


RECENCY, FREQUENCY, MONETARY = "Days since last purchase", "Orders", "Spending"
BASKET, TENURE, RETURNS, RANGE = "Average order value", "Days since first purchase", "Returns share", "Product range"
DERIVED_NAMES = frozenset({RECENCY, FREQUENCY, MONETARY, BASKET, TENURE, RETURNS, RANGE})
"""Header names of the columns that order lines give: settings may name them, though no export has them."""


@dataclass(frozen=True, slots=True)
class PartColumn:
    """A column in its part."""

    part: Part
    column: str
    """Header name."""
    reason: str
    """Why, one clause: `header says invoice date`."""


@dataclass(frozen=True, slots=True)
class LinesAside:
    """Order lines that were set aside for one reason."""

    reason: str
    """Short clause in the reader's words: `no customer id`."""
    n_lines: int


@dataclass(frozen=True, slots=True)
class OrderLines:
    """How order lines became customers. n_lines = n_purchases + n_returns + n_set_aside, always."""

    parts: tuple[PartColumn, ...]
    n_lines: int
    """Records of the export that could be read."""
    n_purchases: int
    n_returns: int
    n_set_aside: int
    set_aside: tuple[LinesAside, ...]
    """By reason, in the order of the rules; the counts add up to n_set_aside."""
    n_unlisted: int
    """Lines set aside beyond those that quarantine.csv lists one by one."""
    n_orders: int
    """Distinct orders of all customers; without an order number a day of a customer is one."""
    first_day: str
    """ISO date of the first line used."""
    reference_day: str
    """ISO date that recency and tenure are counted to."""
    spending: float
    """Of all customers, net of returns, in the export's currency."""
    returned: float
    """Amount of the returns, ≥ 0; 0 where they were dropped."""
