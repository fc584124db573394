"""Compares a month with those before it: which segments, what moved, whether the export is still like the baseline."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.history.drift import compare_columns, raise_alerts
from reportgen.history.movement import follow_customers
from reportgen.records.history import (
    Change,
    ColumnState,
    Descent,
    KnownSegment,
    Month,
    Movement,
    Past,
    Refit,
    SegmentChange,
    TrendPoint,
)
from reportgen.records.trials import Trial

ABSENT = KnownSegment(0, "", 0, 0.0, None, 0.0, (), "", "")
"""Stands for a segment in a month without it."""


def compare_months(
    past: Past,
    now: Month,
    order: tuple[int, ...],
    *,
    mode: str,
    moved_by_refit: tuple[float, float],
    descents: tuple[Descent, ...] = (),
    refit: Refit | None = None,
    trials: tuple[Trial, ...] = (),
    columns_as_before: tuple[ColumnState, ...] | None = None,
) -> Change:
    """What has changed since the month before.

    `order`: the identity of each of this month's segments, by segment id; one that `now.segments` or `now.model` knows
    beyond those is empty this month, any other is retired. `moved_by_refit`: see Evidence. `mode` and `refit`: see
    Change. `descents`: see Matching. `columns_as_before`: this month's columns in the bins of the month before, where
    `now.columns` have bins of their own, as they do after a new fit.
    """
    last = past.last
    movement = follow_customers(last, now, moved_by_refit)
    baseline = baseline_of(past, now)
    drift = compare_columns(baseline.columns, columns_as_before or now.columns)
    return Change(
        since=last.period,
        mode=mode,
        n_before=last.n_customers,
        n_now=now.n_customers,
        segments=change_segments(past, now, order, movement),
        movement=movement,
        descents=descents,
        drift=drift,
        alerts=raise_alerts(last, now, drift),
        refit=refit,
        trend=tuple(point for month in (*past.months, now) for point in trend_of(month)),
        trials=trials,
    )


def baseline_of(past: Past, now: Month) -> Month:
    """The month whose bins this one shares; the one before where that is not kept."""
    return next((month for month in past.months if month.period == now.baseline), past.last)


def trend_of(month: Month) -> tuple[TrendPoint, ...]:
    """One point a segment, by identity."""
    return tuple(
        TrendPoint(month.period, s.identity, s.name, s.n_customers, s.share, s.value_share)
        for s in sorted(month.segments, key=lambda segment: segment.identity)
    )


def change_segments(
    past: Past, now: Month, order: tuple[int, ...], movement: Movement | None
) -> tuple[SegmentChange, ...]:
    """This month's segments by their id, then those that are gone or empty, by identity."""
    before = {segment.identity: segment for segment in past.last.segments}
    present = {segment.identity: segment for segment in now.segments}
    # A month without structure retires nothing: its customers were not divided at all.
    lasting = {*present, *(now.model.identities if now.model else ())} if now.segments else {*before}
    seen = {segment.identity for month in past.months for segment in month.segments}
    gone = sorted({*before, *present} - {*order})

    def change(identity: int) -> SegmentChange:
        segment = order.index(identity) + 1 if identity in order else None
        if segment is None:
            fate = "empty" if identity in lasting else "retired"
        else:
            fate = "kept" if identity in seen else "new"
        return one_change(
            identity, segment, fate, before=before.get(identity), now=present.get(identity), movement=movement
        )

    return tuple(change(identity) for identity in (*order, *gone))


def one_change(
    identity: int,
    segment: int | None,
    fate: str,
    *,
    before: KnownSegment | None,
    now: KnownSegment | None,
    movement: Movement | None,
) -> SegmentChange:
    """One segment then and now; of customers who cannot be followed, none stayed, came or went."""
    known = now or before
    if known is None:
        raise ValueError(f"segment {identity} is in neither month")
    then, today = before or ABSENT, now or ABSENT
    stayed, came, went = flows_of(identity, movement) if movement else (0, 0, 0)
    return SegmentChange(
        identity=identity,
        segment=segment,
        name=known.name,
        name_before=then.name,
        fate=fate,
        n_before=then.n_customers,
        n_now=today.n_customers,
        share_before=then.share,
        share_now=today.share,
        value_share_before=value_of(before, now),
        value_share_now=value_of(now, before),
        stayed=stayed,
        came=came,
        went=went,
        joined=today.n_customers - stayed - came if movement else 0,
        lost=then.n_customers - stayed - went if movement else 0,
        born=known.born,
        named=known.named,
    )


def value_of(segment: KnownSegment | None, other: KnownSegment | None) -> float | None:
    """Its value share; 0 in a month without it, None where value is unknown."""
    if segment is not None:
        return segment.value_share
    return None if other is None or other.value_share is None else 0.0


def flows_of(identity: int, movement: Movement) -> tuple[int, int, int]:
    """(stayed, came from another segment, went to another segment) of the customers of both months."""
    left = known(movement.counts[movement.before.index(identity)]) if identity in movement.before else ()
    arrived = column_of(identity, movement)
    stayed = left[movement.now.index(identity)] if left and identity in movement.now else 0
    return stayed, sum(arrived) - stayed, sum(left) - stayed


def column_of(identity: int, movement: Movement) -> tuple[int, ...]:
    if identity not in movement.now:
        return ()
    place = movement.now.index(identity)
    return known([row[place] for row in movement.counts])


def known(counts: Sequence[int | None]) -> tuple[int, ...]:
    """The counts before anything is withheld of them."""
    return tuple(n for n in counts if n is not None)
