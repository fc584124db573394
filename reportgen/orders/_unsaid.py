"""Parts of order lines that no header says by itself: told by the layout, or by what else is missing."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from reportgen import language
from reportgen.orders._phrases import contains
from reportgen.orders._words import order_words, words_in
from reportgen.records.orders import Part, PartColumn
from reportgen.records.table import Column, Role

AMOUNTS = frozenset({Role.MONEY, Role.MEASURE, Role.COUNT})
FEWEST_ITEM_COLUMNS = 2
"""Columns of line items that make a layout: one may be called so by chance."""


def line_price(columns: tuple[Column, ...], found: Mapping[Part, PartColumn]) -> PartColumn | None:
    """`item-price` beside `order-item-id`, as Amazon writes orders: what the line cost, whatever its quantity."""
    layout = order_words().layout
    price = found.get(Part.PRICE)
    if price is None or words_in(price.column) != layout.line_price:
        return None
    said = [words_in(column.name) for column in columns]
    numbers = [number for number in layout.line_numbers if any(contains(words, number) for words in said)]
    if not numbers:
        return None
    phrase = f"{' '.join(layout.line_price)}, {' '.join(numbers[0])}"
    return PartColumn(Part.AMOUNT, price.column, language.text("header says {phrase}", phrase=phrase))


def only_date(columns: tuple[Column, ...], found: Mapping[Part, PartColumn]) -> PartColumn | None:
    """Of numbered orders of customers, the one column of dates that says of no other day: `Wann`, but no `Due date`.

    Contracts have a customer and a day, too, and are no purchases.
    """
    if not {Part.CUSTOMER, Part.ORDER} <= found.keys():
        return None
    days = [column.name for column in columns if is_day(column)]
    return PartColumn(Part.DATE, days[0], language.text("the only column of dates")) if len(days) == 1 else None


def is_day(column: Column) -> bool:
    """Whether a column of dates speaks of no other day than that of a purchase, as far as its header says."""
    return column.role is Role.DATE and not order_words().is_other_day(column.name)


def list_price(columns: tuple[Column, ...], found: Mapping[Part, PartColumn]) -> PartColumn | None:
    """The price by the catalogue, if one column alone holds it: what was paid is written nowhere."""
    reason = language.text("the price by the catalogue; no column says what was paid")
    listed = said_by(columns, found, order_words().list_price)
    return PartColumn(Part.PRICE, listed, reason) if listed else None


def donated(columns: tuple[Column, ...], found: Mapping[Part, PartColumn]) -> PartColumn | None:
    """What was given, if one column alone says so and nothing else is an amount."""
    given = said_by(columns, found, order_words().donated)
    if not given:
        return None
    return PartColumn(Part.AMOUNT, given, language.text("header says {phrase}", phrase=" ".join(words_in(given))))


def said_by(columns: tuple[Column, ...], found: Mapping[Part, PartColumn], known: Collection[tuple[str, ...]]) -> str:
    """The header of the one free column of amounts that says such a phrase and nothing else; empty for none or more."""
    taken = {played.column for played in found.values()}
    free = [column for column in columns if column.role in AMOUNTS and column.name not in taken]
    said = [column.name for column in free if words_in(column.name) in known]
    return said[0] if len(said) == 1 else ""


def order_by_layout(columns: tuple[Column, ...], found: Mapping[Part, PartColumn]) -> PartColumn | None:
    """Beside columns of line items, what is called Name names the order, as in Shopify's exports."""
    taken, words = {played.column for played in found.values()}, {c.name: words_in(c.name) for c in columns}
    layout = order_words().layout
    n_items = sum(said[:1] == (layout.line_item,) for said in words.values())
    named = [c.name for c in columns if words[c.name] == layout.order and c.name not in taken and c.role != Role.EMPTY]
    if n_items < FEWEST_ITEM_COLUMNS or not named:
        return None
    reason = language.text("header says {phrase}", phrase=f"{' '.join(layout.order)}, {layout.line_item}")
    return PartColumn(Part.ORDER, named[0], reason)
