"""Makes customer exports of many shapes from a seed, with planted segments or without: the material of the name test.

Plain Python: what is planted is not told to the checker, which knows the export alone.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from names.made_orders import write_orders

ORDER_LINES_EVERY = 6
"""One export in so many is one of order lines."""
NO_SEGMENTS_EVERY = 9
"""One in so many has no planted segments."""
SIZES = (80, 120, 150, 200, 260, 350, 500, 800, 2000)
"""Customers; the large ones are rarer, see `size_of`."""
MISSING_WORDS = ("", "NA", "")
LEVEL_NAMES = {
    "city": ("Ulm", "Bern", "Graz", "Linz", "Basel"),
    "plan": ("Basic", "Plus", "Premium"),
    "channel": ("Web", "Shop", "Telephone", "Partner"),
    "gender": ("Female", "Male"),
    "newsletter": ("yes", "no"),
}


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of column: headers of several styles, and a value from a customer's level (about −1.5 to 1.5)."""

    headers: tuple[str, ...]
    value: Callable[[random.Random, float], str]


def whole(low: int, high: int, middle: float, spread: float) -> Callable[[random.Random, float], str]:
    return lambda _, level: str(round(min(high, max(low, middle + spread * level))))


def tailed(scale: float, power: float) -> Callable[[random.Random, float], str]:
    """Money with a long tail."""
    return lambda _, level: f"{scale * 2.718281828 ** (power * level):.2f}"


def few(mean: float, power: float) -> Callable[[random.Random, float], str]:
    """A count: rare things of a rate that grows with the level."""
    return lambda random, level: str(
        sum(random.random() < min(0.95, mean * 2 ** (power * level) / 40) for _ in range(40))
    )


SHAPING: dict[str, Kind] = {
    "income": Kind(
        ("Annual Income (k$)", "annual_income", "Income", "YearlySalary", "Household Income (EUR)"),
        whole(5, 250, 62, 22),
    ),
    "score": Kind(("Spending Score (1-100)", "spending_score", "SpendingScore"), whole(1, 100, 50, 22)),
    "spending": Kind(("Total Spend", "spending_eur", "Spending (€)", "Revenue", "total_sales"), tailed(300, 0.8)),
    "orders": Kind(("Orders", "n_orders", "NumOrders", "Purchases", "order_count"), few(9, 1.0)),
    "visits": Kind(("Visits", "web_visits", "Store Visits", "Sessions"), few(12, 0.8)),
    "recency": Kind(("Recency", "days_since_last_purchase", "DaysSinceLastOrder"), whole(0, 700, 180, 90)),
    "basket": Kind(("Basket Value", "avg_basket", "OrderValue"), tailed(45, 0.5)),
    "balance": Kind(("Balance", "account_balance", "Account Balance (CHF)"), tailed(2500, 1.0)),
    "tenure": Kind(("Tenure (months)", "tenure_months", "TenureMonths"), whole(1, 240, 60, 28)),
    "satisfaction": Kind(("Satisfaction (1-10)", "satisfaction_score"), whole(1, 10, 6, 2)),
    "returns": Kind(("Returns", "items_returned"), few(6, 0.9)),
    "minutes": Kind(("Day Minutes", "total_minutes"), lambda _, level: f"{max(0.0, 180 + 55 * level):.1f}"),
    "grocery": Kind(("Grocery", "Fresh", "Milk"), tailed(6000, 0.7)),
    "discount": Kind(("Discounts", "coupons"), few(7, 0.8)),
}

Level = Callable[[str], float]
"""A planted segment's level in a kind of column."""


def make_export(seed: int, folder: Path) -> Path:
    """The path of the export that a seed gives, in that folder."""
    path = folder / f"export_{seed}.csv"
    if seed % ORDER_LINES_EVERY == ORDER_LINES_EVERY - 1:
        write_orders(path, random.Random(seed))
    else:
        write_customers(path, random.Random(seed), has_segments=seed % NO_SEGMENTS_EVERY != NO_SEGMENTS_EVERY - 1)
    return path


def size_of(random: random.Random) -> int:
    """Most exports are small: every tenth has the largest size or the one below."""
    return SIZES[min(random.randrange(10), random.randrange(9), 8)]


def write_customers(path: Path, random: random.Random, *, has_segments: bool) -> None:
    n, k = size_of(random), random.randint(2, 8) if has_segments else 1
    shaping = random.sample(sorted(SHAPING), random.randint(2, 5))
    noise = random.choice((0.12, 0.2, 0.3, 0.45, 0.7)) if has_segments else 1.0
    centers = [{name: random.choice((-1.4, -0.7, 0.0, 0.7, 1.4)) for name in shaping} for _ in range(k)]
    weights = [random.choice((1, 1, 2, 4)) for _ in range(k)]
    groups = random.choices(range(k), weights, k=n)
    style = random.randrange(5)
    columns = [id_column(random, n)] if random.random() < 0.85 else []
    for name in shaping:
        kind = SHAPING[name]
        cells = [kind.value(random, centers[group][name] + random.gauss(0, noise)) for group in groups]
        columns.append((kind.headers[style % len(kind.headers)], cells))
    columns += described_by(random, groups, k)
    random.shuffle(columns)
    write(path, columns[:9], random)


def id_column(random: random.Random, n: int) -> tuple[str, list[str]]:
    header = random.choice(("CustomerID", "customer_id", "Customer No", "id"))
    if random.random() < 0.5:
        return header, [f"C{100000 + 7 * i}" for i in range(n)]
    return header, [str(i + 1) for i in range(n)]


def described_by(random: random.Random, groups: list[int], k: int) -> list[tuple[str, list[str]]]:
    """Age, birth year, dates and categories; half of them lean with the segment."""
    columns = []
    for name in random.sample(["age", "birth", "since", *LEVEL_NAMES], random.randint(0, 3)):
        leans = random.random() < 0.5
        lean = [random.uniform(-1, 1) if leans else 0.0 for _ in range(k)]
        years = [min(90, max(18, round(45 + 14 * lean[g] + random.gauss(0, 10)))) for g in groups]
        if name == "age":
            columns.append((random.choice(("Age", "customer_age", "AGE")), [str(year) for year in years]))
        elif name == "birth":
            columns.append((random.choice(("Year of Birth", "birth_year")), [str(2026 - year) for year in years]))
        elif name == "since":
            header = random.choice(("Customer since", "first_order_date"))
            days = [
                f"{random.randint(2015, 2025)}-{random.randint(1, 12):02}-{random.randint(1, 28):02}" for _ in groups
            ]
            columns.append((header, days))
        else:
            columns.append((name.capitalize(), levels(random, LEVEL_NAMES[name], groups, k, leans)))
    return columns


def levels(random: random.Random, names: tuple[str, ...], groups: list[int], k: int, leans: bool) -> list[str]:
    even = [random.randint(1, 5) for _ in names]
    weights = [[random.randint(1, 9) for _ in names] if leans else even for _ in range(k)]
    return [random.choices(names, weights[group])[0] for group in groups]


def write(path: Path, columns: list[tuple[str, list[str]]], random: random.Random) -> None:
    """The columns as a file with commas or semicolons; in one of three a few cells are missing."""
    if random.random() < 0.33:
        share = random.choice((0.01, 0.03, 0.08))
        for header, cells in columns:
            if header.lower() not in ("customerid", "customer_id", "customer no", "id"):
                cells[:] = [random.choice(MISSING_WORDS) if random.random() < share else cell for cell in cells]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=random.choice(",,;"), lineterminator="\n")
        writer.writerow([header for header, _ in columns])
        writer.writerows(zip(*(cells for _, cells in columns), strict=True))
