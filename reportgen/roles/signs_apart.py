"""Asks about amounts whose sign stands in a column of its own: debit or credit."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from reportgen import wording
from reportgen.errors import ReportgenError
from reportgen.records.table import Column, Role
from reportgen.roles.subject import Subject
from reportgen.settings_file import toml_value

PAIRS = (
    ("soll", "haben"),
    ("s", "h"),
    ("debit", "credit"),
    ("dr", "cr"),
    ("d", "c"),
    ("debe", "haber"),
    ("dare", "avere"),
    ("af", "bij"),
)
"""Debit and credit as programs of bookkeeping write them, in small letters."""


def refuse_signs_apart(columns: Collection[Column], subjects: Mapping[str, Subject], chosen: Collection[str]) -> None:
    """Raises ReportgenError (RG-007) where a column says debit or credit and no amount beside it is negative.

    Added up as they stand, credits would count as debits. `chosen`: columns that settings name.
    """
    amounts = [c for c in columns if c.role is Role.MONEY and subjects[c.name].facts.minimum >= 0]
    telling = next((name for name, one in subjects.items() if name not in chosen and _says_sign(one)), "")
    if not amounts or not telling:
        return
    amount, sign = wording.scrub(amounts[0].name), wording.scrub(telling)
    first, second = sorted(subjects[telling].facts.levels)
    raise ReportgenError(
        "RG-007",
        f"{amount} has no sign of its own, and {sign} says {first} or {second}: amounts of one of them may be owed.",
        f"Write a minus before the amounts that count against the others, or say that all count alike: "
        f"ignore = {toml_value((telling,))} under [columns].",
    )


def _says_sign(column: Subject) -> bool:
    """Whether header and cells name the same two sides, or the header both and the cells their first letters."""
    levels = {level.casefold().rstrip(".") for level in column.facts.levels}
    words = set(column.header.words)
    is_named = any(set(pair) <= words for pair in PAIRS)
    return is_named and any(levels == set(pair) for pair in PAIRS)
