"""The change since the month before, as one record."""

from __future__ import annotations

from dataclasses import replace

import months
import numpy as np

from reportgen.history.stage import compare_months
from reportgen.records.history import Change, Descent

NOISE = (0.01, 0.05)
BEFORE = months.month("2026-09", {1: range(100), 2: range(100, 180), 3: range(180, 240)})
NOW = months.month("2026-10", {2: range(90, 200), 1: [*range(10, 90), *range(1000, 1010)], 4: range(200, 230)})
"""10 move from 1 to 2, 20 from 3 to 2, 30 from 3 to the new 4; 10 of 1 and 10 of 3 are gone; 10 are new in 1."""


def compare(**changes: object) -> Change:
    given = {"mode": "refitted", "moved_by_refit": NOISE} | changes
    return compare_months(months.past(BEFORE), NOW, (2, 1, 4), **given)  # type: ignore[arg-type]


def test_segments_are_told_then_and_now() -> None:
    """This month's segments stand by their id, then those that are gone, each with its fate."""
    told = [(s.identity, s.segment, s.fate, s.n_before, s.n_now) for s in compare().segments]
    assert told == [(2, 1, "kept", 80, 110), (1, 2, "kept", 100, 90), (4, 3, "new", 0, 30), (3, None, "retired", 60, 0)]


def test_flows_add_up() -> None:
    """Of each segment, stayed + went + lost are those before, stayed + came + joined those now."""
    for s in compare().segments:
        assert s.stayed + s.went + s.lost == s.n_before
        assert s.stayed + s.came + s.joined == s.n_now
    flows = {s.identity: (s.stayed, s.came, s.went, s.joined, s.lost) for s in compare().segments}
    assert flows == {2: (80, 30, 0, 0, 0), 1: (80, 0, 10, 10, 10), 4: (0, 30, 0, 0, 0), 3: (0, 0, 50, 0, 10)}


def test_movement_adds_up() -> None:
    """Stayed, moved, new and lost are four things; the noise floor is of the shared customers."""
    movement = compare().movement
    assert movement is not None
    assert (movement.before, movement.now) == ((1, 2, 3), (2, 1, 4))
    assert movement.counts == ((10, 80, 0), (80, 0, 0), (20, 0, 30))
    assert (movement.n_shared, movement.n_stayed, movement.n_moved) == (220, 160, 60)
    assert (movement.n_new, movement.n_lost) == (10, 20)
    assert (movement.noise_low, movement.noise_high) == (2, 11)
    assert movement.is_beyond_noise


def test_without_ids_no_one_is_followed() -> None:
    """Shares are compared, but no movement is claimed."""
    nobody = {"keys": np.empty(0, dtype="V16"), "identities": np.empty(0, dtype=np.int32)}
    change = compare_months(
        months.past(replace(BEFORE, **nobody)),  # type: ignore[arg-type]
        replace(NOW, **nobody),  # type: ignore[arg-type]
        (2, 1, 4),
        mode="refitted",
        moved_by_refit=NOISE,
    )
    assert change.movement is None
    assert {(s.stayed, s.came, s.went, s.joined, s.lost) for s in change.segments} == {(0, 0, 0, 0, 0)}


def test_a_segment_of_the_model_without_customers_is_empty() -> None:
    """A segment that the stored model still knows is not retired."""
    now = replace(NOW, model=months.model((1, 2, 3, 4), np.eye(4)))
    change = compare_months(months.past(BEFORE), now, (2, 1, 4), mode="scored", moved_by_refit=NOISE)
    assert [s.fate for s in change.segments] == ["kept", "kept", "new", "empty"]


def test_a_segment_that_comes_back_is_not_new() -> None:
    """An identity known in an older month is kept, though it was empty last month."""
    older = months.month("2026-08", {1: range(50), 4: range(50, 90)})
    change = compare_months(months.past(older, BEFORE), NOW, (2, 1, 4), mode="scored", moved_by_refit=NOISE)
    assert [s.fate for s in change.segments if s.identity == 4] == ["kept"]


def test_the_trend_holds_every_month() -> None:
    """One point a segment and month, this month last."""
    assert [point.period for point in compare().trend] == ["2026-09"] * 3 + ["2026-10"] * 3


def test_what_is_passed_in_is_handed_on() -> None:
    """Mode and descents stand in the change as given."""
    descent = Descent("split", (3,), (2, 4))
    change = compare(descents=(descent,), mode="refitted")
    assert (change.mode, change.descents, change.since) == ("refitted", (descent,), "2026-09")


def test_a_new_fit_is_compared_in_the_bins_of_the_month_before() -> None:
    """A month with bins of its own is counted once more in the old ones, so that a shift is seen."""
    before = replace(BEFORE, columns=(months.number_state("income", (1, 2), (80, 80, 80)),))
    now = replace(NOW, columns=(months.number_state("income", (2, 3), (76, 77, 77)),))
    as_before = (months.number_state("income", (1, 2), (10, 20, 200)),)
    given = {"mode": "refitted", "moved_by_refit": NOISE}
    blind = compare_months(months.past(before), now, (2, 1, 4), **given)  # type: ignore[arg-type]
    seen = compare_months(months.past(before), now, (2, 1, 4), **given, columns_as_before=as_before)  # type: ignore[arg-type]
    assert [drift.psi for drift in blind.drift] == [None]
    assert [drift.verdict for drift in seen.drift] == ["act"]
