"""Reads back what became of the test and control groups of the month before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from reportgen.history._shared import share_customers
from reportgen.history.groups import CONTROL, TEST, draw_groups
from reportgen.records.history import KeyArray, KnownSegment, Month
from reportgen.records.segments import FloatArray
from reportgen.records.trials import Trial

CONFIDENCE = 0.95
FEWEST_HERE = 2
"""Customers of each group without whom there is no spread, and so no interval."""


def read_trials(before: Month, keys: KeyArray, outcomes: Mapping[str, FloatArray], least: int) -> tuple[Trial, ...]:
    """Every test whose groups still have at least `least` customers each with a known outcome.

    `outcomes`: header name → this month's values, in the order of `keys`; NaN: not known.
    """
    tested = [segment for segment in before.segments if segment.tested_by in outcomes]
    if not tested or not len(before.keys):
        return ()
    groups = draw_groups(before.keys, before.identities, before.period, [segment.identity for segment in tested])
    in_before, in_now = share_customers(before.keys, keys)
    here = np.full(len(before.keys), -1)
    here[in_before] = in_now
    return tuple(_trials(before, tested, groups, here, outcomes, max(least, FEWEST_HERE)))


def _trials(  # noqa: PLR0917 - what is known of both months
    before: Month,
    tested: list[KnownSegment],
    groups: np.ndarray,
    here: np.ndarray,
    outcomes: Mapping[str, FloatArray],
    least: int,
) -> Iterator[Trial]:
    for segment in sorted(tested, key=lambda one: one.identity):
        drawn = [
            np.flatnonzero((groups == group) & (before.identities == segment.identity)) for group in (TEST, CONTROL)
        ]
        values = [outcomes[segment.tested_by][here[rows[here[rows] >= 0]]] for rows in drawn]
        test, control = (known[~np.isnan(known)] for known in values)
        if min(len(test), len(control)) < least:
            continue
        low, high = interval(test, control)
        yield Trial(
            identity=segment.identity,
            name=segment.name,
            outcome=segment.tested_by,
            n_test=len(drawn[0]),
            n_control=len(drawn[1]),
            here_test=len(test),
            here_control=len(control),
            mean_test=float(test.mean()),
            mean_control=float(control.mean()),
            difference=float(test.mean() - control.mean()),
            low=low,
            high=high,
        )


def interval(test: FloatArray, control: FloatArray) -> tuple[float, float]:
    """The 95 % interval of the difference of two means of unequal variances (Welch 1947, Biometrika 34)."""
    from scipy.special import stdtrit  # costs .1 s; only a month with a trial behind it needs it

    errors = [float(values.var(ddof=1)) / len(values) for values in (test, control)]
    difference, error = float(test.mean() - control.mean()), sum(errors)
    if error == 0:
        return difference, difference
    freedom = error**2 / sum(part**2 / (len(values) - 1) for part, values in zip(errors, (test, control), strict=True))
    reach = float(stdtrit(freedom, (1 + CONFIDENCE) / 2)) * error**0.5
    return difference - reach, difference + reach
