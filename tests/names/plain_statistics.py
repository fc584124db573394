"""Statistics from the textbook, in plain Python: a second opinion that shares no code with the project."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

LAST_TERM = 1e-15


def quantile(values: Sequence[float], q: float) -> float:
    """Between neighbours in proportion (type 7 of Hyndman & Fan 1996)."""
    ordered = sorted(values)
    place = q * (len(ordered) - 1)
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def mean(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values)


def spread(values: Sequence[float]) -> float:
    """Population standard deviation."""
    middle = mean(values)
    return math.sqrt(math.fsum((value - middle) ** 2 for value in values) / len(values))


def pearson(a: Sequence[float], b: Sequence[float]) -> float:
    middle_a, middle_b = mean(a), mean(b)
    together = math.fsum((x - middle_a) * (y - middle_b) for x, y in zip(a, b, strict=True))
    return together / len(a) / (spread(a) * spread(b))


def chi_square_tail(statistic: float, freedom: int) -> float:
    """P(χ² ≥ statistic): the regularised upper incomplete gamma function, by series or continued fraction."""
    a, x = freedom / 2, statistic / 2
    if x <= 0:
        return 1.0
    front = math.exp(a * math.log(x) - x - math.lgamma(a))
    if x < a + 1:
        term = total = 1 / a
        n = a
        while abs(term) > LAST_TERM * abs(total):
            n += 1
            term *= x / n
            total += term
        return 1 - front * total
    b, c = x + 1 - a, 1e300
    d = h = 1 / b
    for i in range(1, 10_000):
        step = -i * (i - a)
        b += 2
        d = 1 / (step * d + b)
        c = b + step / c
        h *= c * d
        if abs(c * d - 1) < LAST_TERM:
            break
    return front * h


def kruskal_wallis(groups: Sequence[Sequence[float]]) -> tuple[float, float, float]:
    """(H corrected for ties, its p-value, epsilon squared)."""
    pooled = sorted(value for group in groups for value in group)
    n, counts = len(pooled), Counter(pooled)
    ranks, below = {}, 0
    for value in sorted(counts):
        ranks[value] = below + (counts[value] + 1) / 2
        below += counts[value]
    correction = 1 - sum(c**3 - c for c in counts.values()) / (n**3 - n)
    if correction <= 0:
        return 0.0, 1.0, 0.0
    squares = math.fsum(math.fsum(ranks[value] for value in group) ** 2 / len(group) for group in groups)
    h = max(0.0, (12 / (n * (n + 1)) * squares - 3 * (n + 1)) / correction)
    return h, chi_square_tail(h, len(groups) - 1), h / (n - 1)


def chi_square(groups: Sequence[Sequence[str]]) -> tuple[float, float, float]:
    """(Pearson's statistic of segments × levels, its p-value, Cramér's V)."""
    tables = [Counter(group) for group in groups]
    of_all: Counter[str] = sum(tables, Counter())
    n = sum(of_all.values())
    least = min(len(groups), len(of_all)) - 1
    if least == 0:
        return 0.0, 1.0, 0.0
    statistic = 0.0
    for table in tables:
        for level, everywhere in of_all.items():
            expected = sum(table.values()) * everywhere / n
            statistic += (table[level] - expected) ** 2 / expected
    freedom = (len(groups) - 1) * (len(of_all) - 1)
    return statistic, chi_square_tail(statistic, freedom), math.sqrt(statistic / (n * least))


def holm(p_values: Sequence[float]) -> list[float]:
    """The p-values adjusted by Holm (1979): the smallest times m, the next times m − 1, never falling."""
    order = sorted(range(len(p_values)), key=lambda i: p_values[i])
    adjusted, largest = [0.0] * len(p_values), 0.0
    for rank, i in enumerate(order):
        largest = max(largest, min(1.0, (len(p_values) - rank) * p_values[i]))
        adjusted[i] = largest
    return adjusted


def silhouettes(points: Sequence[Sequence[float]], labels: Sequence[int]) -> list[float]:
    """Of each point (Rousseeuw 1987); 0 for a segment of one."""
    groups = {label: [i for i, other in enumerate(labels) if other == label] for label in set(labels)}
    found = []
    for i, point in enumerate(points):
        away = {label: math.fsum(math.dist(point, points[j]) for j in members) for label, members in groups.items()}
        own = groups[labels[i]]
        if len(own) == 1:
            found.append(0.0)
            continue
        a = away[labels[i]] / (len(own) - 1)
        b = min(total / len(groups[label]) for label, total in away.items() if label != labels[i])
        found.append((b - a) / max(a, b) if max(a, b) > 0 else 0.0)
    return found
