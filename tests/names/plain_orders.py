"""Adds up order lines a second time, by rules written here in plain Python."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Record = Mapping[str, str]


def customers_of_lines(
    records: Sequence[Record], study: Mapping[str, Any], ids: Sequence[str]
) -> dict[str, list[float | str | None]]:
    """Header → values of the customers with those ids, for the columns that order lines give."""
    names = {part["part"]: part["column"] for part in study["orders"]["parts"]}
    mine: dict[str, list[Record]] = {}
    for record in records:
        mine.setdefault(record[names["customer"]], []).append(record)
    last_day = max(dt.date.fromisoformat(record[names["date"]]) for record in records)
    rows = [one_customer(mine[one], names, last_day) for one in ids]
    columns: dict[str, list[float | str | None]] = {name: [row[name] for row in rows] for name in rows[0]}
    return columns | {names["customer"]: list(ids)}


def hundredths_of_cents(amount: float) -> float:
    """To four decimals, a half up."""
    return math.floor(amount * 10_000 + 0.5) / 10_000


def one_customer(lines: Iterable[Record], names: Mapping[str, str], last_day: dt.date) -> dict[str, float]:
    """Recency, orders, spending and what goes with them; a line with a quantity or amount below zero went back."""
    bought, n_back, n_lines, spending = [], 0, 0, 0.0
    for line in lines:
        amount = amount_of(line, names)
        n_lines += 1
        spending += amount
        if amount < 0 or float(line[names["quantity"]]) < 0:
            n_back += 1
        else:
            bought.append(line)
    days = [dt.date.fromisoformat(line[names["date"]]) for line in bought]
    n_orders = len({line[names["order"]] for line in bought})
    spending = hundredths_of_cents(spending)
    return {
        "Days since last purchase": float((last_day - max(days)).days),
        "Days since first purchase": float((last_day - min(days)).days),
        "Orders": float(n_orders),
        "Spending": spending,
        "Average order value": hundredths_of_cents(spending / n_orders),
        "Returns share": 100.0 * n_back / n_lines,
        "Product range": float(len({line[names["product"]] for line in bought})),
    }


def amount_of(line: Record, names: Mapping[str, str]) -> float:
    if "amount" in names:
        return float(line[names["amount"]])
    return float(line[names["quantity"]]) * float(line[names["price"]])
