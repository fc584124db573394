"""Computes again what the test of an action needs and can show (Cohen 1988, ch. 2 and 6)."""

from __future__ import annotations

import math
import tomllib
from functools import cache
from statistics import NormalDist

from reportgen.records.study import Facts, Recompute
from reportgen.resources import PACKAGE
from reportgen.verify.customers import Customers
from reportgen.verify.parts import members, number_of, text_of
from reportgen.verify.paths import RecomputeError

ASSUMPTIONS = PACKAGE / "personas" / "actions.toml"


def assumed(record: Recompute, _: Customers, __: Facts) -> float:
    name = text_of(record, "assumption")
    value = stated_assumptions().get(name)
    if value is None:
        raise RecomputeError(f"{ASSUMPTIONS.name} assumes no {name}")
    return value


@cache
def stated_assumptions() -> dict[str, float]:
    """The assumptions as the data file states them today."""
    return {name: float(value) for name, value in tomllib.loads(ASSUMPTIONS.read_text("utf-8"))["assumptions"].items()}


def split(record: Recompute, customers: Customers, _: Facts) -> float:
    in_test, in_control = halves(record, customers)
    part = text_of(record, "part")
    if part not in {"test", "control"}:
        raise RecomputeError(f"{part!r} is no part of a split")
    return float(in_test if part == "test" else in_control)


def halves(record: Recompute, customers: Customers) -> tuple[int, int]:
    n = int(members(record, customers).sum())
    return n - n // 2, n // 2


def normal_sum(record: Recompute) -> float:
    """z₁ + z₂ of a two-sided test."""
    significance, power = open_share(record, "significance"), open_share(record, "power")
    normal = NormalDist()
    return normal.inv_cdf(1 - significance / 2) + normal.inv_cdf(power)


def open_share(record: Recompute, name: str) -> float:
    value = number_of(record, name)
    if not 0 < value < 1:
        raise RecomputeError(f"{name} is not between 0 and 1")
    return value


def sample_size(record: Recompute, _: Customers, __: Facts) -> float:
    if "effect" in record:
        effect = number_of(record, "effect")
    else:
        raised, baseline = open_share(record, "raised"), open_share(record, "baseline")
        effect = 2 * math.asin(math.sqrt(raised)) - 2 * math.asin(math.sqrt(baseline))
    if effect == 0:
        raise RecomputeError("no sample shows a difference of nothing")
    return float(math.ceil(2 * (normal_sum(record) / effect) ** 2))


def detectable_difference(record: Recompute, customers: Customers, _: Facts) -> float:
    in_test, in_control = halves(record, customers)
    if in_control == 0:
        raise RecomputeError("one customer cannot be split")
    return normal_sum(record) * math.sqrt(1 / in_test + 1 / in_control)


def detectable_share(record: Recompute, customers: Customers, facts: Facts) -> float:
    raised = math.asin(math.sqrt(open_share(record, "baseline"))) + detectable_difference(record, customers, facts) / 2
    return math.sin(min(math.pi / 2, raised)) ** 2
