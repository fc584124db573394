"""Which sign parts the decimals: told from all cells of a column, and from the other columns where one cannot tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reportgen.engine.text_numbers import CORE, split_number
from reportgen.engine.text_units import CURRENCIES

EITHER = r"^[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}$"
"""`1.234` and `1,234`: one and a bit, or more than a thousand."""
ROUND_EITHER = r"^[+-]?[1-9][0-9]{0,2}[.,][0-9]{2}0$"
"""The same ending in 0: programs that write 1.25 never write 1.250."""
SMALL = r"^[+-]?[1-9][0-9]{0,2}$"
LARGE = r"^[+-]?[1-9][0-9]{3,24}$"
"""Whole numbers below 1,000 and from 1,000 on, without any separator."""
THREE_DECIMALS = frozenset({"KWD", "BHD", "OMR", "JOD", "TND"})
"""Currencies of a thousand parts (ISO 4217, minor unit 3)."""
MANY_EITHER = 30
"""Grouped thousands that none of so many end in 0: less than once in twenty columns (0.9 to the 30th)."""

CENTS = r"[.,][0-9]{2}$"
ROUND_CENTS = r"[.,][0-9]0$"
"""Two decimals, as money is written; programs that write 12.5 never write 12.50."""

_RE_CENTS, _RE_ROUND_CENTS = re.compile(CENTS), re.compile(ROUND_CENTS)
_SCALED = re.compile(r"^[0-9]+[.,](?:[0-9]{1,2}|[0-9]{4,24})e[0-9]{1,2}$")
"""`1.2e6` of `1.2 Mio.`: only a decimal sign has other than three digits behind it."""
_RE_EITHER, _RE_ROUND, _RE_SMALL, _RE_LARGE = map(re.compile, (EITHER, ROUND_EITHER, SMALL, LARGE))
_RE_CORE = {decimal: re.compile(pattern) for decimal, pattern in CORE.items()}
_POINT_ALONE = re.compile(r"^[0-9]{1,24}\.(?:[0-9]{1,2}|[0-9]{4,24})$")
"""Most amounts of most exports; told apart first, for the other patterns take ten times as long."""


@dataclass(frozen=True, slots=True)
class Votes:
    """Cells of one column by what they say on the decimal sign."""

    point: int = 0
    """Only a decimal point explains them."""
    comma: int = 0
    either_point: int = 0
    """`1.234`."""
    either_comma: int = 0
    """`1,234`."""
    n_round: int = 0
    """Of both, those that end in 0."""
    small: int = 0
    large: int = 0
    cents: int = 0
    """Of `point` and `comma`, those with two decimals."""
    round_cents: int = 0
    """Of them, those that end in 0."""

    def __add__(self, other: Votes) -> Votes:
        return Votes(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))

    @property
    def n_either(self) -> int:
        return self.either_point + self.either_comma

    @property
    def is_contradictory(self) -> bool:
        """Both signs are a decimal sign, or both part thousands."""
        return min(self.point, self.comma) > 0 or (
            self.point == self.comma == 0 < self.either_point * self.either_comma
        )

    @property
    def has_third_decimals(self) -> bool:
        """Cells like `1.234` beside amounts with that sign that all have two decimals: written by hand, or thousands.

        Numbers that a program cut to three decimals end in 0 nowhere, neither the many of two decimals nor those of
        three.
        """
        is_point = self.point >= self.comma
        either = self.either_point if is_point else self.either_comma
        are_amounts = 0 < self.cents == self.point + self.comma
        are_many = self.cents >= MANY_EITHER or (either >= MANY_EITHER and not self.n_round)
        return are_amounts and either > 0 and (self.round_cents > 0 or not are_many)


def count_votes(texts: Iterable[tuple[str, int]], unit: str = "") -> Votes:
    """What texts with their cells say on the decimal sign."""
    counts = dict.fromkeys(Votes.__slots__, 0)
    for text, n in texts:
        votes = ("point", *_cents(text)) if _POINT_ALONE.match(text) else _votes_of(split_number(text, unit)[1])
        for vote in votes:
            counts[vote] += n
    return Votes(**counts)


def _votes_of(number: str) -> tuple[str, ...]:
    """The fields of Votes that one number counts in, without sign and unit."""
    if _RE_EITHER.match(number):
        kind = "either_point" if "." in number else "either_comma"
        return (kind, "n_round") if _RE_ROUND.match(number) else (kind,)
    if _RE_SMALL.match(number):
        return ("small",)
    if _RE_LARGE.match(number):
        return ("large",)
    as_point, as_comma = (bool(_RE_CORE[sign].match(number)) for sign in (".", ","))
    return () if as_point == as_comma else ("point" if as_point else "comma", *_cents(number))


def _cents(number: str) -> tuple[str, ...]:
    """The fields of Votes on the decimals of a number that has some."""
    if not _RE_CENTS.search(number):
        return ()
    return ("cents", "round_cents") if _RE_ROUND_CENTS.search(number) else ("cents",)


def is_scaled(number: str) -> bool:
    """Whether a number without sign and unit is of thousands or millions, and has one reading: `1.2e6`."""
    return bool(_SCALED.match(number))


def own_decimal(votes: Votes) -> str | None:
    """The decimal sign that the column itself proves, None where it does not.

    Cells like `1.234` beside whole numbers: if 1.25 was ever written 1.250, every number would have decimals, so the
    point parts thousands, unless 1234 stands there without; if none of many ends in 0, they are decimals.
    """
    if votes.point or votes.comma:
        return "," if votes.comma > votes.point else "."
    if not votes.n_either or votes.is_contradictory:
        return None
    sign, other = (".", ",") if votes.either_point else (",", ".")
    bare = votes.small + votes.large
    if not bare or (votes.n_round and votes.large):
        return None
    if votes.n_round:
        return other
    return sign if votes.large or votes.n_either >= MANY_EITHER else None


def money_decimal(votes: Votes, unit: str) -> str | None:
    """The decimal sign of amounts like `$1,234`, None without a currency: money is not written with three decimals."""
    if unit not in CURRENCIES - THREE_DECIMALS or votes.is_contradictory or not votes.n_either:
        return None
    return "," if votes.either_point else "."


def proven_decimal(columns: Mapping[str, Votes]) -> str | None:
    """The decimal sign that some columns prove and none contradicts."""
    proven = {own_decimal(votes) for votes in columns.values() if not votes.is_contradictory} - {None}
    return proven.pop() if len(proven) == 1 else None
