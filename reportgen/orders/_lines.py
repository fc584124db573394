"""Prepares typed order lines: the day as a number, the amount of each line."""

from __future__ import annotations

import datetime as dt
from typing import Any

import narwhals as nw

from reportgen.config import Settings
from reportgen.engine.shortcuts import count_texts
from reportgen.orders.base import AMOUNT, DAY, Lines
from reportgen.orders.recognise import Orders
from reportgen.orders.unread_days import day_number
from reportgen.records.orders import Part
from reportgen.records.table import TypedTable


def lines_of(table: TypedTable, orders: Orders, settings: Settings) -> Lines:
    """The lines with DAY and AMOUNT."""
    frame: nw.LazyFrame[Any] = nw.from_native(table.frame).lazy()
    date, amount, price = (orders.name(part) for part in (Part.DATE, Part.AMOUNT, Part.PRICE))
    quantity = orders.name(Part.QUANTITY)
    known = [str(text) for text, _ in count_texts(frame, date).collect().rows()]
    numbers = [float(day_number(dt.date.fromisoformat(text))) for text in known]
    day = nw.col(date).replace_strict(known, numbers, default=None, return_dtype=nw.Float64)
    value = nw.col(amount or price)
    cost = value * nw.col(quantity) if quantity and not amount else value
    return Lines(frame.with_columns(day.alias(DAY), cost.alias(AMOUNT)), orders, settings)
