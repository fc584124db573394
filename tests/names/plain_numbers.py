"""Computes the number of a claim again from the rows, by the meaning that the claim states."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from statistics import NormalDist
from typing import Any

from names.plain_export import MISSING, Customers, n_outside
from names.plain_facts import fact_of, listed_at, value_in
from names.plain_statistics import mean, quantile, spread

Record = Mapping[str, Any]

WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
ASSUMED = {"significance": 0.05, "power": 0.8, "baseline": 0.05, "raised": 0.08, "effect": 0.2}
"""What the product says that it assumes (its documentation)."""


def again(record: Record, customers: Customers) -> float | None:
    """The number that a recompute record asks for; None where the rows alone do not give it."""
    return MEASURES[record["measure"]](record, customers)


def _values(record: Record, customers: Customers) -> list[float]:
    return customers.values(record["column"], record.get("segment"))


def _count(record: Record, customers: Customers) -> float:
    if "level" in record:
        return float(sum(_has_level(record, customers)))
    return float(len(customers.rows(record.get("segment"))))


def _has_level(record: Record, customers: Customers) -> list[bool]:
    """Of the members whose value is known."""
    named = {e["level"] for e in customers.study["all_customers"]["levels"] if e["column"] == record["column"]}
    found = [level_text(level) for level in customers.levels(record["column"], record.get("segment"))]
    if record["level"] == "other":
        return [level == "other" or level not in named for level in found]
    return [level == record["level"] for level in found]


def level_text(level: str) -> str:
    return level.removesuffix(".0")


def _share(record: Record, customers: Customers) -> float:
    if "level" in record:
        has = _has_level(record, customers)
        return sum(has) / len(has)
    return len(customers.rows(record.get("segment"))) / customers.n


def _difference(record: Record, customers: Customers) -> float:
    return customers.difference(record["column"], record.get("segment"))


def _gap(record: Record, customers: Customers) -> float:
    return abs(mean(_values(record, customers)) - mean(customers.values(record["column"])))


def _band(record: Record, customers: Customers) -> float:
    steps = round(quantile(_values(record, customers), record["q"]) / record["step"], 9)
    return (math.ceil(steps) if record["up"] else math.floor(steps)) * record["step"]


def _value_share(record: Record, customers: Customers) -> float:
    return math.fsum(_values(record, customers)) / math.fsum(customers.values(record["column"]))


def _side(record: Record, customers: Customers) -> float:
    middle = quantile(customers.values(record["column"]), 0.5)
    own = _values(record, customers)
    above = record["measure"] == "share_above"
    return sum(value > middle if above else value < middle for value in own) / len(own)


def _halves(record: Record, customers: Customers) -> tuple[int, int]:
    n = len(customers.rows(record["segment"]))
    return math.ceil(n / 2), math.floor(n / 2)


def _split(record: Record, customers: Customers) -> float:
    return float(_halves(record, customers)[record["part"] == "control"])


def _chance(record: Record) -> float:
    normal = NormalDist()
    return normal.inv_cdf(1 - record["significance"] / 2) + normal.inv_cdf(record["power"])


def _sample_size(record: Record, _: Customers) -> float:
    effect = record.get("effect")
    if effect is None:
        effect = 2 * (math.asin(math.sqrt(record["raised"])) - math.asin(math.sqrt(record["baseline"])))
    return float(math.ceil(2 * (_chance(record) / effect) ** 2))


def _detectable(record: Record, customers: Customers) -> float:
    in_test, in_control = _halves(record, customers)
    return _chance(record) * math.sqrt(1 / in_test + 1 / in_control)


def _detectable_share(record: Record, customers: Customers) -> float:
    angle = math.asin(math.sqrt(record["baseline"])) + _detectable(record, customers) / 2
    return math.sin(min(math.pi / 2, angle)) ** 2


def _points(record: Record, customers: Customers) -> float:
    """The weighted mean of how far each part is met; a part that the rows do not give is looked up."""
    met = 0.0
    for part in record["parts"]:
        number = 0.0 if part["of"] is None else number_of(part["of"], customers)
        met += part["weight"] * min(1.0, number / part["most"])
    return 100 * met / sum(part["weight"] for part in record["parts"])


def number_of(record: Record, customers: Customers) -> float:
    """The number computed again, or else looked up in study.json."""
    found = again(record, customers)
    return float(value_in(customers.study, record["path"])) if found is None else found


def _tally(record: Record, customers: Customers) -> float | None:
    path, where, total = record["path"], record["where"], record.get("total")
    if path == "quality":
        return sum(quality(customers, column["name"], total) for column in customers.study["cleaning"]["quality"])
    if path == "set_aside":
        return None if customers.study["orders"] else float(customers.n_records - customers.n)
    entries = [e for e in listed_at(customers.study, path) if all(_inner(e, key) == is_ for key, is_ in where.items())]
    return float(sum(entry[total] for entry in entries) if total else len(entries))


def _inner(entry: Any, dotted: str) -> Any:
    for name in dotted.split("."):
        entry = entry[name]
    return entry


def quality(customers: Customers, column: str, field: str) -> float:
    """Missing, filled-in, far or capped cells of a column, counted in the export."""
    kind = customers.info[column]["kind"]
    cells = customers.raw.get(column, [])
    n_missing = sum(cell in MISSING for cell in cells)
    if field == "n_missing":
        return n_missing
    if field == "n_imputed":
        return n_missing if kind == "number" else 0
    if kind != "number":
        return 0
    if field == "n_outliers":
        return n_outside(customers, column)
    after = customers.columns[column]
    return sum(cell not in MISSING and float(cell) != after[i] for i, cell in enumerate(cells))


def _size(record: Record, customers: Customers) -> float | None:
    path = record["path"]
    if path in ("features.features", "profile.features"):
        return float(len(customers.shaping))
    return None if path == "near_duplicates" else float(len(listed_at(customers.study, path)))


def _fact(record: Record, customers: Customers) -> float | None:
    found = re.fullmatch(r"quality\[(\d+)\]\.(\w+)", record["path"])
    if found:
        column = customers.study["cleaning"]["quality"][int(found[1])]["name"]
        return float(quality(customers, column, found[2]))
    return fact_of(record["path"], customers)


def _quoted(record: Record, customers: Customers) -> float | None:
    numbers = re.findall(
        r"(?<![\w.])[−-]?(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?", value_in(customers.study, record["path"])
    )
    return float(numbers[record["n"]].replace(",", "").replace("−", "-"))


def _bound(record: Record, customers: Customers) -> float | None:
    """What is told where the number itself stands for few customers; the number where it lies elsewhere."""
    number = again(record["of"], customers)
    if number is None:
        return None
    return float(record["told"]) if record["low"] <= number <= record["high"] else number


MEASURES: dict[str, Callable[[Record, Customers], float | None]] = {
    "count": _count,
    "share": _share,
    "mean": lambda record, customers: mean(_values(record, customers)),
    "median": lambda record, customers: quantile(_values(record, customers), 0.5),
    "quantile": lambda record, customers: quantile(_values(record, customers), record["q"]),
    "minimum": lambda record, customers: min(_values(record, customers)),
    "maximum": lambda record, customers: max(_values(record, customers)),
    "total": lambda record, customers: math.fsum(_values(record, customers)),
    "sd": lambda record, customers: spread(_values(record, customers)),
    "difference": _difference,
    "gap": _gap,
    "band": _band,
    "value_share": _value_share,
    "share_above": _side,
    "share_below": _side,
    "split": _split,
    "sample_size": _sample_size,
    "detectable_difference": _detectable,
    "detectable_share": _detectable_share,
    "assumed": lambda record, _: ASSUMED[record["assumption"]],
    "points": _points,
    "bound": _bound,
    "tally": _tally,
    "size": _size,
    "fact": _fact,
    "quoted": _quoted,
}


def shows(shown: str, value: float, unit: str) -> bool:
    """Whether a printed number is that value at the precision it is printed with."""
    text = shown.removesuffix(unit) if unit and shown.endswith(unit) else shown
    found = re.search(r"(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?", text)
    if not found:
        word = next((word for word in re.findall("[a-z]+", text.lower()) if word in WORDS), None)
        return word is not None and WORDS.index(word) == round(value)
    seen = value * 100 if "%" in text and unit != "%" else value
    number = float(found[0].replace(",", ""))
    number = -number if re.search(r"[−-]\s*[^\w\s]?$", text[: found.start()]) else number
    if "<" in text:
        return seen < number
    if ">" in text:
        return seen > number
    half = 0.5 * 10.0 ** -max(0, len(found[2] or "") - 1)
    return abs(seen - number) <= half * (1 + 1e-6) + 1e-9 * abs(seen)
