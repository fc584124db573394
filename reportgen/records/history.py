"""Records of the months: what a run leaves for the next one, and what has changed since."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from reportgen.records.segments import CategoryFeature, Feature, FloatArray
from reportgen.records.trials import Trial

KEY_BYTES = 16
"""Length of a customer's pseudonymous key."""

KeyArray = npt.NDArray[np.void]
"""n keys of KEY_BYTES each (dtype `V16`): keyed hashes of the ids, never the ids themselves."""

NO_KEYS: KeyArray = np.empty(0, dtype=f"V{KEY_BYTES}")
NO_IDENTITIES = np.empty(0, dtype=np.int32)
"""Of customers who cannot be followed."""


@dataclass(frozen=True, slots=True)
class ColumnState:
    """One column as a month holds it, enough to see whether the next month is like it."""

    name: str
    """Header name."""
    role: str
    kind: str
    """`number`, `category`, `date` or `text`."""
    n_known: int
    n_missing: int
    """Before anything was filled in."""
    edges: tuple[float, ...] = ()
    """Of a number: inner edges of the bins, rising; a value equal to an edge lies below it."""
    counts: tuple[int, ...] = ()
    """Customers by bin, len(edges) + 1."""
    levels: tuple[tuple[str, int], ...] = ()
    """Of a category: (level, customers) by falling count."""
    last_day: str = ""
    """Of a date: the latest day in it, `2026-10-31`; else empty."""


@dataclass(frozen=True, slots=True)
class KnownSegment:
    """A segment as it is known for years."""

    identity: int
    """1.. in order of birth; never used again for another segment. Decides the colour."""
    name: str
    n_customers: int
    share: float
    """Of that month's customers, 0..1."""
    value_share: float | None
    """Of the value column's sum, 0..1; None where value is unknown."""
    jaccard: float
    """Mean bootstrap Jaccard in that month (Hennig 2007)."""
    centroid: tuple[float, ...]
    """Of the model, scaled units."""
    born: str
    """Period in which it first appeared."""
    named: str
    """Period in which its name was last proved."""
    tested_by: str = ""
    """Header name of the column that tells next month whether an action on its test group worked; empty: no test."""


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """Scaling and centroids: enough to put any customer into a segment."""

    fitted: str
    """Period in which it was fitted."""
    features: tuple[Feature, ...]
    categories: tuple[CategoryFeature, ...]
    identities: tuple[int, ...]
    centroids: FloatArray
    """k × p, scaled units, in the order of `identities`."""
    silhouette: float
    """Mean silhouette in the month of the fit, −1..1."""
    stability: float
    """Mean adjusted Rand index over bootstrap pairs in that month, 0..1."""


@dataclass(frozen=True, slots=True, eq=False)
class Month:
    """One finished run as the history keeps it; never a row of the export."""

    period: str
    revision: int
    """1 for the first run of a period, one more for each changed input or settings."""
    source_name: str
    source_sha256: str
    settings_digest: str
    """sha256 of the settings as JSON."""
    software: str
    verdict: str
    """`segments` or `no_segments`."""
    n_records: int
    """Physical records of the export."""
    n_customers: int
    value_total: float | None
    """Sum of the value column; None where value is unknown."""
    columns: tuple[ColumnState, ...]
    segments: tuple[KnownSegment, ...]
    model: Model | None
    """None where the verdict is no_segments."""
    next_identity: int
    """Identity of the next segment that is born: identities of the retired are not used again."""
    keys: KeyArray = field(default_factory=lambda: NO_KEYS)
    """n_customers, rising; empty where the export has no id."""
    identities: npt.NDArray[np.int32] = field(default_factory=lambda: NO_IDENTITIES)
    """n_customers, the segment of each key; 0 where the verdict is no_segments."""
    baseline: str = ""
    """Period whose bins `columns` share: that of the model, or its own."""
    based_on: str = ""
    """`2026-09.2`: period and revision of the month that this one was compared with; empty for the first."""
    key_mark: str = ""
    """Tells which secret made `keys`, set as the month is kept: customers are the same only under the same secret."""

    @property
    def label(self) -> str:
        """`2026-10.1`: period and revision."""
        return f"{self.period}.{self.revision}"


@dataclass(frozen=True, slots=True, eq=False)
class Past:
    """history → pipeline: what is known when a month begins."""

    months: tuple[Month, ...]
    """By rising period, the newest revision of each, all before the month that begins; keys of the last one alone."""

    @property
    def last(self) -> Month:
        return self.months[-1]


@dataclass(frozen=True, slots=True)
class SegmentChange:
    """One segment then and now."""

    identity: int
    segment: int | None
    """Id within this month's study; None where it is gone."""
    name: str
    name_before: str
    """Empty where it is new."""
    fate: str
    """`kept`, `new`, `retired` or `empty` (kept, but without a customer this month)."""
    n_before: int | None
    n_now: int | None
    share_before: float | None
    share_now: float | None
    value_share_before: float | None
    value_share_now: float | None
    stayed: int | None
    """Customers in it in both months; None, here, above and below, where it is withheld (reportgen.small_cells)."""
    came: int | None
    """From another segment."""
    went: int | None
    """To another segment."""
    joined: int | None
    """New customers in it."""
    lost: int | None
    """Its customers who are in the export no more."""
    born: str
    named: str
    """Periods: see KnownSegment, as they stand after this month."""


@dataclass(frozen=True, slots=True)
class Movement:
    """Customers of both months, by segment then and now."""

    before: tuple[int, ...]
    now: tuple[int, ...]
    """Identities, rows and columns of `counts`, by falling size in their month."""
    counts: tuple[tuple[int | None, ...], ...]
    """None, here and below, where it is withheld (reportgen.small_cells)."""
    n_shared: int | None
    n_stayed: int | None
    n_moved: int | None
    n_new: int | None
    n_lost: int | None
    noise_low: int
    noise_high: int
    """Of the shared customers, those that refitting alone would move: mean and 95th percentile over bootstraps."""
    least: int = 1
    fewer_than: int = 0
    """Where `n_moved` is withheld: fewer than these, or, where that is 0, at least `least`."""

    @property
    def is_beyond_noise(self) -> bool:
        return not self.fewer_than and (self.least if self.n_moved is None else self.n_moved) > self.noise_high


@dataclass(frozen=True, slots=True)
class Descent:
    """A segment that came out of others when the model was fitted anew."""

    kind: str
    """`split` (one became several) or `merge` (several became one)."""
    before: tuple[int, ...]
    """Identities."""
    now: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ColumnDrift:
    """One column against the baseline."""

    column: str
    psi: float | None
    """Population stability index over the baseline's bins or levels; None where it cannot be computed."""
    missing_before: float
    """Share of records, 0..1."""
    missing_now: float
    unseen: tuple[str, ...]
    """Levels that the baseline never had, at most ten."""
    n_unseen: int | None
    """Customers in unseen levels; None, and no level named, where they are fewer than may be told."""
    verdict: str
    """`steady`, `watch` (PSI > .1) or `act` (PSI > .25)."""


@dataclass(frozen=True, slots=True)
class Alert:
    """Something that a person should look at before believing the month."""

    kind: str
    """`same file`, `old data`, `later data`, `row count`, `column gone`, `column new`, `column kind`, `missing values`,
    `unseen levels`, `drift` or `no structure`."""
    column: str
    """Header name, or empty."""
    before: float
    now: float
    """The figures that raised it: months by which the newest date lies before or after the period, records, shares
    missing, customers in unseen levels, the index and its limit, segments; 0 where there are none."""


@dataclass(frozen=True, slots=True)
class Refit:
    """What a new fit on this month's customers would give, beside the stored model."""

    k_stored: int
    k_found: int
    """1 where this month's customers show no structure."""
    silhouette_stored: float
    """Of this month's customers in the stored segments."""
    silhouette_refit: float
    """In segments fitted anew, the same number of them."""
    agreement: float
    """Adjusted Rand index of the two."""
    is_recommended: bool


@dataclass(frozen=True, slots=True)
class TrendPoint:
    period: str
    identity: int
    name: str
    n_customers: int | None  # None, here and below, where it is withheld
    share: float | None
    value_share: float | None


@dataclass(frozen=True, slots=True)
class Change:
    """history → personas, charts, render: what has changed since the month before."""

    since: str
    """Period of the month before."""
    mode: str
    """`scored` with the stored model, or `refitted`."""
    n_before: int
    n_now: int
    segments: tuple[SegmentChange, ...]
    """In the order of this month's segments, then those that are gone."""
    movement: Movement | None
    """None where the customers have no ids to follow, or a month has no segments."""
    descents: tuple[Descent, ...]
    drift: tuple[ColumnDrift, ...]
    """Largest PSI first."""
    alerts: tuple[Alert, ...]
    refit: Refit | None
    """None where the model was fitted anew."""
    trend: tuple[TrendPoint, ...]
    """Every month kept, this one last."""
    trials: tuple[Trial, ...] = ()
    """Tests of the month before that can be read back, by identity."""

    @property
    def is_quiet(self) -> bool:
        """Whether no customers moved beyond noise, every segment stayed, and nothing asks for a person's look."""
        is_same = all(segment.fate == "kept" for segment in self.segments)
        asks_nothing = not self.alerts and not (self.refit and self.refit.is_recommended)
        return bool(self.movement and not self.movement.is_beyond_noise and is_same and asks_nothing)
