"""Where a customer is: a postcode is a category, coordinates are personal."""

from __future__ import annotations

from reportgen import language
from reportgen.records.table import Role
from reportgen.roles.subject import LIKELY, SURE, Subject, Verdict, header_says

POSTCODE_DIGITS = 10
"""Digits of the longest one: `CAP` is Italian for it, and `Market cap` an amount."""
MERIDIANS = frozenset({("long",)})
"""Headers that are places as a whole; with other words beside it `long` says nothing."""


def postcode(column: Subject) -> Verdict | None:
    phrase = column.says("postcode")
    is_amount = column.is_numeric and column.facts.maximum > 10**POSTCODE_DIGITS
    if not phrase or column.facts.n_distinct <= 2 or is_amount:
        return None
    return Verdict(Role.CODE, header_says(phrase, language.text("a place, not an amount")), SURE)


def meridian(column: Subject) -> Verdict | None:
    """`long` alone over numbers with decimals, beside `lat`."""
    words = column.header.words
    if words not in MERIDIANS or not column.is_numeric or column.is_whole:
        return None
    evidence = language.text("it says who or where a customer is")
    return Verdict(Role.PERSONAL, header_says(words[0], evidence), LIKELY)
