"""From records to customers: cleans a table of customers, or order lines and the customers that they add up to."""

from __future__ import annotations

from reportgen import wording
from reportgen.clean.base import Doubt
from reportgen.clean.stage import clean_customers, clean_table, id_column_of, type_lines
from reportgen.config import Settings
from reportgen.engine.base import Engine
from reportgen.errors import ReportgenError
from reportgen.orders.recognise import NotOrders, as_typed, find_orders, numbers_articles, numbers_orders
from reportgen.orders.stage import make_customers
from reportgen.records.orders import Part
from reportgen.records.table import CleanTable, Column, RawTable, Role
from reportgen.roles.identities import CUSTOMER_ID, PLAIN_ID

OF_PERSONS = frozenset({Role.PERSONAL, Role.AGE, Role.BIRTH})
"""Roles of columns that no list of articles has."""
SHOWN_NAME = 40
"""Characters of a header in a refusal."""


def tabulate(raw: RawTable, columns: tuple[Column, ...], settings: Settings, engine: Engine) -> CleanTable:
    """One row a customer, cleaned: the records themselves, or what they add up to where they are order lines.

    Raises ReportgenError (RG-009) where they are orders and no column names the customers, and what cleaning raises.
    """
    orders = find_orders(raw, columns, settings)
    if isinstance(orders, NotOrders):
        id_column = orders.customer or customer_column(columns, settings, orders)
        doubt = Doubt(orders.why, orders.asks_for)
        return clean_table(raw, with_id(columns, orders.customer), settings, engine, doubt, id_column=id_column)
    lines = type_lines(raw, orders.columns, orders.id_column, settings, engine)
    return clean_customers(make_customers(lines, orders, settings, engine), raw, settings, engine)


def customer_column(columns: tuple[Column, ...], settings: Settings, orders: NotOrders) -> str:
    """The id that roles are most sure of, or empty; the number of an order is nobody's.

    Raises ReportgenError (RG-009) where nothing else is left of records with a date and an amount, or what comes again.
    """
    best = id_column_of(columns)
    if settings.orders.mode == "never" or settings.input.id_column:
        return best
    numbers = [column.name for column in columns if column.role is Role.ID and numbers_orders(column)]
    sure = next((column.confidence for column in columns if column.name == best and best not in numbers), 0.0)
    is_told = sure > PLAIN_ID or (sure == PLAIN_ID and not orders.is_nobodys)
    if whose := ("" if is_told else orders.whose) or (orders.again if sure < CUSTOMER_ID else ""):
        raise unsaid_whose(whose, orders.also, are_orders=orders.is_nobodys or whose == orders.again)
    if best and best not in numbers:
        return best
    if orders.is_nobodys if best else orders.are_sales:
        raise nobodys_orders(best, orders.also)
    if best and numbers_articles(best) and not OF_PERSONS & {column.role for column in columns}:
        raise nobodys_articles(best)
    return id_column_of(tuple(column for column in columns if column.name not in numbers))


def nobodys_orders(number: str, also: str) -> ReportgenError:
    """The question whose the orders are.

    `number`: header of the column that numbers them, or empty. `also`: settings for what else is missing, or empty.
    """
    name = wording.scrub(number, SHOWN_NAME)
    found, otherwise = "each has a date, an article and an amount", 'mode = "never" in the section [orders]'
    if number:
        found, otherwise = f"{name} numbers them, each with an amount", f'id_column = "{name}" in the section [input]'
    return ReportgenError(
        "RG-009",
        f"The records look like orders: {found}, but no column names the customers.",
        f'Name the column that does: customer = "…"{with_others(also)} in the section [orders.columns]. If each record '
        f"is a customer, write {otherwise}.",
    )


def nobodys_articles(number: str) -> ReportgenError:
    """The question whether a list of articles is one of customers. `number`: header of the column that numbers them."""
    name = wording.scrub(number, SHOWN_NAME)
    return ReportgenError(
        "RG-009",
        f"The records look like articles: {name} numbers them, and no column names a customer.",
        "Export one row a customer, or the lines of their orders. If each record is a customer, write "
        f'id_column = "{name}" in the section [input].',
    )


def with_others(also: str) -> str:
    """Settings that are asked for beside another, behind it."""
    return f" and {also}" if also else ""


def unsaid_whose(whose: str, also: str, *, are_orders: bool) -> ReportgenError:
    """The question whether what comes again names the customers. `whose`: its header, `also`: as above."""
    name = wording.scrub(whose, SHOWN_NAME)
    found = f"{name} names customers again and again, and no column numbers them."
    setting, section, others = "id_column", "input", ""
    if are_orders:
        found = (
            f"The records look like orders, each with an amount; {name} comes again and again, and nothing says "
            "whether it names the customers."
        )
        setting, section, others = "customer", "orders.columns", with_others(also)
    return ReportgenError(
        "RG-009",
        found,
        f'If it tells the customers apart, write {setting} = "{name}"{others} in the section [{section}]. If each '
        'record is a customer, write mode = "never" in the section [orders].',
    )


def with_id(columns: tuple[Column, ...], name: str) -> tuple[Column, ...]:
    """The columns, that one as an id: what names the customers is neither a code nor a category."""
    return tuple(as_typed(column, Part.CUSTOMER) if column.name == name else column for column in columns)
