"""Says whether a month's export is still like the one whose bins it shares, and what a person should look at first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import log, sqrt
from statistics import NormalDist

from reportgen.history.states import REST
from reportgen.records.history import Alert, ColumnDrift, ColumnState, Month

WATCH, ACT = 0.1, 0.25
"""Population stability index beyond which a column is watched, and acted upon: a convention (Siddiqi 2006)."""

CERTAINTY = 0.99
"""An index that so many samples of one unchanged population stay under says nothing: of few customers in ten bins it
passes .1 by chance (Yurdakul & Naranjo 2020)."""

SMOOTHING = 0.5
"""Added to each bin's count in both months, so that an empty bin has a logarithm (Jeffreys' prior)."""

RARE_LEVEL = 0.01
"""Levels below this share in the baseline are pooled for the index: their counts are chance."""

ROWS_CHANGED = 0.5
"""A row count changed by more than this share is more often a wrong export than half the customers."""

USUAL_LAG = 1
"""Months that the newest date of an export may always lie behind its period: one taken on the first ends with the month
before. Where dates lie further back, they do not tell how old an export is."""

MISSING_RISE = 0.1
"""A missing share risen by more than this is a fault in the export, not a habit of customers."""

UNSEEN_SHARE = 0.01
"""Share of customers in levels never seen before from which a person should look."""

FEWEST_UNSEEN = 10
"""Customers in such levels from which they are more than a few odd cells; fewer would be told as single persons."""

MOST_UNSEEN = 10
"""Unseen levels that are named."""


def compare_columns(before: tuple[ColumnState, ...], now: tuple[ColumnState, ...]) -> tuple[ColumnDrift, ...]:
    """Every column that both months hold, the largest index first; those without one last, in file order."""
    known = {state.name: state for state in before}
    drifts = [compare_column(known[state.name], state) for state in now if state.name in known]
    return tuple(sorted(drifts, key=lambda drift: -1.0 if drift.psi is None else drift.psi, reverse=True))


def compare_column(before: ColumnState, now: ColumnState) -> ColumnDrift:
    """One column against the baseline; no index where it is neither number nor category, or changed its kind."""
    pairs = paired_counts(before, now)
    unseen = unseen_levels(before, now)
    psi = None if pairs is None else stability_index(pairs)
    return ColumnDrift(
        column=now.name,
        psi=psi,
        missing_before=missing_share(before),
        missing_now=missing_share(now),
        unseen=tuple(level for level, _ in unseen[:MOST_UNSEEN]),
        n_unseen=sum(n for _, n in unseen),
        verdict="steady" if psi is None or pairs is None or psi <= chance_limit(pairs) else judge(psi),
    )


def paired_counts(before: ColumnState, now: ColumnState) -> list[tuple[int, int]] | None:
    """(customers then, customers now) by bin or level; None where the two cannot be compared."""
    if before.kind != now.kind or not (before.n_known and now.n_known):
        return None
    if now.levels and before.levels:
        return paired_levels(dict(before.levels), dict(now.levels))
    if before.counts and before.edges == now.edges:
        return list(zip(before.counts, now.counts, strict=True))
    return None


def paired_levels(before: Mapping[str, int], now: Mapping[str, int]) -> list[tuple[int, int]]:
    """The levels that were not rare, and all others together."""
    total = sum(before.values())
    named = [level for level, n in before.items() if level != REST and n >= RARE_LEVEL * total]
    pairs = [(before[level], now.get(level, 0)) for level in named]
    rest = total - sum(n for n, _ in pairs), sum(now.values()) - sum(n for _, n in pairs)
    return [*pairs, rest] if any(rest) else pairs


def stability_index(pairs: list[tuple[int, int]]) -> float:
    """Σ (q − p) ln(q / p) over the bins, p and q the shares then and now (Siddiqi 2006); 0: nothing has changed."""
    n_before, n_now = (n + SMOOTHING * len(pairs) for n in totals_of(pairs))
    shares = [((a + SMOOTHING) / n_before, (b + SMOOTHING) / n_now) for a, b in pairs]
    return sum((q - p) * log(q / p) for p, q in shares)


def chance_limit(pairs: list[tuple[int, int]]) -> float:
    """What the index of two samples of one population stays under with CERTAINTY.

    It is about (1/n + 1/m) χ² with bins − 1 degrees of freedom (Yurdakul & Naranjo 2020); the quantile of χ² by Wilson
    & Hilferty (1931).
    """
    freedom = len(pairs) - 1
    if not freedom:
        return 0.0
    n_before, n_now = totals_of(pairs)
    step = 2 / (9 * freedom)
    root = 1 - step + NormalDist().inv_cdf(CERTAINTY) * sqrt(step)
    return freedom * root * root * root * (1 / n_before + 1 / n_now)


def totals_of(pairs: list[tuple[int, int]]) -> tuple[int, int]:
    """Customers then and now."""
    return sum(before for before, _ in pairs), sum(now for _, now in pairs)


def judge(psi: float) -> str:
    """`steady`, `watch` or `act`."""
    return "act" if psi > ACT else "watch" if psi > WATCH else "steady"


def missing_share(state: ColumnState) -> float:
    n = state.n_known + state.n_missing
    return state.n_missing / n if n else 0.0


def unseen_levels(before: ColumnState, now: ColumnState) -> list[tuple[str, int]]:
    """(level, customers) that the baseline never had; none where it holds more levels than are kept by name."""
    known = {level for level, _ in before.levels}
    if not known or REST in known:
        return []
    return [(level, n) for level, n in now.levels if level not in known and level != REST]


def raise_alerts(last: Month, now: Month, drift: tuple[ColumnDrift, ...]) -> tuple[Alert, ...]:
    """What a person should look at before believing the month, the gravest first."""
    return (
        *alerts_on_file(last, now),
        *alerts_on_schema(last, now),
        *(alert for column in drift for alert in alerts_on_column(column, now)),
    )


def alerts_on_file(last: Month, now: Month) -> Iterator[Alert]:
    if now.source_sha256 == last.source_sha256:
        yield Alert("same file", "", 0.0, 0.0)
    before, after = months_behind(last), months_behind(now)
    if after > max(before, 0) and before <= USUAL_LAG:
        yield Alert("old data", "", float(max(before, 0)), float(after))
    if after < 0 <= before:
        yield Alert("later data", "", 0.0, float(-after))
    if last.n_records and abs(now.n_records / last.n_records - 1) > ROWS_CHANGED:
        yield Alert("row count", "", float(last.n_records), float(now.n_records))
    if last.verdict == "segments" and now.verdict != "segments":
        yield Alert("no structure", "", float(len(last.segments)), 1.0)


def months_behind(month: Month) -> int:
    """Months from the newest date to the period, negative where it lies after it; 0 where the export holds no date."""
    newest = newest_day(month)
    return count_months(month.period) - count_months(newest) if newest else 0


def count_months(period: str) -> int:
    """Months since the year 0 of `2026-10` or `2026-10-31`."""
    year, month = period.split("-")[:2]
    return 12 * int(year) + int(month)


def newest_day(month: Month) -> str:
    """The latest day in any column of dates, `2026-10-31`, or empty."""
    return max((state.last_day for state in month.columns), default="")


def alerts_on_schema(last: Month, now: Month) -> Iterator[Alert]:
    before = {state.name: state.kind for state in last.columns}
    after = {state.name: state.kind for state in now.columns}
    for name in before:
        if name not in after:
            yield Alert("column gone", name, 0.0, 0.0)
    for name, kind in after.items():
        if name not in before:
            yield Alert("column new", name, 0.0, 0.0)
        elif before[name] != kind:
            yield Alert("column kind", name, 0.0, 0.0)


def alerts_on_column(drift: ColumnDrift, now: Month) -> Iterator[Alert]:
    if drift.missing_now - drift.missing_before > MISSING_RISE:
        yield Alert("missing values", drift.column, drift.missing_before, drift.missing_now)
    n_unseen = drift.n_unseen or 0
    if n_unseen >= max(FEWEST_UNSEEN, UNSEEN_SHARE * now.n_customers):
        yield Alert("unseen levels", drift.column, 0.0, float(n_unseen))
    if drift.verdict == "act" and drift.psi is not None:
        yield Alert("drift", drift.column, ACT, drift.psi)
