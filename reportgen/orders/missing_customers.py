"""Sets aside order lines without a customer id, and those of guests."""

from __future__ import annotations

from collections.abc import Iterator

import narwhals as nw

from reportgen import language
from reportgen.orders.base import Fate, Finding, Lines
from reportgen.records.orders import Part

NAME = "missing_customers"
GUEST = r"^0+(?:\.0*)?$"
"""The number that shop systems write for who bought without an account."""
GUEST_TIMES = 3
"""Lines of the guests' number over those of the customer with most, from which it is no customer."""


def find(lines: Lines) -> Iterator[Finding]:
    """Nothing is known of whose purchase it was; there is no setting, for there is no row to count it in."""
    key = lines.name(Part.CUSTOMER)
    said, why = language.text("no customer id"), language.text("a purchase without a customer id is nobody's")
    yield Finding(NAME, key, nw.col(key).is_null(), Fate.SET_ASIDE, said, said, why)
    if has_guests(lines, key):
        reason, why = (
            language.text("customer id 0"),
            language.text("far more lines than any customer has: the number of guests, who are no one customer"),
        )
        yield Finding(NAME, key, nw.col(key).str.contains(GUEST), Fate.SET_ASIDE, reason, reason, why)


def has_guests(lines: Lines, key: str) -> bool:
    """Whether one number of zeros alone stands in far more lines than any other id."""
    zeros = lines.frame.filter(nw.col(key).str.contains(GUEST))
    n_guests = int(zeros.select(nw.len()).collect().item())
    if not n_guests:
        return False
    others = lines.frame.filter(~nw.col(key).str.contains(GUEST)).group_by(key).agg(nw.len().alias("__n__"))
    most = others.select(nw.col("__n__").max()).collect().item()
    return n_guests >= GUEST_TIMES * int(most or 0)
