"""Reads the status of order lines: what never took place is set aside, what was sent back is a return."""

from __future__ import annotations

from collections.abc import Iterator

import narwhals as nw

from reportgen import language
from reportgen.engine.shortcuts import count_texts
from reportgen.orders._words import OrderWords, order_words
from reportgen.orders.base import AMOUNT, Fate, Finding, Lines, fate_of, plain, show_counts
from reportgen.records.orders import Part
from reportgen.wording import fold, header_words

NAME = "statuses"
MOST_STATUSES = 1_000
"""Distinct texts past which a column is no status."""


def find(lines: Lines) -> Iterator[Finding]:
    name = lines.name(Part.STATUS)
    if not name:
        return
    texts = count_texts(lines.frame.with_columns(plain(name).alias(name)), name).head(MOST_STATUSES).collect()
    meant: dict[str, list[tuple[str, int]]] = {"void": [], "returned": []}
    for text, n in texts.rows():
        if meaning := meaning_of(str(text), name, order_words()):
            meant[meaning].append((str(text), int(n)))
    if meant["void"]:
        yield Finding(
            NAME,
            name,
            plain(name).is_in([text for text, _ in meant["void"]]),
            fate_of(lines.rules.cancelled),
            language.text("the status says cancelled"),
            show_counts(meant["void"]),
            language.text("an order that never took place is no purchase"),
        )
    if meant["returned"]:
        is_meant, shown = plain(name).is_in([text for text, _ in meant["returned"]]), show_counts(meant["returned"])
        reason, why = (
            language.text("the status says refunded"),
            language.text("the purchase took place and its money went back"),
        )
        drops = lines.rules.returns == "drop"
        bought = Fate.SET_ASIDE if drops else Fate.REFUNDED
        yield Finding(NAME, name, is_meant & (nw.col(AMOUNT) > 0), bought, reason, shown, why)


def meaning_of(text: str, header: str, words: OrderWords) -> str:
    """`void`, `returned` or empty: by the status itself, or by yes under a header such as Returned."""
    said = " ".join(fold(text).replace("-", " ").replace("_", " ").split())
    if said in words.yes:
        said = " ".join(map(fold, header_words(header)))
    if said in words.void:
        return "void"
    return "returned" if said in words.returned else ""
