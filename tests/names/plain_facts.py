"""Numbers that stand in study.json: computed again from the rows where rows give them, else only found there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from names.plain_export import Customers, bend
from names.plain_statistics import chi_square, holm, kruskal_wallis, mean, pearson, silhouettes, spread

FEW = 130
"""Customers up to which silhouettes are computed again: the work grows with their square."""

PLACES = (
    (r"^evidence\.votes", "criteria"),
    (r"^evidence\.k$", "k"),
    (r"^evidence\.moved_by_refit\[0\]", "evidence.moved_by_refit.mean"),
    (r"^evidence\.moved_by_refit\[1\]", "evidence.moved_by_refit.p95"),
    (r"^(evidence\.(?:scalings|left_out)\[\d+\])\[1\]", r"\1.agreement"),
    (r"^profile\.segments", "segments"),
    (r"^profile\.(associations|distributions|correlations|rule_fidelity)", r"\1"),
    (r"^(?:quality|notes)", r"cleaning.\g<0>"),
    (r"^read\.", "source."),
    (r"^features\.features", "features.used"),
)
"""Where study.json holds what a path of the facts names."""


def value_in(study: Any, path: str) -> Any:
    """What study.json holds for a path of the facts. Raises KeyError where it holds nothing."""
    for pattern, place in PLACES:
        path = re.sub(pattern, place, path)
    value = study
    for index, name in re.findall(r"\[(\d+)\]|([A-Za-z_]\w*)", path):
        value = value[int(index)] if index else value[name]
    return value


def listed_at(study: Any, path: str) -> list[Any]:
    found = value_in(study, path)
    assert isinstance(found, list)
    return found


def fact_of(path: str, customers: Customers) -> float | None:
    """The number at a path of the facts, from the rows; None where only resampling gives it."""
    study = customers.study
    if path == "n_customers":
        return float(customers.n)
    if path == "evidence.k":
        return float(len(set(customers.segment)))
    if path == "read.n_physical":
        return float(customers.n_records)
    if found := re.fullmatch(r"profile\.segments\[(\d+)\]\.(.+)", path):
        return _of_segment(int(found[1]) + 1, found[2], customers)
    if found := re.fullmatch(r"profile\.associations\[(\d+)\]\.p_value", path):
        return adjusted_tests(customers)[study["associations"][int(found[1])]["column"]][0]
    if found := re.fullmatch(r"profile\.correlations\[(\d+)\]\.r", path):
        pair = study["correlations"][int(found[1])]
        return pearson(customers.values(pair["a"]), customers.values(pair["b"]))
    if found := re.fullmatch(r"evidence\.scores\[(\d+)\]\.(silhouette|sizes\[(\d+)\])", path):
        is_chosen = study["evidence"]["scores"][int(found[1])]["k"] == study["k"]
        return _of_choice(found[3], customers) if is_chosen else None
    return None


def _of_choice(rank: str | None, customers: Customers) -> float | None:
    """The size of a segment by rank, or the silhouette of all."""
    if rank is None:
        return mean(silhouettes_of(customers)) if can_be_measured(customers) else None
    sizes = sorted((customers.segment.count(one) for one in set(customers.segment)), reverse=True)
    return float(sizes[int(rank)])


def _of_segment(segment: int, field: str, customers: Customers) -> float | None:
    if field == "trust.n_borderline":
        pairs = zip(customers.segment, customers.borderline, strict=True)
        return float(sum(near for own, near in pairs if own == segment))
    if field in ("rule.precision", "rule.coverage"):
        picked = picked_by(customers.study["segments"][segment - 1]["rule"]["text"], customers)
        right = sum(picks and own == segment for picks, own in zip(picked, customers.segment, strict=True))
        return right / (sum(picked) if field == "rule.precision" else len(customers.rows(segment)))
    if field == "silhouette" and can_be_measured(customers):
        return mean([silhouettes_of(customers)[i] for i in customers.rows(segment)])
    return None


def picked_by(text: str, customers: Customers) -> list[bool]:
    """Which customers a rule picks, as its text is read: paths joined by ` or `, bounds by ` and `."""
    labels = {customers.info[name]["label"]: name for name in customers.shaping}
    paths = [_bounds(path, labels) for path in text.split(" or ")]
    return [
        any(all(_holds(customers.columns[name][i], sign, limit) for name, sign, limit in path) for path in paths)
        for i in range(customers.n)
    ]


def _bounds(path: str, labels: dict[str, str]) -> list[tuple[str, str, float]]:
    found, name = [], ""
    for part in path.split(" and "):
        label, sign, number = re.fullmatch(r"(.*?)\s*([≤>])\s*(.*)", part).groups()  # type: ignore[union-attr]
        name = labels[label] if label else name
        digits = re.search(r"[−-]?\D?(\d[\d,]*(?:\.\d+)?)", number)
        assert digits
        found.append((name, sign, float(digits[1].replace(",", "")) * (-1 if number[:1] in "−-" else 1)))
    return found


def _holds(cell: Any, sign: str, limit: float) -> bool:
    return bool(cell <= limit if sign == "≤" else cell > limit)


@cache
def adjusted_tests(customers: Customers) -> dict[str, tuple[float, float]]:
    """Header → (p-value after Holm, effect) of every column that did not make the segments."""
    ids = sorted(set(customers.segment))
    used = {*customers.shaping, *(one["name"] for one in customers.study["features"]["categories"])}
    used |= {name for name in customers.numeric if _echoes(customers, name)}
    tested = {one["column"] for one in customers.study["all_customers"]["levels"]} | set(customers.numeric)
    found: dict[str, tuple[float, float]] = {}
    for name in [name for name in customers.info if name in tested - used]:
        if name in customers.numeric:
            _, p, effect = kruskal_wallis([customers.values(name, one) for one in ids])
        else:
            _, p, effect = chi_square([_pooled(customers, name, one) for one in ids])
        found[name] = (p, effect)
    adjusted = holm([p for p, _ in found.values()])
    return {name: (p, found[name][1]) for name, p in zip(found, adjusted, strict=True)}


def _echoes(customers: Customers, name: str) -> bool:
    """Whether a column says again what shapes: spending over orders, or nearly the same values."""
    if customers.study["orders"] and name == "Average order value":
        return True
    values = customers.values(name)
    pairs = [(values, customers.values(shaping)) for shaping in customers.shaping]
    return spread(values) > 0 and any(abs(pearson(a, b)) > 0.98 for a, b in pairs)


def _pooled(customers: Customers, name: str, segment: int) -> Sequence[str]:
    """Levels as they are profiled: what is not among the named ones is `other`."""
    named = {one["level"] for one in customers.study["all_customers"]["levels"] if one["column"] == name}
    found = [level.removesuffix(".0") for level in customers.levels(name, segment)]
    return [level if level in named else "other" for level in found]


def can_be_measured(customers: Customers) -> bool:
    return customers.n <= FEW and not customers.study["features"]["categories"]


@cache
def silhouettes_of(customers: Customers) -> list[float]:
    scaled = []
    for name in customers.shaping:
        bent = [bend(value, customers.feature(name)) for value in customers.values(name)]
        middle, sd = mean(bent), spread(bent)
        scaled.append([(value - middle) / sd for value in bent])
    return silhouettes(list(zip(*scaled, strict=True)), customers.segment)
