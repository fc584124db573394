"""Gives the customer what a payment service books with sender and recipient exchanged: money that went back."""

from __future__ import annotations

from dataclasses import replace

import narwhals as nw

from reportgen import language, wording
from reportgen.engine.shortcuts import count_texts
from reportgen.orders._words import order_words, words_in
from reportgen.orders.base import Lines, plain
from reportgen.records.orders import Part
from reportgen.records.table import CleaningNote

NAME = "counterparts"
OWN_SHARE = 0.5
"""Share of the lines that one address gets from which it is the seller's own."""


def exchange(lines: Lines) -> tuple[Lines, tuple[CleaningNote, ...]]:
    """The lines, the recipient's address as the customer where the seller itself has sent the money."""
    key, other = lines.name(Part.CUSTOMER), recipient_column(lines)
    if not other:
        return lines, ()
    counts = count_texts(lines.frame.select(plain(other).str.to_lowercase().alias(other)), other)
    ranked = counts.sort("n", "value", descending=[True, False]).head(1).collect().rows()
    if not ranked or ranked[0][1] < OWN_SHARE * lines.n_rows:
        return lines, ()
    is_own = plain(key).str.to_lowercase() == str(ranked[0][0])
    n_own = int(lines.frame.filter(is_own).select(nw.len()).collect().item())
    if not n_own:
        return lines, ()
    turned = nw.when(is_own).then(plain(other).str.to_lowercase()).otherwise(nw.col(key))
    note = CleaningNote(
        NAME,
        key,
        n_own,
        language.text("sent by the seller in {lines}", lines=wording.plural(n_own, "line")),
        language.text("told by {column}", column=wording.scrub(other)),
        language.text("what goes back to a customer is that customer's, not the seller's"),
        is_fix=True,
    )
    return replace(lines, frame=lines.frame.with_columns(turned.alias(key))), (note,)


def recipient_column(lines: Lines) -> str:
    """Where a sender's address tells the customers: the column of the recipients', or empty."""
    sides, key = order_words().sides, lines.name(Part.CUSTOMER)
    if not sides["from"] & set(words_in(key)):
        return ""
    return next((name for name in lines.addresses() if sides["to"] & set(words_in(name))), "")
