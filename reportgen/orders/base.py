"""What a rule on order lines is: it finds lines and says what becomes of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import narwhals as nw

from reportgen import language, wording
from reportgen.config import Settings
from reportgen.engine.base import Engine
from reportgen.orders._parts import split
from reportgen.orders.recognise import Orders
from reportgen.orders_settings import OrderSettings
from reportgen.records.orders import Part

DAY, AMOUNT = "__day__", "__amount__"
"""Columns of the lines: days since 1970-01-01 and the line's amount as exported; null where it is not known."""

TWICE = "__twice__"
"""Column of the lines: whether a refund is told by a status and by a line of its own; see refunded_twice.py."""

MONEY_DECIMALS = 4
"""Hundredths of a cent: sums of prices carry no more, and what binary fractions leave below is noise."""
SHOWN_VALUES = 5
"""Values that a note shows."""
SHOWN_CHARACTERS = 30
ANY_DIGIT = r"[1-9]"
"""A day that was not filled in is written 0000-00-00 by some databases."""


class Fate(StrEnum):
    """What becomes of a line."""

    SET_ASIDE = "set aside"
    RETURN = "counted as a return"
    REFUNDED = "counted as a purchase that was refunded"
    ONCE = "counted once an order"
    KEPT = "kept"
    SOLD = "counted as a sale"
    NOT_TAKEN = "not taken off"


NOT_DECIDING = frozenset({Fate.ONCE, Fate.KEPT, Fate.SOLD, Fate.NOT_TAKEN})
"""What is said of lines beside the fate that another finding gives them."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the texts of one column of statuses say."""

    column: str
    meant: Mapping[str, Sequence[tuple[str, int]]]
    """Meaning → texts with their lines."""
    day_means: str = ""
    """Of a column of days: what a day that is filled in says; else empty."""
    is_booking: bool = False
    """Whether the texts are kinds of what is booked: sales, refunds, payments, each a line of its own."""

    def where(self, meaning: str) -> nw.Expr:
        if self.day_means:
            return plain(self.column).str.contains(ANY_DIGIT)
        return plain(self.column).is_in([text for text, _ in self.meant[meaning]])

    def shown(self, meaning: str, most: int = SHOWN_VALUES) -> str:
        if self.day_means:
            return language.text("a day stands there")
        return show_counts(self.meant[meaning], most)


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """Order lines, typed."""

    frame: nw.LazyFrame[Any]
    """n lines × source columns + LINE_COLUMN + DAY + AMOUNT."""
    orders: Orders
    settings: Settings
    n_rows: int
    engine: Engine
    days: Sequence[tuple[float, int]] = ()
    """(days since 1970-01-01, lines) of every day that has any, rising."""
    told: Sequence[Told] = ()
    """What the columns of statuses say, the status itself first."""

    @property
    def rules(self) -> OrderSettings:
        return self.settings.orders

    def name(self, part: Part) -> str:
        """The header name of that part, or empty."""
        return self.orders.name(part)

    def addresses(self) -> list[str]:
        """Header names of the columns of e-mail addresses that play no part."""
        played = {part.column for part in self.orders.parts.values()}
        return [c.name for c in self.orders.columns if c.contact == "e-mail" and c.name not in played]

    def parts_by(self, name: str, *others: str) -> list[nw.LazyFrame[Any]]:
        """That column and others of all lines, in parts that hold every line of their values."""
        return split(self.frame.select(name, *others), name, self.n_rows, self.engine)


@dataclass(frozen=True, slots=True, eq=False)
class Finding:
    """Lines of one kind, and what becomes of them. Of several findings on one line the first counts."""

    rule: str
    """File name of the rule."""
    column: str
    """Header name that tells, or empty."""
    where: nw.Expr
    fate: Fate
    reason: str
    """Of each line, short clause: `no customer id`."""
    shown: str
    """What stands in those lines, for the note."""
    why: str
    """Of the note."""


Rule = Callable[[Lines], Iterable[Finding]]


def fate_of(setting: str) -> Fate:
    return Fate.KEPT if setting == "keep" else Fate.SET_ASIDE


def plain(name: str) -> nw.Expr:
    """The column's text, trimmed."""
    return nw.col(name).str.strip_chars()


def to_money(amount: nw.Expr) -> nw.Expr:
    """To MONEY_DECIMALS, a half always up: engines round halves each in their own way."""
    rounded: nw.Expr = (amount * 10**MONEY_DECIMALS + 0.5).floor() / 10**MONEY_DECIMALS
    return rounded


def show_texts(counts: Mapping[str, int]) -> str:
    """`'POST', 'M' and others`, the most frequent first."""
    ranked = sorted(counts, key=lambda text: (-counts[text], text))
    shown = [f"'{wording.scrub(text, SHOWN_CHARACTERS)}'" for text in ranked[:SHOWN_VALUES]]
    return wording.join_words([*shown, language.text("others")] if len(ranked) > SHOWN_VALUES else shown)


def show_counts(counts: Iterable[tuple[str, int]], most: int = SHOWN_VALUES) -> str:
    """`'POST' in 748 lines, 'M' in 366 lines and others in 41 lines`, the most frequent first, `most` by name."""
    ranked = sorted(counts, key=lambda entry: (-entry[1], entry[0]))
    shown = [
        language.text(
            "'{value}' in {lines}", value=wording.scrub(text, SHOWN_CHARACTERS), lines=wording.plural(n, "line")
        )
        for text, n in ranked
    ]
    rest = sum(n for _, n in ranked[most:])
    return wording.join_words(
        [
            *shown[:most],
            *([language.text("others in {lines}", lines=wording.plural(rest, "line"))] if rest else []),
        ]
    )
