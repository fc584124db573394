"""What a status speaks of besides a shop's orders: deals, a ledger's entries, invoices on account, payments."""

from __future__ import annotations

from collections.abc import Callable, Collection

from reportgen.orders._status_words import (
    OPEN,
    RETURNED,
    SOLD,
    WAITING,
    are_stages,
    says_one,
    stage_means,
    status_means,
)
from reportgen.orders._words import order_words, words_in

PAYMENT = "payment"
"""Of a ledger's entry: no purchase, but what settles one."""


def way_of(header: str, texts: Collection[str]) -> Callable[[str], str]:
    """Text → meaning, as the column's texts together say what they speak of."""
    if are_stages(texts):
        return lambda text: stage_means(text) or OPEN
    if are_entries(texts):
        return entry_means
    if are_on_account(texts):
        return invoice_means
    return payment_means if says_one(words_in(header), order_words().status.payment) else status_means


def are_entries(texts: Collection[str]) -> bool:
    """Whether one text is an invoice and another a payment: kinds of a ledger's entries."""
    said, words = {words_in(text) for text in texts}, order_words().status
    return not said.isdisjoint(words.invoices) and not said.isdisjoint(words.payments)


def are_bookings(texts: Collection[str]) -> bool:
    """Whether the texts are kinds of what is booked: a ledger's entries, or sales and refunds."""
    words = order_words().status
    has_sales = not {words_in(text) for text in texts}.isdisjoint((*words.sales, *words.invoices))
    return are_entries(texts) or (has_sales and any(status_means(text) == RETURNED for text in texts))


def entry_means(text: str) -> str:
    """What an entry of a ledger is."""
    return PAYMENT if words_in(text) in order_words().status.payments else status_means(text)


def are_on_account(texts: Collection[str]) -> bool:
    """Whether one invoice was paid and another one is late: goods were sent before the money came."""
    said, words = [words_in(text) for text in texts], order_words().status
    return all(any(says_one(one, phrases) for one in said) for phrases in (words.paid, words.late))


def invoice_means(text: str) -> str:
    """What the state of an invoice says: the goods are bought, whether or not it is paid yet."""
    words = order_words().status
    if says_one(words_in(text), words.unsent):
        return WAITING
    meaning = SOLD if says_one(words_in(text), words.late) else status_means(text)
    return SOLD if meaning == WAITING else meaning


def payment_means(text: str) -> str:
    """What the state of a payment says: open is not paid."""
    is_open = words_in(text) in order_words().status.open
    return WAITING if is_open else status_means(text)
