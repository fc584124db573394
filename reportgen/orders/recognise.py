"""Recognises order lines: which column plays which part, and what is missing where ids repeat but it is not clear."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from reportgen import language, wording
from reportgen.config import Settings, resolve_column
from reportgen.errors import ReportgenError
from reportgen.orders._asked import SECTION, asked_for, is_there, missing_parts, said_missing
from reportgen.orders._cells import holds_part
from reportgen.orders._repeats import Repeats
from reportgen.orders._unsaid import AMOUNTS, donated, is_day, line_price, list_price, only_date, order_by_layout
from reportgen.orders._whose import (
    LEAST_REPEATED,
    MAY_NAME_PERSONS,
    PERSONAL_CONFIDENCE,
    may_name,
    one_that_repeats,
    person,
    told_better,
    who_comes_again,
)
from reportgen.orders._words import order_words
from reportgen.records.orders import Part, PartColumn
from reportgen.records.table import NUMERIC_ROLES, Column, RawTable, Role

NAMES = frozenset({Role.ID, Role.CODE, Role.CATEGORY, Role.TEXT, Role.COUNT, Role.MEASURE})
LEVELS = frozenset({Role.CATEGORY, Role.FLAG, Role.CODE, Role.CONSTANT})
SUITABLE: dict[Part, frozenset[Role]] = {
    Part.CUSTOMER: NAMES,
    Part.DATE: frozenset({Role.DATE}),
    Part.ORDER: NAMES,
    Part.AMOUNT: AMOUNTS,
    Part.QUANTITY: AMOUNTS | {Role.CODE},
    Part.PRICE: AMOUNTS,
    Part.PRODUCT: NAMES,
    Part.DESCRIPTION: frozenset({Role.TEXT, Role.CATEGORY, Role.PERSONAL}),
    Part.STATUS: LEVELS,
    Part.CURRENCY: LEVELS,
}
"""Roles of the columns that may play a part unasked; also the order in which parts are given away."""
TYPED: dict[Part, tuple[Role, str]] = {
    Part.CUSTOMER: (Role.ID, "text"),
    Part.DATE: (Role.DATE, "date"),
    Part.ORDER: (Role.ID, "text"),
    Part.AMOUNT: (Role.MONEY, "number"),
    Part.QUANTITY: (Role.COUNT, "number"),
    Part.PRICE: (Role.MONEY, "number"),
    Part.PRODUCT: (Role.ID, "text"),
    Part.DESCRIPTION: (Role.TEXT, "text"),
    Part.STATUS: (Role.CATEGORY, "category"),
    Part.CURRENCY: (Role.CATEGORY, "category"),
}
"""Part → role and kind in which cleaning types the column."""
SUPPORT = frozenset({Part.ORDER, Part.PRODUCT, Part.QUANTITY})
"""Parts that no table of customers has."""


@dataclass(frozen=True, slots=True)
class Orders:
    """Order lines that were recognised."""

    parts: Mapping[Part, PartColumn]
    columns: tuple[Column, ...]
    """In file order, in the roles in which cleaning types them."""

    @property
    def id_column(self) -> str:
        return self.name(Part.CUSTOMER)

    def name(self, part: Part) -> str:
        """The header name of that part, or empty."""
        return self.parts[part].column if part in self.parts else ""


@dataclass(frozen=True, slots=True)
class NotOrders:
    """One row a customer, or records whose kind is not clear."""

    why: str = ""
    """Where ids repeat: what keeps the records from being taken for order lines, a clause; else empty."""
    asks_for: str = ""
    """The setting that would decide, or empty."""
    customer: str = ""
    """Where ids repeat: the column that names the customers, or empty."""
    is_nobodys: bool = False
    """Whether the records have an amount beside a date or an article's number, and no column names the customers."""
    are_sales: bool = False
    """Whether they have an article beside both, too, as no record of a customer has."""
    also: str = ""
    """Where no column names the customers: the settings for what else is missing, or empty."""
    whose: str = ""
    """Where no column names the customers: one whose names or numbers come again, or empty."""
    again: str = ""
    """The same of addresses, telephones and whole names, whatever else the records hold."""


def find_orders(raw: RawTable, columns: tuple[Column, ...], settings: Settings) -> Orders | NotOrders:
    """What the records are. Raises ReportgenError: RG-062 unknown column, RG-063 what they ask for is missing."""
    chosen = settings.orders
    if chosen.mode == "never":
        return NotOrders()
    parts = find_parts(raw, columns, settings)
    if chosen.mode == "always":
        if missing := missing_parts(parts):
            raise ReportgenError(
                "RG-063",
                f"The setting orders.mode says that the records are order lines, but {said_missing(missing)}.",
                f"Name it: {asked_for(missing, columns, parts)} in {SECTION}.",
            )
        return as_orders(parts, columns)
    if not settings.clean.repeated_ids.on:
        return NotOrders()
    if settings.clean.repeated_ids.keep != "ask":
        repeats = Part.CUSTOMER in parts and Repeats.of(raw, parts).share > 0
        return NotOrders(customer=parts[Part.CUSTOMER].column if repeats else "")
    return told_from_repeats(raw, columns, parts, settings)


def told_from_repeats(
    raw: RawTable, columns: tuple[Column, ...], parts: dict[Part, PartColumn], settings: Settings
) -> Orders | NotOrders:
    """What the records are where no setting says it: order lines repeat their customers."""
    if Part.CUSTOMER not in parts:
        if any(column.role is Role.DATE and order_words().is_last_day(column.name) for column in columns):
            return NotOrders()
        has_day = Part.DATE in parts or any(is_day(column) for column in columns)
        is_nobodys = is_there(Part.AMOUNT, parts) and (has_day or {Part.ORDER, Part.PRODUCT} <= set(parts))
        return NotOrders(
            is_nobodys=is_nobodys,
            are_sales=is_nobodys and {Part.DATE, Part.PRODUCT} <= set(parts),
            also=asked_for([part for part in missing_parts(parts) if part is not Part.CUSTOMER], columns, parts),
            whose=may_name(raw, columns, parts, are_orders=is_nobodys),
            again=who_comes_again(raw, columns),
        )
    key, repeats = parts[Part.CUSTOMER].column, Repeats.of(raw, parts)
    if repeats.share <= settings.clean.repeated_ids.most_repeated and not (repeats.share and are_surely_orders(parts)):
        return NotOrders()
    if missing := missing_parts(parts):
        return NotOrders(said_missing(missing), f"{asked_for(missing, columns, parts)} in {SECTION}", key)
    doubt = "" if SUPPORT & set(parts) else doubt_of(repeats)
    return NotOrders(doubt, 'mode = "always" in the section [orders]', key) if doubt else as_orders(parts, columns)


def are_surely_orders(parts: Mapping[Part, PartColumn]) -> bool:
    """Whether the records are orders however few customers come again: each has a number, a day, a price and goods."""
    has_goods = Part.PRODUCT in parts or Part.QUANTITY in parts
    return Part.ORDER in parts and Part.DATE in parts and is_there(Part.AMOUNT, parts) and has_goods


def doubt_of(repeats: Repeats) -> str:
    """Why records that no column tells from those of customers are no order lines, or empty."""
    if repeats.is_panel:
        return "each customer has a record on each date, as states have"
    if repeats.share < LEAST_REPEATED:
        return f"only {wording.format_share(repeats.share)} of the records repeat an id"
    return ""


def find_parts(raw: RawTable, columns: tuple[Column, ...], settings: Settings) -> dict[Part, PartColumn]:
    """Part → the column that plays it: as the settings say, else the one whose header says so best."""
    labels = {column.name: column.label for column in columns}
    given = {Part(name): value for name, value in settings.orders.columns.model_dump().items() if value}
    if settings.input.id_column:
        given.setdefault(Part.CUSTOMER, settings.input.id_column)
    found = {
        part: PartColumn(
            part, resolve_column(f"orders.columns.{part.value}", name, labels), language.text("the settings say so")
        )
        for part, name in given.items()
    }
    for part, roles in SUITABLE.items():
        taken = {played.column for played in found.values()}
        free = [column for column in columns if column.role in roles and column.name not in taken]
        if part in found:
            continue
        best = one_that_repeats(raw, free, roles) if part is Part.CUSTOMER else best_column(part, free)
        if best and holds_part(raw, part, best.column):
            found[part] = best
    if Part.CUSTOMER in found and Part.CUSTOMER not in given and (better := told_better(raw, columns, found)):
        found[Part.CUSTOMER] = better
    if Part.PRICE in found and Part.AMOUNT in found:
        del found[Part.AMOUNT if Part.PRICE in given and Part.AMOUNT not in given else Part.PRICE]
    return with_unsaid(raw, columns, found)


def with_unsaid(raw: RawTable, columns: tuple[Column, ...], found: dict[Part, PartColumn]) -> dict[Part, PartColumn]:
    """The parts, with the order, the customer and the price where no header says them by itself."""
    if Part.ORDER not in found and (named := order_by_layout(columns, found)):
        found[Part.ORDER] = named
    if Part.CUSTOMER not in found and (whose := person(raw, columns, found)):
        found[Part.CUSTOMER] = whose
    if Part.DATE not in found and (day := only_date(columns, found)):
        found[Part.DATE] = day
    if Part.AMOUNT not in found and (paid := line_price(columns, found)):
        del found[Part.PRICE]
        found[Part.AMOUNT] = paid
    if not is_there(Part.AMOUNT, found) and (given := donated(columns, found)):
        found[Part.AMOUNT] = given
    if not is_there(Part.AMOUNT, found) and (listed := list_price(columns, found)):
        found[Part.PRICE] = listed
    return found


def numbers_orders(column: Column) -> bool:
    """Whether a header names orders, invoices, transactions, their lines or goods: its values are no customers."""
    return order_words().numbers_orders(column.name)


def numbers_articles(header: str) -> bool:
    """Whether a header numbers goods."""
    return order_words().rank(Part.PRODUCT, header) is not None


def best_column(part: Part, columns: Iterable[Column]) -> PartColumn | None:
    """The column whose header says the part's surest phrase; the first of equals."""
    ranked = [(rank, column) for column in columns if (rank := order_words().rank(part, column.name))]
    if not ranked:
        return None
    (_, phrase), column = min(ranked, key=lambda entry: entry[0][0])
    return PartColumn(part, column.name, language.text("header says {phrase}", phrase=phrase))


def as_orders(parts: dict[Part, PartColumn], columns: tuple[Column, ...]) -> Orders:
    """The columns in the roles in which they are typed; amounts and dates that play no part stay out."""
    played = {part_column.column: part for part, part_column in parts.items()}
    return Orders(parts, tuple(as_typed(column, played.get(column.name)) for column in columns))


def as_typed(column: Column, part: Part | None) -> Column:
    if part is not None:
        role, kind = TYPED[part]
        is_person = part is Part.CUSTOMER and column.role in MAY_NAME_PERSONS
        sure = PERSONAL_CONFIDENCE if is_person else column.confidence
        return replace(column, role=role, kind=kind, confidence=sure)
    is_of_customer = column.role in (Role.AGE, Role.BIRTH, Role.SCORE)
    if column.role in NUMERIC_ROLES and not is_of_customer:
        return replace(
            column,
            role=Role.IGNORED,
            kind="text",
            reason=language.text("an amount of single order lines, not added up"),
        )
    if column.role is Role.DATE:
        return replace(column, role=Role.IGNORED, kind="text", reason=language.text("another date of the order lines"))
    if column.role is Role.ID:
        return replace(column, role=Role.IGNORED, kind="text", reason=language.text("names order lines, not customers"))
    return column
