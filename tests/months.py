"""Months made by hand, and a series of 24 whose truth is known, for tests of what changes from month to month."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from reportgen.records.history import ColumnState, KeyArray, KnownSegment, Model, Month, Past
from reportgen.records.segments import Feature, FloatArray, IntArray
from reportgen.segment.kmeans import fit_every_k

NAMES = {1: "Big Spenders", 2: "Careful Regulars", 3: "Newcomers", 4: "Quiet Accounts", 5: "Bargain Hunters"}


@cache
def key_of(customer: int) -> bytes:
    return hashlib.sha256(str(customer).encode()).digest()[:16]


def keyed(customers: Sequence[int], labels: npt.ArrayLike) -> tuple[KeyArray, npt.NDArray[Any]]:
    """The customers' keys, rising, with their labels in the same order."""
    keys = np.array([key_of(int(customer)) for customer in customers], dtype="S16").view("V16")
    order = np.argsort(keys.view("S16"), kind="stable")
    return keys[order], np.asarray(labels)[order]


def month(period: str, members: Mapping[int, Sequence[int]], **changes: Any) -> Month:
    """A month of those customers by identity; a segment's value share is its share."""
    customers = [customer for identity in members for customer in members[identity]]
    keys, identities = keyed(customers, [identity for identity in members for _ in members[identity]])
    segments = tuple(known_segment(identity, len(members[identity]), len(customers), period) for identity in members)
    made = Month(
        period=period,
        revision=1,
        source_name=f"customers_{period}.csv",
        source_sha256=hashlib.sha256(period.encode()).hexdigest(),
        settings_digest="",
        software="0",
        verdict="segments",
        n_records=len(customers),
        n_customers=len(customers),
        value_total=1000.0,
        columns=(),
        segments=segments,
        model=None,
        next_identity=max(members) + 1,
        keys=keys,
        identities=identities.astype(np.int32),
        baseline=period,
    )
    return replace(made, **changes)


def known_segment(identity: int, n: int, n_all: int, period: str) -> KnownSegment:
    name = NAMES.get(identity, f"Segment {identity}")
    return KnownSegment(identity, name, n, n / n_all, n / n_all, 0.9, (), period, period)


def model(identities: Sequence[int], centroids: npt.ArrayLike) -> Model:
    matrix = np.asarray(centroids, dtype=float)
    features = tuple(Feature(f"c{i}", "none", 0.0, 1.0, 0.0, 1.0, 0.0, "") for i in range(matrix.shape[1]))
    return Model("2026-09", features, (), tuple(identities), matrix, 0.5, 0.9)


def number_state(name: str, edges: Sequence[float], counts: Sequence[int], n_missing: int = 0) -> ColumnState:
    return ColumnState(name, "money", "number", sum(counts), n_missing, tuple(edges), tuple(counts))


def level_state(name: str, levels: Mapping[str, int], n_missing: int = 0) -> ColumnState:
    return ColumnState(name, "category", "category", sum(levels.values()), n_missing, levels=tuple(levels.items()))


def past(*months: Month) -> Past:
    return Past(months)


@dataclass(frozen=True, slots=True, eq=False)
class TrueMonth:
    """One month of the series: who is there, where, and in which segment they truly are."""

    n: int
    customers: IntArray
    points: FloatArray
    truth: IntArray
    """Identity of each customer's segment; the larger part of a split keeps it, and the larger of two that merge."""

    @property
    def period(self) -> str:
        return f"{2024 + self.n // 12}-{self.n % 12 + 1:02d}"


BORN, DIED, SPLIT, MERGED = 5, 10, 14, 19
"""Months of the series in which a segment appears, disappears, falls apart, and two become one."""

N_MONTHS = 24
APART = 7.0
DRIFT = 0.08
"""Standard deviations that every segment's middle moves in a month, each in its own direction."""


def true_series(seed: int) -> Iterator[TrueMonth]:
    """24 months of some 700 customers: 2 % leave, as many come, 1 % change their segment, and the four events."""
    generator = np.random.default_rng(seed)
    middles = {i + 1: APART * np.array(at, dtype=float) for i, at in enumerate([(0, 0), (2, 0), (0, 2), (2, 2)])}
    truth = np.repeat([1, 2, 3, 4], [240, 190, 150, 120])
    customers, following = np.arange(len(truth)), len(truth)
    for n in range(N_MONTHS):
        if n:
            here = generator.random(len(truth)) > 0.02
            n_new = int((~here).sum())
            segments, sizes = np.unique(truth, return_counts=True)
            customers = np.append(customers[here], np.arange(following, following + n_new))
            truth = np.append(truth[here], generator.choice(segments, n_new, p=sizes / sizes.sum()))
            following += n_new
            movers = generator.random(len(truth)) < 0.01
            truth[movers] = generator.choice(segments, int(movers.sum()), p=sizes / sizes.sum())
            middles = {
                identity: middle + DRIFT * np.array([np.cos(identity), np.sin(identity)])
                for identity, middle in middles.items()
            }
        if n == BORN:
            middles[5] = APART * np.array([1.0, 3.5])
            customers = np.append(customers, np.arange(following, following + 90))
            truth, following = np.append(truth, np.full(90, 5)), following + 90
        if n == DIED:
            customers, truth = customers[truth != 4], truth[truth != 4]
        if n == SPLIT:
            ones = np.flatnonzero(truth == 1)
            truth[generator.choice(ones, int(0.35 * len(ones)), replace=False)] = 6
            middles[6] = middles[1] + APART * np.array([-1.2, -0.6])
        if n == MERGED:
            kept, gone = (2, 3) if (truth == 2).sum() > (truth == 3).sum() else (3, 2)
            truth[truth == gone] = kept
        spread = generator.standard_normal((len(truth), 2))
        yield TrueMonth(n, customers.copy(), np.array([middles[i] for i in truth]) + spread, truth.copy())


def found_segments(true: TrueMonth, generator: np.random.Generator) -> tuple[IntArray, int]:
    """What k-means finds, its segments numbered 1..k in a random order."""
    k = len(np.unique(true.truth))
    (fit,) = fit_every_k(true.points, [k], generator)
    return generator.permutation(k)[fit.labels] + 1, k
