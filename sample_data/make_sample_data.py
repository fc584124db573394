"""Writes three monthly exports of an invented harbour store, with known segments and known dirt.

Run as `python sample_data/make_sample_data.py`; the bytes are the same on every machine, because every number comes
from `random.Random.random`, whose sequence Python guarantees, through the inverse normal distribution.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from statistics import NormalDist
from typing import NamedTuple

FOLDER = Path(__file__).parent
SEED = 20260831
PERIODS = ("2026-08", "2026-09", "2026-10")
N_FIRST = 1_200
HEADER = (
    "Customer ID",
    "Gender",
    "Age",
    "Annual Income (k€)",
    "Spending Score (1-100)",
    "Monthly Visits",
    "City",
    "Joined",
)
GENDER, AGE, INCOME, SCORE, VISITS, CITY = 1, 2, 3, 4, 5, 6
CITIES = (("Rotterdam", 0.38), ("Hamburg", 0.27), ("Antwerp", 0.20), ("Gdansk", 0.15))


class Shape(NamedTuple):
    """A planted segment: its share of new customers, then mean and standard deviation of each number."""

    share: float
    income: tuple[float, float]
    score: tuple[float, float]
    visits: tuple[float, float]
    age: tuple[float, float]


SHAPES: Mapping[str, Shape] = {
    "middle income, middle score": Shape(0.23, (50, 5), (51, 6), (9.5, 1.8), (46, 12)),
    "middle income, frequent visits": Shape(0.22, (53, 5), (72, 6), (17, 2.0), (58, 8)),
    "high income, high score": Shape(0.16, (86, 6), (82, 6), (10, 1.8), (39, 9)),
    "high income, low score": Shape(0.14, (85, 7), (18, 6), (7, 1.8), (45, 11)),
    "low income, high score": Shape(0.13, (25, 4), (79, 6), (10, 1.8), (26, 5)),
    "low income, low score": Shape(0.12, (26, 4), (19, 6), (7, 1.8), (45, 12)),
}
"""Age belongs to some segments and gender to none: one describes, the other must be reported as not differing."""


class Move(NamedTuple):
    """Customers who change segment in a month, as a share of the segment they leave."""

    origin: str
    target: str
    share: float


class Turn(NamedTuple):
    """What happens between two exports."""

    left: float
    """Share of all customers who leave."""
    arrived: float
    """New customers, as a share of all."""
    moves: tuple[Move, ...]


TURNS = (
    Turn(
        0.03,
        0.04,
        (
            Move("high income, high score", "high income, low score", 0.03),
            Move("low income, low score", "low income, high score", 0.03),
            Move("middle income, middle score", "middle income, frequent visits", 0.02),
        ),
    ),
    Turn(
        0.025,
        0.05,
        (
            Move("high income, low score", "high income, high score", 0.04),
            Move("low income, high score", "low income, low score", 0.03),
            Move("middle income, middle score", "middle income, frequent visits", 0.12),
        ),
    ),
)
"""September is quiet; in October one in eight middle customers begins to come often."""


class Dirt(NamedTuple):
    """How many cells (or lines) of a month are spoilt, by kind; no cell is spoilt twice."""

    missing: Mapping[int, int]
    gender_labels: int
    city_labels: int
    impossible_ages: int
    impossible_scores: int
    income_outliers: int
    duplicates: int


DIRT = (
    Dirt({GENDER: 12, AGE: 24, INCOME: 15, SCORE: 9, VISITS: 7, CITY: 20}, 70, 18, 6, 3, 4, 14),
    Dirt({GENDER: 9, AGE: 27, INCOME: 13, SCORE: 11, VISITS: 5, CITY: 22}, 64, 21, 5, 2, 3, 11),
    Dirt({GENDER: 15, AGE: 22, INCOME: 18, SCORE: 8, VISITS: 9, CITY: 26}, 77, 16, 7, 4, 5, 17),
)
MISSING_WORDS = ("", "?", "n/a")
GENDER_LABELS = {"Male": ("male", "M ", " Male", "MALE", "M"), "Female": ("female", "F ", " Female", "FEMALE", "F")}
CITY_LABELS: tuple[Callable[[str], str], ...] = (str.upper, str.lower, "{} ".format)
IMPOSSIBLE_AGES = ("150", "-3", "0", "199")
IMPOSSIBLE_SCORES = ("120", "0", "-8")
OUTLYING_INCOMES = (210.0, 420.0)


@dataclass(frozen=True, slots=True)
class Customer:
    id: str
    segment: str
    gender: str
    age: int
    income: float
    score: int
    visits: int
    city: str
    joined: date

    def cells(self) -> list[str]:
        numbers = [str(self.age), f"{self.income:.1f}", str(self.score), str(self.visits)]
        return [self.id, self.gender, *numbers, self.city, self.joined.isoformat()]


class Month(NamedTuple):
    """One export: its text, and what is true behind it."""

    period: str
    text: str
    segments: Mapping[str, str]
    """Customer id → planted segment, without any dirt."""
    counts: Mapping[str, int]
    """What the README states."""


class Draw(random.Random):
    """Random draws made of `random()` alone."""

    def normal(self, parameters: tuple[float, float], low: float, high: float) -> float:
        value = NormalDist(*parameters).inv_cdf(max(self.random(), 1e-9))
        return min(max(value, low), high)

    def one_of(self, weighted: Sequence[tuple[str, float]]) -> str:
        point = self.random()
        for name, weight in weighted:
            point -= weight
            if point < 0:
                return name
        return weighted[-1][0]

    def some(self, items: Sequence, n: int) -> list:
        """n of the items, in random order."""
        keyed = sorted((self.random(), position) for position in range(len(items)))
        return [items[position] for _, position in keyed[:n]]


def make_months() -> tuple[Month, ...]:
    """The three exports."""
    draw = Draw(SEED)
    opened = date(2019, 4, 1)
    customers = [_arrive(draw, 1_000 + 3 * n, opened, date(2026, 7, 31)) for n in range(N_FIRST)]
    months = [_export(draw, PERIODS[0], customers, DIRT[0], {"new": 0, "lost": 0, "moved": 0})]
    for period, turn, dirt in zip(PERIODS[1:], TURNS, DIRT[1:], strict=True):
        customers, counts = _turn(draw, period, customers, turn)
        months.append(_export(draw, period, customers, dirt, counts))
    return tuple(months)


def planted_segments(period: str) -> Mapping[str, str]:
    """Customer id → planted segment of that month's export."""
    return next(month.segments for month in make_months() if month.period == period)


def _arrive(draw: Draw, number: int, first: date, last: date) -> Customer:
    segment = draw.one_of([(name, shape.share) for name, shape in SHAPES.items()])
    newcomer = Customer(
        id=f"{number:06d}",
        segment=segment,
        gender=draw.one_of((("Female", 0.54), ("Male", 0.46))),
        age=round(draw.normal(SHAPES[segment].age, 18, 84)),
        income=0.0,
        score=0,
        visits=0,
        city=draw.one_of(CITIES),
        joined=first + timedelta(days=int(draw.random() * ((last - first).days + 1))),
    )
    return _behave(draw, newcomer, segment, keep_income=False)


def _behave(draw: Draw, customer: Customer, segment: str, *, keep_income: bool) -> Customer:
    """The customer with the behaviour of that segment."""
    shape = SHAPES[segment]
    return replace(
        customer,
        segment=segment,
        income=customer.income if keep_income else round(draw.normal(shape.income, 12, 115), 1),
        score=round(draw.normal(shape.score, 1, 100)),
        visits=round(draw.normal(shape.visits, 1, 26)),
    )


def _turn(draw: Draw, period: str, customers: list[Customer], turn: Turn) -> tuple[list[Customer], dict[str, int]]:
    """Next month's customers, in the order of their ids."""
    lost = {customer.id for customer in draw.some(customers, round(turn.left * len(customers)))}
    stayed = {customer.id: customer for customer in customers if customer.id not in lost}
    n_moved = 0
    for move in turn.moves:
        members = [customer for customer in customers if customer.segment == move.origin and customer.id in stayed]
        movers = draw.some(members, round(move.share * len(members)))
        stayed |= {customer.id: _behave(draw, customer, move.target, keep_income=True) for customer in movers}
        n_moved += len(movers)
    first = date.fromisoformat(f"{period}-01")
    number = max(int(customer.id) for customer in customers)
    n_new = round(turn.arrived * len(customers))
    new = [_arrive(draw, number + 3 * (n + 1), first, first + timedelta(days=27)) for n in range(n_new)]
    return [*stayed.values(), *new], {"new": n_new, "lost": len(lost), "moved": n_moved}


def _export(draw: Draw, period: str, customers: list[Customer], dirt: Dirt, counts: Mapping[str, int]) -> Month:
    lines = [customer.cells() for customer in customers]
    clean = _soil(draw, lines, dirt)
    for row in sorted(draw.some(clean, dirt.duplicates), reverse=True):
        lines.insert(min(row + 1 + int(draw.random() * 200), len(lines)), list(lines[row]))
    text = "".join(",".join(cells) + "\n" for cells in [list(HEADER), *lines])
    stated = {
        "customers": len(customers),
        "lines after the header": len(lines),
        "exact duplicates": dirt.duplicates,
        **{f"missing: {HEADER[column]}": n for column, n in dirt.missing.items()},
        "label variants: Gender": dirt.gender_labels,
        "label variants: City": dirt.city_labels,
        "impossible ages": dirt.impossible_ages,
        "scores outside 1-100": dirt.impossible_scores,
        "outlying incomes": dirt.income_outliers,
        "new since last month": counts["new"],
        "lost since last month": counts["lost"],
        "moved to another segment": counts["moved"],
    }
    return Month(period, text, {customer.id: customer.segment for customer in customers}, stated)


def _soil(draw: Draw, lines: list[list[str]], dirt: Dirt) -> list[int]:
    """Spoils cells in place, each row once at most; returns the rows left clean."""
    rows = draw.some(range(len(lines)), len(lines))

    def spoil(column: int, n: int, soiled: Callable[[str, int], str]) -> None:
        for turn in range(n):
            cells = lines[rows.pop()]
            cells[column] = soiled(cells[column], turn)

    for column, n in dirt.missing.items():
        spoil(column, n, lambda _, turn: MISSING_WORDS[turn % len(MISSING_WORDS)])
    spoil(GENDER, dirt.gender_labels, lambda cell, turn: GENDER_LABELS[cell][turn % len(GENDER_LABELS[cell])])
    spoil(CITY, dirt.city_labels, lambda cell, turn: CITY_LABELS[turn % len(CITY_LABELS)](cell))
    spoil(AGE, dirt.impossible_ages, lambda _, turn: IMPOSSIBLE_AGES[turn % len(IMPOSSIBLE_AGES)])
    spoil(SCORE, dirt.impossible_scores, lambda _, turn: IMPOSSIBLE_SCORES[turn % len(IMPOSSIBLE_SCORES)])
    low, high = OUTLYING_INCOMES
    spoil(INCOME, dirt.income_outliers, lambda _, __: f"{low + draw.random() * (high - low):.1f}")
    return rows


def counts_table(months: Sequence[Month]) -> str:
    """The README's table of what each export holds, in Markdown."""
    sizes = [{name: list(month.segments.values()).count(name) for name in SHAPES} for month in months]
    rows = [["", *(month.period for month in months)], ["---", *("---:" for _ in months)]]
    rows += [[name, *(f"{month.counts[name]:,}" for month in months)] for name in months[0].counts]
    rows += [[f"segment: {name}", *(f"{size[name]:,}" for size in sizes)] for name in SHAPES]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def export_name(period: str) -> str:
    return f"customers_{period}.csv"


def write_sample_data(folder: Path) -> None:
    """Writes the exports into `folder`, and their counts into its README.md if it has one."""
    months = make_months()
    for month in months:
        (folder / export_name(month.period)).write_text(month.text, encoding="utf-8", newline="")
    readme = folder / "README.md"
    if readme.exists():
        head, _, rest = readme.read_text(encoding="utf-8").partition("<!-- counts -->\n")
        tail = rest.partition("<!-- end of counts -->\n")[2]
        table = f"<!-- counts -->\n{counts_table(months)}\n<!-- end of counts -->\n"
        readme.write_text(head + table + tail, encoding="utf-8", newline="")


if __name__ == "__main__":
    write_sample_data(FOLDER)
