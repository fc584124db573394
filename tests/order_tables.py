"""Invented exports of order lines, small enough to add up by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

from raw_tables import ENGINE, raw_table_of, settings_of

from reportgen.engine.base import Engine
from reportgen.records.orders import OrderLines
from reportgen.records.table import LINE_COLUMN, CleanTable, RawTable
from reportgen.roles.stage import assign_roles
from reportgen.tabulate import tabulate

N = 30
"""Customers C001 to C030; the i-th has 1 + i % 4 orders of two lines."""
START = dt.date(2026, 1, 1)
HEADER = ("Order No", "Order Date", "Customer ID", "Article No", "Article Name", "Quantity", "Unit Price")

Columns = dict[str, list[Any]]


def order_lines() -> Columns:
    """Lines of N customers: each order has three mugs at 4 and one plate at 10 + i, 22 + i in all; days differ."""
    rows = []
    number = 10_000
    for i in range(1, N + 1):
        for k in range(1 + i % 4):
            number += 1
            day = (START + dt.timedelta(days=(i * 7 + k * 41) % 180)).isoformat()
            head = (str(number), day, f"C{i:03d}")
            rows += [(*head, "10012", "Mug", "3", "4.00"), (*head, "10450B", "Plate", "1", f"{10 + i}.00")]
    return {name: [row[place] for row in rows] for place, name in enumerate(HEADER)}


def add(columns: Columns, **cells: str | None) -> int:
    """Appends a line like the last one but for these cells (underscores for spaces); returns its record number."""
    given = {name.replace("_", " "): value for name, value in cells.items()}
    for name, values in columns.items():
        values.append(given.get(name, values[-1]))
    return len(columns["Order No"])


def table_of(columns: Columns, **settings: Any) -> CleanTable:
    """The customers that the lines add up to."""
    table, chosen = raw_table_of(columns), settings_of(**settings)
    return tabulate(table, assign_roles(table, chosen, ENGINE), chosen, ENGINE)


def table_on(engine: Engine, columns: Columns, **settings: Any) -> CleanTable:
    """The same on another engine."""
    raw, chosen = raw_table_of(columns), settings_of(**settings)
    lines = {LINE_COLUMN: list(range(1, len(next(iter(columns.values()))) + 1))}
    held = RawTable(engine.from_columns({**columns, **lines}), raw.columns, raw.report, (), raw.places)
    return tabulate(held, assign_roles(held, chosen, engine), chosen, engine)


def story_of(columns: Columns, **settings: Any) -> OrderLines:
    """What became of the lines."""
    story = table_of(columns, **settings).orders
    assert story is not None
    return story


def customer(table: CleanTable, key: str) -> dict[str, Any]:
    """The row of one customer; fails where there is none or two."""
    names = [column.name for column in table.columns]
    arrays = ENGINE.to_arrays(table.frame, names)
    (row,) = [i for i, value in enumerate(arrays[table.id_column]) if value == key]
    return {name: arrays[name][row] for name in names}


def aside(story: OrderLines) -> dict[str, int]:
    """Reason → lines set aside."""
    return {entry.reason: entry.n_lines for entry in story.set_aside}
