"""Prepares typed order lines: the day as a number, the amount of each line, what several rules ask of all of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import narwhals as nw

from reportgen import wording
from reportgen.config import Settings
from reportgen.engine.base import Engine
from reportgen.engine.shortcuts import count_texts
from reportgen.errors import ReportgenError
from reportgen.orders import statuses
from reportgen.orders.base import AMOUNT, DAY, Lines
from reportgen.orders.recognise import Orders
from reportgen.orders.unread_days import day_number, days_of
from reportgen.records.orders import Part
from reportgen.records.table import TypedTable


def refuse_unread(orders: Orders) -> None:
    """Raises ReportgenError (RG-063): the step is switched off, or the column holds something else."""
    for part, kind in ((Part.DATE, "date"), (Part.AMOUNT, "number"), (Part.PRICE, "number"), (Part.QUANTITY, "number")):
        column = next((column for column in orders.columns if column.name == orders.name(part)), None)
        if column and column.kind != kind:
            raise ReportgenError(
                "RG-063",
                f"{wording.scrub(column.name, 40)}, the {part.value} of the order lines, cannot be read as {kind}s: "
                f"{column.reason}.",
                f"Name another column: {part.value} in the section [orders.columns].",
            )


def no_day(date: str) -> ReportgenError:
    """That no cell of the column is a day."""
    return ReportgenError(
        "RG-063",
        f"{wording.scrub(date, 40)}, the date of the order lines, holds no day that can be read.",
        "Name another column: date in the section [orders.columns].",
    )


def lines_of(table: TypedTable, orders: Orders, settings: Settings, engine: Engine) -> Lines:
    """The lines with DAY and AMOUNT, their days and what their statuses say.

    Raises ReportgenError (RG-063) where dates or amounts were not read as such.
    """
    refuse_unread(orders)
    frame: nw.LazyFrame[Any] = nw.from_native(table.frame).lazy()
    date, amount, price = (orders.name(part) for part in (Part.DATE, Part.AMOUNT, Part.PRICE))
    quantity = orders.name(Part.QUANTITY)
    known = [str(text) for text, _ in count_texts(frame, date).collect().rows()]
    if not known:
        raise no_day(date)
    numbers = [float(day_number(dt.date.fromisoformat(text))) for text in known]
    day = nw.col(date).replace_strict(known, numbers, default=None, return_dtype=nw.Float64)
    value = nw.col(amount or price)
    cost = value * nw.col(quantity) if quantity and not amount else value
    timed = frame.with_columns(day.alias(DAY), cost.alias(AMOUNT))
    lines = Lines(timed, orders, settings, table.n_rows, engine)
    return statuses.booked_back(replace(lines, days=days_of(timed), told=statuses.tell(lines)))
