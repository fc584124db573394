"""Tells from their names which of several tables holds the customers, and lists those that were left out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reportgen.wording import join_words

SHOWN = 10
"""Tables that a sentence lists."""
FEWEST_PART, SAME_KEYS = 3, 0.5
"""Rows, and share of a small table's columns that a large one has, too, that make it a part of the customers: those of
another land or year."""
PLAIN = 0.7
"""Share of a name's letters from which it says customers and little else: `customers`, `tbl_customers`, `v_client`."""
_CUSTOMERS = re.compile(
    r"customers?|client(?:es?|i|s)?|kund(?:innen|en?|in)|klant(?:en)?|klien(?:ten|t|ci)|debitor(?:en)?", re.IGNORECASE
)
_LETTER = re.compile(r"[^\W\d_]")


def says_customers(name: str) -> float:
    """Share of the name's letters that say customers."""
    n_letters = len(_LETTER.findall(name))
    return sum(map(len, _CUSTOMERS.findall(name))) / n_letters if n_letters else 0.0


def likeliest(names: Sequence[str]) -> str:
    """The name that says customers more than the others; the first of those that say it alike."""
    return max(names, key=says_customers)


def listed_tables(tables: Sequence[str]) -> str:
    """The first of them, and how many more there are."""
    n_more = len(tables) - SHOWN
    return join_words([*tables[:SHOWN], *([f"{n_more} more"] if n_more > 0 else [])])
