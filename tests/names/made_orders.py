"""Makes exports of order lines from a seed: several lines an order, several orders a customer, some returns."""

from __future__ import annotations

import csv
import datetime as dt
import random
from pathlib import Path

LAST_DAY = dt.date(2026, 9, 30)
PRODUCTS = 60
GROUPS = (  # days since the last purchase, orders, price level: what a segment of shoppers does
    (15, 14, 1.6),
    (20, 12, 0.9),
    (30, 2, 0.7),
    (200, 11, 1.5),
    (260, 2, 0.6),
    (120, 5, 1.0),
)
HEADERS = (
    ("InvoiceNo", "StockCode", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID"),
    ("order_id", "product_id", "quantity", "order_date", "unit_price", "customer_id"),
    ("Order ID", "Product ID", "Quantity", "Order Date", "Amount", "Customer ID"),
)
"""In the last the amount is that of the whole line."""


def write_orders(path: Path, random: random.Random) -> None:
    """An export of order lines, in any order of the lines."""
    headers = random.choice(HEADERS)
    has_returns, has_strangers = random.random() < 0.4, random.random() < 0.4
    groups = random.sample(GROUPS, random.randint(3, 5))
    prices = [round(random.lognormvariate(2.2, 0.7), 2) for _ in range(PRODUCTS)]
    lines: list[list[str]] = []
    for customer in range(random.choice((80, 120, 200, 300))):
        key = str(10000 + customer) if not has_strangers or random.random() > 0.02 else ""
        lines += lines_of(random, key, random.choice(groups), prices, start=500000 + 40 * customer)
    if has_returns:
        lines += [returned(random, line) for line in random.sample(lines, len(lines) // 40)]
    random.shuffle(lines)
    if headers[4] == "Amount":
        lines = [[*line[:4], f"{float(line[4]) * int(line[2]):.2f}", line[5]] for line in lines]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(headers)
        writer.writerows(lines)


def lines_of(
    random: random.Random, key: str, group: tuple[int, int, float], prices: list[float], start: int
) -> list[list[str]]:
    """All lines of one customer; no product twice in an order."""
    days, n_orders, level = group
    last = LAST_DAY - dt.timedelta(days=max(0, round(random.gauss(days, days / 4))))
    lines = []
    for order in range(max(1, min(38, round(random.gauss(n_orders, n_orders / 4))))):
        day = last if order == 0 else last - dt.timedelta(days=random.randint(1, 300))
        for product in random.sample(range(PRODUCTS), random.randint(1, 4)):
            quantity = random.choice((1, 1, 1, 2, 3))
            price = f"{prices[product] * level:.2f}"
            lines.append([str(start + order), f"P{product:03}", str(quantity), day.isoformat(), price, key])
    return lines


def returned(random: random.Random, line: list[str]) -> list[str]:
    """The line gone back some days later, under a number of its own."""
    order, product, quantity, day, price, key = line
    later = min(LAST_DAY, dt.date.fromisoformat(day) + dt.timedelta(days=random.randint(1, 20)))
    return [str(int(order) + 400000), product, f"-{quantity}", later.isoformat(), price, key]
