"""Sets aside order lines whose amount is not known, and those that cost nothing."""

from __future__ import annotations

from collections.abc import Iterator

import narwhals as nw

from reportgen import language
from reportgen.orders.base import AMOUNT, Fate, Finding, Lines, fate_of
from reportgen.records.orders import Part

NAME = "amounts"


def find(lines: Lines) -> Iterator[Finding]:
    name, amount = lines.name(Part.AMOUNT) or lines.name(Part.PRICE), nw.col(AMOUNT)
    said, why = language.text("no amount"), language.text("what a line cost is not known")
    yield Finding(NAME, name, amount.is_null(), Fate.SET_ASIDE, said, said, why)
    said, why = language.text("amount 0"), language.text("a gift, a sample or a correction, no sale")
    yield Finding(NAME, name, amount == 0, fate_of(lines.rules.zero_price), said, said, why)
