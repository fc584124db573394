"""How `inspect` shows order lines: which column plays which part, what became of the lines, the customers they give."""

from __future__ import annotations

from typing import Any

from reportgen.records.orders import OrderLines
from reportgen.records.table import CleanTable

Row = tuple[str, ...]


def orders_as_data(table: CleanTable | None) -> dict[str, Any] | None:
    """What `--json` prints; None where the export has one row a customer."""
    orders = table.orders if table else None
    if table is None or orders is None:
        return None
    boxes = {entry.name: entry.box_before for entry in table.quality}
    return {
        "parts": [{"part": p.part.value, "column": p.column, "reason": p.reason} for p in orders.parts],
        "lines": orders.n_lines,
        "purchases": orders.n_purchases,
        "returns": orders.n_returns,
        "set_aside": [{"reason": entry.reason, "lines": entry.n_lines} for entry in orders.set_aside],
        "orders": orders.n_orders,
        "first_day": orders.first_day,
        "reference_day": orders.reference_day,
        "spending": orders.spending,
        "returned": orders.returned,
        "customers": [
            {"column": column.name, "lowest": box[0], "median": box[2], "highest": box[4]}
            for column in table.columns
            if column.is_derived and (box := boxes.get(column.name))
        ],
    }


def sum_of_lines(orders: OrderLines) -> str:
    """`320,705 order lines = 223,205 purchases + 5,096 returns + 92,404 set aside`."""
    from reportgen.wording import format_count, plural

    parts = [plural(orders.n_purchases, "purchase"), plural(orders.n_returns, "return")]
    parts.append(f"{format_count(orders.n_set_aside)} set aside")
    return f"{plural(orders.n_lines, 'order line')} = {' + '.join(parts)}"


def tables_of(table: CleanTable | None) -> list[list[Row]]:
    """Rows of the tables that the text shows, each with its header; none where the export has one row a customer."""
    from reportgen.wording import format_count, format_number

    orders, data = table.orders if table else None, orders_as_data(table)
    if orders is None or data is None:
        return []
    parts = [(p.part.value, p.column, p.reason) for p in orders.parts]
    lines = [("purchases", format_count(orders.n_purchases), f"of {format_count(orders.n_orders)} orders")]
    lines += [("returns", format_count(orders.n_returns), "taken off")] if orders.n_returns else []
    lines += [("set aside", format_count(entry.n_lines), entry.reason) for entry in orders.set_aside]
    found = [
        (c["column"], *(format_number(c[end]) for end in ("lowest", "median", "highest")), "")
        for c in data["customers"]
    ]
    return [
        [("part", "column", "why"), *parts],
        [("lines", "number", "which"), *lines],
        [("of a customer", "lowest", "median", "highest", ""), *found],
    ]
