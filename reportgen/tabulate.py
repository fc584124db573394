"""From records to customers: cleans a table of customers, or order lines and the customers that they add up to."""

from __future__ import annotations

from reportgen.clean.base import Doubt
from reportgen.clean.stage import clean_customers, clean_table, type_lines
from reportgen.config import Settings
from reportgen.engine.base import Engine
from reportgen.orders.recognise import NotOrders, find_orders
from reportgen.orders.stage import make_customers
from reportgen.records.table import CleanTable, Column, RawTable


def tabulate(raw: RawTable, columns: tuple[Column, ...], settings: Settings, engine: Engine) -> CleanTable:
    """One row a customer, cleaned: the records themselves, or what they add up to where they are order lines."""
    orders = find_orders(raw, columns, settings)
    if isinstance(orders, NotOrders):
        return clean_table(raw, columns, settings, engine, Doubt(orders.why, orders.asks_for))
    lines = type_lines(raw, orders.columns, orders.id_column, settings, engine)
    return clean_customers(make_customers(lines, orders, settings, engine), raw, settings, engine)
