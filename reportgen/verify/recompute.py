"""Computes a claim's number again, in the plainest way: a second opinion on the profiles."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from reportgen import wording
from reportgen.records.segments import FloatArray
from reportgen.records.study import Facts, Recompute
from reportgen.verify.customers import Customers
from reportgen.verify.experiments import assumed, detectable_difference, detectable_share, sample_size, split
from reportgen.verify.parts import everyone, known_values, level_flags, members, number_of, text_of
from reportgen.verify.paths import RecomputeError, as_number, entries_at, field_of, number_at, value_at

Measure = Callable[[Recompute, Customers, Facts], float]

BAND_DIGITS = 9
"""Decimals of a quantile in steps, past which it counts as a multiple of the step."""


def recompute(record: Recompute, customers: Customers, facts: Facts) -> float:
    """The number that a recompute record of reportgen.claims asks for. Raises RecomputeError."""
    name = text_of(record, "measure")
    if name not in MEASURES:
        raise RecomputeError(f"there is no measure {name!r}")
    return float(MEASURES[name](record, customers, facts))


def count(record: Recompute, customers: Customers, facts: Facts) -> float:
    if "level" in record:
        return float(level_flags(record, customers, facts)[0].sum())
    return float(members(record, customers).sum())


def share(record: Recompute, customers: Customers, facts: Facts) -> float:
    if "level" not in record:
        return float(members(record, customers).sum()) / len(customers.segment)
    has, is_known = level_flags(record, customers, facts)
    if not is_known.any():
        raise RecomputeError(f"column {record['column']!r} is not known for segment {record.get('segment')}")
    return float(has.sum()) / float(is_known.sum())


def mean(record: Recompute, customers: Customers, _: Facts) -> float:
    known = known_values(record, customers)
    return float(known.sum()) / len(known)


def sd(record: Recompute, customers: Customers, _: Facts) -> float:
    return spread(known_values(record, customers))


def spread(values: FloatArray) -> float:
    """Population standard deviation."""
    return math.sqrt(float(((values - values.mean()) ** 2).mean()))


def total(record: Recompute, customers: Customers, _: Facts) -> float:
    return float(known_values(record, customers).sum())


def median(record: Recompute, customers: Customers, _: Facts) -> float:
    return quantile_of(known_values(record, customers), 0.5)


def quantile(record: Recompute, customers: Customers, _: Facts) -> float:
    return quantile_of(known_values(record, customers), number_of(record, "q"))


def quantile_of(values: FloatArray, q: float) -> float:
    """Between neighbours in proportion (type 7 of Hyndman & Fan 1996)."""
    if not 0 <= q <= 1:
        raise RecomputeError(f"{q} is not a quantile")
    ordered = np.sort(values)
    place = q * (len(ordered) - 1)
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return float(ordered[below] + (place - below) * (ordered[above] - ordered[below]))


def band(record: Recompute, customers: Customers, _: Facts) -> float:
    step = number_of(record, "step")
    if step <= 0:
        raise RecomputeError(f"{step} is not a step")
    steps = round(quantile_of(known_values(record, customers), number_of(record, "q")) / step, BAND_DIGITS)
    return (math.ceil(steps) if record.get("up") is True else math.floor(steps)) * step


def difference(record: Recompute, customers: Customers, facts: Facts) -> float:
    all_values = bend(everyone(record, customers), record, facts)
    sd_of_all = spread(all_values)
    gap_to_all = float(bend(known_values(record, customers), record, facts).mean() - all_values.mean())
    return gap_to_all / sd_of_all if sd_of_all > 0 else 0.0


def bend(values: FloatArray, record: Recompute, facts: Facts) -> FloatArray:
    """The values as their column is clustered: log(1 + x − offset), or Yeo & Johnson 2000, eq. 2.1."""
    feature = next((f for f in facts.features.features if f.name == record["column"]), None)
    if feature is None or feature.transform == "none":
        return values
    if feature.transform == "log1p":
        return np.log1p(np.maximum(values - feature.offset, 0.0))
    return np.where(values >= 0, yeo_johnson(values, feature.power), -yeo_johnson(-values, 2 - feature.power))


def yeo_johnson(values: FloatArray, power: float) -> FloatArray:
    """Of values from 0 on; below, the others mirror it."""
    size = np.maximum(values, 0.0) + 1
    return np.log(size) if power == 0 else (size**power - 1) / power


def gap(record: Recompute, customers: Customers, _: Facts) -> float:
    return abs(float(known_values(record, customers).mean() - everyone(record, customers).mean()))


def value_share(record: Recompute, customers: Customers, _: Facts) -> float:
    of_all = float(everyone(record, customers).sum())
    if of_all == 0:
        raise RecomputeError(f"column {record['column']!r} sums to nothing")
    return float(known_values(record, customers).sum()) / of_all


def share_above(record: Recompute, customers: Customers, _: Facts) -> float:
    return float((known_values(record, customers) > quantile_of(everyone(record, customers), 0.5)).mean())


def share_below(record: Recompute, customers: Customers, _: Facts) -> float:
    return float((known_values(record, customers) < quantile_of(everyone(record, customers), 0.5)).mean())


def share_between(record: Recompute, customers: Customers, _: Facts) -> float:
    known = known_values(record, customers)
    low = -math.inf if record.get("low") is None else number_of(record, "low")
    high = math.inf if record.get("high") is None else number_of(record, "high")
    return float(((known >= low) & (known <= high)).mean())


def fact(record: Recompute, _: Customers, facts: Facts) -> float:
    return number_at(facts, text_of(record, "path"))


def size(record: Recompute, _: Customers, facts: Facts) -> float:
    return float(len(entries_at(facts, text_of(record, "path"))))


def tally(record: Recompute, _: Customers, facts: Facts) -> float:
    path, where = text_of(record, "path"), record.get("where")
    if not isinstance(where, dict):
        raise RecomputeError("the record says not which entries count")
    entries = [
        entry
        for entry in entries_at(facts, path)
        if all(value_at(entry, name) == wanted for name, wanted in where.items())
    ]
    if "total" not in record:
        return float(len(entries))
    return sum(as_number(field_of(entry, text_of(record, "total"), path), path) for entry in entries)


def quoted(record: Recompute, _: Customers, facts: Facts) -> float:
    path, place = text_of(record, "path"), int(number_of(record, "n"))
    text = value_at(facts, path)
    if not isinstance(text, str):
        raise RecomputeError(f"no text stands at {path!r}")
    numbers = wording.numbers_in(wording.scrub(text, wording.QUOTE_LIMIT))
    if not 0 <= place < len(numbers):
        raise RecomputeError(f"the text at {path!r} has no number {place}")
    return numbers[place].value


def points(record: Recompute, customers: Customers, facts: Facts) -> float:
    parts = record.get("parts")
    if not isinstance(parts, list) or not all(isinstance(part, dict) for part in parts):
        raise RecomputeError("the record has no parts")
    met, total = 0.0, 0.0
    for part in parts:
        weight, most, of = number_of(part, "weight"), number_of(part, "most"), part.get("of")
        if weight <= 0 or most <= 0:
            raise RecomputeError("a part needs a weight and a most above 0")
        met += weight * (min(1.0, recompute(of, customers, facts) / most) if isinstance(of, dict) else 0.0)
        total += weight
    return 100 * met / total if total else 0.0


def bound(record: Recompute, customers: Customers, facts: Facts) -> float:
    of = record.get("of")
    if not isinstance(of, dict):
        raise RecomputeError("the record says not what is bounded")
    found = recompute(of, customers, facts)
    if not number_of(record, "low") <= found <= number_of(record, "high"):
        raise RecomputeError(f"{found!r} lies outside")
    return number_of(record, "told")


MEASURES: dict[str, Measure] = {
    measure.__name__: measure
    for measure in (
        count, share, mean, median, total, sd, quantile, band, difference, gap, value_share,
        share_above, share_below, share_between, fact, size, tally, quoted, assumed, split, sample_size,
        detectable_difference, detectable_share, points, bound,
    )
}  # fmt: skip
"""By the name that reportgen.claims documents."""
