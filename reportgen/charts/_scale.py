"""From values to places on the sheet: straight scales with round ticks."""

from __future__ import annotations

import math
from dataclasses import dataclass

from reportgen import wording

STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
"""Tick distances a reader counts in, times a power of ten."""


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight line from values to points: `low` lies at `start`, `high` at `end`."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


def tick_step(low: float, high: float, most: int) -> float:
    """The smallest round step that cuts low..high into at most `most` parts."""
    span = (high - low) or abs(high) or 1.0
    power = 10.0 ** math.floor(math.log10(span / most))
    return next(step * power for step in STEPS if step * power * most >= span * (1 - 1e-9))


def ticks_within(low: float, high: float, most: int) -> tuple[float, ...]:
    """Round values between low and high."""
    step = tick_step(low, high, most)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return tuple(round(i * step, 12) for i in range(first, last + 1))


def ticks_around(low: float, high: float, most: int) -> tuple[float, ...]:
    """Round values of which the first is at most low and the last at least high."""
    step = tick_step(low, high, most)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return tuple(round(i * step, 12) for i in range(first, max(last, first + 1) + 1))


def tick_texts(ticks: tuple[float, ...]) -> tuple[str, ...]:
    """The ticks with as many decimals as the finest needs."""
    decimals = next((d for d in range(6) if all(abs(round(t, d) - t) < 1e-9 for t in ticks)), 6)
    return tuple(wording.format_number(tick, decimals) for tick in ticks)
