"""Tells returns: a letter before the order number, a quantity or an amount below zero."""

from __future__ import annotations

from collections.abc import Iterator

import narwhals as nw

from reportgen import language, wording
from reportgen.orders._words import order_words
from reportgen.orders.base import AMOUNT, Fate, Finding, Lines, plain
from reportgen.records.orders import Part

NAME = "returns"
DIGITS = r"^[0-9]+$"
DIGIT_SHARE = 0.8
"""Share of the lines whose order number is digits alone, from which a letter before the others means something."""


def find(lines: Lines) -> Iterator[Finding]:
    order, quantity = lines.name(Part.ORDER), lines.name(Part.QUANTITY)
    fate = Fate.SET_ASIDE if lines.rules.returns == "drop" else Fate.RETURN
    why = (
        language.text("taken off the customer's spending")
        if fate is Fate.RETURN
        else language.text("the settings drop returns")
    )
    if order and are_mostly_digits(lines, order):
        words = order_words()
        is_booked = plain(order).str.contains(pattern_of(words.booked_letters))
        said, no_sale = (
            language.text("{letters} before the order number", letters=shown(words.booked_letters)),
            language.text("a booking, not a sale"),
        )
        yield Finding(NAME, order, is_booked, Fate.SET_ASIDE, said, said, no_sale)
        is_returned = plain(order).str.contains(pattern_of(words.returned_letters))
        said = language.text("{letters} before the order number", letters=shown(words.returned_letters))
        yield Finding(NAME, order, is_returned, fate, said, said, why)
    if quantity:
        said = language.text("quantity below zero")
        yield Finding(NAME, quantity, nw.col(quantity) < 0, fate, said, said, why)
    said = language.text("amount below zero")
    yield Finding(NAME, lines.name(Part.AMOUNT) or lines.name(Part.PRICE), nw.col(AMOUNT) < 0, fate, said, said, why)


def are_mostly_digits(lines: Lines, order: str) -> bool:
    """Whether most order numbers are digits alone."""
    text = plain(order)
    n_digits, n_known = lines.frame.select(text.str.contains(DIGITS).sum().alias("d"), text.count()).collect().row(0)
    return int(n_digits or 0) >= DIGIT_SHARE * int(n_known) > 0


def pattern_of(letters: frozenset[str]) -> str:
    """One of the letters, then digits alone."""
    return f"^[{''.join(sorted({*letters, *map(str.upper, letters)}))}][0-9]+$"


def shown(letters: frozenset[str]) -> str:
    return wording.join_words(sorted(map(str.upper, letters)), "or")
