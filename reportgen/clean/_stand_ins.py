"""Tells numbers that stand for a missing value from prices, levels and true extremes."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.engine.text_headers import may_be_negative
from reportgen.records.table import Column, Role

NINES = (99.0, 999.0, 9_999.0, 99_999.0, 999_999.0, 9_999_999.0)
NEGATIVES = (-1.0, -9.0, -99.0, -999.0, -9_999.0)
CODES = (8.0, 9.0, 88.0, 97.0, 98.0, 99.0, 998.0, 999.0)
"""Answers that surveys keep for "don't know" and "no answer", above their scale."""
LEAST_SHARE = 0.01
"""Cells that hold the number; a rarer one may be a true extreme."""
SPIKE = 10.0
"""Times the cells of an ordinary value from which a number stands there far too often for a value among others."""
TWICE = 2.0
"""The same for −1 below a run of whole numbers from 0 on: as often as its neighbours it is a number like them."""
GAP = 3.0
"""Distance to the nearest other value, in ranges of the others: 999 beside 0 to 27."""
FAR_TIMES = 10.0
"""Times the largest other value: 99 orders stand beside 20, 999 days beside 179."""
FEWEST_OTHERS = 4
"""Other values beside a negative one; with fewer they are levels: −1, 0 and 1 are bad, neutral and good."""
LEVELS = 10
"""Fewer other values are levels or a price list, whose highest may be far from the rest."""
CODE_GAP = 3.0
"""Steps from the highest answer of a scale to the first code above it."""


@dataclass(frozen=True, slots=True)
class Ends:
    """The largest and the smallest value of a column, and what comes next."""

    n_known: int
    n_distinct: int
    low: float
    high: float
    next_low: float
    """Smallest value above the lowest."""
    next_high: float
    """Largest value below the highest."""
    n_low: int
    n_high: int
    has_fractions: bool
    few: tuple[tuple[float, int], ...]
    """(number, cells) of all values, rising, where they are few; else empty."""

    @property
    def ordinary(self) -> float:
        """Cells of an ordinary value."""
        return self.n_known / max(1, self.n_distinct)


def far_ends(ends: Ends) -> list[tuple[float, int]]:
    """(number, cells) of those that may stand for a missing value: below 0 alone, or far above all others."""
    found = []
    least = LEAST_SHARE * ends.n_known
    if ends.low in NEGATIVES and ends.next_low >= 0 and ends.n_low >= least:
        found.append((ends.low, ends.n_low))
    low = ends.next_low if found else ends.low
    spread = ends.next_high - low
    if ends.high in NINES and ends.n_high >= least and spread > 0 and ends.high - ends.next_high > GAP * spread:
        found.append((ends.high, ends.n_high))
    return found


def spikes(ends: Ends) -> list[tuple[float, int]]:
    """(number, cells) of those that stand there far too often for a value among others."""
    pairs = ((ends.low, ends.n_low, NEGATIVES), (ends.high, ends.n_high, NINES))
    return [(number, n) for number, n, known in pairs if number in known and n >= SPIKE * ends.ordinary]


def codes_of(ends: Ends, column: Column) -> list[tuple[float, int]]:
    """(number, cells) of codes above the answers of a scale: 98 and 99 beside 1 to 5."""
    answers = [number for number, _ in ends.few if number not in CODES]
    codes = [(number, n) for number, n in ends.few if number in CODES and answers and number > answers[-1]]
    is_scale = column.role is Role.SCORE and len(answers) > 1 and not ends.has_fractions
    is_apart = bool(codes) and codes[0][0] - answers[-1] >= CODE_GAP
    return codes if is_scale and is_apart and len(answers) + len(codes) == len(ends.few) else []


def are_sure(number: float, ends: Ends, column: Column) -> bool:
    """Whether nothing else explains one of `far_ends`."""
    return _is_sure_below(ends, column) if number < 0 else _is_sure_above(ends, column)


def _is_sure_below(ends: Ends, column: Column) -> bool:
    """Not among money, decimals, a few levels, or what a header says may be below 0."""
    n_others = ends.n_distinct - 1
    if column.role is Role.MONEY or ends.has_fractions or may_be_negative(column.name) or n_others < FEWEST_OTHERS:
        return False
    is_apart = ends.next_low - ends.low > 1
    return is_apart or (n_others >= LEVELS and ends.n_low >= TWICE * ends.ordinary)


def _is_sure_above(ends: Ends, column: Column) -> bool:
    """Not money, a level of a list, or the largest of counts that a few large ones may go on to."""
    times = ends.high / max(ends.next_high, 1.0)
    if column.role in (Role.AGE, Role.BIRTH):
        return True
    if column.role is Role.MONEY or (column.role is not Role.SCORE and ends.n_distinct - 1 < LEVELS):
        return False
    return times >= FAR_TIMES
