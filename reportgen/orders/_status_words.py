"""What the words of a status say of an order."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from reportgen.orders._phrases import Phrase, fits
from reportgen.orders._words import OrderWords, is_barred, order_words, words_in
from reportgen.records.orders import Part

VOID, WAITING, RETURNED, PARTLY, SOLD = "void", "waiting", "returned", "partly", "sold"
"""It never took place, it is not paid or not placed yet, it went back, a part of it did, none of these."""
LOST, OPEN = "lost", "open"
"""Of a deal: the customer said no, or has not said yes."""


def status_means(text: str) -> str:
    """What a status says, by the words in it: `Storniert (Kunde)` → void."""
    said, words = words_in(text), order_words().status
    found = meaning_of(said, order_words())
    if found:
        return PARTLY if says_one(said, words.partly) else found
    is_parcel = any(stands_in(said, phrase, frozenset()) for phrase in words.parcel)
    is_waiting = says_one(said, words.waiting)
    return WAITING if is_waiting and not is_parcel else SOLD


@cache
def says_of_lines(header: str) -> str:
    """`void` or `returned` where a header says that a line was cancelled or went back: `Cancelled at`; else empty."""
    words = words_in(header)
    if words in order_words().status.trials:
        return VOID
    return "" if is_barred(words, order_words().parts[Part.STATUS]) else meaning_of(words, order_words())


def stage_means(text: str) -> str:
    """What a stage says of a deal: won is sold; empty where the text says neither won nor lost nor cancelled."""
    said, words = words_in(text), order_words().status
    for meaning, phrases in ((SOLD, words.won), (LOST, words.lost)):
        if says_one(said, phrases):
            return meaning
    return VOID if status_means(text) == VOID else ""


def are_stages(texts: Iterable[str]) -> bool:
    """Whether statuses are stages of deals: one at least says won or lost."""
    return any(stage_means(text) in (SOLD, LOST) for text in texts)


def is_known_status(text: str) -> bool:
    """Whether a text speaks of an order, as no place does."""
    words = words_in(text)
    is_said = any(stands_in(words, p, frozenset()) for p in order_words().status.sold)
    return is_said or status_means(text) != SOLD or bool(stage_means(text))


def meaning_of(said: Phrase, words: OrderWords) -> str:
    """`void`, `returned` or empty; an order that was cancelled and then refunded never took place."""
    for meaning, phrases in ((VOID, words.status.void), (RETURNED, words.status.returned)):
        if says_one(said, phrases):
            return meaning
    return ""


def says_one(said: Phrase, phrases: Iterable[Phrase]) -> bool:
    """Whether one of the phrases stands in a text and is not taken back."""
    takes_back = order_words().status.takes_back
    return any(stands_in(said, phrase, takes_back) for phrase in phrases)


def stands_in(said: Phrase, phrase: Phrase, takes_back: frozenset[str]) -> bool:
    """Whether the phrase's words stand one behind the other, and nothing before them takes them back."""
    n = len(phrase)
    return any(
        all(map(fits, said[i : i + n], phrase)) and (i == 0 or said[i - 1] not in takes_back)
        for i in range(len(said) - n + 1)
    )
