"""Sets aside order lines without a customer id."""

from __future__ import annotations

from collections.abc import Iterator

import narwhals as nw

from reportgen import language
from reportgen.orders.base import Fate, Finding, Lines
from reportgen.records.orders import Part

NAME = "missing_customers"


def find(lines: Lines) -> Iterator[Finding]:
    """Nothing is known of whose purchase it was; there is no setting, for there is no row to count it in."""
    key = lines.name(Part.CUSTOMER)
    why = language.text("a purchase without a customer id is nobody's")
    yield Finding(
        NAME,
        key,
        nw.col(key).is_null(),
        Fate.SET_ASIDE,
        language.text("no customer id"),
        language.text("no customer id"),
        why,
    )
