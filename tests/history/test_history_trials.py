"""An action tried on half of a segment, and what the next month says of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from history_months import month_of

from reportgen.history.groups import CONTROL, NO_GROUP, TEST, draw_groups
from reportgen.history.trials import interval, read_trials
from reportgen.records.history import KEY_BYTES, KeyArray, Month

N = 201
DRAW = np.random.default_rng(11)
KEYS: KeyArray = np.sort(np.frombuffer(DRAW.bytes(N * KEY_BYTES), dtype=f"S{KEY_BYTES}")).view(f"V{KEY_BYTES}")
IDENTITIES = np.where(np.arange(N) < 101, 2, 1).astype(np.int32)


def month() -> Month:
    """A month in which segment 2 was tested by its spending."""
    made = month_of("2026-09")
    segments = tuple(
        replace(segment, tested_by="Spending" if segment.identity == 2 else "") for segment in made.segments
    )
    return replace(made, segments=segments, keys=KEYS, identities=IDENTITIES)


def groups() -> np.ndarray:
    return draw_groups(KEYS, IDENTITIES, "2026-09", [2])


def test_a_segment_is_halved() -> None:
    """Of 101 customers 51 are tested and 50 are left alone; nobody of another segment is drawn."""
    drawn = groups()
    assert [(drawn == group).sum() for group in (TEST, CONTROL)] == [51, 50]
    assert (drawn[IDENTITIES != 2] == NO_GROUP).all()


def test_the_draw_forgets_the_order_of_the_export() -> None:
    """The same customers in another order are in the same groups; another month draws others."""
    order = DRAW.permutation(N)
    assert (draw_groups(KEYS[order], IDENTITIES[order], "2026-09", [2]) == groups()[order]).all()
    assert (draw_groups(KEYS, IDENTITIES, "2026-10", [2]) != groups()).any()


def spending(effect: float, seed: int = 0) -> np.ndarray:
    """Drawn anew for each seed: a draw that all tests share would depend on which of them ran before."""
    return np.random.default_rng(seed).normal(100, 5, N) + np.where(groups() == TEST, effect, 0.0)


def test_an_action_that_worked_is_told() -> None:
    """Ten more in the test group: the interval holds it and lies above nought; the means are those of the rows."""
    values = spending(10.0)
    (trial,) = read_trials(month(), KEYS, {"Spending": values}, 10)
    assert (trial.identity, trial.n_test, trial.n_control) == (2, 51, 50)
    assert trial.mean_test == pytest.approx(values[groups() == TEST].mean())
    assert trial.low < 10 < trial.high
    assert trial.is_beyond_chance


def test_an_action_that_did_nothing_is_no_success() -> None:
    """The same customers without any effect: the interval holds nought in at least 90 of 100 draws."""
    calm = [read_trials(month(), KEYS, {"Spending": spending(0.0, seed)}, 10)[0] for seed in range(100)]
    assert sum(trial.is_beyond_chance for trial in calm) <= 10


def test_customers_who_are_gone_or_unknown_are_counted_out() -> None:
    """Only customers of both months with a known outcome are averaged."""
    values = spending(0.0)
    values[np.flatnonzero(groups() == TEST)[:3]] = np.nan
    stay = np.flatnonzero(~np.isin(np.arange(N), np.flatnonzero(groups() == CONTROL)[:5]))
    (trial,) = read_trials(month(), KEYS[stay], {"Spending": values[stay]}, 10)
    assert (trial.here_test, trial.here_control) == (48, 45)


def test_too_few_are_not_read_back() -> None:
    """Under ten customers in a group: nothing is told of persons."""
    few = np.flatnonzero(groups() == TEST)[:9]
    stay = np.sort(np.concatenate([few, np.flatnonzero(groups() == CONTROL)]))
    assert read_trials(month(), KEYS[stay], {"Spending": spending(1.0)[stay]}, 10) == ()


def test_the_interval_is_welchs() -> None:
    """By hand, variances 5/3 and 20/3, four each: an error of 1.443, 4.41 degrees of freedom, t = 2.677."""
    low, high = interval(np.array([1.0, 2.0, 3.0, 4.0]), np.array([2.0, 4.0, 6.0, 8.0]))
    assert (low + high) / 2 == pytest.approx(-2.5)
    assert (high - low) / 2 == pytest.approx(1.443 * 2.677, abs=0.003)
